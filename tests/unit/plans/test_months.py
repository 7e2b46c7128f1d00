"""The rating month by month and its sentence."""

from datetime import date

import pytest

from tracker.plans.rules.months import MonthRag, month_ends, months_sentence
from tracker.plans.rules.rag import Rag


def test_the_month_that_is_not_over_is_told_as_of_today() -> None:
    ends = month_ends(date(2026, 1, 13), date(2026, 3, 5))
    assert ends == (date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 5))


def test_on_a_month_s_end_it_stands_once() -> None:
    assert month_ends(date(2026, 1, 31), date(2026, 2, 28)) == (date(2026, 1, 31), date(2026, 2, 28))


def test_of_a_long_plan_the_last_two_years() -> None:
    ends = month_ends(date(2016, 1, 13), date(2026, 3, 5))
    assert (len(ends), ends[0]) == (24, date(2024, 4, 30))


@pytest.mark.parametrize(
    ("codes", "sentence"),
    [
        ("", ""),
        ("G", "Green since Jan 2026."),
        ("GGA", "Green for 2 months and amber since Mar 2026."),
        ("GGAAR", "Green for 2 months, amber for 2 months and red since May 2026."),
        (
            "GAGAG",
            (
                "After 1 earlier change: amber for 1 month, green for 1 month, "
                "amber for 1 month and green since May 2026."
            ),
        ),
        (
            "GAGAGA",
            (
                "After 2 earlier changes: green for 1 month, amber for 1 month, "
                "green for 1 month and amber since Jun 2026."
            ),
        ),
    ],
)
def test_the_sentence_names_the_last_four_stretches_and_counts_what_went_before(codes: str, sentence: str) -> None:
    months = [MonthRag(date(2026, place, 28), Rag(code)) for place, code in enumerate(codes, start=1)]
    assert months_sentence(months) == sentence
