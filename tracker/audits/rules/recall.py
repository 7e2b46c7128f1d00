"""Until when an auditor may take back what they sent (ux 8.14); what sending leads to is not here."""

from datetime import datetime, time

from tracker.audits.rules.vocabulary import AuditState

CLOSES_AT = time(17, 0)
"""The time of the day of sending, in England, from which an audit stays sent."""

_NOT_SENT = "This audit is not sent, so there is nothing to take back"
_TOO_LATE = "An audit can be taken back until 5pm on the day it was sent"
_MODERATED = "Somebody else has looked at this audit since, so it can no longer be taken back"
# Beyond these it is no longer its auditor's alone.
_BEFORE_ANYBODY_LOOKED = (
    AuditState.SUBMITTED,
    AuditState.WORKER_RESPONSE,
    AuditState.MODERATION,
    AuditState.FINAL,
)


def recall_fault(state: AuditState, sent_at: datetime | None, now: datetime) -> str | None:
    """Say what keeps a sent audit from being taken back, or None while it can be; both moments are England's."""
    if not state.is_sent or sent_at is None:
        return _NOT_SENT
    if state not in _BEFORE_ANYBODY_LOOKED:
        return _MODERATED
    return None if now.date() == sent_at.date() and now.time() < CLOSES_AT else _TOO_LATE
