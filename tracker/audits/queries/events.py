"""Reading practice weeks and assurance days with what they found and the quick wins that came of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.audits.models import AssuranceEvent, EventFinding, QuickWin
from tracker.audits.rules.other_words import EventKind
from tracker.core import clock
from tracker.people.models import Person, RoleGrant
from tracker.people.policy import Permission, may, visible


@dataclass(frozen=True)
class EventRow:
    """An event in the list, with how many headlines it has and how its quick wins stand."""

    public_id: str
    kind: EventKind
    name: str
    starts_on: date
    ends_on: date
    focus: str
    findings: int
    wins: int
    done: int
    late: int


def other_evidence_to_be(session: Session) -> AssuranceEvent:
    """Return an event that is not there yet, about which the policy is asked before one is made."""
    del session
    return AssuranceEvent()


def event(session: Session, public_id: str) -> AssuranceEvent | None:
    """Return an event with its findings, their themes, and its quick wins with their owners."""
    return session.scalar(
        select(AssuranceEvent)
        .where(AssuranceEvent.public_id == public_id)
        .options(
            selectinload(AssuranceEvent.findings).joinedload(EventFinding.theme),
            selectinload(AssuranceEvent.wins).joinedload(QuickWin.owner),
        )
    )


def events(session: Session, *, reader: Person, limit: int | None = 100, offset: int = 0) -> list[EventRow]:
    """Return the events that the reader may read, the latest first, in one query."""
    query = (
        select(
            AssuranceEvent.public_id,
            AssuranceEvent.kind,
            AssuranceEvent.name,
            AssuranceEvent.starts_on,
            AssuranceEvent.ends_on,
            AssuranceEvent.focus,
            _headlines(),
            *_wins(),
        )
        .outerjoin(QuickWin, QuickWin.event_id == AssuranceEvent.id)
        .where(visible(reader, Permission.OTHER_EVIDENCE_READ, AssuranceEvent))
        .group_by(AssuranceEvent.id)
        .order_by(AssuranceEvent.starts_on.desc(), AssuranceEvent.id.desc())
    )
    return [EventRow(*row) for row in session.execute(query.limit(limit).offset(offset))]


def event_count(session: Session, *, reader: Person) -> int:
    """Return how many events there are."""
    readable = visible(reader, Permission.OTHER_EVIDENCE_READ, AssuranceEvent)
    return session.scalar(select(func.count(AssuranceEvent.id)).where(readable)) or 0


def finding_of_event(session: Session, public_id: str) -> EventFinding | None:
    """Return a headline finding with its event and theme."""
    query = select(EventFinding).where(EventFinding.public_id == public_id)
    return session.scalar(query.options(joinedload(EventFinding.event), joinedload(EventFinding.theme)))


def headlines(
    session: Session, *, reader: Person, theme_id: int | None = None, limit: int | None = None
) -> list[EventFinding]:
    """Return the headline findings that the reader may read, or those on a theme, of the latest events first."""
    query = select(EventFinding).join(EventFinding.event).where(_open_to(reader, EventFinding))
    if theme_id is not None:
        query = query.where(EventFinding.theme_id == theme_id)
    ordered = query.order_by(AssuranceEvent.starts_on.desc(), AssuranceEvent.id.desc(), EventFinding.position)
    loaded = ordered.options(joinedload(EventFinding.event), joinedload(EventFinding.theme))
    return list(session.scalars(loaded.limit(limit)))


def quick_win(session: Session, public_id: str) -> QuickWin | None:
    """Return a quick win with its event and owner."""
    return session.scalar(_wins_loaded().where(QuickWin.public_id == public_id))


def quick_wins(session: Session, *, reader: Person) -> list[QuickWin]:
    """Return the quick wins that the reader may read, of the latest events first."""
    query = _wins_loaded().join(QuickWin.event).where(_open_to(reader, QuickWin))
    return list(session.scalars(query.order_by(AssuranceEvent.starts_on.desc(), QuickWin.due_on, QuickWin.id)))


def open_wins_of(session: Session, person: Person) -> list[QuickWin]:
    """Return the quick wins that a person has still to do and may open, the first due first."""
    query = _wins_loaded().where(QuickWin.owner_id == person.id, QuickWin.done_on.is_(None), _open_to(person, QuickWin))
    return list(session.scalars(query.order_by(QuickWin.due_on, QuickWin.id)))


def possible_owners(session: Session) -> list[Person]:
    """Return the people to whom a quick win may be given today, by name and with their roles."""
    query = select(Person).where(Person.is_active, Person.grants.any(RoleGrant.id.is_not(None)))
    people = session.scalars(query.options(joinedload(Person.grants)).order_by(Person.name, Person.id)).unique()
    return [one for one in people if may(one, Permission.OTHER_EVIDENCE_READ, AssuranceEvent())]


def _headlines() -> Any:
    counted = select(func.count(EventFinding.id)).where(EventFinding.event_id == AssuranceEvent.id)
    return counted.correlate(AssuranceEvent).scalar_subquery()


def _wins() -> tuple[ColumnElement[Any], ...]:
    is_late = QuickWin.done_on.is_(None) & (QuickWin.due_on < clock.today())
    return func.count(QuickWin.id), _count(QuickWin.done_on.is_not(None)), _count(is_late)


def _count(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _open_to(reader: Person, kind: type[EventFinding | QuickWin]) -> ColumnElement[bool]:
    return visible(reader, Permission.OTHER_EVIDENCE_READ, kind)


def _wins_loaded() -> Select[QuickWin]:
    return select(QuickWin).options(joinedload(QuickWin.event), joinedload(QuickWin.owner))
