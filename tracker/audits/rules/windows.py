"""The months that counts of themes speak of; which months a page asks for is the page's."""

from dataclasses import dataclass
from datetime import date, timedelta

RECENT = 3
"""The months of a count that stands beside other things."""


@dataclass(frozen=True)
class Window:
    """Whole calendar months, the last of them that of today; both days are included."""

    months: int
    since: date
    until: date

    @property
    def words(self) -> str:
        """The months as a sentence names them: "September to November 2026"."""
        first = f"{self.since:%B}" if self.since.year == self.until.year else f"{self.since:%B %Y}"
        return f"{first} to {self.until:%B %Y}"


def last_months(count: int, today: date) -> Window:
    """Return the window of so many months that ends with this one, planned audits of its last days included."""
    return Window(count, _first_day(today, 1 - count), _first_day(today, 1) - timedelta(days=1))


def _first_day(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
