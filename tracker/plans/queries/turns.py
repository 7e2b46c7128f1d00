"""Milestones of many actions with the turn that each owes next; how they look on a strip or in a cell is not here."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from tracker.plans.models import DateChange, Milestone, MilestoneStep
from tracker.plans.queries.counting import counted_steps
from tracker.plans.rules.dates.stored import stored_date
from tracker.plans.rules.recurrence import next_occurrence
from tracker.plans.rules.states import DateChangeKind, DateChangeState
from tracker.plans.rules.vocabulary import MilestoneKind


def milestones_with_turns(session: Session, action_ids: Collection[int]) -> list[tuple[Milestone, date | None, int]]:
    """Return the milestones of some actions in plan order, with their next turn and how often they moved: one query.

    The next turn of one that repeats is the earliest that is neither done nor excused, however late.
    """
    settles = and_(
        MilestoneStep.milestone_id == Milestone.id, MilestoneStep.occurrence_due.is_not(None), counted_steps()
    )
    query = (
        select(Milestone, MilestoneStep.occurrence_due, _times_moved())
        .outerjoin(MilestoneStep, settles)
        .where(Milestone.action_id.in_(action_ids))
        .order_by(Milestone.action_id, Milestone.position, Milestone.id)
    )
    settled: dict[Milestone, set[date]] = {}
    moved: dict[Milestone, int] = {}
    for milestone, turn, times in session.execute(query):
        settled.setdefault(milestone, set()).update({turn} if turn is not None else ())
        moved[milestone] = times
    return [(milestone, _next_turn(milestone, turns), moved[milestone]) for milestone, turns in settled.items()]


def _times_moved() -> ColumnElement[int]:
    """Return how often a date that there was has moved; a first date and a correction move none."""
    query = select(func.count(DateChange.id)).where(
        DateChange.milestone_id == Milestone.id,
        DateChange.state == DateChangeState.APPROVED,
        DateChange.kind != DateChangeKind.CORRECTION,
        DateChange.from_due.is_not(None),
    )
    return query.correlate(Milestone).scalar_subquery()


def shown_date(milestone: Milestone, turn: date | None = None) -> str:
    """Return a milestone's date in words, of what repeats with its next turn."""
    return stored_date(
        milestone.kind,
        milestone.precision,
        milestone.due,
        every_months=milestone.every_months,
        every_weeks=milestone.every_weeks,
        waits_on=milestone.waits_on,
    ).shown(turn)


def _next_turn(milestone: Milestone, settled: set[date]) -> date | None:
    first = milestone.due
    if milestone.kind is not MilestoneKind.RECURRING or first is None:
        return None
    turn: date | None = first
    while turn in settled:
        turn = next_occurrence(first, turn, every_months=milestone.every_months, every_weeks=milestone.every_weeks)
    return turn
