"""A target date made again from what is stored of it, so that pages say it; nothing is read from text here."""

from datetime import date

from tracker.plans.rules.dates.target import TargetDate
from tracker.plans.rules.recurrence import months_later
from tracker.plans.rules.vocabulary import MilestoneKind, Precision


def stored_date(
    kind: MilestoneKind,
    precision: Precision,
    due: date | None,
    *,
    text: str = "",
    every_months: int | None = None,
    every_weeks: int | None = None,
    waits_on: str | None = None,
) -> TargetDate:
    """Return the date that was stored with its last day and its precision; the first day follows from them (ux 6).

    A stretch of several months, which is stored by its last one, is said as that month.
    """
    start = _first_day(precision, due) if due is not None and kind is MilestoneKind.DATED else None
    if kind is MilestoneKind.RECURRING:
        start = due
    return TargetDate(
        kind=kind,
        precision=precision,
        start=start,
        due=due,
        text=text,
        every_months=every_months,
        every_weeks=every_weeks,
        waits_on=waits_on,
    )


def _first_day(precision: Precision, due: date) -> date:
    if precision is Precision.MONTH:
        return due.replace(day=1)
    if precision is Precision.QUARTER:
        return months_later(due.replace(day=1), -2)
    if precision is Precision.YEAR:
        return months_later(due.replace(day=1), -11)
    return due
