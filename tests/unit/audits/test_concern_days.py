"""How far a concern has come, and by when the next thing has to happen."""

from datetime import date

import pytest

from tracker.audits.rules.concerns import ConcernDays, ConcernStage

THURSDAY, FRIDAY, SATURDAY = date(2026, 11, 26), date(2026, 11, 27), date(2026, 11, 28)
MONDAY, TUESDAY = date(2026, 11, 30), date(2026, 12, 1)


@pytest.mark.parametrize(
    ("days", "stage", "due"),
    [
        (ConcernDays(THURSDAY), ConcernStage.TOLD, THURSDAY),
        (ConcernDays(SATURDAY), ConcernStage.TOLD, MONDAY),
        (ConcernDays(THURSDAY, THURSDAY), ConcernStage.ACKNOWLEDGED, FRIDAY),
        (ConcernDays(FRIDAY, MONDAY), ConcernStage.ACKNOWLEDGED, MONDAY),
        (ConcernDays(THURSDAY, THURSDAY, FRIDAY), ConcernStage.ACTED, date(2026, 12, 3)),
        (ConcernDays(THURSDAY, THURSDAY, FRIDAY, MONDAY), ConcernStage.CLOSED, None),
    ],
)
def test_each_stage_has_its_day(days: ConcernDays, stage: ConcernStage, due: date | None) -> None:
    assert (days.stage, days.next_due) == (stage, due)


@pytest.mark.parametrize(
    ("days", "today", "is_late"),
    [
        (ConcernDays(THURSDAY), THURSDAY, False),
        (ConcernDays(THURSDAY), FRIDAY, True),
        (ConcernDays(THURSDAY, THURSDAY), FRIDAY, False),
        (ConcernDays(THURSDAY, THURSDAY), SATURDAY, True),
        (ConcernDays(THURSDAY, THURSDAY, FRIDAY, MONDAY), date(2027, 1, 4), False),
    ],
)
def test_it_is_late_the_day_after(days: ConcernDays, today: date, *, is_late: bool) -> None:
    assert days.is_late(today) == is_late
    assert bool(days.stage.waits_for) == (days.stage is not ConcernStage.CLOSED)
