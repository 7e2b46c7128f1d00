"""How alike two texts are, and which of many are alike; what follows from that is said where it is asked."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

# Comparing letter by letter is dear: each text is compared with so many others, those that share most of its words.
_MOST_COMPARED = 40
# Its work grows with the square of the letters: of a text as long as a page, the beginning tells enough.
_MOST_LETTERS = 1_000
_ALMOST = 0.999
_COMMON = frozenset(
    {"a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to"}
)


def plain(text: str) -> str:
    """Return the words of a text in small letters with single spaces, without marks and accents."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(re.findall(r"[a-z0-9]+", "".join(one for one in letters if not unicodedata.combining(one))))


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1: the share of their letters that stand in the same order.

    Only the very same words are 1; of long texts the first thousand letters are compared.
    """
    return _likeness(plain(one), plain(other))


def alike_pairs(ones: Sequence[str], others: Sequence[str], *, least: float) -> list[tuple[float, int, int]]:
    """Return the pairs of a text of one list and a text of another that are at least so alike, the likest first.

    Each is its likeness and the two places. Texts that share no word but the commonest are never alike.
    """
    known = [plain(text) for text in others]
    index, found = _Index(known), []
    for place, text in enumerate(map(plain, ones)):
        matcher = SequenceMatcher(b=text, autojunk=False)
        for candidate in index.near(text):
            matcher.set_seq1(known[candidate])
            # Both are quick, and never less than the likeness itself.
            if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
                continue
            if (score := _likeness(text, known[candidate])) >= least:
                found.append((score, place, candidate))
    return sorted(found, key=lambda pair: (-pair[0], pair[1], pair[2]))


def alike_within(texts: Sequence[str], *, least: float) -> Iterator[tuple[int, int]]:
    """Yield the places of texts of one list that are at least so alike, the earlier of a pair first."""
    for _, one, other in alike_pairs(texts, texts, least=least):
        if one < other:
            yield one, other


class _Index:
    """Plain texts by their words, so that few need be compared with each."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, text in enumerate(texts):
            for word in set(_telling(text)):
                self._places[word].append(place)

    def near(self, text: str) -> list[int]:
        """Return the places of those texts that share most with one, a rare word counting for more."""
        shared: Counter[int] = Counter()
        for word in set(_telling(text)):
            places = self._places.get(word, [])
            for place in places:
                shared[place] += 1000 // len(places)
        return [place for place, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:_MOST_COMPARED]]


def _telling(text: str) -> list[str]:
    return [word for word in text.split() if word not in _COMMON]


def _likeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    first, second = sorted((one[:_MOST_LETTERS], other[:_MOST_LETTERS]))
    return min(SequenceMatcher(None, first, second, autojunk=False).ratio(), _ALMOST)
