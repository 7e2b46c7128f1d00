"""Which people a lead's printed name may mean, by likeness; nobody is linked by it."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

_LEAST = 0.72
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "professor", "cllr", "councillor", "sir", "dame"})


def alike(printed: str, names: Iterable[tuple[int, str]], *, most: int = 3) -> list[int]:
    """Return the ids of those whose name is most like a printed one, the likest first, at most so many."""
    wanted = _words(printed)
    scored = [(_likeness(wanted, _words(name)), -number) for number, name in names]
    return [-number for score, number in sorted(scored, reverse=True)[:most] if score >= _LEAST]


def _likeness(wanted: list[str], name: list[str]) -> float:
    """Say how alike two names are from 0 to 1; initials stand for any name that begins so, surnames weigh most."""
    if not wanted or not name:
        return 0.0
    surname = SequenceMatcher(None, wanted[-1], name[-1]).ratio()
    if len(wanted) == 1:
        return surname * 0.8
    first = 1.0 if len(wanted[0]) == 1 and name[0].startswith(wanted[0]) else 0.0
    first = max(first, SequenceMatcher(None, wanted[0], name[0]).ratio())
    return 0.6 * surname + 0.4 * first


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return [word for word in re.findall(r"[a-z]+", plain) if word not in _TITLES]
