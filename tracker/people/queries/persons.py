"""Reading people with their roles, and the one organisation; what a role may do is the policy's."""

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from tracker.core import clock
from tracker.people.models import Deputy, Organisation, Person, PersonSession, RoleGrant
from tracker.people.rules import DEMONSTRATION_HOST, UPDATES_OPEN, Role


def rights() -> tuple[ExecutableOption, ...]:
    """Return what is loaded of people of whom the policy is asked: roles, posts, and whom they stand in for."""
    covers = selectinload(Person.covers).joinedload(Deputy.person).selectinload(Person.holdings)
    return selectinload(Person.grants), selectinload(Person.holdings), covers


def who_asks(
    session: Session, person_id: int, key_hash: str
) -> tuple[Person, Organisation | None, PersonSession | None] | None:
    """Return a person with all rights, the one organisation, and the person's session of a key, in a single query.

    Every page asks it first.
    """
    covers = joinedload(Person.covers).joinedload(Deputy.person).joinedload(Person.holdings)
    mine = and_(PersonSession.person_id == Person.id, PersonSession.key_hash == key_hash)
    query = (
        select(Person, Organisation, PersonSession)
        .select_from(Person)
        .outerjoin(Organisation, true())
        .outerjoin(PersonSession, mine)
        .where(Person.id == person_id)
        .options(joinedload(Person.grants), joinedload(Person.holdings), covers)
    )
    row = session.execute(query).unique().first()
    return None if row is None else (row[0], row[1], row[2])


def organisation(session: Session) -> Organisation | None:
    """Return the one organisation, or None before the service was set up."""
    return session.scalar(select(Organisation).order_by(Organisation.id).limit(1))


def updates_open_days(session: Session) -> int:
    """Return how many working days before a meeting updates open, asking only where this session does not know it."""
    # Asking each record for its class would cost a loading of thousands more than the query.
    known = session.identity_map.keys()
    key = next((key for key in known if key[0] is Organisation), None)
    ours = session.identity_map.get(key) if key is not None else None
    ours = ours or organisation(session)
    return ours.updates_open_days if ours is not None else UPDATES_OPEN


def person_by_email(session: Session, email: str) -> Person | None:
    """Return the person with an address, whatever its case, with roles."""
    query = select(Person).where(Person.email == email.strip().lower()).options(*rights())
    return session.scalar(query)


def person(session: Session, person_id: int) -> Person | None:
    """Return a person with roles and unit."""
    query = select(Person).where(Person.id == person_id)
    return session.scalar(query.options(*rights(), joinedload(Person.unit)))


def people(session: Session) -> list[Person]:
    """Return everybody with roles, by name."""
    query = select(Person).options(selectinload(Person.grants), joinedload(Person.unit))
    return list(session.scalars(query.order_by(Person.name, Person.id)))


def active_people(session: Session) -> list[Person]:
    """Return everybody who may sign in, by name, without roles."""
    return list(session.scalars(select(Person).where(Person.is_active).order_by(Person.name, Person.id)))


def addresses(session: Session) -> list[str]:
    """Return the e-mail addresses of everybody, active or not."""
    return list(session.scalars(select(Person.email).order_by(Person.email)))


def holds_today(*roles: Role) -> ColumnElement[bool]:
    """Return the condition that a person holds one of these roles today, for everything or for a part."""
    today = clock.today()
    is_held = (RoleGrant.starts_on <= today) & or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today)
    return Person.grants.any(RoleGrant.role.in_(roles) & is_held)


def grant(session: Session, grant_id: int) -> RoleGrant | None:
    """Return a grant of a role with its person and all that person's grants."""
    query = select(RoleGrant).where(RoleGrant.id == grant_id)
    return session.scalar(query.options(joinedload(RoleGrant.person).selectinload(Person.grants)))


def demonstration_people(session: Session) -> list[Person]:
    """Return the active people of the demonstration who are named after their role, with roles, in order of entry."""
    addresses = [f"{role.value}@{DEMONSTRATION_HOST}" for role in Role]
    query = select(Person).where(Person.is_demonstration, Person.is_active, Person.email.in_(addresses))
    return list(session.scalars(query.options(*rights()).order_by(Person.id)))
