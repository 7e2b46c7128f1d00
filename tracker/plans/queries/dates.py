"""Which date a milestone had on a day, out of the changes of date that were asked for and approved."""

from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import Any

from tracker.plans.queries.timeline import MilestoneRecord, approved_changes
from tracker.plans.rules.dates.stored import stored_date
from tracker.plans.rules.moves import Decider, Move, who_decides
from tracker.plans.rules.states import DateChangeKind, DateChangeState
from tracker.plans.rules.vocabulary import MilestoneKind, Precision

# A date as its columns stand in a row, in the order of DateThen: a milestone's own, and the two sides of a change.
_REST = ("due", "every_months", "every_weeks", "waits_on")
_OWN = attrgetter("kind", "precision", "date_text", *_REST)
_BEFORE = attrgetter("from_kind", "from_precision", "from_text", *(f"from_{name}" for name in _REST))
_AFTER = attrgetter("to_kind", "to_precision", "to_text", *(f"to_{name}" for name in _REST))


@dataclass(frozen=True, slots=True)
class DateThen:
    """A milestone's date on a day, what the lead forecast then, and how often it had moved."""

    kind: MilestoneKind
    precision: Precision
    text: str
    due: date | None
    every_months: int | None
    every_weeks: int | None
    waits_on: str | None
    since: date | None = None
    forecast: date | None = None
    times_moved: int = 0
    because: str = ""


def date_then(record: MilestoneRecord, day: date) -> DateThen:
    """Return a milestone's date as it stood on a day (domain A0: a move counts from its approval)."""
    if not record.changes:
        return DateThen(*_OWN(record.row))
    approved = approved_changes(record, day)
    reasons = [change.reason for change in approved if change.kind is not DateChangeKind.CORRECTION]
    last = approved[-1] if approved else None
    written = _AFTER(last) if last is not None else _before_later_changes(record)
    return replace(
        DateThen(*written),
        since=last.decided_on if last is not None else None,
        forecast=_forecast(record, day),
        times_moved=sum(is_move(change) for change in approved),
        because=reasons[-1] if reasons else "",
    )


def is_move(change: Any) -> bool:
    """Whether an approved change moved a date that there was; a first date and a correction move none."""
    return change.kind is not DateChangeKind.CORRECTION and change.from_due is not None


def move_of(change: Any) -> Move:
    """Return a change of date as the rule of who decides takes it."""
    return Move(change.kind, change.from_due, change.to_due)


def decider_of(record: MilestoneRecord, change: Any) -> Decider:
    """Return who decides on a change that was asked for, and why, by what was approved before it."""
    earlier = [one for one in record.changes if one.number < change.number]
    approved = [move_of(one) for one in earlier if one.state is DateChangeState.APPROVED]
    return who_decides(move_of(change), first_due=first_due(record), approved=approved)


def first_due(record: MilestoneRecord) -> date | None:
    """Return the first date that a milestone ever had, which no change overwrites."""
    approved = (change for change in record.changes if change.state is DateChangeState.APPROVED)
    first: date | None = next((change.from_due for change in approved if change.from_due is not None), None)
    own: date | None = record.row.first_due
    return first or own


def first_shown(record: MilestoneRecord) -> str:
    """Return the first date that the milestone ever had, in words; nothing when it never had one."""
    row = record.row
    approved = [change for change in record.changes if change.state is DateChangeState.APPROVED]
    for change in approved:
        if change.from_due is not None:
            return change_in_words(change, "from")
    if row.first_due is None:
        return ""
    precision = row.precision if row.due == row.first_due else Precision.DAY
    return stored_date(MilestoneKind.DATED, precision, row.first_due).shown()


def change_in_words(change: Any, end: str) -> str:
    """Return one end of a change of date, "from" or "to", as pages say it."""
    return stored_date(
        getattr(change, f"{end}_kind"),
        getattr(change, f"{end}_precision"),
        getattr(change, f"{end}_due"),
        text=getattr(change, f"{end}_text"),
        every_months=getattr(change, f"{end}_every_months"),
        every_weeks=getattr(change, f"{end}_every_weeks"),
        waits_on=getattr(change, f"{end}_waits_on"),
    ).shown()


def _before_later_changes(record: MilestoneRecord) -> tuple[Any, ...]:
    """Return the date that held before any approved change."""
    first = next((change for change in record.changes if change.state is DateChangeState.APPROVED), None)
    written: tuple[Any, ...] = _OWN(record.row) if first is None else _BEFORE(first)
    return written


def _forecast(record: MilestoneRecord, day: date) -> date | None:
    """Return the date that a lead was asking for on the day: until it is decided it acts as the forecast (A4, 7)."""
    asked = [
        change
        for change in record.changes
        if change.asked_on <= day and (change.decided_on is None or change.decided_on > day)
    ]
    due: date | None = asked[-1].to_due if asked else None
    return due
