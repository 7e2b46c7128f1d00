"""The sheets of a filled workbook as rows of text, read in a process of its own; no meaning of a row.

Formulas are never run: what they showed when the file was saved is read.
"""

import zipfile
from io import BytesIO
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from python_calamine import CalamineError, CalamineWorkbook

from tracker.core.uploads.apart import answer_apart
from tracker.core.uploads.refusals import RefusedFileError
from tracker.plans.rules.workbook.cells import cell_text
from tracker.plans.rules.workbook.columns import MILESTONES, STAMPS, UPDATES

_DAMAGED = "This workbook is damaged and cannot be read. Open it in Excel, save it again, and bring that"
_TOO_LARGE = "This workbook is far larger than the one that was downloaded. Copy your words into a new one"
_LINKED = "This workbook takes values from other files. Put the values themselves into the cells, and save it again"
_MOST_LINES = 5000
_MOST_COLUMNS = 60
# The reader copies a text into every cell that shows it, so what counts is how often the longest one could stand.
_MOST_LETTERS = 100_000_000
_MOST_PIECES = 600_000
_MARKUP = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe", b"\xfe\xff")


def sheets_of(data: bytes) -> dict[str, list[list[str]]]:
    """Return the sheets of ours that a file holds; raises `RefusedFileError` with a sentence.

    `data` has passed the checks of `core.uploads`.
    """
    _refuse_vast(data)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            return {name: _rows(book, name) for name in (UPDATES, MILESTONES, STAMPS) if name in book.sheet_names}
    except (CalamineError, OSError, ValueError, KeyError) as error:
        raise RefusedFileError(_DAMAGED) from error


def _rows(book: CalamineWorkbook, name: str) -> list[list[str]]:
    table = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [[cell_text(cell) for cell in row] for row in table]


def _refuse_vast(data: bytes) -> None:
    """Refuse a file whose cells lie so far apart, or repeat so long a text, that reading it would fill the memory."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if any("externallinks/" in name.lower() for name in archive.namelist()):
                raise RefusedFileError(_LINKED)
            sizes = [_sizes(archive, name) for name in archive.namelist() if _is_markup(archive, name)]
    except (zipfile.BadZipFile, ParseError, DefusedXmlException, ValueError) as error:
        raise RefusedFileError(_DAMAGED) from error
    if sum(cells for cells, _ in sizes) * max((longest for _, longest in sizes), default=0) > _MOST_LETTERS:
        raise RefusedFileError(_TOO_LARGE)


def _is_markup(archive: zipfile.ZipFile, name: str) -> bool:
    """Say whether the reader could take a part for a sheet, whatever it is called."""
    with archive.open(name) as part:
        return name.lower().endswith(".xml") or part.read(64).lstrip().startswith(_MARKUP)


def _sizes(archive: zipfile.ZipFile, name: str) -> tuple[int, int]:
    """Return how many cells a part has, and how long its longest shared text is; refuses what is too vast."""
    cells = longest = lines = 0
    with archive.open(name) as part:
        for pieces, (_, element) in enumerate(iterparse(part, events=("end",), forbid_dtd=True)):
            kind = element.tag.rpartition("}")[2]
            if kind == "si":
                longest = max(longest, sum(map(len, element.itertext())))
            elif kind == "c":
                cells += 1
            elif kind == "row":
                lines += 1
            is_far = kind in {"c", "row"} and _is_far(element.get("r", ""))
            if is_far or lines > _MOST_LINES or pieces > _MOST_PIECES:
                raise RefusedFileError(_TOO_LARGE)
            if kind in {"si", "row"}:
                element.clear()
    return cells, longest


def _is_far(place: str) -> bool:
    """Say whether a row ("12") or a cell ("C12") lies further out than any that people fill in."""
    letters = place.rstrip("0123456789")
    digits = place[len(letters) :]
    column = 0
    for letter in letters[:4]:
        column = column * 26 + ord(letter.upper()) - ord("A") + 1
    return column > _MOST_COLUMNS or len(digits) > 6 or int(digits or 0) > _MOST_LINES


if __name__ == "__main__":
    answer_apart(sheets_of)
