"""Which words of a text were taken out and which put in, so that a page can show it; how it looks is the page's."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Wording(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words in a row with what became of them."""

    wording: Wording
    text: str


def changed_words(was: str, now: str) -> tuple[Piece, ...]:
    """Return a text as it changed, word by word: what was taken out stands before what was put in there."""
    return tuple(_pieces(was.split(), now.split()))


def _pieces(was: list[str], now: list[str]) -> Iterator[Piece]:
    for act, first, last, begin, end in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if act == "equal":
            yield Piece(Wording.KEPT, " ".join(was[first:last]))
            continue
        if last > first:
            yield Piece(Wording.OUT, " ".join(was[first:last]))
        if end > begin:
            yield Piece(Wording.IN, " ".join(now[begin:end]))
