"""Working days in England: neither weekends nor bank holidays; what hangs on them is the features'."""

from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

_WEEKEND = (5, 6)


def is_working_day(day: date) -> bool:
    """Say whether people in England work on a day."""
    return day.weekday() not in _WEEKEND and day not in _bank_holidays(day.year)


def working_days_before(day: date, number: int) -> date:
    """Return the working day that lies so many working days before a day."""
    while number > 0:
        day -= timedelta(days=1)
        number -= is_working_day(day)
    return day


def working_days_after(day: date, number: int) -> date:
    """Return the working day that lies so many working days after a day, which itself does not count."""
    while number > 0:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Return how many working days lie after a day up to and with another one; negative when that one lies before."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + timedelta(days=number)) for number in range(1, (end - start).days + 1))


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("GB", subdiv="ENG", years=year))
