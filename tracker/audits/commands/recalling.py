"""Taking back an audit on the day it was sent, before anybody else looked at it; what it says stays as it is."""

from sqlalchemy.orm import Session

from tracker.audits.models import Audit
from tracker.audits.rules.recall import recall_fault
from tracker.audits.rules.vocabulary import AuditState
from tracker.core import clock
from tracker.core.problems import Conflict
from tracker.people.models import Person


def why_not_recalled(audit: Audit) -> str | None:
    """Say what keeps an audit from being taken back now, or None while it can be."""
    sent_at = audit.sent_at.astimezone(clock.LONDON) if audit.sent_at else None
    return recall_fault(audit.state, sent_at, clock.now().astimezone(clock.LONDON))


def recall_audit(session: Session, audit: Audit, *, version: int, by: Person) -> Audit:
    """Open a sent audit again for its auditor, until 5pm of the day of sending; it is sent anew when it is ready.

    Words that were confirmed to name nobody are asked about again. Raises `Conflict` when it is too late, when somebody
    else has looked at it, or when it was changed since.
    """
    if fault := why_not_recalled(audit):
        raise Conflict(None, fault)
    if audit.version != version:
        raise Conflict(None, "This audit was changed while you were reading. What is stored now is shown")
    audit.state = AuditState.IN_PROGRESS
    audit.sent_at = None
    audit.names_confirmed_at = None
    audit.changed_by = by.id
    session.flush()
    return audit
