"""Exempting an audit that cannot be done: asked for by whoever runs the round, decided by somebody else (domain A3)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.audits.commands.reasons import checked_reason, refuse_names
from tracker.audits.models import Audit, Exemption
from tracker.audits.rules.limits import REASON_LENGTH
from tracker.audits.rules.vocabulary import AuditState
from tracker.core import clock
from tracker.core.answers import keep_to
from tracker.core.problems import Conflict, Forbidden, Invalid
from tracker.people.models import Person


def ask_exemption(session: Session, audit: Audit, *, reason: str, version: int, by: Person) -> Exemption:
    """Ask that an audit need not be done; it stays to be done until that is decided.

    Raises `Conflict` when it is no longer open, was changed since, or has been asked about, `Invalid` beside `reason`.
    """
    if audit.version != version:
        raise Conflict(None, "This audit was changed while you were writing. What is stored now is shown")
    if not audit.state.is_open:
        raise Conflict(None, "Only an audit that is still to be done can be exempt")
    waits = select(Exemption.id).where(Exemption.audit_id == audit.id, Exemption.decided_at.is_(None))
    if session.scalar(waits):
        raise Conflict(None, "Somebody has asked for this already, and it waits to be decided")
    asked = Exemption(
        audit=audit,
        asked_by=by,
        reason=checked_reason(session, reason),
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(asked)
    session.flush()
    return asked


def decide_exemption(
    session: Session, exemption: Exemption, *, is_granted: bool, note: str, version: int, by: Person
) -> Exemption:
    """Grant an exemption, which ends the audit and counts it as completed, or refuse it with a reason.

    The exemption comes with its audit. Raises `Forbidden` to who asked, `Conflict` when it is decided or the audit is
    no longer open, and `Invalid` when a refusal gives no reason.
    """
    if exemption.asked_by_id == by.id:
        raise Forbidden(None, "Somebody else decides on what you asked for")
    if exemption.version != version or exemption.decided_at is not None:
        raise Conflict(None, "This was decided or changed while you were reading. What is stored now is shown")
    if is_granted and not exemption.audit.state.is_open:
        raise Conflict(None, "This audit has been sent or made void since, so there is nothing to exempt")
    note = note.strip()
    if not is_granted and not note:
        raise Invalid("note", "Say why it is not exempt")
    keep_to("note", note, what="The note", most=REASON_LENGTH)
    refuse_names(session, note, field="note")
    exemption.is_granted, exemption.decided_note = is_granted, note
    exemption.decided_by, exemption.decided_at, exemption.changed_by = by, clock.now(), by.id
    if is_granted:
        exemption.audit.state, exemption.audit.changed_by = AuditState.EXEMPT, by.id
    session.flush()
    return exemption
