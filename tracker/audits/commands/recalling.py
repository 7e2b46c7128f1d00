"""Taking back an audit on the day it was sent, before anybody else did anything with it; what it says stays."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.audits.commands.re_audits import unplan_re_audit
from tracker.audits.models import Audit, Moderation
from tracker.audits.queries.since_sent import since_sent
from tracker.audits.rules.recall import recall_fault
from tracker.audits.rules.remedials import Unplanned
from tracker.audits.rules.vocabulary import AuditState
from tracker.core import clock
from tracker.core.problems import Conflict
from tracker.people.models import Person


def why_not_recalled(session: Session, audit: Audit) -> str | None:
    """Say what keeps an audit from being taken back now, or None while it can be."""
    sent_at = audit.sent_at.astimezone(clock.LONDON) if audit.sent_at else None
    now = clock.now().astimezone(clock.LONDON)
    return recall_fault(audit.state, sent_at, now) or recall_fault(
        audit.state, sent_at, now, since_sent(session, audit)
    )


def recall_audit(session: Session, audit: Audit, *, version: int, by: Person) -> Audit:
    """Open a sent audit again for its auditor, until 5pm of the day of sending; it is sent anew when it is ready.

    The second look that nobody had begun goes with it, and so does the re-audit that its grade had planned; why it was
    chosen and by which seed is kept, so that sending it anew draws no second time. Words that were confirmed to name
    nobody are asked about again. Raises `Conflict` when it is too late, when somebody else has done something with it,
    or when it was changed since.
    """
    if fault := why_not_recalled(session, audit):
        raise Conflict(None, fault)
    if audit.version != version:
        raise Conflict(None, "This audit was changed while you were reading. What is stored now is shown")
    _drop_second_look(session, audit)
    unplan_re_audit(session, audit, because=Unplanned.TAKEN_BACK)
    audit.state = AuditState.IN_PROGRESS
    audit.sent_at = None
    audit.names_confirmed_at = None
    audit.changed_by = by.id
    session.flush()
    return audit


def _drop_second_look(session: Session, audit: Audit) -> None:
    """Take away the second look that waits for a moderator; its version tells when somebody takes it on meanwhile."""
    waiting = session.scalar(select(Moderation).where(Moderation.audit_id == audit.id, Moderation.outcome.is_(None)))
    if waiting is not None:
        session.delete(waiting)
        session.flush()
