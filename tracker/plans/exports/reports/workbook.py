"""A report as an Excel file: a sheet for each table and one that says what it is; which rows there are is not here."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from tracker.plans.exports.reports.tables import Cell, ReportFile, Table
from tracker.plans.rules.wording import day_in_words

ABOUT = "About"
# A formula, a link or a number is never made of anybody's words.
_AS_TYPED = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_LONGEST_CELL = 32_000
_NARROWEST, _WIDEST = 9, 60
_LOOKS: dict[str, dict[str, Any]] = {
    "heading": {"bold": True, "bg_color": "#1F3B57", "font_color": "#FFFFFF"},
    "day": {"num_format": "d mmm yyyy", "align": "left"},
    "title": {"bold": True, "font_size": 14},
    "plain": {},
}
# The fills of ratings, each beside its word, so that a sheet printed in black still says it (ux 11).
_FILLS = {
    "Red": {"bg_color": "#A61B1B", "font_color": "#FFFFFF"},
    "Amber": {"bg_color": "#FFC21A", "font_color": "#1F1600"},
    "Green": {"bg_color": "#DFF1E4", "font_color": "#0F4A26"},
}


def report_workbook(report: ReportFile, *, made_on: date) -> bytes:
    """Return the Excel file of a report, with the day and the rule it was worked out by on its first sheet."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, _AS_TYPED) as book:
        book.set_properties({"title": f"{report.title}: {report.plan}"})
        top = {"text_wrap": True, "valign": "top"}
        looks = {name: book.add_format({**top, **look}) for name, look in (*_LOOKS.items(), *_FILLS.items())}
        _about(book, looks, report, made_on)
        for table in report.tables:
            _sheet(book, looks, table)
    return made.getvalue()


def _about(book: Any, looks: dict[str, Any], report: ReportFile, made_on: date) -> None:
    sheet = book.add_worksheet(ABOUT)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, report.title, looks["title"])
    facts = (
        ("Plan", report.plan),
        ("As at", day_in_words(report.as_at)),
        ("Rule", report.rule_version),
        ("Made on", day_in_words(made_on)),
        *(("Sheet", f"{table.title}: {len(table.rows)} rows") for table in report.tables),
        *(("Note", note) for note in report.notes),
    )
    for line, (label, value) in enumerate(facts, start=2):
        sheet.write_string(line, 0, label, looks["plain"])
        sheet.write_string(line, 1, value[:_LONGEST_CELL], looks["plain"])
    _on_paper(sheet)


def _sheet(book: Any, looks: dict[str, Any], table: Table) -> None:
    """Write one table: headings that stay in view and filter, columns as wide as their words, a page across."""
    sheet = book.add_worksheet(table.title)
    for place, heading in enumerate(table.header):
        sheet.set_column(place, place, _width(heading, [row[place] for row in table.rows]))
        sheet.write_string(0, place, heading, looks["heading"])
    for line, row in enumerate(table.rows, start=1):
        for place, cell in enumerate(row):
            _write(sheet, (line, place), cell, looks, is_rating=table.header[place].startswith("RAG"))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.header) - 1)
    sheet.repeat_rows(0)
    _on_paper(sheet)


def _write(sheet: Any, at: tuple[int, int], cell: Cell, looks: dict[str, Any], *, is_rating: bool) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(*at, cell, looks["day"])
    elif isinstance(cell, int):
        sheet.write_number(*at, cell, looks["plain"])
    elif cell:
        look = looks.get(cell, looks["plain"]) if is_rating else looks["plain"]
        sheet.write_string(*at, cell.replace("\x00", "")[:_LONGEST_CELL], look)


def _width(heading: str, cells: Sequence[Cell]) -> int:
    longest = max((len(cell) for cell in cells if isinstance(cell, str)), default=0)
    return min(max(longest, len(heading) + 3, _NARROWEST), _WIDEST)


def _on_paper(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&RPage &P of &N")
