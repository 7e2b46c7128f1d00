"""What followed from audits: remedial actions and immediate concerns, open, late, and how long they took (A10, 12)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.audits.rules.concerns import ConcernDays, ConcernStage
from tracker.audits.rules.remedials import Priority, RemedialState
from tracker.audits.rules.reporting.tables import Counts, Days, Lines, Ratio, Report, lines_of
from tracker.core.working_days import working_days_between


class Following(StrEnum):
    """How far a remedial action is, in the order of the table."""

    TO_DO = "to_do"
    LATE = "late"
    FURTHER = "further"
    TO_CHECK = "to_check"
    DONE = "done"

    @property
    def words(self) -> str:
        """The column as pages name it."""
        return _FOLLOWING_WORDS[self]


_FOLLOWING_WORDS = {
    Following.TO_DO: "To do, in time",
    Following.LATE: "Late: team manager",
    Following.FURTHER: "Late: head of service",
    Following.TO_CHECK: "To be checked",
    Following.DONE: "Checked and done",
}
_FOLLOWING = tuple(Following)
_STAGE_WORDS = {
    ConcernStage.TOLD: "To be acknowledged",
    ConcernStage.ACKNOWLEDGED: "To be acted on",
    ConcernStage.ACTED: "To be closed",
    ConcernStage.CLOSED: "Closed",
}
_STAGES = tuple(_STAGE_WORDS)
# Working days from the day when a manager was told (domain A3): the same day, one day to act, five to close.
_LIMITS = (0, 1, 5)


@dataclass(frozen=True)
class RemedialRow:
    """So many remedial actions of one team and class that are equally far."""

    team: str
    priority: Priority
    state: RemedialState
    due_on: date
    further_on: date | None
    number: int

    def following(self, today: date) -> Following:
        """Say how far they are on a day; `further_on` is known of those that are late."""
        if self.state.is_verified:
            return Following.DONE
        if not self.state.is_to_do:
            return Following.TO_CHECK
        if today <= self.due_on:
            return Following.TO_DO
        return Following.FURTHER if self.further_on is not None and today >= self.further_on else Following.LATE


@dataclass(frozen=True)
class RemedialPace:
    """On which day a remedial action of a class was given, and on which it was seen to be done."""

    priority: Priority
    given_on: date
    done_on: date


@dataclass(frozen=True)
class ConcernRow:
    """A concern by the days on which each thing happened, and the team of its case."""

    team: str
    days: ConcernDays


def following_report(
    remedials: Sequence[RemedialRow], paces: Sequence[RemedialPace], concerns: Sequence[ConcernRow], *, today: date
) -> Report:
    """Return the report: actions given and concerns raised in the time, as they stand today."""
    placed = [(row, _FOLLOWING.index(row.following(today)), row.number) for row in remedials]
    stages = [(row.team, _STAGES.index(row.days.stage), 1) for row in concerns]
    tables = (
        _remedials("Remedial actions by class", "Class", _by_class(placed)),
        _remedials("Remedial actions by team", "Team", _by_team(placed), is_of_teams=True),
        Days("Days from given to checked", "Class", tuple(_pace(one, paces) for one in Priority)),
        Counts(
            "Immediate concerns",
            "Team",
            tuple(_STAGE_WORDS[one] for one in _STAGES),
            lines_of(stages, len(_STAGES)),
            is_of_teams=True,
        ),
        Days("Concerns, days from telling", "To", _concern_days([row.days for row in concerns])),
    )
    return Report("remedial", "Remedial actions and immediate concerns", "remedial action", tables, _NOTES)


_NOTES = (
    "Counted are remedial actions given and concerns raised in this time, as they stand today, whatever their audit.",
    "What its owner says is done waits to be checked and is not late.",
    "A late action is for the manager of the team, after five more working days for the head of service.",
    "An action is in time when somebody else had seen it done within the days that its class allows.",
    "A concern is acknowledged on the same working day, acted on one working day later and closed within five.",
)
Placed = Iterable[tuple[RemedialRow, int, int]]


def _by_class(placed: Placed) -> Lines:
    names = [one.words for one in Priority]
    return lines_of(((row.priority.words, place, number) for row, place, number in placed), len(_FOLLOWING), names)


def _by_team(placed: Placed) -> Lines:
    return lines_of(((row.team, place, number) for row, place, number in placed), len(_FOLLOWING))


def _remedials(title: str, head: str, lines: Lines, *, is_of_teams: bool = False) -> Counts:
    columns = tuple(one.words for one in _FOLLOWING)
    ratio = Ratio(
        "Checked and done, share", frozenset({_FOLLOWING.index(Following.DONE)}), frozenset(range(len(columns)))
    )
    return Counts(title, head, columns, lines, family="remedials", ratio=ratio, is_of_teams=is_of_teams)


def _pace(priority: Priority, paces: Iterable[RemedialPace]) -> tuple[str, tuple[int, ...], int]:
    took = [working_days_between(one.given_on, one.done_on) for one in paces if one.priority is priority]
    return priority.words, tuple(took), priority.working_days


def _concern_days(concerns: Sequence[ConcernDays]) -> tuple[tuple[str, tuple[int, ...], int], ...]:
    steps: tuple[tuple[str, Callable[[ConcernDays], date | None]], ...] = (
        ("Acknowledged", lambda one: one.acknowledged_on),
        ("Acted on", lambda one: one.acted_on),
        ("Closed", lambda one: one.closed_on),
    )
    return tuple(
        (name, tuple(working_days_between(one.told_on, on) for one in concerns if (on := day(one)) is not None), limit)
        for (name, day), limit in zip(steps, _LIMITS, strict=True)
    )
