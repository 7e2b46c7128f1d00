"""Reading immediate concerns, the open ones first."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload

from tracker.audits.models import Audit, CaseReference, ImmediateConcern
from tracker.audits.rules.concerns import ConcernDays
from tracker.core import clock
from tracker.people.models import Person
from tracker.people.policy import Permission, visible


def concern(session: Session, public_id: str) -> ImmediateConcern | None:
    """Return a concern with its audit, case and the people in it."""
    return session.scalar(_loaded().where(ImmediateConcern.public_id == public_id))


def concern_page(session: Session, *, reader: Person, limit: int = 100, offset: int = 0) -> list[ImmediateConcern]:
    """Return concerns with audit, case, unit and people: those not acted on first, then the open.

    Here as in the counts, only those that the reader may read (domain A9).
    """
    query = _loaded().order_by(
        ImmediateConcern.acknowledged_at.is_not(None),
        ImmediateConcern.acted_at.is_not(None),
        ImmediateConcern.closed_at.is_not(None),
        ImmediateConcern.raised_at.desc(),
        ImmediateConcern.id.desc(),
    )
    return list(session.scalars(query.where(_readable(reader)).limit(limit).offset(offset)))


def open_concern_count(session: Session, *, reader: Person) -> int:
    """Return how many concerns nobody has acted on yet, acknowledged or not: until then they are on show."""
    query = select(func.count(ImmediateConcern.id)).where(ImmediateConcern.acted_at.is_(None))
    return session.scalar(query.where(_readable(reader))) or 0


def concern_count(session: Session, *, reader: Person) -> int:
    """Return how many concerns were ever raised."""
    return session.scalar(select(func.count(ImmediateConcern.id)).where(_readable(reader))) or 0


def days_of(concern: ImmediateConcern) -> ConcernDays:
    """Return on which days in England each thing happened to a concern, as the rules take it."""

    def day(at: datetime | None) -> date | None:
        return at.astimezone(clock.LONDON).date() if at else None

    told_on = concern.told_at.astimezone(clock.LONDON).date()
    return ConcernDays(told_on, day(concern.acknowledged_at), day(concern.acted_at), day(concern.closed_at))


def _readable(reader: Person) -> ColumnElement[bool]:
    return visible(reader, Permission.CONCERN_READ, ImmediateConcern)


def _loaded() -> Select[ImmediateConcern]:
    return select(ImmediateConcern).options(
        joinedload(ImmediateConcern.audit).joinedload(Audit.case).joinedload(CaseReference.unit),
        joinedload(ImmediateConcern.raised_by),
        joinedload(ImmediateConcern.acknowledged_by),
        joinedload(ImmediateConcern.acted_by),
        joinedload(ImmediateConcern.closed_by),
    )
