"""What follows from the days of a file, in working days of England, and which days cannot be (ux 8.14)."""

from datetime import date

import pytest

from tracker.audits.rules.file_days import FileDays, days_fault, file_facts

# 25 and 26 December and 1 January are bank holidays; 2026-12-28 stands in for Saturday 26.
FRIDAY, MONDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)
TODAY = date(2026, 11, 26)


def words(days: FileDays, until: date = TODAY) -> dict[str, str]:
    return {fact.name: fact.words for fact in file_facts(days, until)}


def test_days_that_were_not_entered_say_nothing() -> None:
    assert words(FileDays()) == {}
    assert words(FileDays(seen_on=MONDAY, assessed_on=TUESDAY)) == {}


@pytest.mark.parametrize(
    ("referred", "seen", "expected"),
    [
        (FRIDAY, FRIDAY, "Working day 0"),
        (FRIDAY, MONDAY, "Working day 1"),
        (FRIDAY, TUESDAY, "Working day 2"),
        (date(2026, 12, 24), date(2026, 12, 29), "Working day 1"),
    ],
)
def test_a_child_is_seen_so_many_working_days_after_the_referral(referred: date, seen: date, expected: str) -> None:
    assert words(FileDays(referred_on=referred, seen_on=seen), date(2026, 12, 31))["Child seen"] == expected


@pytest.mark.parametrize(
    ("referred", "assessed", "expected"),
    [
        (FRIDAY, MONDAY, "1 working day"),
        (date(2026, 9, 1), date(2026, 11, 3), "45 working days"),
        (date(2026, 9, 1), date(2026, 11, 4), "46 working days, more than the 45 allowed"),
        (date(2026, 11, 16), None, "Not finished after 8 working days"),
        (date(2026, 8, 3), None, "Not finished after 82 working days, more than the 45 allowed"),
    ],
)
def test_an_assessment_takes_so_many_working_days(referred: date, assessed: date | None, expected: str) -> None:
    assert words(FileDays(referred_on=referred, assessed_on=assessed))["Assessment"] == expected


def test_supervision_was_so_many_working_days_before_the_audit() -> None:
    assert words(FileDays(supervised_on=FRIDAY)) == {"Supervision": "4 working days before"}


@pytest.mark.parametrize(
    ("days", "field"),
    [
        (FileDays(referred_on=MONDAY, seen_on=FRIDAY), "seen_on"),
        (FileDays(referred_on=MONDAY, assessed_on=FRIDAY), "assessed_on"),
        (FileDays(referred_on=MONDAY, seen_on=MONDAY, assessed_on=MONDAY, supervised_on=FRIDAY), None),
        (FileDays(seen_on=TUESDAY, assessed_on=MONDAY), None),
    ],
)
def test_nothing_is_done_about_a_referral_before_it_came(days: FileDays, field: str | None) -> None:
    fault = days_fault(days)
    assert (fault and fault[0]) == field
