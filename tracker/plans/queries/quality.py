"""A plan as the check of its quality looks at it: what is open, what areas say, what nothing answers; no judgement."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from tracker.people.models import LeadParty
from tracker.plans.models import (
    Action,
    ActionLead,
    ActionLink,
    Area,
    Milestone,
    Objective,
    Outcome,
    Plan,
    PlanMeasure,
)
from tracker.plans.queries.coverage import coverage_of
from tracker.plans.queries.texts import text_rows
from tracker.plans.rules.quality import (
    CheckedAction,
    CheckedArea,
    CheckedItem,
    CheckedMilestone,
    CheckedPlan,
    CheckedReference,
    CheckedText,
)
from tracker.plans.rules.states import LinkStatus
from tracker.plans.rules.vocabulary import ActionKind, MilestoneState


def plan_to_check(session: Session, plan: Plan) -> CheckedPlan:
    """Return a plan, whose areas are loaded, as it is to be checked: seven queries; closed actions are left out."""
    texts = text_rows(session, plan)
    return CheckedPlan(
        areas=tuple(_area(area, texts.get(area.id, ())) for area in plan.areas),
        actions=_actions(session, plan),
        references=_references(session, plan),
        items=tuple(
            CheckedItem(one.item.id, _about(one), one.item.words, one.cover.words)
            for one in coverage_of(session, plan).gaps
        ),
    )


def _area(area: Area, rows: Iterable[Any]) -> CheckedArea:
    found: dict[str, list[CheckedText]] = defaultdict(list)
    for row in rows:
        found[row.kind].append(CheckedText(row.text, row.id))
    return CheckedArea(
        area.number,
        area.title,
        objectives=tuple(one.text for one in found[Objective.__tablename__]),
        outcomes=tuple(found[Outcome.__tablename__]),
        measures=tuple(found[PlanMeasure.__tablename__]),
    )


def _actions(session: Session, plan: Plan) -> tuple[CheckedAction, ...]:
    steps = _milestones(session, plan)
    query = (
        select(Action.id, Action.ref, Action.title, Action.kind, Area.number, LeadParty.id, LeadParty.name)
        .join(Area, Area.id == Action.area_id)
        .outerjoin(ActionLead, (ActionLead.action_id == Action.id) & (ActionLead.position == 1))
        .outerjoin(LeadParty, LeadParty.id == ActionLead.party_id)
        .where(Action.plan_id == plan.id, Action.closed_code.is_(None))
        .order_by(Action.position, Action.id)
    )
    return tuple(
        CheckedAction(
            id=action_id,
            ref=ref,
            title=title,
            area=area,
            is_placeholder=kind is ActionKind.PLACEHOLDER,
            lead_id=lead_id,
            lead=lead or "",
            has_milestones=action_id in steps,
            milestones=tuple(
                CheckedMilestone(one.title, one.kind, one.waits_on or "", one.id)
                for one in steps.get(action_id, ())
                if one.state is not MilestoneState.DONE
            ),
        )
        for action_id, ref, title, kind, area, lead_id, lead in session.execute(query)
    )


def _milestones(session: Session, plan: Plan) -> dict[int, list[Any]]:
    columns = (Milestone.id, Milestone.action_id, Milestone.title, Milestone.kind, Milestone.state, Milestone.waits_on)
    query = select(*columns).join(Action, Action.id == Milestone.action_id).where(Action.plan_id == plan.id)
    found: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(query.order_by(Milestone.position, Milestone.id)):
        found[row.action_id].append(row)
    return found


def _references(session: Session, plan: Plan) -> tuple[CheckedReference, ...]:
    target = aliased(Action)
    query = (
        select(ActionLink.id, Action.id, Action.ref, Area.number, ActionLink.text, target.ref)
        .join(Action, Action.id == ActionLink.from_id)
        .join(Area, Area.id == Action.area_id)
        .outerjoin(target, target.id == ActionLink.to_id)
        .where(Action.plan_id == plan.id, Action.closed_code.is_(None), ActionLink.status == LinkStatus.PROPOSED)
        .order_by(Action.position, ActionLink.id)
    )
    return tuple(
        CheckedReference(link, action_id, ref, area, text, meant or "")
        for link, action_id, ref, area, text, meant in session.execute(query)
    )


def _about(one: Any) -> str:
    return f"{one.item.item_class.words} {one.item.number}".strip()
