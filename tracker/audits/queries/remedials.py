"""Reading remedial actions, those to do first, and who may be given one; nothing is written here."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.audits.models import Audit, CaseReference, RemedialAction, RemedialStep
from tracker.audits.rules.names import identifiers_in, longest
from tracker.audits.rules.remedials import RemedialState
from tracker.core import clock
from tracker.people.models import Person
from tracker.people.policy import Permission, visible
from tracker.people.queries import holds_today, own_names
from tracker.people.rules import Role

# Whoever works in the service may be given one; the administrator and the viewer hold nothing of a case.
_OWNERS = (Role.OFFICE, Role.LEAD, Role.AUDITOR, Role.MODERATOR, Role.ASSURANCE)
_TO_DO = (RemedialState.OPEN, RemedialState.IN_HAND)


@dataclass(frozen=True, slots=True)
class RemedialCounts:
    """How many remedial actions somebody may read, and how many of them are to do, late, and to be checked."""

    total: int
    to_do: int
    late: int
    to_check: int


def remedial(session: Session, public_id: str) -> RemedialAction | None:
    """Return a remedial action with its case, its people and steps, and the others of its audit."""
    query = _loaded().where(RemedialAction.public_id == public_id)
    return session.scalar(
        query.options(
            joinedload(RemedialAction.audit).selectinload(Audit.remedials),
            selectinload(RemedialAction.steps).joinedload(RemedialStep.person),
        )
    )


def remedial_page(session: Session, *, reader: Person, limit: int = 100, offset: int = 0) -> list[RemedialAction]:
    """Return remedial actions with case, unit and owner: to do first by their day, then to check, then the rest.

    Here as in the counts, only those that the reader may read: own ones, those of own audits, all for a moderator.
    """
    place = case(
        (RemedialAction.state.in_(_TO_DO), 0),
        (RemedialAction.state == RemedialState.CLAIMED, 1),
        (RemedialAction.state == RemedialState.VERIFIED, 2),
        else_=3,
    )
    query = _loaded().where(_readable(reader)).order_by(place, RemedialAction.due_on, RemedialAction.id)
    return list(session.scalars(query.limit(limit).offset(offset)))


def remedial_counts(session: Session, *, reader: Person) -> RemedialCounts:
    """Return how many there are that a person may read, in one query."""
    to_do = RemedialAction.state.in_(_TO_DO)
    wanted = (
        func.count(RemedialAction.id),
        _count(to_do),
        _count(to_do & (RemedialAction.due_on < clock.today())),
        _count(RemedialAction.state == RemedialState.CLAIMED),
    )
    return RemedialCounts(*session.execute(select(*wanted).where(_readable(reader))).one())


def remedial_owners(session: Session) -> list[Person]:
    """Return the people to whom a remedial action may be given today, by name, without their roles."""
    query = select(Person).where(Person.is_active, holds_today(*_OWNERS))
    return list(session.scalars(query.order_by(Person.name, Person.id)))


def naming_in(session: Session, text: str) -> tuple[str, ...]:
    """Return the words of a text that look like names or numbers of people (domain A13)."""
    found = identifiers_in(text, today=clock.today(), known=own_names(session))
    return tuple(one.words for one in longest(found))


def _readable(reader: Person) -> ColumnElement[bool]:
    return visible(reader, Permission.REMEDIAL_READ, RemedialAction)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _loaded() -> Select[RemedialAction]:
    return select(RemedialAction).options(
        joinedload(RemedialAction.audit).joinedload(Audit.case).joinedload(CaseReference.unit),
        joinedload(RemedialAction.owner),
    )
