"""Whether a dependency would close a circle of actions that wait for one another, and how that is said."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.plans.rules.waiting import circle, circle_in_words

# Who waits for whom now; who is to wait for whom; what is wrong with it.
CIRCLES = [
    ("", "1.2 3.4", ""),
    ("1.2>3.4", "1.2 5.1", ""),
    ("1.2>3.4", "5.1 1.2", ""),
    ("3.4>1.2", "1.2 3.4", "1.2 waits for 3.4, which waits for 1.2"),
    ("3.4>5.1 5.1>1.2", "1.2 3.4", "1.2 waits for 3.4, which waits for 5.1, which waits for 1.2"),
    ("3.4>5.1 5.1>6.1 6.1>1.2 5.1>1.2", "1.2 3.4", "1.2 waits for 3.4, which waits for 5.1, which waits for 1.2"),
    ("3.4>5.1 5.1>3.4", "1.2 3.4", ""),
    ("", "1.2 1.2", "1.2 waits for 1.2"),
]


def graph(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pair in text.split():
        one, other = pair.split(">")
        found.setdefault(one, []).append(other)
    return found


@pytest.mark.parametrize(("waits", "new", "words"), CIRCLES)
def test_a_circle_is_named(waits: str, new: str, words: str) -> None:
    found = circle(graph(waits), *new.split())
    assert (circle_in_words(found) if found else "") == words


numbers = st.integers(0, 7)


@given(st.lists(st.tuples(numbers, numbers), max_size=20))
def test_without_the_refused_ones_nobody_waits_for_themselves(pairs: list[tuple[int, int]]) -> None:
    waits: dict[int, list[int]] = {}
    for origin, target in pairs:
        found = circle(waits, origin, target)
        if found:
            assert found[:2] == (origin, target)
            assert found[-1] == origin
            assert all(other in waits.get(one, []) for one, other in pairwise(found[1:]))
        else:
            waits.setdefault(origin, []).append(target)
    reached = {one: set(others) for one, others in waits.items()}
    for _ in range(8):
        reached = {
            one: others.union(*(reached.get(other, set()) for other in others)) for one, others in reached.items()
        }
    assert not [one for one, others in reached.items() if one in others]
