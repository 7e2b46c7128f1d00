"""Until when a sent audit may be taken back: 5pm in England on its day, and not once others acted (ux 8.14)."""

from datetime import datetime

import pytest

from tracker.audits.rules.recall import SinceSent, recall_fault
from tracker.audits.rules.vocabulary import AuditState
from tracker.core.clock import LONDON

SENT = datetime(2026, 11, 26, 10, 44, tzinfo=LONDON)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("now", "may"),
    [
        (SENT, True),
        (at(26, 16, 59), True),
        (at(26, 17), False),
        (at(26, 23), False),
        (at(27, 9), False),
        (at(25, 9), False),
    ],
)
def test_an_audit_is_taken_back_on_its_day_before_five(now: datetime, *, may: bool) -> None:
    assert (recall_fault(AuditState.FINAL, SENT, now) is None) == may


def test_what_was_sent_after_five_stays_sent() -> None:
    assert recall_fault(AuditState.FINAL, at(26, 18), at(26, 18, 1)) is not None


def test_only_what_nobody_else_has_looked_at_is_taken_back() -> None:
    may = {state for state in AuditState if recall_fault(state, SENT, SENT) is None}
    assert may == {AuditState.SUBMITTED, AuditState.WORKER_RESPONSE, AuditState.MODERATION, AuditState.FINAL}


def test_what_was_never_sent_cannot_be_taken_back() -> None:
    assert recall_fault(AuditState.FINAL, None, SENT) is not None


@pytest.mark.parametrize(
    ("state", "since", "says"),
    [
        (AuditState.MODERATION, SinceSent(), None),
        (AuditState.MODERATION, SinceSent(is_taken=True), "A moderator has taken this audit on"),
        (AuditState.FINAL, SinceSent(is_moderated=True), "This audit was moderated"),
        (AuditState.DISPUTED, SinceSent(is_moderated=True), "What came of the moderation is disputed"),
        (AuditState.PANEL, SinceSent(is_moderated=True), "What came of the moderation is disputed"),
        (AuditState.FINAL, SinceSent(is_moderated=True, is_disputed=True), "What came of the moderation is disputed"),
        (AuditState.WORKER_RESPONSE, SinceSent(), None),
        (AuditState.MODERATION, SinceSent(has_answered=True), "The worker of this file has responded"),
        (AuditState.FINAL, SinceSent(has_asked_again=True), "Somebody has asked"),
        (AuditState.FINAL, SinceSent(is_given_again=True), "The re-audit of this case was given"),
        (AuditState.CLOSED, SinceSent(), "All that had to be put right was checked"),
        (AuditState.RETURNED, SinceSent(), "This audit is not sent"),
        (AuditState.VOID, SinceSent(), "This audit is not sent"),
    ],
)
def test_what_somebody_else_has_done_with_an_audit_keeps_it_sent_and_is_said(
    state: AuditState, since: SinceSent, says: str | None
) -> None:
    fault = recall_fault(state, SENT, SENT, since)
    assert fault is None if says is None else (fault or "").startswith(says)
