"""Until when an auditor may take back what they sent, and what ends it sooner (ux 8.14); nothing is taken back here."""

from dataclasses import dataclass
from datetime import datetime, time

from tracker.audits.rules.vocabulary import AuditState

CLOSES_AT = time(17, 0)
"""The time of the day of sending, in England, from which an audit stays sent."""

_NOT_SENT = "This audit is not sent, so there is nothing to take back"
_TOO_LATE = "An audit can be taken back until 5pm on the day it was sent"
_TAKEN = "A moderator has taken this audit on since you sent it, so it can no longer be taken back"
_MODERATED = "This audit was moderated since you sent it, so it can no longer be taken back"
_DISPUTED = "What came of the moderation is disputed, so this audit can no longer be taken back"
_ANSWERED = "The worker of this file has responded since you sent it, so it can no longer be taken back"
_PLANNED = "Somebody has asked since you sent it that this case is audited again, so it can no longer be taken back"
_GIVEN_OUT = "The re-audit of this case was given to an auditor since you sent it, so it can no longer be taken back"
_CLOSED = "All that had to be put right was checked since you sent it, so this audit can no longer be taken back"
_IN_DISPUTE = (AuditState.DISPUTED, AuditState.PANEL)


@dataclass(frozen=True)
class SinceSent:
    """What others have done with an audit since it was sent."""

    is_taken: bool = False
    is_moderated: bool = False
    is_disputed: bool = False
    has_answered: bool = False
    has_asked_again: bool = False
    is_given_again: bool = False


def recall_fault(
    state: AuditState, sent_at: datetime | None, now: datetime, since: SinceSent | None = None
) -> str | None:
    """Say what keeps a sent audit from being taken back, or None while it can be; both moments are England's.

    It is its auditor's alone until somebody else has done something with it; `since` may be left out once it is late.
    """
    if not state.is_sent or sent_at is None:
        return _NOT_SENT
    if now.date() != sent_at.date() or now.time() >= CLOSES_AT:
        return _TOO_LATE
    return _touched(state, since or SinceSent())


def _touched(state: AuditState, since: SinceSent) -> str | None:
    """Say what somebody else has done with it, what came last first."""
    faults = (
        (since.is_disputed or state in _IN_DISPUTE, _DISPUTED),
        (since.is_given_again, _GIVEN_OUT),
        (since.has_asked_again, _PLANNED),
        (since.is_moderated, _MODERATED),
        (since.is_taken, _TAKEN),
        (since.has_answered, _ANSWERED),
        (state is AuditState.CLOSED, _CLOSED),
    )
    return next((words for is_so, words in faults if is_so), None)
