"""Small numbers are hidden, and nothing that is hidden can be worked out (domain A8)."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.core.small_numbers import MOST_HIDDEN, grid_of, share, shown_part, without_small

Shown = tuple[tuple[int | None, ...], ...]
Rows = tuple[tuple[int, ...], ...]
ROW = st.lists(st.integers(0, 14), min_size=1, max_size=5)
GRID = st.integers(1, 4).flatmap(lambda width: st.lists(ROW.filter(lambda row: len(row) == width), max_size=4))
SMALL = st.tuples(*(st.tuples(*(st.integers(0, 8),) * 2),) * 2) | st.tuples(st.tuples(*(st.integers(0, 8),) * 3))


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ([(12, 20)], ((12, 20, 32),)),
        # A single small count would be the sum less the rest: the smallest other one goes with it.
        ([(3, 20, 9)], ((None, 20, None, 32),)),
        # Nobody can be known by a count of nobody.
        ([(0, 20, 9)], ((0, 20, 9, 29),)),
        # Small counts that come to five or fewer are still few together.
        ([(1, 2, 20, 9)], ((None, None, 20, None, 32),)),
        # Two hidden ones, each a number of its own.
        ([(4, 5, 20)], ((None, None, 20, 29),)),
        # A sum that is small itself is hidden like any other count.
        ([(3, 0)], ((None, 0, None),)),
        ([(0, 0)], ((0, 0, 0),)),
        # Six of one each: a sum of six would leave no other choice, so that one more is hidden.
        ([(1, 1, 1, 1, 1, 1, 8)], ((None, None, None, None, None, None, None, 14),)),
    ],
)
def test_a_row_hides_what_is_small_and_what_would_tell_it(rows: list[tuple[int, ...]], shown: Shown) -> None:
    assert without_small(rows) == shown


def test_what_is_hidden_in_a_row_is_hidden_in_its_columns_too() -> None:
    shown = without_small([(3, 20, 30), (10, 40, 50), (60, 70, 80)], adds_down=True)
    assert shown == (
        (None, None, 30, 53),
        (None, None, 50, 100),
        (60, 70, 80, 210),
        (73, 130, 160, 363),
    )


def test_rows_with_nothing_in_common_are_each_on_their_own() -> None:
    assert without_small([(3, 20), (10, 40)]) == ((None, None, 23), (10, 40, 50))


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (12, 30, (12, 30)),
        (3, 30, (None, 30)),
        (28, 30, (None, 30)),
        (0, 30, (0, 30)),
        (30, 30, (30, 30)),
        (2, 4, (None, None)),
    ],
)
def test_a_part_is_hidden_where_it_or_the_rest_is_small(part: int, whole: int, shown: tuple[int | None, ...]) -> None:
    assert shown_part(part, whole) == shown


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (6, 9, None),
        (6, 10, "60%"),
        (1, 16, "6%"),
        (1, 8, None),
        (31, 49, "63%"),
        (33, 50, "66.0%"),
        (1, 60, "1.7%"),
        (60, 60, "100.0%"),
        (0, 0, None),
    ],
)
def test_a_share_is_as_exact_as_its_number_allows(part: int, whole: int, words: str | None) -> None:
    assert share(part, whole) == words


@given(rows=GRID, adds_down=st.booleans())
def test_no_small_count_is_shown_and_no_other_number_is_changed(rows: list[list[int]], adds_down: bool) -> None:
    whole = grid_of(rows, adds_down=adds_down).cells
    for shown_row, row in zip(without_small(rows, adds_down=adds_down), whole, strict=True):
        for shown, count in zip(shown_row, row, strict=True):
            assert shown in {None, count}
            assert shown is None if 0 < count <= MOST_HIDDEN else True
            assert shown is not None if count == 0 else True


@given(rows=GRID, adds_down=st.booleans())
def test_no_line_shows_all_but_one(rows: list[list[int]], adds_down: bool) -> None:
    shown = without_small(rows, adds_down=adds_down)
    lines = [*shown, *(zip(*shown, strict=True) if adds_down else ())]
    assert all(tuple(line).count(None) != 1 for line in lines)


@given(rows=GRID)
def test_a_sum_is_shown_unless_it_is_small_or_nothing_else_was_left(rows: list[list[int]]) -> None:
    # Where rows add up too, the sums are a line of their own, in which one of them can be all that is left.
    grid = grid_of(rows)
    shown = without_small(rows)
    for place in grid:
        if grid.is_sum(place) and shown[place[0]][place[1]] is None and grid.value(place) > MOST_HIDDEN:
            parts = [one for line in grid.line_of(place) for one in line[:-1] if place == line[-1]]
            assert all(shown[row][column] is None or not grid.value((row, column)) for row, column in parts)


def others(
    shown: Shown, rows: tuple[tuple[int, ...], ...], *, adds_down: bool
) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Try every table of small numbers that would be shown like this one."""
    wide = len(rows[0])
    top = max(map(sum, rows)) + 2
    ranges = [
        range(1, top) if shown[at][place] is None else (rows[at][place],)
        for at in range(len(rows))
        for place in range(wide)
    ]
    for cells in product(*ranges):
        table = tuple(tuple(cells[at * wide : at * wide + wide]) for at in range(len(rows)))
        full = grid_of(table, adds_down=adds_down).cells
        fits = all(
            (seen is None and count > 0) or seen == count
            for seen_row, row in zip(shown, full, strict=True)
            for seen, count in zip(seen_row, row, strict=True)
        )
        if fits:
            yield full


@settings(max_examples=60)
@given(rows=SMALL, adds_down=st.booleans())
def test_every_hidden_count_could_be_another_one(rows: Rows, adds_down: bool) -> None:
    shown = without_small(rows, adds_down=adds_down)
    hidden = [(at, place) for at, row in enumerate(shown) for place, cell in enumerate(row) if cell is None]
    open_ones = set(hidden)
    first = grid_of(rows, adds_down=adds_down).cells
    for table in others(shown, rows, adds_down=adds_down):
        open_ones -= {(at, place) for at, place in open_ones if table[at][place] != first[at][place]}
        if not open_ones:
            break
    assert open_ones == set()
