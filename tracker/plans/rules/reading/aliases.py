"""Names of leads that are alike but not equal, so that somebody can say whether they are one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

_LIKENESS = 0.8
_LARGEST_FAMILY = 50  # more names with one surname than this are not compared by first name


def alike(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of names, the earlier first, that may mean one lead.

    They do when they differ only in capitals or marks, when one has the words of the other and one more, or when two
    names share the surname and their first names are nearly the same or an initial.
    """
    words = {name: _words(name) for name in dict.fromkeys(names)}
    place = {name: number for number, name in enumerate(words)}
    by_word: dict[str, list[str]] = defaultdict(list)
    for name, parts in words.items():
        for word in set(parts):
            by_word[word].append(name)
    for name, parts in words.items():
        rarest = min((by_word[word] for word in parts), key=len, default=[])
        family = by_word[parts[-1]] if len(parts) == 2 else []
        near = {*rarest, *(family if len(family) <= _LARGEST_FAMILY else ())}
        for other in sorted(near, key=place.__getitem__):
            if other != name and _are_alike(parts, words[other]) and _is_first(name, other, place, words):
                yield (name, other) if place[name] < place[other] else (other, name)


def _is_first(name: str, other: str, place: dict[str, int], words: dict[str, tuple[str, ...]]) -> bool:
    """Say whether a pair is met for the first time: from its shorter name, or the earlier of two of one length."""
    mine, its = len(words[name]), len(words[other])
    return mine < its or (mine == its and place[name] < place[other])


def _are_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if one == other:
        return True
    fewer, more = sorted((set(one), set(other)), key=len)
    if len(fewer) > 1 and fewer < more and len(more) == len(fewer) + 1:
        return True
    return len(one) == len(other) == 2 and one[1] == other[1] and _first_names_alike(one[0], other[0])


def _first_names_alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    return SequenceMatcher(None, one, other).ratio() >= _LIKENESS


def _words(name: str) -> tuple[str, ...]:
    return tuple(name.lower().replace("’", "'").replace(".", " ").replace("-", " ").split())
