"""From which day work without a date is counted, and from when its time is over (domain A4, 4 and 7; A5); no words."""

from collections.abc import Iterable
from datetime import date, timedelta


def undated_since(approved_on: date, *, decided_on: date | None = None, meetings: Iterable[date] = ()) -> date:
    """Return the day from which a milestone without a date is counted, never before its action's approval.

    Of one that lost its date it is the day on which that was approved; `meetings` are those of the body that it waits
    for, earliest first, of which the next one counts where there is one.
    """
    since = max(approved_on, decided_on or approved_on)
    return next((day for day in meetings if day >= since), since)


def past_grace_on(since: date, grace_days: int) -> date:
    """Return the first day on which something counted since a day has been without a date for too long."""
    return since + timedelta(days=grace_days + 1)
