"""Until when the worker of a file may answer its audit, and who may still be named."""

from datetime import date

import pytest

from tracker.audits.rules.responding import answer_fault, may_name_worker, shared_mode
from tracker.audits.rules.vocabulary import AuditState, Mode

DUE = date(2026, 12, 3)


@pytest.mark.parametrize(
    ("state", "day", "fault"),
    [
        (AuditState.WORKER_RESPONSE, date(2026, 11, 26), None),
        (AuditState.WORKER_RESPONSE, DUE, None),
        (AuditState.WORKER_RESPONSE, date(2026, 12, 4), "The last day for an answer has passed"),
        (AuditState.IN_PROGRESS, DUE, "The auditor has not sent this audit, so there is nothing to answer yet"),
        (AuditState.MODERATION, DUE, "No answer is awaited for this audit"),
        (AuditState.FINAL, DUE, "No answer is awaited for this audit"),
        (AuditState.VOID, DUE, "No answer is awaited for this audit"),
    ],
)
def test_an_audit_is_answered_from_its_sending_to_the_last_day(state: AuditState, day: date, fault: str | None) -> None:
    assert answer_fault(state, DUE, day) == fault


@pytest.mark.parametrize(
    ("state", "is_answered", "may"),
    [
        (AuditState.ALLOCATED, False, True),
        (AuditState.IN_PROGRESS, True, True),
        (AuditState.WORKER_RESPONSE, False, True),
        (AuditState.WORKER_RESPONSE, True, False),
        (AuditState.MODERATION, False, False),
    ],
)
def test_a_worker_is_named_until_the_audit_goes_on(state: AuditState, is_answered: bool, may: bool) -> None:
    assert may_name_worker(state, is_answered=is_answered) is may


def test_an_audit_at_a_desk_becomes_collaborative_and_an_observation_stays_one() -> None:
    assert shared_mode(Mode.DESK) is Mode.COLLABORATIVE
    assert [shared_mode(mode) for mode in Mode if mode is not Mode.DESK] == [m for m in Mode if m is not Mode.DESK]
