"""Loads the raw rows of a plan's actions with all their dated facts, in as many queries for ten actions as for all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import Any

from sqlalchemy.orm import Session

from tracker.people.models import BodyMeeting
from tracker.people.queries import meetings as all_meetings
from tracker.plans.models import Area, Plan
from tracker.plans.queries import statements
from tracker.plans.queries.statements import Scope
from tracker.plans.queries.timeline import (
    ActionRow,
    ActionTimeline,
    LeadRow,
    MilestoneRecord,
    OverrideRow,
    Records,
    SignOffRow,
    StepRow,
    Timeline,
    UpdateRow,
    WaitRow,
)
from tracker.plans.rules.overrides import OverrideFacts
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.states import DeclaredRag, SignOffKind
from tracker.plans.rules.vocabulary import MilestoneKind


def load_timeline(
    session: Session,
    plan: Plan,
    *,
    action_ids: Iterable[int] | None = None,
    area: Area | None = None,
    calendar: Sequence[BodyMeeting] | None = None,
) -> Timeline:
    """Load all facts of a plan's actions, or of some or an area's and those that block them: four queries.

    The meetings of bodies come in a fifth, unless the `calendar` is handed in, or no milestone waits for a body.
    """
    asked = _asked(plan, action_ids, area)
    actions = _actions(session, asked)
    _add_milestones(session, asked, actions)
    _add_progress(session, asked, actions)
    return Timeline(plan, actions, _awaited_meetings(session, actions.values(), calendar))


def load_records(session: Session, plan: Plan, *, day: date, action_ids: Iterable[int] | None = None) -> Records:
    """Load the records of a plan's actions, or of some of them and those that block them, as known on a day."""
    return load_timeline(session, plan, action_ids=action_ids).on(day)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which actions are wanted, with the values that the statements of this scope take."""

    scope: Scope
    values: dict[str, Any]


def _asked(plan: Plan, action_ids: Iterable[int] | None, area: Area | None) -> _Asked:
    if area is not None:
        return _Asked(Scope.AREA, {"plan_id": plan.id, "area_id": area.id})
    if action_ids is not None:
        return _Asked(Scope.ACTIONS, {"plan_id": plan.id, "action_ids": list(action_ids)})
    return _Asked(Scope.PLAN, {"plan_id": plan.id})


def _actions(session: Session, asked: _Asked) -> dict[int, ActionTimeline]:
    names = [name for name in ActionRow.__slots__ if name != "leads"]
    own: dict[int, dict[str, Any]] = {}
    leads: dict[int, dict[int, LeadRow]] = defaultdict(dict)
    links: dict[int, dict[int, WaitRow]] = defaultdict(dict)
    for row in session.execute(statements.actions_with_links(asked.scope), asked.values):
        own.setdefault(row.id, {name: getattr(row, name) for name in names})
        if row.party_id is not None:
            lead = LeadRow(row.party_id, row.name, row.party_kind, row.post, row.left_on)
            leads[row.id].setdefault(row.party_id, lead)
        if row.target_id is not None:
            target = (getattr(row, f"target_{name}") for name in statements.TARGET)
            links[row.id].setdefault(row.link_id, WaitRow(row.waits_from, row.ended_on, *target))
    return {
        key: ActionTimeline(ActionRow(**facts, leads=tuple(leads[key].values())), links=list(links[key].values()))
        for key, facts in own.items()
    }


def _add_milestones(session: Session, asked: _Asked, actions: dict[int, ActionTimeline]) -> None:
    """Add milestones with their steps as they were recorded, and their changes of date by number."""
    found: dict[int, MilestoneRecord] = {}
    for row in session.execute(statements.milestones_with_steps(asked.scope), asked.values):
        if row.id not in found:
            found[row.id] = MilestoneRecord(row)
            actions[row.action_id].milestones.append(found[row.id])
        if row.step_id is not None:
            found[row.id].steps.append(StepRow(row.step_kind, row.step_effective_on, row.step_occurrence_due))
    for change in session.execute(statements.date_changes(asked.scope), asked.values):
        found[change.milestone_id].changes.append(change)


def _add_progress(session: Session, asked: _Asked, actions: dict[int, ActionTimeline]) -> None:
    """Add updates in the order in which they came, sign-offs and overrides by their day."""
    rows = session.execute(statements.updates_and_sign_offs(asked.scope), asked.values).all()
    for row in sorted(rows, key=attrgetter("at", "id")):
        if row.source == "update":
            said = UpdateRow(row.id, row.effective_on, row.at, DeclaredRag(row.said), row.words)
            actions[row.action_id].updates.append(said)
    decisions = [row for row in rows if row.source == "sign_off"]
    for row in sorted(decisions, key=attrgetter("effective_on", "id")):
        decided = SignOffRow(row.id, row.effective_on, SignOffKind(row.said), row.update_id, row.review_on)
        actions[row.action_id].sign_offs.append(decided)
    approved = [row for row in rows if row.source == "override"]
    for row in sorted(approved, key=attrgetter("effective_on", "id")):
        until = row.until if row.ended_on is None else min(row.until, row.ended_on - timedelta(days=1))
        facts = OverrideFacts(Rag(row.said), Rag(row.words), until)
        actions[row.action_id].overrides.append(OverrideRow(row.effective_on, facts))


def _awaited_meetings(
    session: Session, actions: Iterable[ActionTimeline], calendar: Sequence[BodyMeeting] | None
) -> dict[str, list[date]]:
    """Return the meeting days of every body, earliest first, by its name in small letters."""
    if calendar is None:
        waits = any(_may_wait(milestone) for action in actions for milestone in action.milestones)
        calendar = all_meetings(session) if waits else ()
    found: dict[str, list[date]] = defaultdict(list)
    for meeting in sorted(calendar, key=lambda meeting: meeting.day):
        found[meeting.body.name.lower()].append(meeting.day)
    return dict(found)


def _may_wait(record: MilestoneRecord) -> bool:
    return record.row.kind is MilestoneKind.WAITING or any(
        MilestoneKind.WAITING in {change.from_kind, change.to_kind} for change in record.changes
    )
