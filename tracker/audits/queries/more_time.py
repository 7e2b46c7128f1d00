"""Reading what was asked for more time for audits; deciding is a command's."""

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, joinedload

from tracker.audits.models import Audit, CaseReference, MoreTime
from tracker.audits.rules.vocabulary import OPEN_STATES
from tracker.people.models import Person
from tracker.people.policy import Permission, visible


def open_request(session: Session, audit: Audit) -> MoreTime | None:
    """Return what was asked for an audit and nobody has decided yet."""
    return session.scalar(select(MoreTime).where(MoreTime.audit_id == audit.id, MoreTime.is_agreed.is_(None)))


def latest_request(session: Session, audit: Audit) -> MoreTime | None:
    """Return what was last asked for an audit, decided or not, with who decided."""
    query = select(MoreTime).where(MoreTime.audit_id == audit.id).order_by(MoreTime.id.desc()).limit(1)
    return session.scalar(query.options(joinedload(MoreTime.decided_by)))


def more_time(session: Session, number: int) -> MoreTime | None:
    """Return a request with its audit, the case, the team, the round and who asked and decided."""
    query = select(MoreTime).where(MoreTime.id == number)
    audit = joinedload(MoreTime.audit)
    return session.scalar(
        query.options(
            audit.joinedload(Audit.case).joinedload(CaseReference.unit),
            audit.joinedload(Audit.round),
            joinedload(MoreTime.asked_by),
            joinedload(MoreTime.decided_by),
        )
    )


def open_requests(session: Session, *, reader: Person, limit: int, offset: int = 0) -> list[MoreTime]:
    """Return what waits for the reader's decision, of audits that are still open, the longest waiting first."""
    query = (
        select(MoreTime)
        .join(MoreTime.audit)
        .where(_waits_for(reader))
        .order_by(MoreTime.id)
        .limit(limit)
        .offset(offset)
    )
    audit = joinedload(MoreTime.audit)
    query = query.options(audit.joinedload(Audit.case).joinedload(CaseReference.unit), joinedload(MoreTime.asked_by))
    return list(session.scalars(query))


def open_request_count(session: Session, *, reader: Person) -> int:
    """Return how many requests wait for the reader's decision."""
    return session.scalar(select(func.count(MoreTime.id)).join(MoreTime.audit).where(_waits_for(reader))) or 0


def _waits_for(reader: Person) -> ColumnElement[bool]:
    is_open = and_(MoreTime.is_agreed.is_(None), Audit.state.in_(OPEN_STATES), Audit.auditor_id != reader.id)
    return and_(is_open, visible(reader, Permission.AUDIT_EXTEND, MoreTime))
