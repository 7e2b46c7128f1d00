"""The second look: blind, compared, agreed, disputed (domain A2 and A3), by tables."""

from datetime import date

import pytest

from tracker.audits.rules.answers import AnswerValue
from tracker.audits.rules.moderating import (
    Graded,
    Outcome,
    left_to_grade,
    may_still_dispute,
    needs_reason,
    outcome_of,
    panel_fault,
    response_ends,
    shared_team,
    target_day,
)

GOOD, POOR = AnswerValue.GOOD, AnswerValue.REQUIRES_IMPROVEMENT


@pytest.mark.parametrize(
    ("auditor", "moderator", "agreed", "outcome", "is_reason_needed"),
    [
        (GOOD, GOOD, GOOD, Outcome.AGREED, False),
        (GOOD, POOR, GOOD, Outcome.AGREED, True),
        (GOOD, POOR, POOR, Outcome.CHANGED, True),
        (GOOD, GOOD, POOR, Outcome.CHANGED, True),
        (AnswerValue.NOT_ENOUGH, GOOD, AnswerValue.NOT_ENOUGH, Outcome.AGREED, True),
    ],
)
def test_what_agreed_grades_come_to(
    auditor: AnswerValue, moderator: AnswerValue, agreed: AnswerValue, outcome: Outcome, is_reason_needed: bool
) -> None:
    rows = [Graded(2, GOOD, GOOD, GOOD), Graded(3, auditor, moderator, agreed)]
    assert outcome_of(rows) is outcome
    assert needs_reason(rows) is is_reason_needed


def test_the_last_word_on_a_grade_is_the_panels() -> None:
    assert Graded(2, GOOD, POOR).counted is GOOD
    assert Graded(2, GOOD, POOR, POOR).counted is POOR
    assert Graded(2, GOOD, POOR, POOR, AnswerValue.INADEQUATE).counted is AnswerValue.INADEQUATE


def test_what_is_left_to_grade_keeps_the_auditors_grades_hidden() -> None:
    assert left_to_grade([2, 3, 9], [Graded(2, None, GOOD), Graded(3, None, None)]) == (3, 9)


@pytest.mark.parametrize(
    ("moderator", "auditor", "case", "why"),
    [
        (1, 2, 3, None),
        (1, 1, 3, "You work in the same team as the auditor"),
        (1, 2, 1, "You work in the team whose file this is"),
        (None, None, 1, None),
    ],
)
def test_who_stands_too_near(moderator: int | None, auditor: int | None, case: int, why: str | None) -> None:
    assert shared_team(moderator, auditor, case) == why


def test_days_are_working_days() -> None:
    thursday = date(2026, 11, 26)
    assert target_day(thursday) == date(2026, 12, 10)
    assert response_ends(thursday) == date(2026, 12, 3)
    assert may_still_dispute(thursday, date(2026, 12, 3))
    assert not may_still_dispute(thursday, date(2026, 12, 4))


@pytest.mark.parametrize(
    ("members", "is_right"),
    [([3, 4], True), ([3, 4, 5], True), ([3], False), ([3, 3], False), ([1, 3], False), ([], False)],
)
def test_a_panel_is_two_or_more_others(members: list[int], is_right: bool) -> None:
    assert (panel_fault(members, [1, 2]) is None) is is_right
