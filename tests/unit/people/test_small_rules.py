"""Colours that can be read, days of a cycle, browsers and networks in words, and names that are alike."""

from datetime import date
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.people.rules import (
    Cycle,
    Names,
    browser_family,
    contrast_words,
    days_by_cycle,
    is_readable,
    network_prefix,
    tidy_colour,
)


@pytest.mark.parametrize(
    ("typed", "tidy", "contrast", "readable"),
    [
        ("#123c5a", "#123c5a", "11.5 to 1", True),
        ("767676", "#767676", "4.5 to 1", True),
        ("#777777", "#777777", "4.4 to 1", False),
        ("#FFF", "#ffffff", "1.0 to 1", False),
        ("#000", "#000000", "21.0 to 1", True),
    ],
)
def test_a_colour_carries_white_text_from_four_and_a_half_to_one(
    typed: str, tidy: str, contrast: str, readable: bool
) -> None:
    assert tidy_colour(typed) == tidy
    assert (contrast_words(tidy), is_readable(tidy)) == (contrast, readable)


@pytest.mark.parametrize("typed", ["", "red", "#12345", "#12345g", "url(x)", "#fff; background: red"])
def test_what_is_no_colour_is_none(typed: str) -> None:
    assert tidy_colour(typed) is None


THURSDAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("cycle", "days"),
    [
        (Cycle.WEEKLY, [date(2026, 11, 26), date(2026, 12, 3), date(2026, 12, 10)]),
        (Cycle.MONTHLY, [date(2026, 11, 26), date(2026, 12, 24), date(2027, 1, 28)]),
        (Cycle.QUARTERLY, [date(2026, 11, 26), date(2027, 2, 25), date(2027, 5, 27)]),
        (Cycle.ANNUAL, [date(2026, 11, 26), date(2027, 11, 25), date(2028, 11, 23)]),
        (Cycle.CUSTOM, [date(2026, 11, 26)]),
    ],
)
def test_meetings_stay_on_the_same_weekday_of_their_month(cycle: Cycle, days: list[date]) -> None:
    assert days_by_cycle(THURSDAY, cycle, 3) == days


def test_a_fifth_weekday_becomes_the_last_where_there_are_four() -> None:
    assert days_by_cycle(date(2026, 10, 29), Cycle.MONTHLY, 2) == [date(2026, 10, 29), date(2026, 11, 26)]


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sampled_from(Cycle), st.integers(1, 24))
def test_days_of_a_cycle_rise_and_keep_their_weekday(first: date, cycle: Cycle, number: int) -> None:
    days = days_by_cycle(first, cycle, number)
    assert days[0] == first
    assert days == sorted(set(days))
    assert {day.weekday() for day in days} == {first.weekday()}


@pytest.mark.parametrize(
    ("says", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("", "Another browser"),
    ],
)
def test_a_browser_is_named_by_its_family(says: str, words: str) -> None:
    assert browser_family(says) == words


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("192.0.2.77", "192.0.2.…"),
        ("2001:db8::1", "2001:db8:0:0:…"),
        ("::ffff:192.0.2.77", "192.0.2.…"),
        ("nowhere", "unknown"),
    ],
)
def test_a_network_is_told_without_the_machine(address: str, words: str) -> None:
    assert network_prefix(address) == words


NAMES = [(1, "Priya Nair"), (2, "Grace Adeyemi"), (3, "Tom Baker"), (4, "Thomas Barker")]


@pytest.mark.parametrize(
    ("printed", "ids"),
    [
        ("P. Nair", [1]),
        ("Priya Nair", [1]),
        ("Dr Grace Adeyami", [2]),
        ("Tom Baker", [3, 4]),
        ("Head of Safeguarding", []),
        ("", []),
    ],
)
def test_names_that_are_alike_are_suggested_the_likest_first(printed: str, ids: list[int]) -> None:
    assert Names(NAMES).like(printed) == ids


def likeness(name: str, printed: str) -> float:
    """How alike two names of two words are, compared letter by letter."""
    (first, surname), (wanted_first, wanted) = name.split(), printed.split()
    same = SequenceMatcher(a=first, b=wanted_first).ratio()
    is_initial = len(wanted_first) == 1 and first.startswith(wanted_first)
    return 0.6 * SequenceMatcher(a=surname, b=wanted).ratio() + 0.4 * (1.0 if is_initial else same)


some_names = st.from_regex(r"[a-d]{1,4} [a-d]{1,5}", fullmatch=True)


@given(some_names, st.lists(some_names, max_size=12))
def test_nobody_is_passed_over_who_is_alike_enough(printed: str, names: list[str]) -> None:
    known = dict(enumerate(names))
    wanted = [number for number, name in known.items() if likeness(name, printed) >= 0.72]
    wanted.sort(key=lambda number: (-likeness(known[number], printed), number))
    assert Names(known.items()).like(printed) == wanted[:3]
