"""Working days in England, against the calendar of bank holidays."""

from datetime import date

import pytest

from tracker.core.working_days import is_working_day, working_days_before


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 26), True),  # a Thursday
        (date(2026, 11, 28), False),  # a Saturday
        (date(2026, 12, 25), False),  # Christmas Day
        (date(2026, 12, 28), False),  # instead of Boxing Day, a Saturday
        (date(2027, 3, 29), False),  # Easter Monday
        (date(2027, 1, 4), True),  # a bank holiday in Scotland alone
    ],
)
def test_weekends_and_bank_holidays_are_no_working_days(day: date, works: bool) -> None:
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("day", "number", "before"),
    [
        (date(2026, 11, 26), 0, date(2026, 11, 26)),
        (date(2026, 11, 26), 15, date(2026, 11, 5)),
        (date(2026, 12, 29), 1, date(2026, 12, 24)),
    ],
)
def test_counting_back_leaves_out_days_off(day: date, number: int, before: date) -> None:
    assert working_days_before(day, number) == before
