"""The programme of a year: its months, when what is planned falls due, and what counts as completed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.audits.rules.programme import (
    DEFAULT_MECHANISMS,
    Cadence,
    RecordKind,
    Tally,
    completion,
    due_by,
    months_of,
    planned_by_month,
    year_of,
    year_words,
)


@pytest.mark.parametrize(
    ("day", "year", "words"),
    [
        (date(2026, 3, 31), 2025, "2025-26"),
        (date(2026, 4, 1), 2026, "2026-27"),
        (date(2026, 12, 31), 2026, "2026-27"),
        (date(1999, 6, 1), 1999, "1999-00"),
    ],
)
def test_a_year_runs_from_april_to_march(day: date, year: int, words: str) -> None:
    assert (year_of(day), year_words(year)) == (year, words)
    months = months_of(year)
    assert (months[0], months[-1]) == (date(year, 4, 1), date(year + 1, 3, 1))
    assert len(months) == 12


@pytest.mark.parametrize(
    ("target", "cadence", "planned"),
    [
        (250, Cadence.MONTHLY, (21,) * 10 + (20,) * 2),
        (12, Cadence.BIMONTHLY, (0, 2) * 6),
        (10, Cadence.QUARTERLY, (0, 0, 3, 0, 0, 3, 0, 0, 2, 0, 0, 2)),
        (5, Cadence.SIX_MONTHLY, (0,) * 5 + (3,) + (0,) * 5 + (2,)),
        (7, Cadence.ANNUAL, (0,) * 11 + (7,)),
        (7, Cadence.AS_NEEDED, (0,) * 12),
        (0, Cadence.MONTHLY, (0,) * 12),
    ],
)
def test_what_is_planned_falls_due_at_the_end_of_each_stretch(
    target: int, cadence: Cadence, planned: tuple[int, ...]
) -> None:
    assert planned_by_month(target, cadence) == planned


@given(st.integers(0, 10_000), st.sampled_from([one for one in Cadence if one is not Cadence.AS_NEEDED]))
def test_all_of_a_target_falls_due_within_the_year(target: int, cadence: Cadence) -> None:
    assert sum(planned_by_month(target, cadence)) == target


def test_only_months_that_are_over_are_due() -> None:
    planned, months = planned_by_month(24, Cadence.MONTHLY), months_of(2026)
    days = (date(2026, 3, 1), date(2026, 4, 30), date(2026, 5, 1), date(2027, 4, 1))
    assert [due_by(planned, months, day) for day in days] == [0, 0, 2, 24]


@pytest.mark.parametrize(
    ("tally", "planned", "share"),
    [
        (Tally(done=17, exempt=3, late=2, open=4), 20, 100),  # exempt counts as completed, late does not
        (Tally(done=17), 20, 85),
        (Tally(done=1), 0, None),
        (Tally(late=5, open=5), 20, 0),
    ],
)
def test_completion_is_done_and_exempt_of_planned(tally: Tally, planned: int, share: int | None) -> None:
    assert completion(tally, planned) == share


def test_the_twelve_mechanisms_are_four_kinds_of_record() -> None:
    kinds = [one.kind for one in DEFAULT_MECHANISMS]
    counts = {kind: kinds.count(kind) for kind in RecordKind}
    assert counts == {
        RecordKind.CASE_AUDIT: 7,
        RecordKind.PRACTICE_ALERT: 1,
        RecordKind.FEEDBACK: 3,
        RecordKind.EVENT: 1,
    }
