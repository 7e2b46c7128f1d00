"""Which record of a plan a record of its later version is: by number, then by likeness of words (domain A11)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.plans.rules.likeness import alike_pairs, likeness, plain

# With the same number this much is the same record; under another number it takes more.
_SAME_NUMBER, _ANOTHER_NUMBER = 0.5, 0.7


@dataclass(frozen=True, slots=True)
class Named:
    """A record by its number and its words."""

    number: str
    words: str


@dataclass(frozen=True, slots=True)
class Match:
    """The places of a record in both versions, None where it is missing; `is_sure` unless only the number agrees."""

    stored: int | None
    brought: int | None
    is_sure: bool = True


def match(stored: Sequence[Named], brought: Sequence[Named], *, by_number_alone: bool) -> list[Match]:
    """Return what belongs together, in the order of the later version, and last what that version lacks.

    Same number and words first, then the same words wherever they are once only, then the same number with like words,
    then like words alone, the likest first. What is left with the same number is the same record if the number alone
    is to count; else the one record that is left on either side, whose words were all changed.
    """
    pairing = _Pairing(stored, brought)
    pairing.take((one, other) for one, other in pairing.same_number() if pairing.likeness(one, other) == 1)
    pairing.take(pairing.same_words())
    pairing.take((one, other) for one, other in pairing.same_number() if pairing.likeness(one, other) >= _SAME_NUMBER)
    pairing.take(pairing.like_words())
    sure = dict(pairing.found)
    pairing.take(pairing.same_number() if by_number_alone else pairing.last_ones())
    pairs = {other: one for one, other in pairing.found.items()}
    both = [
        Match(pairs[place], place, is_sure=pairs[place] in sure) if place in pairs else Match(None, place)
        for place in range(len(brought))
    ]
    return [*both, *(Match(place, None) for place in pairing.left_stored())]


class _Pairing:
    """The pairs found so far, by the places of what is stored, and the ways of finding more among what is left."""

    def __init__(self, stored: Sequence[Named], brought: Sequence[Named]) -> None:
        self.stored, self.brought = stored, brought
        self.found: dict[int, int] = {}
        self._taken: set[int] = set()

    def take(self, pairs: Iterator[tuple[int, int]]) -> None:
        """Take pairs in their order, each record once."""
        for one, other in list(pairs):
            if one not in self.found and other not in self._taken:
                self.found[one] = other
                self._taken.add(other)

    def likeness(self, one: int, other: int) -> float:
        """Return how alike the words of two records are."""
        return likeness(self.stored[one].words, self.brought[other].words)

    def left_stored(self) -> list[int]:
        """Return the places of what is stored and not paired."""
        return [place for place in range(len(self.stored)) if place not in self.found]

    def left_brought(self) -> list[int]:
        """Return the places of what the file holds and is not paired."""
        return [place for place in range(len(self.brought)) if place not in self._taken]

    def same_number(self) -> Iterator[tuple[int, int]]:
        """Yield pairs with the same number."""
        places = {self.brought[place].number: place for place in reversed(self.left_brought())}
        for one in self.left_stored():
            if (other := places.get(self.stored[one].number)) is not None:
                yield one, other

    def same_words(self) -> Iterator[tuple[int, int]]:
        """Yield pairs with the same words, which stand nowhere else in either version."""
        mine = {place: plain(self.stored[place].words) for place in self.left_stored()}
        theirs = {place: plain(self.brought[place].words) for place in self.left_brought()}
        often, there = Counter(mine.values()), Counter(theirs.values())
        where = {words: place for place, words in theirs.items()}
        for place, words in mine.items():
            if often[words] == there[words] == 1:
                yield place, where[words]

    def like_words(self) -> Iterator[tuple[int, int]]:
        """Yield pairs with like words, the likest first."""
        mine, theirs = self.left_stored(), self.left_brought()
        words = [self.stored[place].words for place in mine], [self.brought[place].words for place in theirs]
        for _, one, other in alike_pairs(*words, least=_ANOTHER_NUMBER):
            yield mine[one], theirs[other]

    def last_ones(self) -> Iterator[tuple[int, int]]:
        """Yield the only record that is left on either side."""
        mine, theirs = self.left_stored(), self.left_brought()
        if len(mine) == len(theirs) == 1:
            yield mine[0], theirs[0]
