"""Which months a page of themes speaks of, and the themes in its address; counting is the audits' own."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import abort, request

from tracker.audits import queries
from tracker.audits.models import Theme
from tracker.core import clock
from tracker.extensions import db_session

RECENT = 3
USUAL = 12
CHOICES = (USUAL, 24, 36)


@dataclass(frozen=True)
class Window:
    """Whole calendar months, this month the last of them; both days are included."""

    months: int
    since: date
    until: date

    @property
    def words(self) -> str:
        """The months as a sentence names them: "September to November 2026"."""
        first = f"{self.since:%B}" if self.since.year == self.until.year else f"{self.since:%B %Y}"
        return f"{first} to {self.until:%B %Y}"


def last_months(count: int) -> Window:
    """Return the window of so many months that ends with this one, planned audits of its last days included."""
    today = clock.today()
    return Window(count, _first_day(today, 1 - count), _first_day(today, 1) - timedelta(days=1))


def asked_window() -> Window:
    """Return the window that the address asks for: a year, unless it names one of the longer ones."""
    asked = request.args.get("months", "")
    return last_months(next((count for count in CHOICES if str(count) == asked), USUAL))


def theme_in_address(code: str) -> Theme:
    """Return the theme of an address, or answer 404.

    Themes belong to no plan, area or unit, so the permission alone decides, whatever the scope of the role.
    """
    theme = queries.theme_by_code(db_session(), code.replace("\x00", ""))
    return theme if theme is not None else abort(404)


def _first_day(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
