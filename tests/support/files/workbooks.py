"""Fills an update workbook in as a person does in Excel: by the headings and the numbers, and saves it again."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Change = Callable[[Workbook], object]


def opened(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data))


def packed(book: Workbook) -> bytes:
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def place_of(sheet: Worksheet, number: str, heading: str) -> Any:
    """Return the cell where a number's row and a heading's column meet."""
    column = next(cell.column for cell in sheet[1] if cell.value == heading)
    line = next(row[0].row for row in sheet.iter_rows(min_row=2) if row[0].value == number)
    assert column is not None
    return sheet.cell(row=line or 0, column=column)


def filled(data: bytes, cells: Mapping[str, Mapping[str, object]], *changes: Change) -> bytes:
    """Fill cells in by the numbers of their rows and the headings of their columns, change what else, and save."""
    book = opened(data)
    for number, given in cells.items():
        sheet = book["Milestones" if number.endswith(")") else "Updates"]
        for heading, value in given.items():
            place_of(sheet, number, heading).value = value
    for change in changes:
        change(book)
    return packed(book)


def reversed_rows(book: Workbook) -> None:
    """Sort the rows the other way round, whole rows, as sorting in Excel does."""
    sheet = book["Updates"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for line, values in enumerate(reversed(rows), start=2):
        for place, value in enumerate(values, start=1):
            sheet.cell(row=line, column=place).value = value
