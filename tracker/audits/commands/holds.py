"""Legal holds: setting one on an audit, a case or everything, and lifting it; what is held, retention leaves alone."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.audits.commands.reasons import checked_reason
from tracker.audits.models import Audit, CaseReference, LegalHold
from tracker.core import clock
from tracker.core.problems import Conflict
from tracker.core.text import random_code
from tracker.people.models import Person

_ADDRESS_LENGTH = 16


def set_hold(
    session: Session, *, audit: Audit | None = None, case: CaseReference | None = None, why: str, by: Person
) -> LegalHold:
    """Hold an audit or a case, or with neither everything, until somebody lifts it.

    Raises `Invalid` beside `why` for no reason or one that names somebody, `Conflict` when the same is held already.
    """
    why = checked_reason(session, why, field="why")
    audit_id, case_id = audit.id if audit else None, case.id if case else None
    same = LegalHold.audit_id.is_not_distinct_from(audit_id), LegalHold.case_id.is_not_distinct_from(case_id)
    if session.scalar(select(LegalHold.id).where(*same, LegalHold.lifted_at.is_(None))) is not None:
        raise Conflict(None, "This is on hold already")
    held = LegalHold(
        public_id=random_code(_ADDRESS_LENGTH),
        audit=audit,
        case=case,
        set_by=by,
        why=why,
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(held)
    session.flush()
    return held


def lift_hold(session: Session, held: LegalHold, *, why: str, version: int, by: Person) -> LegalHold:
    """Let go of what is held; it stays in the list with who lifted it and why.

    Raises `Conflict` when it was lifted or changed since, `Invalid` beside `why`.
    """
    if held.version != version or held.lifted_at is not None:
        raise Conflict(None, "This hold was lifted or changed while you were reading. What is stored now is shown")
    held.lifted_why = checked_reason(session, why, field="why")
    held.lifted_by, held.lifted_at, held.changed_by = by, clock.now(), by.id
    session.flush()
    return held
