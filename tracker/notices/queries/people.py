"""The people who may be told or asked something, with their roles; what they lead is read elsewhere."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.notices.models import NoticeSetting
from tracker.people.models import Person


def people_to_tell(session: Session, *, with_demonstration: bool) -> list[Person]:
    """Return everybody who may be told something, with roles, by name: nobody who is deactivated."""
    query = select(Person).where(Person.is_active).options(selectinload(Person.grants))
    if not with_demonstration:
        query = query.where(Person.is_demonstration.is_(False))
    return list(session.scalars(query.order_by(Person.name, Person.id)))


def people_to_ask(session: Session, person_ids: Iterable[int]) -> list[tuple[Person, bool]]:
    """Return those of some people who may sign in, with roles, by name, and whether each wants bare mails; one query.

    Who never said how to be told wants words in mails.
    """
    query = (
        select(Person, func.coalesce(NoticeSetting.is_bare, False))
        .outerjoin(NoticeSetting, NoticeSetting.person_id == Person.id)
        .where(Person.is_active, Person.id.in_(list(person_ids)))
        .options(joinedload(Person.grants))
        .order_by(Person.name, Person.id)
    )
    return [(person, bool(is_bare)) for person, is_bare in session.execute(query).unique()]


def hold_people(session: Session, person_ids: Iterable[int]) -> None:
    """Let nobody else ask some people until this transaction ends: what is read of them from here on stays true."""
    query = select(Person.id).where(Person.id.in_(list(person_ids))).order_by(Person.id)
    session.execute(query.with_for_update(key_share=True)).all()
