"""The rows of a workbook's first visible sheet as text, read in a process of its own; no meaning of a row.

Formulas are never run: what they showed when the file was saved is read.
"""

from datetime import date, datetime
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from tracker.core.sheets.vastness import DAMAGED, Limits, refuse_vast
from tracker.core.uploads.apart import answer_apart
from tracker.core.uploads.refusals import RefusedFileError

_LIMITS = Limits(
    lines=20_000,
    columns=60,
    pieces=3_000_000,
    letters=50_000_000,
    sentence="This workbook is far larger than a list: 20,000 rows and 60 columns are read. Save the list alone",
)
_NO_SHEET = "This workbook has no sheet that can be seen. Show the sheet with the list, and save it again"


def rows_of(data: bytes) -> list[list[str]]:
    """Return the rows of the first visible sheet; raises `RefusedFileError` with a sentence.

    `data` has passed the checks of `core.uploads`.
    """
    refuse_vast(data, _LIMITS)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            seen = {one.name for one in book.sheets_metadata if one.visible is SheetVisibleEnum.Visible}
            name = next((name for name in book.sheet_names if name in seen), None)
            if name is None:
                raise RefusedFileError(_NO_SHEET)
            table = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            return [[_text(cell) for cell in row] for row in table]
    except (CalamineError, OSError, ValueError, KeyError) as error:
        raise RefusedFileError(DAMAGED) from error


def _text(cell: object) -> str:
    """Return a cell as text: a day as 2026-11-26, a whole number without a fraction."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


if __name__ == "__main__":
    answer_apart(rows_of)
