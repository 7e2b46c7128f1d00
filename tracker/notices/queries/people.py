"""The people who may be asked for updates, with their roles; what they lead is read elsewhere."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.people.models import Person


def active_leads(session: Session, person_ids: Iterable[int]) -> list[Person]:
    """Return those of some people who may sign in, with roles, by name, in one query."""
    query = select(Person).where(Person.is_active, Person.id.in_(list(person_ids))).options(joinedload(Person.grants))
    return list(session.scalars(query.order_by(Person.name, Person.id)).unique())
