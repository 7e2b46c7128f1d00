"""The only place that asks what day or time it is, so that tests and the demonstration can choose it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_fixed: ContextVar[datetime | None] = ContextVar("fixed_clock", default=None)


def now() -> datetime:
    """Return this moment in UTC, always with its zone."""
    fixed = _fixed.get()
    return fixed if fixed is not None else datetime.now(UTC)  # noqa: TID251 - the one place that may


def today() -> date:
    """Return the calendar day in England, which is not always the UTC day."""
    return now().astimezone(LONDON).date()


def moment_in_england(day: date, at: time) -> datetime:
    """Return a day and a time of the day in England as a moment in UTC."""
    return datetime.combine(day, at, LONDON).astimezone(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Hold the clock at a moment, given with its zone: for tests and for loading the demonstration's past."""
    if moment.tzinfo is None:
        raise ValueError("The clock needs a moment with its zone.")
    token = _fixed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
