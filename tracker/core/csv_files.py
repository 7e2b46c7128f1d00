"""Writing rows as a CSV file that a spreadsheet opens without running anything; which rows is the feature's."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

# A cell that begins so would be taken for a formula; the wide forms are what an East Asian keyboard types.
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: str | float | date | None) -> str:
    """Return a value as the text of a cell; text that could be a formula gets an apostrophe before it (ux 11).

    Days are written as 2026-11-26, and NUL, which no spreadsheet takes, is left out.
    """
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    text = value.replace("\x00", "")
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS_A_FORMULA) else text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str | float | date | None]]) -> bytes:
    """Return a file in UTF-8 with the mark by which a spreadsheet knows it, one record a row."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([safe_cell(name) for name in header])
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")
