"""Dividing a text without marks into as many items as its dates ask for; whether it should be is the caller's rule."""

import re
from itertools import chain

_SENTENCE_END = re.compile(r"(?<=[.;!?])\s+(?=[A-Z])")
_CAPITAL_WORD = re.compile(r"(?<=[a-z)])\s+(?=[A-Z][a-z])")
_CAPITAL = re.compile(r"(?<=[a-z)])\s+(?=[A-Z])")


def split_prose(text: str, count: int) -> tuple[str, ...] | None:
    """Return a text divided into exactly so many items, or None (domain A4.5).

    It is divided only at the ends of sentences, or where a small letter is followed by a capital one, and only when
    all such places together make the count.
    """
    for patterns in ((_SENTENCE_END,), (_CAPITAL_WORD,), (_SENTENCE_END, _CAPITAL_WORD), (_CAPITAL,)):
        places = sorted({found.span() for found in chain.from_iterable(p.finditer(text) for p in patterns)})
        if len(places) + 1 != count:
            continue
        starts = [0, *(end for _, end in places)]
        ends = [*(start for start, _ in places), len(text)]
        return tuple(text[start:end] for start, end in zip(starts, ends, strict=True))
    return None
