"""The decisions of the last days on dates and overrides, by who had asked for them; the words are the rules'."""

from collections import defaultdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.notices.rules.decided_news import Decided
from tracker.plans.models import Action, DateChange, Milestone, Override, Plan
from tracker.plans.rules.overrides import OverrideState
from tracker.plans.rules.states import DateChangeState


def decided_since(session: Session, since: date) -> dict[int, list[Decided]]:
    """Return what was decided from a day on by the person who had asked, in two queries.

    What somebody decided on at once for themselves is no news to them.
    """
    found: dict[int, list[Decided]] = defaultdict(list)
    for one in (*_overrides(session, since), *_dates(session, since)):
        found[one.person_id].append(one)
    return dict(found)


def _overrides(session: Session, since: date) -> list[Decided]:
    query = (
        select(Override.asked_by_id, Override.id, Plan.slug, Action.ref, Action.title)
        .add_columns(Override.decided_on, Override.state, Override.expires_on)
        .join(Action, Action.id == Override.action_id)
        .join(Plan, Plan.id == Action.plan_id)
        .where(Override.state.in_((OverrideState.APPROVED, OverrideState.REFUSED)), Override.decided_on >= since)
        .order_by(Override.id)
    )
    return [
        Decided(asker, True, number, slug, ref, title, on, state is OverrideState.APPROVED, until)
        for asker, number, slug, ref, title, on, state, until in session.execute(query)
        if on is not None
    ]


def _dates(session: Session, since: date) -> list[Decided]:
    query = (
        select(DateChange.created_by, DateChange.id, Plan.slug, Action.ref, Action.title)
        .add_columns(DateChange.decided_on, DateChange.state)
        .join(Milestone, Milestone.id == DateChange.milestone_id)
        .join(Action, Action.id == Milestone.action_id)
        .join(Plan, Plan.id == Action.plan_id)
        .where(DateChange.state.in_((DateChangeState.APPROVED, DateChangeState.REFUSED)))
        .where(DateChange.decided_on >= since, DateChange.decided_by != DateChange.created_by)
        .order_by(DateChange.id)
    )
    return [
        Decided(asker, False, number, slug, ref, title, on, state is DateChangeState.APPROVED)
        for asker, number, slug, ref, title, on, state in session.execute(query)
        if on is not None
    ]
