"""A theme's counts as a file for a spreadsheet, with an entry in the log; the counts are the page's own."""

from datetime import date

from flask import Response

from tracker.audits.models import Theme
from tracker.audits.queries import counted_theme
from tracker.audits.rules.votes import LeftOut, ThemeCount
from tracker.core.csv_files import csv_bytes
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import requires
from tracker.web.sending import file_answer
from tracker.web.themes.blueprint import bp
from tracker.web.themes.theme import with_files
from tracker.web.themes.window import asked_window, theme_in_address

_COUNTS = ("due", "asked", "answered", "concerns", "strengths", "met")
HEADER = ("theme", "name", "month", *_COUNTS, *(f"left_out_{reason.value}" for reason in LeftOut))


@bp.get("/themes/<code>/numbers.csv")
@requires(Permission.THEME_EXPORT)
def theme_numbers(code: str) -> Response:
    """Send the months that the page shows, having written down who took them."""
    theme = theme_in_address(code)
    window = asked_window()
    months = with_files(counted_theme(db_session(), theme, since=window.since, until=window.until).months)
    rows = [_row(theme, month, count) for month, count in months.items() if count.due]
    return file_answer(theme, csv_bytes(HEADER, rows), name=f"theme-{theme.code}", end="csv", rows=len(rows))


def _row(theme: Theme, month: date, count: ThemeCount) -> list[str | float | date | None]:
    figures = (count.due, count.asked, count.answered, count.concerns, count.strengths, count.met)
    left_out = (count.left_out.get(reason, 0) for reason in LeftOut)
    return [theme.code, theme.name, f"{month:%Y-%m}", *figures, *left_out]
