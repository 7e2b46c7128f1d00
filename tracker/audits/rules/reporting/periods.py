"""The stretches of days that reports may be asked for, and how the address names them; which is asked is the page's.

Who is outside quality assurance chooses among quarters, of which no two share a day: of two stretches that overlap the
numbers could be subtracted from one another.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.audits.rules.programme import FIRST_MONTH, year_of, year_words
from tracker.audits.rules.windows import last_months

_QUARTERS = 5
_MONTHS = (12, 3)


@dataclass(frozen=True)
class Period:
    """Whole months, both days included; the key is its name in an address: "2026-Q3", "2026" or "12"."""

    key: str
    words: str
    since: date
    until: date


def periods(today: date, *, whole: bool) -> tuple[Period, ...]:
    """Return what may be asked for, the usual one first: quarters alone unless the reader sees reports whole."""
    quarters = tuple(_quarters(today))
    if not whole:
        return quarters
    months = [(count, last_months(count, today)) for count in _MONTHS]
    latest = tuple(Period(str(count), f"Last {count} months", held.since, held.until) for count, held in months)
    year = year_of(today)
    return (*latest, *(_year(one) for one in (year, year - 1)), *quarters)


def _quarters(today: date) -> list[Period]:
    """Return the quarter of a day and those before it, the latest first; a year begins in April (domain A15)."""
    first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    found = []
    for _ in range(_QUARTERS):
        until = _month_after(first, 3) - timedelta(days=1)
        year = year_of(first)
        number = (first.month - FIRST_MONTH) % 12 // 3 + 1
        words = f"Quarter {number} of {year_words(year)}, {first:%B} to {until:%B %Y}"
        found.append(Period(f"{year}-Q{number}", words, first, until))
        first = _month_after(first, -3)
    return found


def _year(year: int) -> Period:
    first = date(year, FIRST_MONTH, 1)
    return Period(str(year), f"Year {year_words(year)}", first, _month_after(first, 12) - timedelta(days=1))


def _month_after(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
