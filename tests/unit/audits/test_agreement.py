"""Rates and weighted kappa, against worked examples and the formula written another way."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.audits.rules import weighted_kappa
from tracker.audits.rules.agreement import Looked, agreement_of, pace_of
from tracker.audits.rules.answers import AnswerValue

Pairs = list[tuple[int, int]]
BEST, GOOD, POOR = AnswerValue.OUTSTANDING, AnswerValue.GOOD, AnswerValue.REQUIRES_IMPROVEMENT
NOT_ENOUGH = AnswerValue.NOT_ENOUGH


def pairs_of(*table: tuple[int, ...]) -> Pairs:
    """Pairs from a table of counts: the first rater's rows, the second's columns."""
    return [
        (row, column) for row, counts in enumerate(table) for column, count in enumerate(counts) for _ in range(count)
    ]


def by_the_formula(pairs: Pairs, categories: int) -> float | None:
    """Observed over expected disagreement, cell by cell with weights |i - j| / (k - 1)."""
    if not pairs or categories < 2:
        return None
    n, scale = len(pairs), range(categories)
    rows = [sum(1 for one, _ in pairs if one == place) / n for place in scale]
    columns = [sum(1 for _, other in pairs if other == place) / n for place in scale]
    observed = sum(abs(i - j) / (categories - 1) * pairs.count((i, j)) / n for i in scale for j in scale)
    expected = sum(abs(i - j) / (categories - 1) * rows[i] * columns[j] for i in scale for j in scale)
    return 1 - observed / expected if expected > 1e-12 else None


@pytest.mark.parametrize(
    ("pairs", "categories", "kappa"),
    [
        # Twenty and fifteen of fifty the same, by chance a half: (0.7 - 0.5) / (1 - 0.5).
        (pairs_of((20, 5), (10, 15)), 2, 0.4),
        # All the same; all as different as can be.
        (pairs_of((3, 0), (0, 4)), 2, 1.0),
        (pairs_of((0, 3), (3, 0)), 2, -1.0),
        # Three steps apart in ten pairs; by chance, with rows of 5, 4, 1 and columns of 5, 3, 2, 76 in a hundred.
        (pairs_of((4, 1, 0), (1, 2, 1), (0, 0, 1)), 3, 1 - 0.30 / 0.76),
    ],
)
def test_worked_examples(pairs: Pairs, categories: int, kappa: float) -> None:
    assert weighted_kappa(pairs, categories) == pytest.approx(kappa)


def test_a_step_further_away_weighs_more() -> None:
    near, far = pairs_of((3, 1, 0), (0, 3, 0), (0, 0, 3)), pairs_of((3, 0, 1), (0, 3, 0), (0, 0, 3))
    first, second = weighted_kappa(near, 3), weighted_kappa(far, 3)
    assert first is not None
    assert second is not None
    assert first > second


@pytest.mark.parametrize(("pairs", "categories"), [([], 4), ([(2, 2), (2, 2)], 4), ([(0, 0)], 1), ([(1, 1)], 1)])
def test_it_is_none_where_it_is_not_defined(pairs: Pairs, categories: int) -> None:
    assert weighted_kappa(pairs, categories) is None


@pytest.mark.parametrize("pair", [(0, 4), (-1, 0), (5, 5)])
def test_a_place_outside_the_scale_is_an_error(pair: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="outside the scale"):
        weighted_kappa([pair], 4)


def test_places_may_be_counted_from_one() -> None:
    pairs = pairs_of((4, 1, 0), (1, 2, 1), (0, 0, 1))
    assert weighted_kappa([(one + 1, other + 1) for one, other in pairs], 3) == weighted_kappa(pairs, 3)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=40))
def test_it_is_what_the_formula_says(pairs: Pairs) -> None:
    expected = by_the_formula(pairs, 4)
    assert weighted_kappa(pairs, 4) == (None if expected is None else pytest.approx(expected))


def test_grades_are_kept_raised_or_lowered_and_what_is_no_grade_is_left_out() -> None:
    found = agreement_of(
        [
            Looked(before=GOOD, own=GOOD, counted=GOOD),
            Looked(before=GOOD, own=POOR, counted=POOR),
            Looked(before=GOOD, own=BEST, counted=BEST),
            Looked(before=GOOD, own=POOR, counted=GOOD),
            Looked(before=NOT_ENOUGH, own=GOOD, counted=GOOD),
            Looked(before=GOOD, own=NOT_ENOUGH, counted=GOOD),
        ]
    )
    assert (found.n, found.kept, found.up, found.down, found.kappa_n) == (5, 3, 1, 1, 4)
    assert found.kappa == pytest.approx(0.0)


def test_nothing_moderated_has_no_kappa() -> None:
    found = agreement_of([])
    assert (found.n, found.kappa, found.kappa_n) == (0, None, 0)


def test_how_long_it_took_is_counted_in_working_days() -> None:
    sent = date(2026, 11, 26)
    found = pace_of([(sent, sent), (sent, date(2026, 12, 3)), (sent, date(2026, 12, 11))])
    assert (found.n, found.median, found.in_time) == (3, 5, 2)
    assert pace_of([]).median is None
