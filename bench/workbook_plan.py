"""A plan as one worksheet, as long as it is asked to be, for the import to read; invented throughout."""

from io import BytesIO

import xlsxwriter

_HEADINGS = ("Area", "No.", "Action", "Milestones", "Target date", "Delivery lead", "RAG")
_ROWS_AN_AREA = 50
_DATES = ("January 2027\nMarch 2027", "28 Feb 2027\nTBC", "Jun 2027\nSep 2027", "15 Apr 2027\nMay 2027")
_LEADS = ("Hannah Osei", "Marek Nowak", "Team Manager, Recording", "TBC", "Ines Duarte / Hannah Osei")
# What the words of colour in the sheet mean, as the page is answered.
KEY = {"Green": "G", "Amber": "A", "Red": "R", "Complete": "C"}


def plan_workbook(rows: int, *, number: int) -> bytes:
    """Return an Excel file with so many rows, each an action; `number` makes it another document than the last."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Plan")
        sheet.write_row(0, 0, _HEADINGS)
        for row in range(rows):
            sheet.write_row(row + 1, 0, _row(row, number))
    return made.getvalue()


def _row(row: int, number: int) -> tuple[str, ...]:
    area, place = row // _ROWS_AN_AREA + 1, row % _ROWS_AN_AREA + 1
    colours = tuple(KEY)
    return (
        f"{area}. Do the part of the work that has the number {area} well",
        f"{area}.{place}",
        f"Carry out step {place} of area {area} in every team, as plan {number} wants it",
        "First step agreed with the teams that do it\nSecond step done in every team and looked at",
        _DATES[row % len(_DATES)],
        _LEADS[row % len(_LEADS)],
        colours[row % len(colours)],
    )
