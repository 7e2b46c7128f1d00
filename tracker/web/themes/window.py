"""Which months a page of themes speaks of, and the themes in its address; counting is the audits' own."""

from flask import abort, request

from tracker.audits import queries
from tracker.audits.models import Theme
from tracker.audits.rules.windows import RECENT, Window, last_months
from tracker.core import clock
from tracker.extensions import db_session

USUAL = 12
CHOICES = (USUAL, 24, 36)


def recent_months() -> Window:
    """Return the last months, of which lists of themes speak."""
    return last_months(RECENT, clock.today())


def asked_window() -> Window:
    """Return the window that the address asks for: a year, unless it names one of the longer ones."""
    asked = request.args.get("months", "")
    return last_months(next((count for count in CHOICES if str(count) == asked), USUAL), clock.today())


def theme_in_address(code: str) -> Theme:
    """Return the theme of an address, or answer 404.

    Themes belong to no plan, area or unit, so the permission alone decides, whatever the scope of the role.
    """
    theme = queries.theme_by_code(db_session(), code)
    return theme if theme is not None else abort(404)
