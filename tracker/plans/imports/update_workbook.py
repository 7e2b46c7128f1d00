"""A filled workbook as it arrives: its sheets as rows of cells, once it is known how large they are; no meaning."""

from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook

from tracker.core.problems import Invalid
from tracker.plans.imports.spreadsheet import DAMAGED, Limits, refuse_vast
from tracker.plans.rules.workbook import Filled, Stamps, read_workbook
from tracker.plans.rules.workbook.cells import Table

_LIMITS = Limits(
    lines=5000,
    columns=60,
    pieces=600_000,
    letters=100_000_000,
    sentence="This workbook is far larger than the one that was downloaded. Copy your words into a new one",
)


def filled_workbook(data: bytes, stamps: Stamps) -> Filled:
    """Return what a filled workbook says; `data` has passed the checks of `core.uploads`.

    Formulas are never run: what they showed when the file was saved is read. Raises `Invalid` with a sentence.
    """
    refuse_vast(data, _LIMITS)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            tables = {name: _table(book, name) for name in book.sheet_names}
    except (CalamineError, OSError, ValueError, KeyError) as error:
        raise Invalid("file", DAMAGED) from error
    return read_workbook(tables, stamps)


def _table(book: CalamineWorkbook, name: str) -> Table:
    return [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
