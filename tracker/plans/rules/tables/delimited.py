"""Cells divided by commas, semicolons or tabs, as CSV files and cells pasted from a spreadsheet have them."""

import csv
from io import StringIO

from tracker.plans.rules.reading.problems import ReadingProblem
from tracker.plans.rules.tables.document import Document, Row, Sheet
from tracker.plans.rules.tables.mapping import MOST_COLUMNS, Mapping

_DELIMITERS = ",;\t|"
_FAR = 60
_MOST_ROWS = 10_000
_TOO_LARGE = f"This is far larger than any plan: 10,000 rows and {MOST_COLUMNS} columns are read. Save the plan alone"
_ONE_CELL = "One cell of this file has more than 100,000 letters. Check its quotation marks"


def read_delimited(text: str, mapping: Mapping) -> Document | None:
    """Return the rows of a CSV file, or None when no row of it names the columns of a plan.

    The delimiter is the one by which a row of headings is found.

    Raises:
        ReadingProblem: when it is too large, or a quotation mark that is never closed swallows it.
    """
    trials = ((_heading_columns(_rows(text, mark, most=_FAR), mapping), mark) for mark in _DELIMITERS)
    columns, mark = max(trials, key=lambda trial: trial[0])
    if not columns:
        return None
    rows = _rows(text, mark, most=_MOST_ROWS + 1)
    if len(rows) > _MOST_ROWS or max(map(len, rows)) > MOST_COLUMNS:
        raise ReadingProblem(_TOO_LARGE)
    return Document(
        (Sheet(tuple(Row(tuple(map(_plain, cells)), f"Row {number}") for number, cells in enumerate(rows, 1))),)
    )


def read_pasted(text: str, mapping: Mapping) -> Document | None:
    """Return cells pasted from a spreadsheet, or None when the text is none of that.

    Its first line names the columns, and every row has as many cells; any other text is read line by line elsewhere.
    The last row may have fewer: its empty cells at the end are white space, which a form takes away.
    """
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not any(mapping.columns_of(first.split(mark)) for mark in _DELIMITERS):
        return None
    try:
        found = read_delimited(text, mapping)
    except ReadingProblem:
        return None
    rows = [row for row in found.lines() if isinstance(row, Row) and row.filled] if found else []
    if not rows:
        return None
    wide = len(rows[0].cells)
    is_whole = all(len(row.cells) == wide for row in rows[:-1]) and 1 < len(rows[-1].cells) <= wide
    return found if is_whole and mapping.columns_of(rows[0].cells) else None


def _heading_columns(rows: list[list[str]], mapping: Mapping) -> int:
    found = (mapping.columns_of([_plain(cell) for cell in row]) for row in rows if len(row) <= MOST_COLUMNS)
    return max((len(columns.names) for columns in found if columns), default=0)


def _rows(text: str, mark: str, *, most: int) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=mark):
            rows.append(row)
            if len(rows) >= most:
                break
    except csv.Error as error:
        raise ReadingProblem(_ONE_CELL) from error
    return rows


def _plain(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
