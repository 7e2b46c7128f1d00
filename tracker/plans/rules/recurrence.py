"""The days on which something that repeats falls due; reading the words for it belongs to dates."""

from calendar import monthrange
from datetime import date, timedelta


def occurrences(
    first: date, *, until: date, every_months: int | None = None, every_weeks: int | None = None
) -> tuple[date, ...]:
    """Return every turn from the first to the last day asked for, both included (domain A4).

    A first turn on the last day of a month stays on the last day: 30 June is followed by 30 September and
    31 December. Another day that a month lacks becomes that month's last day.

    Raises:
        ValueError: if not exactly one of the two steps is given, or it is not above zero.
    """
    step = every_months or every_weeks
    if step is None or step < 1 or (every_months and every_weeks):
        raise ValueError("A recurrence needs one step, in months or in weeks, above zero.")
    turns: list[date] = []
    while (turn := _turn(first, len(turns), every_months, every_weeks)) is not None and turn <= until:
        turns.append(turn)
    return tuple(turns)


def next_occurrence(
    first: date, after: date, *, every_months: int | None = None, every_weeks: int | None = None
) -> date | None:
    """Return the first turn after a day, or None beyond the year 9999."""
    number = 0
    while (turn := _turn(first, number, every_months, every_weeks)) is not None and turn <= after:
        number += 1
    return turn


def is_occurrence(first: date, day: date, *, every_months: int | None = None, every_weeks: int | None = None) -> bool:
    """Say whether a day is one of the turns."""
    if day <= first:
        return day == first
    return next_occurrence(first, day - timedelta(days=1), every_months=every_months, every_weeks=every_weeks) == day


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def months_later(day: date, months: int) -> date:
    """Return the same day some months on, where a month's end stays a month's end.

    Raises:
        ValueError: beyond the year 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = month_end(year, month + 1)
    return last if day == month_end(day.year, day.month) else last.replace(day=min(day.day, last.day))


def _turn(first: date, number: int, every_months: int | None, every_weeks: int | None) -> date | None:
    """Return one turn, counted from the first so that a short month leaves no mark on later ones."""
    try:
        if every_months:
            return months_later(first, number * every_months)
        return first + timedelta(weeks=number * (every_weeks or 0))
    except (ValueError, OverflowError):
        return None
