"""Re-audits: which are done, late and to come, and the same cases before and after (domain A10, 13)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.audits.rules.comparing import Change, change_of
from tracker.audits.rules.reporting.tables import Counts, Lines, Ratio, Report, lines_of
from tracker.audits.rules.vocabulary import Category, Grade, NoGrade


class Coming(StrEnum):
    """How far a re-audit that was planned is."""

    DONE = "done"
    LATE = "late"
    TO_COME = "to_come"

    @property
    def words(self) -> str:
        """The column as pages name it."""
        return {Coming.DONE: "Done", Coming.LATE: "Late", Coming.TO_COME: "To come"}[self]


_COMING = tuple(Coming)
_CHANGES = (*Change,)
_GRADES = tuple(Grade)
_BETTER = Ratio("Better, share", frozenset({_CHANGES.index(Change.BETTER)}), frozenset(range(len(_CHANGES))))


@dataclass(frozen=True)
class PlannedRow:
    """So many re-audits that are due in the time, equally far."""

    team: str
    category: Category
    coming: Coming
    number: int


@dataclass(frozen=True)
class PairRow:
    """So many cases with the same overall grade before and after; the grades are those that count."""

    team: str
    before: Grade | None
    after: Grade | None
    number: int


@dataclass(frozen=True)
class SectionPair:
    """So many cases with the same grade of one section before and after."""

    section: str
    before: Grade | NoGrade | None
    after: Grade | NoGrade | None
    number: int


def repeated_report(planned: Sequence[PlannedRow], pairs: Sequence[PairRow], sections: Sequence[SectionPair]) -> Report:
    """Return the report: re-audits due in the time, and those that became final in it with the audit before."""
    changed = [(row, change_of(row.before, row.after), row.number) for row in pairs]
    told = [(row.team, _CHANGES.index(change), number) for row, change, number in changed if change]
    by_section = [
        (row.section, _CHANGES.index(change), row.number)
        for row in sections
        if (change := change_of(row.before, row.after))
    ]
    left = sum(number for _, change, number in changed if change is None)
    words = tuple(one.words for one in _CHANGES)
    tables = (
        _coming("Re-audits due, by team", "Team", ((row.team, row) for row in planned), is_of_teams=True),
        _coming("Re-audits due, by help", "Help", ((row.category.words, row) for row in planned)),
        Counts("Same cases, overall grade", "Team", words, lines_of(told, 3), ratio=_BETTER, is_of_teams=True),
        _moves(pairs),
        Counts("Same cases, by section", "Section", words, _in_order(by_section), adds_down=False, ratio=_BETTER),
        Counts("Left out", "Why", ("Cases",), (("No grade before or after", (left,)),)),
    )
    return Report("re-audits", "Re-audits", "re-audit", tables, _NOTES)


_NOTES = (
    "Due are re-audits whose day lies in this time, whenever they were planned. Done means final.",
    "Before and after are the grades that count, of cases whose later audit was done in this time and is final.",
    "Re-audits follow audits that went badly. They tell of these cases, and nothing of practice on the whole.",
    "Sections are compared where both audits asked the same, or what was declared to mean the same.",
)


def _coming(title: str, head: str, rows: Iterable[tuple[str, PlannedRow]], *, is_of_teams: bool = False) -> Counts:
    lines = lines_of(((name, _COMING.index(row.coming), row.number) for name, row in rows), len(_COMING))
    ratio = Ratio("Done, share", frozenset({0}), frozenset(range(len(_COMING))))
    columns = tuple(one.words for one in _COMING)
    return Counts(title, head, columns, lines, family="due", ratio=ratio, is_of_teams=is_of_teams)


def _moves(pairs: Iterable[PairRow]) -> Counts:
    """Return the grades before by the grades after; for outsiders better, the same and worse have to do."""
    columns = tuple(one.words for one in _GRADES)
    counted = [(row.before.words, _GRADES.index(row.after), row.number) for row in pairs if row.before and row.after]
    lines = lines_of(counted, len(columns), columns) if counted else ()
    return Counts("Grade before, and after", "Before", tuple(f"After: {one}" for one in columns), lines, inside=True)


def _in_order(rows: Iterable[tuple[str, int, int]]) -> Lines:
    held = list(rows)
    return lines_of(held, len(_CHANGES), dict.fromkeys(name for name, _, _ in held))
