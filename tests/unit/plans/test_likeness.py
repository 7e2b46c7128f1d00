"""How alike two texts are, and that looking for alike ones among many misses none and asks little."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.plans.rules.likeness import alike_pairs, alike_within, likeness


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Open a second duty desk", "Open a second duty desk", 1, 1),
        ("Open a second duty desk.", "OPEN a second duty  desk", 1, 1),
        ("Review the organisation", "Review the organization", 0.9, 0.99),
        ("Open a second duty desk", "Open a second duty desk in the north", 0.7, 0.9),
        ("Open a second duty desk", "Count caseloads in every team", 0, 0.5),
        ("", "", 1, 1),
    ],
)
def test_texts_are_as_alike_as_their_letters(one: str, other: str, least: float, most: float) -> None:
    assert least <= likeness(one, other) <= most


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_the_same_both_ways(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, one) == 1


def test_the_likest_pair_comes_first() -> None:
    ones = ["Open a second duty desk", "Count caseloads in every team"]
    others = ["Count caseloads in each team", "Open a second duty desk"]
    assert [(one, other) for _, one, other in alike_pairs(ones, others, least=0.7)] == [(0, 1), (1, 0)]


def test_each_pair_within_a_list_is_named_once() -> None:
    assert list(alike_within(["Caseloads of 18", "Visits", "caseloads of 18"], least=0.9)) == [(0, 2)]


def test_two_thousand_texts_are_compared_in_seconds() -> None:
    texts = [f"Review the work of team {number} and report to the board" for number in range(2000)]
    begun = perf_counter()
    alike_pairs(texts[:300], texts, least=0.99)
    assert perf_counter() - begun < 20


def test_texts_as_long_as_a_whole_cell_are_compared_by_how_they_begin() -> None:
    begin = "Give every worker a caseload that they can manage. " * 40
    one, other = begin + "count the cases " * 6_000, begin + "meet every month " * 6_000
    assert 0.99 < likeness(one, other) < 1
    assert likeness(one, one + " ") == 1
    assert likeness("count the cases " * 6_000, "every worker is met each month " * 3_000) < 0.7
    assert [pair[1:] for pair in alike_pairs([one], [f"{one} more", "Something else"], least=0.9)] == [(0, 0)]
