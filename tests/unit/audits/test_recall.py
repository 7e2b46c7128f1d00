"""Until when a sent audit may be taken back: 5pm in England on the day of sending (ux 8.14)."""

from datetime import datetime

import pytest

from tracker.audits.rules.recall import recall_fault
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
