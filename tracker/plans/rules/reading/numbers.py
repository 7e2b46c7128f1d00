"""Keeping the numbers of actions unique: one printed twice or not at all gets one of its own, with a warning."""

from collections.abc import Iterable
from string import ascii_lowercase

from tracker.plans.rules.reading.results import PlanWarning, WarningCode
from tracker.plans.rules.reading.rows import Row


class Numbers:
    """The numbers that a document's actions bear."""

    def __init__(self, printed: Iterable[str]) -> None:
        """Take all numbers as printed, so that a made one never meets a later printed one."""
        self._printed = set(printed)
        self._taken: set[str] = set()
        self._reached: dict[int, int] = {}
        self._repeats: dict[str, int] = {}
        self.warnings: list[PlanWarning] = []

    def take(self, row: Row, area: int) -> str:
        """Return the number by which a row's action is known."""
        if row.ref and row.ref not in self._taken:
            self._taken.add(row.ref)
            return row.ref
        ref = self._another(row.ref) if row.ref else self._next_in(area)
        self._taken.add(ref)
        said = f"The number {row.ref} is printed twice" if row.ref else "This row has no number"
        message = f"{said}. The action is kept as {ref}"
        self.warnings.append(PlanWarning(WarningCode.UNRESOLVED_REFERENCE, ref, row.lines[0], message))
        return ref

    def _another(self, ref: str) -> str:
        """Return the number with a letter, later with a counter, going on where the last repeat of it ended."""
        number = self._repeats.get(ref, 1)
        while not self._is_free(new := _repeated(ref, number)):
            number += 1
        self._repeats[ref] = number + 1
        return new

    def _next_in(self, area: int) -> str:
        number = self._reached.get(area, 0) + 1
        while not self._is_free(f"{area}.{number}"):
            number += 1
        self._reached[area] = number
        return f"{area}.{number}"

    def _is_free(self, ref: str) -> bool:
        return ref not in self._printed and ref not in self._taken


def _repeated(ref: str, number: int) -> str:
    return f"{ref}{ascii_lowercase[number]}" if number < len(ascii_lowercase) else f"{ref}-{number + 1}"
