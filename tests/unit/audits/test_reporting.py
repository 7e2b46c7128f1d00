"""What readers outside quality assurance see of tables of figures, and which periods may be asked for (domain A8)."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.audits.rules.reporting.periods import periods
from tracker.audits.rules.reporting.shown import ShownTable, shown_tables
from tracker.audits.rules.reporting.tables import Counts, Days, Figures, Parts, Ratio

GOOD = Ratio("Good", frozenset({0}), frozenset({0, 1}))


def counts(title: str, *lines: tuple[str, tuple[int, ...]]) -> Counts:
    return Counts(title, "Line", ("Good", "Poor"), lines)


def outside(*figures: Figures) -> list[ShownTable]:
    return list(shown_tables(figures, whole=False))


def test_within_quality_assurance_every_number_is_shown() -> None:
    table = replace(counts("T", ("A", (3, 20)), ("B", (0, 1))), ratio=GOOD, inside=True)
    (shown,) = shown_tables([table], whole=True)
    assert shown.header == ("Line", "Good", "Poor", "All", "Good")
    assert shown.rows == (("A", 3, 20, 23, "13%"), ("B", 0, 1, 1, "0 of 1"), ("All", 3, 21, 24, "13%"))
    assert outside(table) == []


def test_a_share_of_a_hidden_count_is_hidden_with_it() -> None:
    (shown,) = outside(replace(counts("T", ("A", (3, 20)), ("B", (30, 40))), ratio=GOOD, adds_down=False))
    assert shown.rows == (("A", "c", "c", 23, "c"), ("B", 30, 40, 70, "42.9%"))


def test_teams_with_fewer_than_ten_stand_together_and_never_one_alone() -> None:
    lines = (("East", (4, 5)), ("North", (20, 20)), ("South", (30, 40)), ("West", (6, 6)))
    (shown,) = outside(replace(counts("T", *lines), is_of_teams=True))
    # East with nine would be alone: the next smallest, West, goes with it.
    assert shown.rows == (
        ("North", 20, 20, 40),
        ("South", 30, 40, 70),
        ("Other teams together", 10, 11, 21),
        ("All", 60, 71, 131),
    )
    (few,) = outside(replace(counts("T", ("East", (6, 0)), ("West", (8, 0))), is_of_teams=True))
    assert few.rows == (("All teams together", 14, 0, 14),)


def test_what_one_table_hides_of_a_sum_the_others_hide_too() -> None:
    teams = replace(counts("Teams", ("East", (2, 9)), ("West", (1, 30))), family="f")
    kinds = replace(counts("Kinds", ("Desk", (3, 39))), family="f")
    part = Parts("Part", "Who", (("Took part", 20, 39),), within=("f", 1))
    alone = Counts("Parts of the poor", "Line", ("One", "Two"), (("X", (19, 20)),), adds_down=False, within=("f", 1))
    shown = {table.title: table.rows for table in outside(teams, kinds, part, alone)}
    assert shown["Teams"][-1] == ("All", "c", "c", 42)
    assert shown["Kinds"] == (("Desk", "c", "c", 42),)
    assert shown["Part"] == (("Took part", "c", "c", "c"),)
    assert "c" in shown["Parts of the poor"][0][1:3]
    assert shown["Parts of the poor"][0][-1] == "c"


def test_others_see_no_number_beside_a_median_and_none_of_fewer_than_ten() -> None:
    few = Days("Few", "From", (("Sending", (1, 2, 3), 10),))
    many = Days("Many", "From", (("Sending", tuple(range(20)), 10), ("Again", (1,) * 18 + (30,) * 2, 10)))
    shown = {table.title: table.rows for table in outside(few, many)}
    assert shown["Few"] == (("Sending", "Too few", "Too few", "Too few", 10),)
    assert shown["Many"] == (("Sending", "10 or more", "9.5", "55%", 10), ("Again", "10 or more", "1", "c", 10))
    (whole,) = shown_tables([few], whole=True)
    assert whole.rows == (("Sending", 3, "2", 3, 10),)


CELLS = st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))


@settings(max_examples=60)
@given(st.lists(CELLS, min_size=1, max_size=4), st.lists(st.integers(0, 3), min_size=12, max_size=12))
def test_tables_of_a_family_never_show_a_sum_that_another_hides(rows: list[tuple[int, ...]], into: list[int]) -> None:
    """Count the same things by team and by kind: each team's numbers are spread over kinds in some way."""
    kinds = [[0, 0, 0] for _ in range(4)]
    for at, row in enumerate(rows):
        for place, number in enumerate(row):
            kinds[into[at * 3 + place]][place] += number
    columns = ("X", "Y", "Z")
    teams = Counts("Teams", "Team", columns, tuple((f"T{at}", row) for at, row in enumerate(rows)), family="f")
    others = Counts("Kinds", "Kind", columns, tuple((f"K{at}", tuple(row)) for at, row in enumerate(kinds)), family="f")
    first, second = outside(teams, others)
    assert first.rows[-1][1:] == second.rows[-1][1:]
    for table in (first, second):
        # A single line is its own sum, which is not shown again.
        down = tuple(zip(*table.rows, strict=True)) if len(table.rows) > 1 else ()
        assert all(line.count("c") != 1 for line in (*table.rows, *down))


@pytest.mark.parametrize(
    ("today", "key", "words"),
    [
        (date(2026, 11, 26), "2026-Q3", "Quarter 3 of 2026-27, October to December 2026"),
        (date(2027, 1, 1), "2026-Q4", "Quarter 4 of 2026-27, January to March 2027"),
        (date(2027, 4, 1), "2027-Q1", "Quarter 1 of 2027-28, April to June 2027"),
    ],
)
def test_others_choose_among_quarters_of_the_year_from_april(today: date, key: str, words: str) -> None:
    quarters = periods(today, whole=False)
    assert (quarters[0].key, quarters[0].words) == (key, words)
    assert quarters[0].since <= today <= quarters[0].until


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_no_two_periods_of_others_share_a_day_and_none_is_left_out(today: date) -> None:
    quarters = periods(today, whole=False)
    assert all((later.since - earlier.until).days == 1 for later, earlier in pairwise(quarters))


def test_quality_assurance_may_ask_for_months_and_years_too() -> None:
    found = {one.key: (one.since, one.until) for one in periods(date(2026, 11, 26), whole=True)}
    assert found["12"] == (date(2025, 12, 1), date(2026, 11, 30))
    assert found["2025"] == (date(2025, 4, 1), date(2026, 3, 31))
    assert found["2026-Q3"] == (date(2026, 10, 1), date(2026, 12, 31))
