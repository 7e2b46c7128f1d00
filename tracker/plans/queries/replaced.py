"""Which plan took the place of which, as far as a person may read both; moving a plan on is a command."""

from collections.abc import Sequence

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from tracker.people.models import Person
from tracker.people.policy import Permission, visible
from tracker.plans.models import Plan
from tracker.plans.rules.plan_life import TAKES_OVER


def successors_of(session: Session, plan: Plan, person: Person) -> Sequence[Plan]:
    """Return the plans in which the work of a plan could go on, the newest first."""
    return session.scalars(_readable(person).where(Plan.id != plan.id, Plan.status.in_(TAKES_OVER))).all()


def replacing(session: Session, plan: Plan, person: Person) -> Sequence[Plan]:
    """Return the plan that replaced a plan and those that it replaced itself, the newest first, in one query."""
    return session.scalars(
        _readable(person).where(or_(Plan.id == plan.replaced_by_id, Plan.replaced_by_id == plan.id))
    ).all()


def _readable(person: Person) -> Select[Plan]:
    return select(Plan).where(visible(person, Permission.PLAN_READ, Plan)).order_by(Plan.id.desc())
