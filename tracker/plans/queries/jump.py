"""Finding actions by number or by words of their title, among those that a person may read."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager

from tracker.people.models import Person
from tracker.people.policy import Permission, visible
from tracker.plans.models import Action, Area, Plan
from tracker.plans.rules.states import PlanStatus

MOST_FOUND = 50


def action_by_number(session: Session, person: Person, ref: str) -> Action | None:
    """Return the action of a number with its plan: of the newest live plan that has one, else of the newest plan."""
    query = _readable(person).where(func.lower(Action.ref) == ref.lower())
    newest = query.order_by(
        (Plan.status == PlanStatus.LIVE).desc(), Plan.approved_on.desc().nulls_last(), Plan.id.desc()
    )
    return session.scalar(newest.limit(1))


def actions_matching(session: Session, person: Person, words: str) -> list[Action]:
    """Return the actions whose title holds all the words, with their plans: the newest plan first, then plan order."""
    query = _readable(person).join(Action.area)
    for word in words.split():
        query = query.where(Action.title.icontains(word, autoescape=True))
    return list(session.scalars(query.order_by(Plan.id.desc(), Area.number, Action.position).limit(MOST_FOUND)))


def _readable(person: Person) -> Select[Action]:
    query = select(Action).join(Action.plan).options(contains_eager(Action.plan))
    return query.where(visible(person, Permission.PLAN_READ, Action))
