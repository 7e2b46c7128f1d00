"""Tells what happened in order, each entry on its own day and as the person who did it; it knows no council word."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tracker.core import clock
from tracker.core.changelog import acting
from tracker.people.models import Person

# The first thing of a past day happens at nine in the morning in England, each further one a little later.
_FIRST = time(9, tzinfo=clock.LONDON)
_STEP = timedelta(seconds=30)


@dataclass(frozen=True)
class Entry:
    """One thing that happened: on which day, by whom (nobody stands for the command), and how it is done again."""

    day: date
    by: Person | None
    do: Callable[[], object]


def tell(entries: Iterable[Entry], *, now: datetime, after_each: Callable[[], None]) -> None:
    """Do every entry, earliest day first, with the clock held at its moment; what is of today happens now."""
    today = now.astimezone(clock.LONDON).date()
    day, number = None, 0
    for entry in sorted(entries, key=lambda entry: entry.day):
        number = number + 1 if entry.day == day else 0
        day = entry.day
        moment = now if day == today else datetime.combine(day, _FIRST) + number * _STEP
        with clock.at(moment), acting(_actor(entry.by)):
            entry.do()
        after_each()


def _actor(person: Person | None) -> str:
    return f"person:{person.id}" if person else "command:demo"
