"""Where a chart's points, labels and markers stand, and what rows say of small numbers (ux 10.1, domain A8)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.audits.rules.votes import LeftOut, ThemeCount
from tracker.impact.queries import LinkedAction
from tracker.impact.rules import Relation, Verdict, verdict_without_statistics
from tracker.web.themes.chart import Chart, chart_of
from tracker.web.themes.rows import left_out_words, share, verdict_sentence, with_share


def a_count(concerns: int, answered: int, **facts: int) -> ThemeCount:
    met = answered - concerns
    return ThemeCount(answered, answered, answered, concerns, facts.get("strengths", 0), met, {})


def an_action(ref: str, *, on: date, done: date | None = None, code: str = "G", readable: bool = True) -> LinkedAction:
    return LinkedAction(
        1, Relation.ADDRESSES, "Because", on, "plan", "Plan", ref, "Title", code, done, "Priya Nair", readable
    )


def months(*counts: tuple[int, int], first: date = date(2026, 1, 1)) -> dict[date, ThemeCount]:
    days = [(first + timedelta(days=31 * place)).replace(day=1) for place in range(len(counts))]
    return {day: a_count(*count) for day, count in zip(days, counts, strict=True)}


def test_the_scale_runs_from_nothing_to_all() -> None:
    chart = chart_of(months((0, 20), (10, 20), (20, 20)), [])
    assert [point.y for point in chart.points] == [chart.bottom, (chart.top + chart.bottom) // 2, chart.top]
    assert [(level.words, level.y) for level in chart.levels][::5] == [("0%", chart.bottom), ("100%", chart.top)]


def test_a_month_without_files_leaves_a_gap() -> None:
    chart = chart_of(months((5, 20), (0, 0), (5, 20), (5, 20)), [])
    assert len(chart.points) == 3
    assert [(line.x1, line.x2) for line in chart.lines] == [(chart.points[1].x, chart.points[2].x)]


def test_a_month_with_few_files_is_hollow_and_its_share_is_not_written() -> None:
    chart = chart_of(months((5, 10), (9, 9)), [])
    assert [point.is_few for point in chart.points] == [False, True]
    assert chart.latest is not None
    assert (chart.latest.words, chart.latest.x) == ("50%", chart.points[0].x)
    assert chart_of(months((9, 9)), []).latest is None


def test_one_month_alone_stands_in_the_middle() -> None:
    assert [point.x for point in chart_of(months((3, 12)), []).points] == ["54.00%"]


@pytest.mark.parametrize(("count", "shown", "kept"), [(3, 3, 2), (12, 12, 6), (24, 12, 6), (36, 12, 6)])
def test_at_most_twelve_months_are_named_and_half_of_them_on_a_phone(count: int, shown: int, kept: int) -> None:
    labels = chart_of(months(*[(1, 20)] * count, first=date(2024, 1, 1)), []).labels
    assert (len(labels), sum(not label.gives_way for label in labels)) == (shown, kept)
    assert not labels[-1].gives_way


def test_each_year_is_named_once_under_a_month_that_stays() -> None:
    labels = chart_of(months(*[(1, 20)] * 12, first=date(2025, 11, 1)), []).labels
    assert [label.year for label in labels if label.year] == ["2025", "2026"]
    assert not any(label.gives_way for label in labels if label.year)


def test_actions_stand_on_the_day_they_were_done_or_else_linked() -> None:
    linked = [
        an_action("2.1", on=date(2026, 1, 15)),
        an_action("15.1", on=date(2025, 1, 1), done=date(2026, 3, 15), code="C"),
        an_action("9.9", on=date(2025, 6, 1)),
        an_action("8.8", on=date(2026, 2, 1), readable=False),
    ]
    chart = chart_of(months((1, 20), (1, 20), (1, 20)), linked)
    points = [point.x for point in chart.points]
    assert [(marker.ref, marker.x, marker.anchor) for marker in chart.markers] == [
        ("2.1", points[0], "start"),
        ("15.1", points[2], "end"),
    ]
    assert chart.markers[0].y != chart.markers[1].y


@given(
    counts=st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: (min(pair), max(pair))), min_size=1
    ),
    days=st.lists(st.dates(date(2020, 1, 1), date(2030, 1, 1)), max_size=5),
)
def test_everything_stands_within_the_picture(counts: list[tuple[int, int]], days: list[date]) -> None:
    held = months(*counts, first=date(2022, 1, 1))
    chart = chart_of(held, [an_action("1.1", on=day) for day in days])
    places = [*(p.x for p in chart.points), *(m.x for m in chart.markers), *(one.x for one in chart.labels)]
    assert all(13 <= float(place.removesuffix("%")) <= 95 for place in places)
    assert all(chart.top <= point.y <= chart.bottom for point in chart.points)
    assert len(chart.points) == sum(count.answered > 0 for count in held.values())
    assert _latest_is_inside(chart)


def _latest_is_inside(chart: Chart) -> bool:
    return chart.latest is None or 0 < chart.latest.y < chart.bottom


@pytest.mark.parametrize(
    ("concerns", "answered", "words", "percent"),
    [
        (0, 0, "No files", ""),
        (1, 1, "1 of 1 file", ""),
        (9, 9, "9 of 9 files", ""),
        (0, 10, "0 of 10 files", "0%"),
        (9, 22, "9 of 22 files", "41%"),
        (1, 8 * 25, "1 of 200 files", "1%"),
        (10, 10, "10 of 10 files", "100%"),
    ],
)
def test_a_share_needs_ten_files(concerns: int, answered: int, words: str, percent: str) -> None:
    count = a_count(concerns, answered)
    assert (count.in_files, share(count)) == (words, percent)
    assert with_share(count) == (f"{words} ({percent})" if percent else words)


def test_what_was_left_out_is_said_in_the_order_of_the_rule() -> None:
    count = ThemeCount(9, 3, 2, 0, 0, 2, {LeftOut.TARGETED: 1, LeftOut.VOID: 2, LeftOut.NOT_FINAL: 3})
    assert left_out_words(count) == ["2 files set aside as void", "3 files not sent yet", "1 file chosen for a reason"]
    every = ThemeCount(9, 0, 0, 0, 0, 0, dict.fromkeys(LeftOut, 1))
    assert len(set(left_out_words(every))) == len(LeftOut)


def test_a_verdict_says_why() -> None:
    day = date(2026, 11, 1)
    assert verdict_without_statistics(0) is Verdict.NOT_MEASURED
    assert verdict_without_statistics(2) is Verdict.TOO_EARLY
    assert verdict_sentence([]).startswith("No action is linked to this theme")
    assert verdict_sentence([an_action("1.1", on=day, code="X")]).startswith("No action is linked")
    assert verdict_sentence([an_action("1.1", on=day)]).startswith("1 action is meant to change it.")
