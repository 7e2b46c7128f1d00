"""The days on which a body meets by its cycle; what is held on them is the calendar's."""

from datetime import date, timedelta

from tracker.people.rules.vocabulary import Cycle

MOST_MEETINGS = 24
_MONTHS = {Cycle.MONTHLY: 1, Cycle.BIMONTHLY: 2, Cycle.QUARTERLY: 3, Cycle.SIX_MONTHLY: 6, Cycle.ANNUAL: 12}


def days_by_cycle(first: date, cycle: Cycle, number: int) -> list[date]:
    """Return so many days from a first one on: every week, or the same weekday of its week in the month.

    A meeting on the fourth Thursday stays on the fourth Thursday; a fifth one becomes the last where there are four.
    A body with its own dates has the first day only.
    """
    if cycle is Cycle.CUSTOM:
        return [first]
    if cycle is Cycle.WEEKLY:
        return [first + timedelta(weeks=week) for week in range(number)]
    return [_same_weekday(first, _MONTHS[cycle] * turn) for turn in range(number)]


def _same_weekday(first: date, months: int) -> date:
    month = first.month - 1 + months
    begins = date(first.year + month // 12, month % 12 + 1, 1)
    day = begins + timedelta(days=(first.weekday() - begins.weekday()) % 7 + 7 * ((first.day - 1) // 7))
    return day if day.month == begins.month else day - timedelta(days=7)
