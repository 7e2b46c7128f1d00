"""Lists as an Excel file, a sheet each, in which nobody's words become a formula or a link; what is listed comes in."""

from collections.abc import Mapping, Sequence
from io import BytesIO

import xlsxwriter

_AS_TYPED = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FIRST_WIDTH, _WIDTH = 40, 14


def workbook_of(
    header: Sequence[str], sheets: Mapping[str, Sequence[Sequence[str | float | None]]], *, notes: Sequence[str]
) -> bytes:
    """Return the file: a first sheet with what it is, then a sheet by title with the same headings."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, _AS_TYPED) as book:
        bold = book.add_format({"bold": True})
        about = book.add_worksheet("About")
        about.set_column(0, 0, 100)
        for line, note in enumerate(notes):
            about.write_string(line, 0, note)
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            sheet.set_column(0, 0, _FIRST_WIDTH)
            sheet.set_column(1, len(header) - 1, _WIDTH)
            sheet.freeze_panes(1, 1)
            for line, row in enumerate([header, *rows]):
                for place, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(line, place, cell, bold if line == 0 else None)
                    elif cell is not None:
                        sheet.write_number(line, place, cell)
    return made.getvalue()
