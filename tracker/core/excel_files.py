"""Writing rows as an Excel file in which nobody's words run as a formula; which rows is the feature's."""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

_LONGEST_CELL = 32_767
_NARROWEST, _WIDEST = 8, 60
# A formula, a link or a number is never made of anybody's words.
_AS_TYPED = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "d mmm yyyy",
}


def excel_bytes(
    title: str, header: Sequence[str], rows: Iterable[Sequence[str | float | date | None]], *, about: Sequence[str]
) -> bytes:
    """Return a workbook of two sheets: the rows under a heading that stays in view, and `about`, a sentence a line."""
    kept = [list(row) for row in rows]
    made = BytesIO()
    with xlsxwriter.Workbook(made, _AS_TYPED) as book:
        book.set_properties({"title": title})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        heading = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#F0F2F4"})
        sheet = book.add_worksheet("List")
        for place, name in enumerate(header):
            longest = max((len(str(row[place] or "")) for row in kept), default=0)
            sheet.set_column(place, place, min(max(longest, len(name), _NARROWEST) + 2, _WIDEST), wrapped)
            sheet.write_string(0, place, name, heading)
        for line, row in enumerate(kept, start=1):
            for place, value in enumerate(row):
                _write(sheet, line, place, value, wrapped)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(kept), 1), len(header) - 1)
        _for_paper(sheet)
        told = book.add_worksheet("About")
        told.set_column(0, 0, 100, wrapped)
        told.write_string(0, 0, title, heading)
        for line, sentence in enumerate(about, start=1):
            told.write_string(line, 0, sentence)
    return made.getvalue()


def _write(sheet: Any, line: int, place: int, value: str | float | date | None, look: Any) -> None:
    if isinstance(value, str):
        if value:
            sheet.write_string(line, place, value.replace("\x00", "")[:_LONGEST_CELL], look)
    elif isinstance(value, date):
        sheet.write_datetime(line, place, value)
    elif value is not None:
        sheet.write_number(line, place, value, look)


def _for_paper(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&RPage &P of &N")
