"""How the end of a time for updates is said, with the time of the day or without one; no rule sets it."""

from datetime import date, datetime

_NOON = 12


def closing_words(end: date | datetime) -> str:
    """Return an end as a reader says it: "5pm on Monday 23 November", of a day alone "Monday 23 November".

    A moment is given as clocks in England show it.
    """
    day = f"{end:%A} {end.day} {end:%B}"
    if not isinstance(end, datetime):
        return day
    minutes = f":{end:%M}" if end.minute else ""
    return f"{end.hour % _NOON or _NOON}{minutes}{'am' if end.hour < _NOON else 'pm'} on {day}"


def closes_when(end: date | datetime) -> str:
    """Return the same to follow "close" or "closed": "at 5pm on Monday 23 November", "on Monday 23 November"."""
    return f"{'at' if isinstance(end, datetime) else 'on'} {closing_words(end)}"
