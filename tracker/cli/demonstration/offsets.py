"""Turns the offsets of `seeds/` into days counted from the day of loading, and prints them; it reads no file."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.plans.rules.dates.words import month_short
from tracker.plans.rules.recurrence import month_end, months_later
from tracker.plans.rules.wording import MONTHS

_DAYS = re.compile(r"([+-]?\d+)d")
_MONTH = re.compile(r"([+-]?\d+)m(?:@(\d+))?")
_TOKEN = re.compile(r"\{(month|mon|monthname|quarter|day):([+-]?\d+)\}")


@dataclass(frozen=True)
class Offsets:
    """The day of loading, from which every day of the demonstration is counted (forms: see seeds/README.md)."""

    today: date

    def day(self, offset: str) -> date:
        """Return the day of `-14d`, `-3m` (a month's first day) or `-3m@31` (that day, or the month's last).

        Raises ValueError for any other form.
        """
        if found := _DAYS.fullmatch(offset):
            return self.today + timedelta(days=int(found[1]))
        found = _MONTH.fullmatch(offset)
        if found is None:
            raise ValueError(f"{offset!r} is no offset.")
        first = self._month(int(found[1]))
        return first.replace(day=min(int(found[2] or 1), month_end(first.year, first.month).day))

    def past_day(self, offset: str) -> date:
        """Return the day of an offset, or the day of loading when that would lie in the future."""
        return min(self.day(offset), self.today)

    def working_day(self, offset: str) -> date:
        """Return the day of an offset, or the Friday before it when it falls on a weekend."""
        day = self.day(offset)
        return day - timedelta(days=max(day.weekday() - 4, 0))

    def printed(self, text: str, *, year: int | None = None) -> str:
        """Return a text with its tokens printed as a council would write them; `{year}` is the year given."""
        printed = _TOKEN.sub(lambda token: self._print(token[1], int(token[2])), text)
        return printed if year is None else printed.replace("{year}", str(year))

    def _month(self, number: int) -> date:
        return months_later(self.today.replace(day=1), number)

    def _print(self, form: str, number: int) -> str:
        if form == "day":
            day = self.today + timedelta(days=number)
            return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        if form == "quarter":
            return _quarter(self._month(number * 3))
        month = self._month(number)
        if form == "monthname":
            return MONTHS[month.month - 1]
        return f"{MONTHS[month.month - 1] if form == 'month' else month_short(month.month)} {month.year}"


def _quarter(month: date) -> str:
    """Return the financial quarter that a month lies in; the year begins in April."""
    begins = month.year if month.month > 3 else month.year - 1
    return f"Q{(month.month - 4) % 12 // 3 + 1} {begins}/{(begins + 1) % 100:02}"
