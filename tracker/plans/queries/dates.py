"""Which date a milestone had on a day, out of the changes of date that were asked for and approved."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.plans.queries.timeline import MilestoneRecord, approved_changes
from tracker.plans.rules.states import DateChangeKind, DateChangeState
from tracker.plans.rules.vocabulary import MilestoneKind, Precision


@dataclass(frozen=True)
class DateThen:
    """A milestone's date on a day, what the lead forecast then, and how often it had moved."""

    kind: MilestoneKind
    precision: Precision
    text: str
    due: date | None
    every_months: int | None
    every_weeks: int | None
    waits_on: str | None
    since: date | None
    forecast: date | None
    times_moved: int
    because: str


def date_then(record: MilestoneRecord, day: date) -> DateThen:
    """Return a milestone's date as it stood on a day (domain A0: a move counts from its approval)."""
    approved = approved_changes(record, day)
    moves = [change for change in approved if change.kind is not DateChangeKind.CORRECTION]
    last = approved[-1] if approved else None
    date_columns = _written(last, "to_") if last is not None else _before_later_changes(record)
    return DateThen(
        **date_columns,
        since=last.decided_on if last is not None else None,
        forecast=_forecast(record, day),
        times_moved=len(moves),
        because=moves[-1].reason if moves else "",
    )


def _before_later_changes(record: MilestoneRecord) -> dict[str, Any]:
    """Return the date that held before any approved change."""
    first = next((change for change in record.changes if change.state is DateChangeState.APPROVED), None)
    return _written(record.row, "") if first is None else _written(first, "from_")


def _written(row: Any, prefix: str) -> dict[str, Any]:
    """Return the columns of a date as they stand in a row, under the names of DateThen."""
    names = {
        name: f"{prefix}{name}" for name in ("kind", "precision", "due", "every_months", "every_weeks", "waits_on")
    }
    names["text"] = f"{prefix}text" if prefix else "date_text"
    return {name: getattr(row, column) for name, column in names.items()}


def _forecast(record: MilestoneRecord, day: date) -> date | None:
    """Return the date that a lead was asking for on the day: until it is decided it acts as the forecast (A4, 7)."""
    asked = [
        change
        for change in record.changes
        if change.asked_on <= day and (change.decided_on is None or change.decided_on > day)
    ]
    due: date | None = asked[-1].to_due if asked else None
    return due
