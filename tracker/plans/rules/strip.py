"""The milestones of an action at a glance: a mark for each and one line in words; their rating stands elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.core.text import counted, how_often
from tracker.plans.rules.vocabulary import Precision
from tracker.plans.rules.wording import short_day


class Mark(StrEnum):
    """What the box of a milestone says (ux 5.4)."""

    DONE = "done"
    OVERDUE = "overdue"
    PLANNED = "planned"
    NO_DATE = "no_date"
    REPEATS = "repeats"

    @property
    def word(self) -> str:
        """The mark in words, for the key and for who cannot see the box."""
        return _WORDS[self]


_WORDS = {
    Mark.DONE: "done",
    Mark.OVERDUE: "overdue",
    Mark.PLANNED: "planned",
    Mark.NO_DATE: "date to be confirmed",
    Mark.REPEATS: "repeats",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone as it stands.

    `due` is the last day of its period, or the first turn still owed; `start` is the first day of the period; `shown`
    is how pages say its date.
    """

    title: str
    due: date | None
    shown: str
    start: date | None = None
    precision: Precision = Precision.NONE
    done_on: date | None = None
    repeats: bool = False
    # The first date that it ever had and how it was written, how often that was moved since, and by how many days.
    first_due: date | None = None
    first_shown: str = ""
    times_moved: int = 0
    days_moved: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_on is None

    def days_late(self, day: date) -> int:
        """Calendar days since it fell due, none before."""
        return max((day - self.due).days, 0) if self.is_open and self.due is not None else 0

    def mark(self, day: date) -> Mark:
        """The box to draw for it."""
        if not self.is_open:
            return Mark.DONE
        if self.days_late(day):
            return Mark.OVERDUE
        if self.repeats:
            return Mark.REPEATS
        return Mark.NO_DATE if self.due is None else Mark.PLANNED


@dataclass(frozen=True, slots=True)
class StripWords:
    """The line beside the boxes: how many are done, how late the latest is, and which comes next."""

    done: str
    late: str
    rest: str

    @property
    def whole(self) -> str:
        """All of it as one text."""
        late = f"{self.late}:" if self.late else ""
        return " ".join(part for part in (f"{self.done}." if self.done else "", late, self.rest) if part)


def strip_words(steps: Sequence[Step], day: date, *, is_closed: bool = False) -> StripWords:
    """Say how an action's milestones stand: the one that is late longest, else the next one, else what has no date.

    Of a closed action nothing is late or next any more: only how many were done, and when the last was if all were.
    """
    if not steps:
        return StripWords("", "", "No milestones yet")
    done = f"{sum(not step.is_open for step in steps)} of {len(steps)} done"
    if is_closed:
        return StripWords(done, "", "" if any(step.is_open for step in steps) else _without_next(steps))
    late = max(steps, key=lambda step: step.days_late(day))
    if late.days_late(day):
        return StripWords(done, f"Overdue {counted(late.days_late(day), 'day')}", f"{late.title}, {late.shown}")
    ahead = next_step(steps, day)
    if ahead is not None:
        shown = ahead.shown.replace(", next ", ", ") if ahead.repeats else ahead.shown
        return StripWords(done, "", f"Next: {ahead.title}, {shown}")
    return StripWords(done, "", _without_next(steps))


def moved_words(step: Step) -> str:
    """Say when a milestone was first due and how far it has moved since (ux 5.5); nothing when it never moved."""
    if not step.times_moved or step.first_due is None:
        return ""
    way = "later" if step.days_moved > 0 else "earlier"
    days = f", {counted(abs(step.days_moved), 'day')} {way} in all" if step.days_moved else ""
    return f"First due {step.first_shown or short_day(step.first_due)}, moved {how_often(step.times_moved)}{days}"


def next_step(steps: Sequence[Step], day: date) -> Step | None:
    """Return the open milestone that falls due first, from the day on; what is overdue is not ahead."""
    ahead = [(step.due, step) for step in steps if step.is_open and step.due is not None and step.due >= day]
    return min(ahead, key=lambda pair: pair[0])[1] if ahead else None


def pressing_step(steps: Sequence[Step], day: date) -> Step | None:
    """Return the open milestone to name first: the one late longest, else the next, else the first without a date."""
    is_open = [step for step in steps if step.is_open]
    late = [step for step in is_open if step.days_late(day)]
    if late:
        return max(late, key=lambda step: step.days_late(day))
    return next_step(steps, day) or next(iter(is_open), None)


def _without_next(steps: Sequence[Step]) -> str:
    undated = [step for step in steps if step.is_open]
    if not undated:
        last = max(step.done_on for step in steps if step.done_on is not None)
        return f"Finished {short_day(last)}"
    titles = " · ".join(step.title for step in undated)
    if len(undated) == 1:
        return f"{undated[0].shown}: {titles}"
    return f"{len(undated)} dates to be confirmed: {titles}"
