"""Offsets of the demonstration's files, as days and as councils print them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.cli.demonstration.offsets import Offsets
from tracker.plans.rules.dates import read_target_date

SUNDAY = Offsets(date(2026, 11, 22))
LEAP_DAY = Offsets(date(2028, 2, 29))
NEW_YEARS_EVE = Offsets(date(2026, 12, 31))
APRIL_FOOLS = Offsets(date(2026, 4, 1))


@pytest.mark.parametrize(
    ("offsets", "written", "day"),
    [
        (SUNDAY, "0d", date(2026, 11, 22)),
        (SUNDAY, "-300d", date(2026, 1, 26)),
        (SUNDAY, "+10d", date(2026, 12, 2)),
        (SUNDAY, "0m", date(2026, 11, 1)),
        (SUNDAY, "-3m", date(2026, 8, 1)),
        (SUNDAY, "-3m@14", date(2026, 8, 14)),
        (SUNDAY, "0m@31", date(2026, 11, 30)),
        (LEAP_DAY, "0m@31", date(2028, 2, 29)),
        (LEAP_DAY, "-1m@31", date(2028, 1, 31)),
        (NEW_YEARS_EVE, "-1m@31", date(2026, 11, 30)),
        (NEW_YEARS_EVE, "-12m", date(2025, 12, 1)),
    ],
)
def test_an_offset_is_a_day(offsets: Offsets, written: str, day: date) -> None:
    assert offsets.day(written) == day


@pytest.mark.parametrize("written", ["", "3", "3w", "-3m@", "2026-11-22", "{month:0}"])
def test_another_form_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="no offset"):
        SUNDAY.day(written)


def test_an_audit_is_never_done_in_the_future() -> None:
    assert SUNDAY.past_day("0m@31") == date(2026, 11, 22)
    assert SUNDAY.past_day("0m@4") == date(2026, 11, 4)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("0d", date(2026, 11, 20)),
        ("-1d", date(2026, 11, 20)),
        ("-2d", date(2026, 11, 20)),
        ("+1d", date(2026, 11, 23)),
    ],
)
def test_a_meeting_on_a_weekend_moves_to_the_friday_before(written: str, day: date) -> None:
    assert SUNDAY.working_day(written) == day


@pytest.mark.parametrize(
    ("offsets", "written", "printed"),
    [
        (SUNDAY, "by {month:-9}", "by February 2026"),
        (SUNDAY, "{mon:-9} and {mon:-2}", "Feb 2026 and Sep 2026"),
        (SUNDAY, "{monthname:-9}", "February"),
        (SUNDAY, "{quarter:+1}", "Q4 2026/27"),
        (SUNDAY, "{quarter:+2}", "Q1 2027/28"),
        (APRIL_FOOLS, "{quarter:0}", "Q1 2026/27"),
        (LEAP_DAY, "{quarter:0}", "Q4 2027/28"),
        (SUNDAY, "{day:-10}", "12 November 2026"),
        (LEAP_DAY, "{day:+1}", "1 March 2028"),
        (SUNDAY, "TBC", "TBC"),
    ],
)
def test_a_token_is_printed_as_councils_write(offsets: Offsets, written: str, printed: str) -> None:
    assert offsets.printed(written) == printed


def test_the_year_is_that_of_the_plan_s_approval() -> None:
    assert SUNDAY.printed("Plan {year}", year=2025) == "Plan 2025"


@given(
    today=st.dates(date(2000, 1, 1), date(2090, 12, 31)),
    form=st.sampled_from(["month", "mon", "quarter", "day"]),
    number=st.integers(-40, 40),
)
def test_whatever_is_printed_is_a_date_that_the_tracker_reads(today: date, form: str, number: int) -> None:
    read = read_target_date(Offsets(today).printed(f"{{{form}:{number:+}}}"), today=None)
    assert read.start is not None
    assert read.due is not None
    assert read.start <= read.due
