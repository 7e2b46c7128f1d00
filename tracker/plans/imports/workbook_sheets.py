"""The sheets of a filled workbook as rows of text, read in a process of its own; no meaning of a row.

Formulas are never run: what they showed when the file was saved is read.
"""

from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook

from tracker.core.sheets.vastness import DAMAGED, Limits, refuse_vast
from tracker.core.uploads.apart import answer_apart
from tracker.core.uploads.refusals import RefusedFileError
from tracker.plans.rules.workbook.cells import cell_text
from tracker.plans.rules.workbook.columns import MILESTONES, STAMPS, UPDATES

_LIMITS = Limits(
    lines=5000,
    columns=60,
    pieces=600_000,
    letters=100_000_000,
    sentence="This workbook is far larger than the one that was downloaded. Copy your words into a new one",
)


def sheets_of(data: bytes) -> dict[str, list[list[str]]]:
    """Return the sheets of ours that a file holds; raises `RefusedFileError` with a sentence.

    `data` has passed the checks of `core.uploads`.
    """
    refuse_vast(data, _LIMITS)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            return {name: _rows(book, name) for name in (UPDATES, MILESTONES, STAMPS) if name in book.sheet_names}
    except (CalamineError, OSError, ValueError, KeyError) as error:
        raise RefusedFileError(DAMAGED) from error


def _rows(book: CalamineWorkbook, name: str) -> list[list[str]]:
    table = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [[cell_text(cell) for cell in row] for row in table]


if __name__ == "__main__":
    answer_apart(sheets_of)
