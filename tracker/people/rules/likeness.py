"""Which people a lead's printed name may mean, by likeness; nobody is linked by it."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

_LEAST = 0.72
_SURNAME, _FIRST, _SURNAME_ALONE = 0.6, 0.4, 0.8
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "professor", "cllr", "councillor", "sir", "dame"})


class Names:
    """The names of people, taken apart once to be compared with any number of printed ones."""

    def __init__(self, names: Iterable[tuple[int, str]]) -> None:
        """Take ids with names; a name without letters is like no other."""
        self._by_surname: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for number, name in names:
            words = _words(name)
            if words:
                self._by_surname[words[-1]].append((words[0], number))

    def like(self, printed: str, *, most: int = 3) -> list[int]:
        """Return the ids of those whose name is most like a printed one, the likest first, at most so many.

        Initials stand for any name that begins so, and surnames weigh most.
        """
        words = _words(printed)
        if not words:
            return []
        found = self._with_first(words[0], words[-1]) if len(words) > 1 else self._by_surname_alone(words[0])
        scored = sorted(((score, -number) for score, number in found if score >= _LEAST), reverse=True)
        return [-number for _, number in scored[:most]]

    def _by_surname_alone(self, surname: str) -> Iterator[tuple[float, int]]:
        for known, likeness in self._surnames(surname, least=_LEAST / _SURNAME_ALONE):
            for _, number in self._by_surname[known]:
                yield likeness * _SURNAME_ALONE, number

    def _with_first(self, first: str, surname: str) -> Iterator[tuple[float, int]]:
        matcher = SequenceMatcher(b=first)
        for known, likeness in self._surnames(surname, least=(_LEAST - _FIRST) / _SURNAME):
            for name, number in self._by_surname[known]:
                matcher.set_seq1(name)
                is_initial = len(first) == 1 and name.startswith(first)
                yield _SURNAME * likeness + _FIRST * (1.0 if is_initial else matcher.ratio()), number

    def _surnames(self, surname: str, *, least: float) -> Iterator[tuple[str, float]]:
        """Yield the surnames that may be meant: comparing letter by letter is dear, so most are passed over before."""
        matcher = SequenceMatcher(b=surname)
        for known in self._by_surname:
            matcher.set_seq1(known)
            if matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least:
                yield known, matcher.ratio()


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return [word for word in re.findall(r"[a-z]+", plain) if word not in _TITLES]
