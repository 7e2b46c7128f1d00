"""Which numbers in somebody's words are those of actions, and how the words are cut at them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.plans.rules.mentions import Meant, known_numbers, numbers_in, stretches

# What somebody writes, and the numbers in it that may be those of actions.
WRITTEN = [
    ("see 6.4", "6.4"),
    ("See 6.4.", "6.4"),
    ("It waits for 6.4, 6.5 and (A4.1).", "6.4 6.5 A4.1"),
    ("6.4", "6.4"),
    ("6.4b and 6.4-1", "6.4b 6.4-1"),
    ("once 6.4: see there, and 6.4 again", "6.4"),
    ("rose to 6.4%", ""),
    ("rose to 6.4 per cent", ""),
    ("took 6.4 days, at 9.30 am", ""),
    ("costs £6.4 or 6.4 million", ""),
    ("on 1.3.2026 and 1/3.4", ""),
    ("version v1.2.3.4", ""),
    ("6.4,5 and 12:30.1", ""),
    ("twelve of 12 teams", ""),
    ("see 12, and action 7", "12 7"),
    ("actions 3.1 and 3.2", "3.1 3.2"),
    ("<b>6.4</b>", "6.4"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "numbers"), WRITTEN)
def test_numbers_that_may_be_those_of_actions(text: str, numbers: str) -> None:
    assert " ".join(numbers_in(text)) == numbers


def test_a_number_is_known_whatever_the_case_of_its_letters() -> None:
    assert known_numbers(["a4.1", "6.4", "9.9"], {"A4.1": 7, "6.4": 8}) == {"a4.1": 7, "6.4": 8}


def test_words_are_cut_at_what_they_mean() -> None:
    meant = {"6.4": Meant("6.5", "Train")}
    found = stretches("see 6.4 and 6.6", meant)
    assert [(one.text, one.meant.ref if one.meant else None) for one in found] == [
        ("see ", None),
        ("6.4", "6.5"),
        (" and 6.6", None),
    ]
    assert [one.text for one in stretches("", meant)] == [""]


@given(st.text(alphabet=st.sampled_from("6.41 see,ab%£\n<-/"), max_size=60) | st.text(max_size=60))
def test_nothing_of_the_words_is_lost_or_changed(text: str) -> None:
    meant = {number: Meant("1.1", "Any") for number in numbers_in(text)}
    found = stretches(text, meant)
    assert "".join(one.text for one in found) == text
    assert {one.text for one in found if one.meant} == set(meant)
