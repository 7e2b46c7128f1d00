"""The actions that a person answers for or helps with, most urgent first; how their cards look is the page's."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, case, exists, func, or_, select, true
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.people.models import LeadParty, Person
from tracker.people.policy import Permission, led_by, led_by_oneself, visible
from tracker.plans.models import Action, ActionLead, Area, Milestone, Plan, Update
from tracker.plans.queries.newest import newest_updates
from tracker.plans.queries.turns import milestones_with_turns, shown_date
from tracker.plans.rules.outlook import colour_from_dates, effective_from_dates
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.states import ActionState, DeclaredRag, PlanStatus
from tracker.plans.rules.strip import Step
from tracker.plans.rules.vocabulary import MilestoneKind, MilestoneState

_RUNNING = (PlanStatus.APPROVED, PlanStatus.LIVE, PlanStatus.CLOSING)
_SOON = timedelta(days=30)


@dataclass(frozen=True)
class MyAction:
    """An action of mine: where it is, how it stands today, and its nearest open day if it has one."""

    id: int
    plan_id: int
    slug: str
    plan_title: str
    ref: str
    title: str
    area: str
    is_lead: bool
    # The lead for whom the person stands in here, empty for what is their own.
    standing_in_for: str
    rag: Rag
    state: ActionState
    last_update_on: date | None
    next_due: date | None
    lacks_date: bool
    place: tuple[int, int]

    def urgency(self, today: date) -> tuple[int, date, tuple[int, int]]:
        """Return what to sort by: red, overdue, due within 30 days, amber, without a date, the rest (ux 8.2)."""
        due = self.next_due
        ranks = (
            self.rag is Rag.RED,
            due is not None and due < today,
            due is not None and due <= today + _SOON,
            self.rag is Rag.AMBER,
            self.lacks_date,
        )
        rank = ranks.index(True) if True in ranks else len(ranks)
        return rank, due or date.max, self.place


@dataclass(frozen=True)
class LastUpdate:
    """The update of an action that counts now: which, and what it said."""

    id: int
    declared: DeclaredRag


def my_actions(session: Session, person: Person, *, under: Permission | None = None) -> list[MyAction]:
    """Return all actions of running plans that a person may update as a lead, most urgent first, in one query.

    With `under`, only those that this permission reaches as well.
    """
    today = clock.today()
    reached = visible(person, under, Action) if under is not None else true()
    rows = session.execute(_mine(person).where(reached)).all()
    found = [_my_action(row, today) for row in rows]
    return sorted(found, key=lambda action: action.urgency(today))


def _mine(person: Person) -> Any:
    place = func.min(ActionLead.position).label("lead_position")
    own = func.max(case((led_by_oneself(person), 1), else_=0)).label("is_own")
    mine = (
        select(ActionLead.action_id, place, own, func.min(LeadParty.name).label("party"))
        .join(LeadParty, LeadParty.id == ActionLead.party_id)
        .where(led_by(person))
        .group_by(ActionLead.action_id)
        .subquery()
    )
    is_open = and_(Milestone.action_id == Action.id, Milestone.state != MilestoneState.DONE)
    next_due = select(func.min(Milestone.due)).where(is_open, Milestone.kind == MilestoneKind.DATED).scalar_subquery()
    undated = (MilestoneKind.UNDATED, MilestoneKind.WAITING)
    no_milestone = ~exists().where(Milestone.action_id == Action.id)
    lacks_date = or_(no_milestone, exists().where(is_open, Milestone.kind.in_(undated)))
    return (
        select(Action, Plan.slug, Plan.title.label("plan_title"), Area.number, Area.title.label("area_title"))
        .add_columns(mine.c.lead_position, mine.c.is_own, mine.c.party)
        .add_columns(next_due.label("next_due"), lacks_date.label("lacks_date"))
        .join(mine, mine.c.action_id == Action.id)
        .join(Plan, Plan.id == Action.plan_id)
        .join(Area, Area.id == Action.area_id)
        .where(Plan.status.in_(_RUNNING))
    )


def _my_action(row: Any, today: date) -> MyAction:
    action: Action = row.Action
    closed = Rag(action.closed_code) if action.closed_code else None
    computed = colour_from_dates(closed, action.amber_from, action.red_from, action.is_unscheduled, today)
    declared = Rag(action.declared_code) if action.declared_code and closed is None else None
    override = Rag(action.override_code) if action.override_code else None
    return MyAction(
        id=action.id,
        plan_id=action.plan_id,
        slug=row.slug,
        plan_title=row.plan_title,
        ref=action.ref,
        title=action.title,
        area=f"{row.number} {row.area_title}",
        is_lead=row.lead_position == 1,
        standing_in_for="" if row.is_own else row.party,
        rag=effective_from_dates(computed, declared, override, action.override_until, today),
        state=action.state,
        last_update_on=action.last_update_on,
        next_due=row.next_due,
        lacks_date=bool(row.lacks_date),
        place=(action.plan_id, action.position),
    )


def steps_of(session: Session, action_ids: Collection[int]) -> dict[int, tuple[Step, ...]]:
    """Return the milestones of some actions as strips show them today, in plan order, in one query."""
    found: dict[int, list[Step]] = defaultdict(list)
    for milestone, turn, moved in milestones_with_turns(session, action_ids):
        step = Step(
            milestone.title,
            turn or milestone.due,
            shown_date(milestone, turn),
            done_on=milestone.done_on,
            repeats=milestone.kind is MilestoneKind.RECURRING,
            first_due=milestone.first_due,
            times_moved=moved,
            days_moved=_days_moved(milestone),
        )
        found[milestone.action_id].append(step)
    return {key: tuple(steps) for key, steps in found.items()}


def _days_moved(milestone: Milestone) -> int:
    return (milestone.due - milestone.first_due).days if milestone.due and milestone.first_due else 0


def last_updates_of(session: Session, action_ids: Collection[int]) -> dict[int, LastUpdate]:
    """Return the update that counts of each of some actions, in one query."""
    query = select(Update.action_id, Update.id, Update.declared).where(Update.id.in_(newest_updates(action_ids)))
    return {row.action_id: LastUpdate(row.id, row.declared) for row in session.execute(query)}
