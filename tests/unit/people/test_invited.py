"""Reading a pasted list of people: every line is returned, with what is doubtful about it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.people.rules import MOST_AT_ONCE, read_invited

TOM = ("Tom Baker", "tom@council.example", "")
HEAD = ("Tom Baker", "tom@council.example", "Head of service")


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Tom Baker <tom@council.example>", TOM),
        ('"Tom Baker" <Tom@Council.Example>;', TOM),
        ("Tom Baker <tom@council.example>, Head of service", HEAD),
        ("Tom Baker, tom@council.example", TOM),
        ("Tom Baker, tom@council.example, Head of service", HEAD),
        ("Tom Baker;tom@council.example;Head of service", HEAD),
        ("Tom Baker\ttom@council.example\tHead of service", HEAD),
        ("tom@council.example, Tom Baker", TOM),
        ("  Tom   Baker ,  tom@council.example ", TOM),
    ],
)
def test_a_line_is_read_as_people_write_it(line: str, read: tuple[str, str, str]) -> None:
    (found,) = read_invited(line)
    assert (found.name, found.email, found.post) == read
    assert found.is_fine


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Tom Baker", "There is no e-mail address"),
        ("Tom Baker, tom@council", "tom@council is not an e-mail address"),
        ("tom@council.example", "There is no name"),
        ("A, tom@council.example\nB, TOM@council.example", "This address stands in the list twice"),
        ("Known, known@council.example", "Somebody with this address is here already"),
        (f"{'x' * 121}, tom@council.example", "The name is longer than 120 characters"),
    ],
)
def test_what_is_doubtful_is_said(text: str, doubt: str) -> None:
    found = read_invited(text, known=frozenset({"known@council.example"}))
    assert doubt in found[-1].doubts


def test_no_more_than_two_hundred_are_invited_at_once() -> None:
    found = read_invited("\n".join(f"P{number}, p{number}@council.example" for number in range(MOST_AT_ONCE + 2)))
    assert [line.is_fine for line in found] == [True] * MOST_AT_ONCE + [False] * 2


@given(st.text(max_size=400))
def test_any_text_is_read_and_no_line_is_lost(text: str) -> None:
    found = read_invited(text)
    written = [line for line in text.splitlines() if line.replace("\x00", "").split()]
    assert len(found) == len(written)
    assert len({line.email for line in found if line.is_fine}) == sum(line.is_fine for line in found)
