"""On which day a person is told which occasions, and when a mail that could not be sent is tried again."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from tracker.core.working_days import is_working_day
from tracker.notices.rules.occasions import Occasion
from tracker.notices.rules.vocabulary import Frequency

CHASE_EVERY = timedelta(days=7)
MOST_ATTEMPTS = 5
# News of a week ago is not sent any more, whatever kept it.
STALE_AFTER = timedelta(days=7)
# A sender that has held a mail for longer than this has died: one attempt lasts a minute at most.
CLAIM_LASTS = timedelta(minutes=5)
_WAITS = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8))


def told_on(
    day: date, occasions: Iterable[Occasion], *, told: Collection[str], frequency: Frequency
) -> tuple[Occasion, ...]:
    """Return what a digest tells on a day, the most pressing first; nothing on a day on which nobody works.

    Each occasion is told once, while it is news. Who wants a weekly mail gets it on the first working day of the week,
    and on other days only what cannot wait (domain A12, ux 9).
    """
    if not is_working_day(day):
        return ()
    wants_all = frequency is Frequency.DAILY or (frequency is Frequency.WEEKLY and is_first_of_week(day))
    found = [
        one
        for one in occasions
        if one.from_on <= day <= one.until_on and one.key not in told and (wants_all or one.kind.is_urgent)
    ]
    return tuple(sorted(found, key=lambda one: (one.kind.place, one.from_on, one.key)))


def is_first_of_week(day: date) -> bool:
    """Say whether a day is the first of its week on which people work."""
    monday = day - timedelta(days=day.weekday())
    return is_working_day(day) and not any(
        is_working_day(monday + timedelta(days=number)) for number in range(day.weekday())
    )


def may_chase(day: date, last_asked: date | None) -> bool:
    """Say whether a lead may be asked again without more: at most once a week (ux 8.13)."""
    return last_asked is None or day - last_asked >= CHASE_EVERY


def wait_after(attempts: int) -> timedelta | None:
    """Return how long to wait after so many tries that failed; None when no more are made."""
    return _WAITS[attempts - 1] if 0 < attempts < MOST_ATTEMPTS else None


def is_stale(due_on: date, day: date) -> bool:
    """Say whether a mail that was due on a day is too old to be sent."""
    return day - due_on > STALE_AFTER
