"""Finding an action or an area by its number alone, in every plan that a person may read."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import UnaryExpression, and_, case, func, or_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from tracker.core import clock
from tracker.people.models import LeadParty, Person
from tracker.people.policy import Permission, visible
from tracker.plans.models import Action, ActionLead, Area, FormerNumber, Plan
from tracker.plans.rules.states import GOES_LIVE

MOST_FOUND = 50


def actions_by_number(session: Session, person: Person, ref: str) -> Sequence[Action]:
    """Return the actions of a number with plan and leads: of live plans first, then of the newest.

    After those that have it come those that had it before their plan was numbered through.
    """
    members = selectinload(Action.leads).joinedload(ActionLead.party).selectinload(LeadParty.members)
    query = select(Action).join(Action.plan).options(contains_eager(Action.plan), members)
    earlier = select(FormerNumber.action_id).where(func.lower(FormerNumber.number) == ref.lower())
    has_it = func.lower(Action.ref) == ref.lower()
    query = query.where(or_(has_it, Action.id.in_(earlier)), visible(person, Permission.PLAN_READ, Action))
    first = case((has_it, 0), else_=1)
    return session.scalars(query.order_by(first, *_newest_first(), Action.id).limit(MOST_FOUND)).all()


def areas_by_number(session: Session, person: Person, number: int) -> Sequence[Area]:
    """Return the areas of a number with their plan: of live plans first, then of the newest."""
    query = select(Area).join(Area.plan).options(contains_eager(Area.plan))
    query = query.where(Area.number == number, visible(person, Permission.PLAN_READ, Area))
    return session.scalars(query.order_by(*_newest_first()).limit(MOST_FOUND)).all()


def _newest_first() -> tuple[UnaryExpression[Any], ...]:
    is_live = and_(Plan.status.in_(sorted(GOES_LIVE)), Plan.approved_on <= clock.today())
    return case((is_live, 1), else_=0).desc(), Plan.approved_on.desc().nulls_last(), Plan.id.desc()


def last_areas(session: Session, person: Person) -> list[int]:
    """Return the number of the last area of each of two plans that a person may read: of one, when there is one."""
    query = select(func.max(Area.number)).where(visible(person, Permission.PLAN_READ, Area)).group_by(Area.plan_id)
    return list(session.scalars(query.order_by(Area.plan_id).limit(2)))


def newest_plans(session: Session, person: Person, *, limit: int) -> Sequence[Plan]:
    """Return the plans that a person may read, live ones first, then the newest."""
    query = select(Plan).where(visible(person, Permission.PLAN_READ, Plan))
    return session.scalars(query.order_by(*_newest_first()).limit(limit)).all()
