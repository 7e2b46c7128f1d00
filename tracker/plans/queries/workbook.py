"""What an update workbook is made of, and what it is compared with when it comes back filled; nothing is decided."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, joinedload

from tracker.people.models import LeadParty, LeadPartyMember, Person, PostHolding
from tracker.people.policy import Permission, visible
from tracker.plans.models import Action, ActionLead, FilledWorkbook, Milestone, MilestoneStep, Plan, Update
from tracker.plans.queries.counting import counted_steps
from tracker.plans.rules.dates.stored import stored_date
from tracker.plans.rules.recurrence import next_occurrence
from tracker.plans.rules.states import DeclaredRag, UpdateState
from tracker.plans.rules.vocabulary import MilestoneKind, MilestoneState


@dataclass(frozen=True)
class OpenMilestone:
    """A milestone that is still to be done; `turn` is the next one of what repeats."""

    id: int
    version: int
    title: str
    shown: str
    state: MilestoneState
    turn: date | None


@dataclass(frozen=True)
class OpenAction:
    """An action with the update that counts now: which it is, 0 for none, and what it said."""

    id: int
    slug: str
    ref: str
    title: str
    after: int
    declared: DeclaredRag | None
    said: str
    milestones: tuple[OpenMilestone, ...]


def open_actions(session: Session, action_ids: Collection[int], *, person: Person) -> list[OpenAction]:
    """Return of some actions those that are open and that a person may update, in plan order, in three queries."""
    query = (
        select(Action.id, Plan.slug, Action.ref, Action.title)
        .join(Plan, Plan.id == Action.plan_id)
        .where(Action.id.in_(action_ids), Action.closed_code.is_(None))
        .where(visible(person, Permission.ACTION_UPDATE, Action))
        .order_by(Plan.slug, Action.position, Action.id)
    )
    rows = session.execute(query).all()
    ids = [row.id for row in rows]
    last, milestones = _last_updates(session, ids), _milestones(session, ids)
    return [
        OpenAction(
            *row,
            after=last[row.id].id if row.id in last else 0,
            declared=last[row.id].declared if row.id in last else None,
            said=_said(last[row.id]) if row.id in last else "",
            milestones=tuple(milestones.get(row.id, ())),
        )
        for row in rows
    ]


def own_workbook(session: Session, public_id: str, person: Person) -> FilledWorkbook | None:
    """Return a filled workbook by its address to who brought it, and to nobody else."""
    mine = FilledWorkbook.public_id == public_id, FilledWorkbook.person_id == person.id
    return session.scalar(select(FilledWorkbook).where(*mine))


def actions_with_leads(session: Session, action_ids: Collection[int]) -> dict[int, Action]:
    """Return actions with their plans, their leads and who may update for those, as the policy asks, in one query."""
    people = joinedload(LeadParty.members).joinedload(LeadPartyMember.person)
    holders = joinedload(LeadParty.holdings).joinedload(PostHolding.person)
    query = select(Action).where(Action.id.in_(action_ids))
    query = query.options(
        joinedload(Action.plan), joinedload(Action.leads).joinedload(ActionLead.party).options(people, holders)
    )
    return {action.id: action for action in session.scalars(query).unique()}


def last_updates_with_authors(session: Session, action_ids: Collection[int]) -> dict[int, Update]:
    """Return the update of each action that counts now, with who wrote it, in one query."""
    return _last_updates(session, action_ids, with_author=True)


def milestones_by_action(session: Session, action_ids: Collection[int]) -> dict[int, list[Milestone]]:
    """Return the milestones of some actions, in plan order, in one query."""
    found: dict[int, list[Milestone]] = defaultdict(list)
    query = select(Milestone).where(Milestone.action_id.in_(action_ids))
    for milestone in session.scalars(query.order_by(Milestone.position, Milestone.id)):
        found[milestone.action_id].append(milestone)
    return found


def shown_date(milestone: Milestone, turn: date | None = None) -> str:
    """Return a milestone's date in words, of what repeats with its next turn."""
    return stored_date(
        milestone.kind,
        milestone.precision,
        milestone.due,
        text=milestone.date_text,
        every_months=milestone.every_months,
        every_weeks=milestone.every_weeks,
        waits_on=milestone.waits_on,
    ).shown(turn)


def _said(update: Update) -> str:
    return "\n".join(words for words in (update.happened, update.why, update.doing) if words)


def _last_updates(session: Session, ids: Collection[int], *, with_author: bool = False) -> dict[int, Update]:
    newest = func.row_number().over(
        partition_by=Update.action_id, order_by=(Update.submitted_at.desc(), Update.id.desc())
    )
    places = (
        select(Update.id, newest.label("place"))
        .where(Update.action_id.in_(ids), Update.state == UpdateState.SUBMITTED)
        .subquery()
    )
    query = select(Update).join(places, and_(places.c.id == Update.id, places.c.place == 1))
    query = query.options(joinedload(Update.author)) if with_author else query
    return {update.action_id: update for update in session.scalars(query)}


def _milestones(session: Session, ids: Collection[int]) -> dict[int, list[OpenMilestone]]:
    settles = and_(
        MilestoneStep.milestone_id == Milestone.id, MilestoneStep.occurrence_due.is_not(None), counted_steps()
    )
    query = (
        select(Milestone, MilestoneStep.occurrence_due)
        .outerjoin(MilestoneStep, settles)
        .where(Milestone.action_id.in_(ids), Milestone.state != MilestoneState.DONE)
        .order_by(Milestone.position, Milestone.id)
    )
    settled: dict[Milestone, set[date]] = {}
    for milestone, turn in session.execute(query):
        settled.setdefault(milestone, set()).update({turn} if turn is not None else ())
    found: dict[int, list[OpenMilestone]] = defaultdict(list)
    for milestone, turns in settled.items():
        turn = _next_turn(milestone, turns)
        facts = (milestone.id, milestone.version, milestone.title, shown_date(milestone, turn), milestone.state)
        found[milestone.action_id].append(OpenMilestone(*facts, turn))
    return found


def _next_turn(milestone: Milestone, settled: set[date]) -> date | None:
    """Return the earliest turn of a repeating milestone that is not settled, nothing for any other."""
    first = milestone.due
    if milestone.kind is not MilestoneKind.RECURRING or first is None:
        return None
    turn: date | None = first
    while turn in settled:
        turn = next_occurrence(first, turn, every_months=milestone.every_months, every_weeks=milestone.every_weeks)
    return turn
