"""Reading single audits and a person's own; what may be shown to whom is asked of the policy first."""

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.audits.models import Audit, CaseReference, Finding, ImmediateConcern, RemedialAction, WorkerResponse
from tracker.audits.rules.vocabulary import OPEN_STATES, AuditState
from tracker.people.models import Person


def audit_subject(session: Session, public_id: str) -> Audit | None:
    """Return an audit with nothing beside it: enough to ask who may open it, before it is opened."""
    return session.scalar(select(Audit).where(Audit.public_id == public_id))


def audit_with_case(session: Session, public_id: str) -> Audit | None:
    """Return an audit with its case and nothing else beside it."""
    return session.scalar(select(Audit).where(Audit.public_id == public_id).options(joinedload(Audit.case)))


def any_audit_of(session: Session, code: str) -> Audit | None:
    """Return the latest audit of a typed case reference, which stands for the case in addresses."""
    query = select(Audit).join(Audit.case).where(CaseReference.code == code.strip().upper())
    return session.scalars(query.order_by(Audit.id.desc()).limit(1)).one_or_none()


def audit(session: Session, public_id: str) -> Audit | None:
    """Return an audit with all that its pages need beside its tool: case, round, people, and what was said."""
    query = select(Audit).where(Audit.public_id == public_id)
    found = session.scalars(
        query.options(
            joinedload(Audit.case).joinedload(CaseReference.unit),
            joinedload(Audit.round),
            joinedload(Audit.auditor),
            joinedload(Audit.worker),
            # They are few: with the audit itself they cost no query of their own.
            joinedload(Audit.response).joinedload(WorkerResponse.sections),
            joinedload(Audit.remedials).joinedload(RemedialAction.owner),
            joinedload(Audit.concerns).options(
                joinedload(ImmediateConcern.raised_by), joinedload(ImmediateConcern.acknowledged_by)
            ),
            selectinload(Audit.sections),
            selectinload(Audit.answers),
            selectinload(Audit.findings).joinedload(Finding.theme),
        )
    )
    return found.unique().one_or_none()


def my_audits(session: Session, person: Person, *, is_open: bool, limit: int = 100, offset: int = 0) -> list[Audit]:
    """Return a person's own audits with case, unit and round, the open ones with what was said so far.

    The open ones come by due day, the first to be done first; the others latest first, those sent before the void.
    """
    query = select(Audit).where(Audit.auditor_id == person.id)
    if is_open:
        query = query.where(Audit.state.in_(OPEN_STATES)).order_by(Audit.due_on, Audit.id)
    else:
        is_void = case((Audit.state == AuditState.VOID, 1), else_=0)
        query = query.where(Audit.state.not_in(OPEN_STATES)).order_by(is_void, Audit.sent_at.desc(), Audit.id.desc())
    query = query.options(joinedload(Audit.case).joinedload(CaseReference.unit), joinedload(Audit.round))
    if is_open:
        query = query.options(selectinload(Audit.sections), selectinload(Audit.answers))
    return list(session.scalars(query.limit(limit).offset(offset)))


def finished_count(session: Session, person: Person) -> int:
    """Return how many of a person's own audits are no longer open."""
    query = select(func.count(Audit.id)).where(Audit.auditor_id == person.id, Audit.state.not_in(OPEN_STATES))
    return session.scalar(query) or 0
