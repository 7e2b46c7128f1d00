"""From which day work without a date is counted, when its time is over, and its words (domain A4, 4 and 7; A5)."""

from collections.abc import Iterable
from datetime import date, timedelta

from tracker.core.text import counted
from tracker.plans.rules.wording import short_day


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


def undated_words(since: date, day: date, *, waits_on: str, decided_by: str, ask_again_on: date | None) -> str:
    """Say how long a milestone has had no date, or from when that counts, who decides on one, and when to ask again."""
    if since > day:
        body = waits_on or decided_by or "the body"
        age = f"{body} meets on {short_day(since)}; the time without a date counts from then"
    else:
        age = f"Without a date for {counted((day - since).days, 'day')}"
    who = decided_by or waits_on
    asked = f"ask again on {short_day(ask_again_on)}" if ask_again_on is not None else ""
    decides = f"{who} decides" if who and since <= day else ""
    return ". ".join(part[:1].upper() + part[1:] for part in (age, decides, asked) if part)
