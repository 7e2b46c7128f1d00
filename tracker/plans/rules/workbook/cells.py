"""What stands in a cell, as text: people fill in real dates, whole numbers and words alike; no column is known here."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from tracker.plans.rules.wording import short_day

Cell = str | int | float | bool | date | datetime | time | timedelta | None
Table = list[list[Cell]]
# A carriage return that Excel wrote, and letters that no keyboard types.
_ESCAPED = re.compile(r"_x000[0-9A-Fa-f]_")


def cell_text(cell: Cell) -> str:
    """Return a cell as the person meant it: a date as "15 Jan 2027", a whole number without a fraction."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, date):
        return short_day(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return _clean(str(cell))


def _clean(text: str) -> str:
    """Return typed text with one kind of line end, without control characters or white space around it."""
    text = _ESCAPED.sub(" ", text).replace("\r\n", "\n").replace("\r", "\n")
    if text.isprintable():
        return text.strip()
    kept = (letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs"})
    return "".join(kept).strip()
