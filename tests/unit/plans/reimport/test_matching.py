"""Which action of a later version is which: by number, then by likeness; tables that a council officer can read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.plans.rules.reimport.matching import Named, match

COUNT, DESK, STANDARD = "Count caseloads in every team", "Open a second duty desk", "Write a supervision standard"


def pairs(stored: dict[str, str], brought: dict[str, str], *, by_number: bool = True) -> list[tuple[str, str]]:
    old = [Named(number, words) for number, words in stored.items()]
    new = [Named(number, words) for number, words in brought.items()]
    return [
        (
            old[one.stored].number if one.stored is not None else "new",
            (new[one.brought].number if one.brought is not None else "gone") + ("" if one.is_sure else "?"),
        )
        for one in match(old, new, by_number_alone=by_number)
    ]


@pytest.mark.parametrize(
    ("stored", "brought", "expected"),
    [
        ({"1.1": COUNT}, {"1.1": COUNT}, [("1.1", "1.1")]),
        ({"1.1": COUNT}, {"1.1": "Count caseloads in every team each month"}, [("1.1", "1.1")]),
        # Another number with the same words: renumbered.
        ({"1.1": COUNT, "1.2": DESK}, {"1.1": DESK}, [("1.2", "1.1"), ("1.1", "gone")]),
        # Two that changed places.
        ({"1.1": COUNT, "1.2": DESK}, {"1.1": DESK, "1.2": COUNT}, [("1.2", "1.1"), ("1.1", "1.2")]),
        # Another number with like words.
        ({"1.1": COUNT}, {"2.4": "Count the caseloads in every team"}, [("1.1", "2.4")]),
        # Only the number agrees: taken for the same, with a doubt.
        ({"1.1": COUNT}, {"1.1": STANDARD}, [("1.1", "1.1?")]),
        ({"1.1": COUNT}, {"2.1": STANDARD}, [("new", "2.1"), ("1.1", "gone")]),
        ({}, {"1.1": COUNT}, [("new", "1.1")]),
        ({"1.1": COUNT}, {}, [("1.1", "gone")]),
        # Promises have the same words everywhere: their numbers tell them apart.
        (
            {"1.3": "Further actions to be agreed", "2.3": "Further actions to be agreed"},
            {"2.3": "Further actions to be agreed"},
            [("2.3", "2.3"), ("1.3", "gone")],
        ),
    ],
)
def test_what_belongs_together(
    stored: dict[str, str], brought: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert pairs(stored, brought) == expected


def test_of_steps_a_place_alone_says_nothing_but_the_last_two_left_are_one() -> None:
    steps = {"0": "Draft written", "1": "Standard agreed"}
    assert pairs(steps, {"0": "Draft written", "1": "Teams trained in it"}, by_number=False) == [
        ("0", "0"),
        ("1", "1?"),
    ]
    assert pairs(steps, {"0": "Teams trained", "1": "Report made", "2": "Draft written"}, by_number=False) == [
        ("new", "0"),
        ("new", "1"),
        ("0", "2"),
        ("1", "gone"),
    ]


WORDS = st.sampled_from([COUNT, DESK, STANDARD, "Further actions to be agreed", "Report on it", ""])
VERSION = st.dictionaries(st.sampled_from(["1.1", "1.2", "1.3", "2.1", "2.2"]), WORDS, max_size=5)


@given(VERSION, VERSION, st.booleans())
def test_each_record_of_either_version_stands_in_one_pair(
    stored: dict[str, str], brought: dict[str, str], by_number: bool
) -> None:
    found = match(
        [Named(*one) for one in stored.items()], [Named(*one) for one in brought.items()], by_number_alone=by_number
    )
    assert sorted(one.stored for one in found if one.stored is not None) == list(range(len(stored)))
    assert sorted(one.brought for one in found if one.brought is not None) == list(range(len(brought)))


@given(VERSION)
def test_a_version_is_wholly_itself(version: dict[str, str]) -> None:
    assert pairs(version, version) == [(number, number) for number in version]
