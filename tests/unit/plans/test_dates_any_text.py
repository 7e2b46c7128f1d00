"""What holds of reading dates whatever the text, and the turns of what repeats."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.plans.rules.dates import DateProblem, TargetDate, read_cell_date, read_target_date, split_dates
from tracker.plans.rules.recurrence import occurrences

SOME_WORDS = (
    "by end of mid first report and then quarterly every 2 3 six months weeks monthly from the Q1 q4 quarter 2015 "
    "2026/27 15 31 30 29 feb February march jan-mar 15/1/27 2027-01-15 tbc TBC board to agree spring ongoing 3rd , - / "
    "( ) 99 9999 0 00/00/00 waiting for: Cabinet when decides"
)
WORDS = st.sampled_from(SOME_WORDS.split())
TEXTS = st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=8).map(" ".join))
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))


def _read(text: str, today: date | None) -> TargetDate | str:
    try:
        return read_target_date(text, today=today)
    except DateProblem as refused:
        return str(refused)


@given(TEXTS, st.one_of(st.none(), st.dates()))
def test_any_text_is_read_or_refused_in_a_sentence(text: str, today: date | None) -> None:
    read = _read(text, today)
    if isinstance(read, str):
        assert read
        return
    assert (read.start is None) == (read.due is None)
    assert read.start is None or read.due is None or read.start <= read.due
    assert read.sentence()


@given(TEXTS, st.one_of(st.none(), st.dates()))
def test_a_cell_is_never_refused_and_keeps_its_text(text: str, approved: date | None) -> None:
    assert read_cell_date(text, counted_from=approved).text == text


@given(TEXTS)
def test_splitting_dates_keeps_their_words(text: str) -> None:
    parts = split_dates(text)
    assert parts == (text,) or all(part in text for part in parts)


def _facts(read: TargetDate) -> tuple[object, ...]:
    exact = () if read.kind == "recurring" else (read.precision, read.start)
    return (read.kind, read.due, read.every_months, read.every_weeks, read.waits_on, *exact)


PERIODS = st.one_of(
    DAYS.map(lambda day: f"{day.day}/{day.month}/{day.year}"),
    DAYS.map(lambda day: f"{day.month}/{day.year}"),
    st.tuples(st.integers(1, 4), st.integers(1900, 2190)).map(lambda pair: f"Q{pair[0]} {pair[1]}"),
    st.integers(1900, 2190).map(str),
    st.integers(1900, 2190).map(lambda year: f"{year}/{(year + 1) % 100:02}"),
    st.tuples(st.sampled_from(["monthly", "fortnightly", "every 5 months"]), DAYS).map(
        lambda pair: f"{pair[0]} from {pair[1].isoformat()}"
    ),
)


@given(st.one_of(TEXTS, PERIODS), DAYS)
def test_the_shown_words_read_back_to_the_same_date(text: str, approved: date) -> None:
    read = read_cell_date(text, counted_from=approved)
    assert _facts(read_cell_date(read.shown())) == _facts(read)


@given(PERIODS)
def test_every_plain_period_is_a_date(text: str) -> None:
    assert read_cell_date(text).due is not None


@pytest.mark.parametrize(
    ("first", "months", "turns"),
    [
        ("2015-06-30", 3, ["2015-06-30", "2015-09-30", "2015-12-31", "2016-03-31"]),
        ("2015-02-28", 1, ["2015-02-28", "2015-03-31", "2015-04-30", "2015-05-31"]),
        ("2015-01-30", 1, ["2015-01-30", "2015-02-28", "2015-03-30", "2015-04-30"]),
        ("2016-02-29", 12, ["2016-02-29", "2017-02-28", "2018-02-28", "2019-02-28"]),
        ("2015-04-15", 6, ["2015-04-15", "2015-10-15", "2016-04-15", "2016-10-15"]),
    ],
)
def test_month_ends_stay_month_ends(first: str, months: int, turns: list[str]) -> None:
    until = date.fromisoformat(turns[-1])
    assert [str(turn) for turn in occurrences(date.fromisoformat(first), until=until, every_months=months)] == turns


def test_weekly_turns_end_with_the_last_day_asked_for() -> None:
    first = date(2015, 1, 5)
    assert occurrences(first, until=first + timedelta(days=14), every_weeks=1) == (
        date(2015, 1, 5),
        date(2015, 1, 12),
        date(2015, 1, 19),
    )
    assert occurrences(first, until=first - timedelta(days=1), every_weeks=1) == ()


@pytest.mark.parametrize("steps", [{}, {"every_months": 0}, {"every_weeks": -1}, {"every_months": 1, "every_weeks": 1}])
def test_a_recurrence_needs_exactly_one_step(steps: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="one step"):
        occurrences(date(2015, 1, 1), until=date(2016, 1, 1), **steps)


@given(DAYS, st.integers(1, 24))
def test_turns_rise_and_stay_within_the_days_asked_for(first: date, months: int) -> None:
    until = first + timedelta(days=2000)
    turns = occurrences(first, until=until, every_months=months)
    assert list(turns) == sorted(set(turns))
    assert turns[0] == first
    assert turns[-1] <= until
