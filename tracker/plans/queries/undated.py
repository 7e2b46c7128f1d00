"""The actions that lack a date, and from when that is too long; the rule of both is the delivery rule's own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.core import clock
from tracker.people.models import BodyMeeting
from tracker.plans.models import Action, DateChange, Milestone, Plan
from tracker.plans.rules.states import DateChangeState
from tracker.plans.rules.undated import past_grace_on, undated_since
from tracker.plans.rules.vocabulary import MilestoneKind, MilestoneState

_UNDATED = (MilestoneKind.UNDATED, MilestoneKind.WAITING)


@dataclass(frozen=True, slots=True)
class UndatedAction:
    """An action with something that has no date, and the first day on which that is longer than the plan allows."""

    plan_id: int
    slug: str
    plan: str
    ref: str
    title: str
    past_grace_on: date


def actions_past_grace(
    session: Session, where: ColumnElement[bool], calendar: Sequence[BodyMeeting]
) -> list[UndatedAction]:
    """Return the open actions that are past the grace of their plan today, in plan order, in one query.

    `where` narrows the actions; the `calendar` of all bodies says when an awaited one meets.
    """
    found: dict[int, UndatedAction] = {}
    for row in session.execute(_undated().where(where)):
        known = found.get(row.id)
        action = _action(row, calendar)
        if known is None or action.past_grace_on < known.past_grace_on:
            found[row.id] = action
    today = clock.today()
    return [action for action in found.values() if action.past_grace_on <= today]


def _undated() -> Any:
    """Return a row for each open milestone without a date, and one for an action without any milestone."""
    is_undated = and_(
        Milestone.action_id == Action.id, Milestone.state != MilestoneState.DONE, Milestone.kind.in_(_UNDATED)
    )
    step = aliased(Milestone)
    has_none = ~exists().where(step.action_id == Action.id)
    return (
        select(Action.id, Action.plan_id, Action.ref, Action.title, Action.approved_on, Plan.slug)
        .add_columns(Plan.title.label("plan"), Plan.grace_days, Plan.approved_on.label("plan_approved_on"))
        .add_columns(Milestone.kind, Milestone.waits_on, _since().label("decided_on"))
        .join(Plan, Plan.id == Action.plan_id)
        .outerjoin(Milestone, is_undated)
        .where(Plan.approved_on.is_not(None), Action.closed_code.is_(None), or_(Milestone.id.is_not(None), has_none))
        .order_by(Plan.id, Action.position, Action.id)
    )


def _since() -> Any:
    """Return the day from which a milestone lacks its date: that of a change, or on which it came into the plan."""
    return func.coalesce(_decided_on(), Milestone.agreed_on)


def _decided_on() -> Any:
    """Return the day of the change that gave a milestone the date, or the want of one, that it has today."""
    is_decided = and_(DateChange.state == DateChangeState.APPROVED, DateChange.decided_on <= clock.today())
    query = select(DateChange.decided_on).where(DateChange.milestone_id == Milestone.id, is_decided)
    return query.order_by(DateChange.number.desc()).limit(1).correlate(Milestone).scalar_subquery()


def _action(row: Any, calendar: Iterable[BodyMeeting]) -> UndatedAction:
    approved_on = max(row.plan_approved_on, row.approved_on or row.plan_approved_on)
    awaited = row.waits_on.lower() if row.kind is MilestoneKind.WAITING and row.waits_on else None
    meetings = sorted(one.day for one in calendar if one.body.name.lower() == awaited)
    since = undated_since(approved_on, decided_on=row.decided_on, meetings=meetings)
    return UndatedAction(row.plan_id, row.slug, row.plan, row.ref, row.title, past_grace_on(since, row.grace_days))
