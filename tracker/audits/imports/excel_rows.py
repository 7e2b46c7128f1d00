"""The first sheet of a workbook as rows of text, read in a process of its own; formulas are never run."""

from datetime import date, datetime
from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from tracker.core.uploads.apart import answer_apart
from tracker.core.uploads.refusals import RefusedFileError

_DAMAGED = "This workbook is damaged and cannot be read. Open it in Excel, save it again, and bring that"
_TOO_LARGE = "This workbook is far larger than any list of audits. Save the list alone"
_MOST_ROWS, _MOST_COLUMNS = 50_100, 300


def read_sheet(data: bytes) -> list[list[str]]:
    """Return the cells of the first sheet that is shown and holds something; raises `RefusedFileError`."""
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            shown = [one.name for one in book.sheets_metadata if one.visible is SheetVisibleEnum.Visible]
            opened = (book.get_sheet_by_name(name) for name in book.sheet_names if name in shown)
            sheet = next((one for one in opened if one.end is not None), None)
            return [] if sheet is None else _cells(sheet)
    except (CalamineError, OSError, ValueError, KeyError) as error:
        raise RefusedFileError(_DAMAGED) from error


def _cells(sheet: CalamineSheet) -> list[list[str]]:
    lines, columns = sheet.end or (0, 0)
    if lines >= _MOST_ROWS or columns >= _MOST_COLUMNS:
        raise RefusedFileError(_TOO_LARGE)
    return [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=True)]


def _text(cell: object) -> str:
    """Return a cell as files of text have it: days as 2013-06-12, whole numbers without a fraction, yes and no."""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


if __name__ == "__main__":
    answer_apart(read_sheet)
