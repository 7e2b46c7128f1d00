"""Audit activity: what was planned, done, late and exempt, how it was audited and who took part (domain A10, 10)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.audits.rules.moderating import TARGET_DAYS
from tracker.audits.rules.reporting.tables import Counts, Days, Figures, Parts, Ratio, Report, lines_of
from tracker.audits.rules.taking_part import FamilyPart
from tracker.audits.rules.vocabulary import Category, Mode, Selection
from tracker.core.text import counted


class Progress(StrEnum):
    """How far an audit that was given out is, in the order of the table; void stands in none of its columns."""

    FINAL = "final"
    SENT = "sent"
    EXEMPT = "exempt"
    LATE = "late"
    OPEN = "open"
    VOID = "void"

    @property
    def words(self) -> str:
        """The column as pages name it."""
        return _PROGRESS_WORDS[self]


_PROGRESS_WORDS = {
    Progress.FINAL: "Final",
    Progress.SENT: "Sent, not final",
    Progress.EXEMPT: "Exempt",
    Progress.LATE: "Late",
    Progress.OPEN: "Still to do",
    Progress.VOID: "Void",
}
COLUMNS = tuple(one for one in Progress if one is not Progress.VOID)
_COMPLETED = frozenset({0, 1, 2})
_FINAL = ("audits", 0)
_FAMILY_PARTS = tuple(FamilyPart)
_FAMILY = (*(one.words for one in _FAMILY_PARTS), "Not said")


@dataclass(frozen=True)
class ActivityRow:
    """So many audits that are alike in everything that the report asks."""

    team: str
    category: Category
    mode: Mode
    selection: Selection
    progress: Progress
    worker_took_part: bool
    family: FamilyPart | None
    number: int


@dataclass(frozen=True)
class Planned:
    """How many files the rounds of the time were planned to have, and how many were sent or are exempt."""

    rounds: int
    files: int
    done: int


def activity_report(rows: Sequence[ActivityRow], *, planned: Planned | None, took: Sequence[int]) -> Report:
    """Return the report; `took` are the working days from sending to the end of moderation of each that had one.

    `planned` is None where filters narrow the report, as nothing is planned for a team or a category.
    """
    live = [row for row in rows if row.progress is not Progress.VOID]
    final = [row for row in live if row.progress is Progress.FINAL]
    void = sum(row.number for row in rows if row.progress is Progress.VOID)
    tables: tuple[Figures, ...] = (
        _by("By team", "Team", live, lambda row: row.team, is_of_teams=True),
        _by("By what help the child gets", "Help", live, lambda row: row.category.words),
        _by("By method", "Method", live, lambda row: row.mode.words),
        _by("By how files were chosen", "Chosen", live, lambda row: row.selection.words),
        *([_completed(planned)] if planned else []),
        Parts("The worker", "In final audits", (_worker(final),), within=_FINAL),
        Counts(
            "The child and the family", "Audits", _FAMILY, (_family(final),), "Final", adds_down=False, within=_FINAL
        ),
        Days("Time to moderation", "From", (("Sending to the outcome", tuple(took), TARGET_DAYS),)),
        Counts("Left out", "Why", ("Audits",), (("Void: the wrong case", (void,)),), inside=True),
    )
    return Report("activity", "Audit activity", "audit", tables, _notes(planned))


def _completed(planned: Planned) -> Parts:
    line = (f"Done and exempt, of what {counted(planned.rounds, 'round')} planned", planned.done, planned.files)
    return Parts("Completed of what was planned", "What", (line,), inside=True)


def _by(
    title: str,
    head: str,
    rows: Iterable[ActivityRow],
    key: Callable[[ActivityRow], str],
    *,
    is_of_teams: bool = False,
) -> Counts:
    lines = lines_of(((key(row), COLUMNS.index(row.progress), row.number) for row in rows), len(COLUMNS))
    ratio = Ratio("Completed", _COMPLETED, frozenset(range(len(COLUMNS))))
    columns = tuple(one.words for one in COLUMNS)
    return Counts(title, head, columns, lines, family="audits", ratio=ratio, is_of_teams=is_of_teams)


def _worker(final: Iterable[ActivityRow]) -> tuple[str, int, int]:
    numbers = [(row.number, row.number if row.worker_took_part else 0) for row in final]
    return "The worker took part", sum(part for _, part in numbers), sum(whole for whole, _ in numbers)


def _family(final: Iterable[ActivityRow]) -> tuple[str, tuple[int, ...]]:
    held = [0] * len(_FAMILY)
    for row in final:
        held[_FAMILY_PARTS.index(row.family) if row.family else -1] += row.number
    return "In final audits", tuple(held)


def _notes(planned: Planned | None) -> tuple[str, ...]:
    plan = (
        f"{counted(planned.rounds, 'round')} of this time planned {counted(planned.files, 'file')}."
        if planned
        else "What was planned is not known for a part of the service."
    )
    return (
        plan,
        "A sent audit counts on the day when it was done, every other on the day when it is due.",
        "Completed are those that were sent and those that were exempt. Late are those past their day and not sent.",
        "Void audits are left out.",
    )
