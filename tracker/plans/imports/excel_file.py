"""A workbook as sheets of rows, read in a process of its own: values as shown, merged cells filled; no meaning."""

from collections.abc import Iterable
from datetime import date
from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from tracker.core.sheets.vastness import DAMAGED, Limits, refuse_vast
from tracker.core.uploads.apart import answer_apart
from tracker.core.uploads.refusals import RefusedFileError
from tracker.plans.imports.month_cells import Places, Shown, month_cells
from tracker.plans.rules.dates.words import month_short
from tracker.plans.rules.tables import MOST_COLUMNS, Document, Row, Sheet
from tracker.plans.rules.workbook.cells import Cell, cell_text

_LIMITS = Limits(
    lines=10_000,
    columns=MOST_COLUMNS,
    pieces=2_000_000,
    letters=50_000_000,
    sentence=f"This workbook is far larger than any plan: 10,000 rows and {MOST_COLUMNS} columns are read. "
    "Save the plan alone",
)


def read_excel(data: bytes) -> Document:
    """Return what a workbook shows; `data` has passed the checks of `core.uploads`.

    Formulas are never run: what they showed when the file was saved is read. Hidden sheets are named and not read.
    Raises `RefusedFileError` with a sentence.
    """
    refuse_vast(data, _LIMITS)
    months = month_cells(data)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            seen = [one.name for one in book.sheets_metadata if one.visible is SheetVisibleEnum.Visible]
            names = [name for name in book.sheet_names if name in seen]
            hidden = [name for name in book.sheet_names if name not in seen]
            sheets = [_sheet(book, name, months.get(name, {}), is_one=len(names) == 1) for name in names]
    except (CalamineError, OSError, ValueError, KeyError) as error:
        raise RefusedFileError(DAMAGED) from error
    return Document(tuple(sheets), tuple(f"The sheet “{name[:60]}” is hidden. It was not read" for name in hidden))


def _sheet(book: CalamineWorkbook, name: str, months: Places, *, is_one: bool) -> Sheet:
    opened = book.get_sheet_by_name(name)
    texts = [
        [_text(cell, months.get((line, column))) for column, cell in enumerate(row)]
        for line, row in enumerate(opened.to_python(skip_empty_area=False))
    ]
    merged, across = _fill_merged(texts, opened)
    begin = "Row" if is_one else f"Sheet “{name}”, row"
    return Sheet(
        tuple(
            Row(tuple(cells), f"{begin} {line + 1}", frozenset(merged.get(line, ())), spans=line in across)
            for line, cells in enumerate(texts)
        ),
        name,
    )


def _text(cell: Cell, shown: Shown | None) -> str:
    if shown is not None and isinstance(cell, date):
        return f"{month_short(cell.month)} {cell.year}" if shown is Shown.MONTH else str(cell.year)
    return cell_text(cell)


def _fill_merged(texts: list[list[str]], sheet: CalamineSheet) -> tuple[dict[int, set[int]], set[int]]:
    """Write the text of a merged cell into those below its first, and return these, and the lines that it spans."""
    merged: dict[int, set[int]] = {}
    across: set[int] = set()
    for (top, left), (bottom, right) in _within(sheet.merged_cell_ranges or (), texts):
        if left == 0 and (right + 1) * 2 > len(texts[top]) and right > 0:
            across.add(top)
        for line in range(top + 1, bottom + 1):
            texts[line][left] = texts[top][left]
            merged.setdefault(line, set()).add(left)
    return merged, across


Range = tuple[tuple[int, int], tuple[int, int]]


def _within(ranges: Iterable[Range], texts: list[list[str]]) -> Iterable[Range]:
    """Yield the ranges that begin inside the sheet, cut where it ends."""
    for (top, left), (bottom, right) in ranges:
        if top < len(texts) and left < len(texts[top]):
            yield (top, left), (min(bottom, len(texts) - 1), min(right, len(texts[top]) - 1))


if __name__ == "__main__":
    answer_apart(lambda data: read_excel(data).plain())
