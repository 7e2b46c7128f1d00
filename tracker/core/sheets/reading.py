"""From a CSV file or a workbook that arrives to its rows; a workbook is opened in a process of its own."""

import csv
from io import BytesIO, StringIO

from tracker.core.problems import Invalid
from tracker.core.uploads import WORKBOOK, checked_upload
from tracker.core.uploads.apart import read_apart
from tracker.core.uploads.budget import MEGABYTE
from tracker.core.uploads.kinds import OLDER_OFFICE, WITH_MACROS, Kind, end_of
from tracker.core.uploads.refusals import EMPTY, RefusedFileError

SHEETS = "CSV or Excel (.xlsx)"
MOST_ROWS = 20_000
MOST_COLUMNS = 60
_LARGEST_TEXT = 5 * MEGABYTE
_MARKS = ",;\t|"
_TOO_LARGE = "A CSV file must be smaller than 5 MB. Save only the columns that are asked for"
_TOO_MANY = f"The list has more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns. Save only what is asked for"
_NO_TEXT = "This file is no CSV file. Save it again as CSV, or as Excel (.xlsx)"
_OTHER_KIND = f"The file must be a {SHEETS} file"
_ONE_CELL = "One cell of this file has more than 100,000 letters. Check its quotation marks"
_READER = "tracker.core.sheets.workbook"


def rows_in(data: bytes, name: str, *, field: str = "file", scanner: str | None = None) -> list[list[str]]:
    """Return the rows of a list, cells trimmed, those of the first visible sheet of a workbook.

    Raises `Invalid` beside `field` with a sentence when the file is neither, hides something or is too large. It takes
    a moment: not while the right to write is held.
    """
    try:
        rows = _delimited(data) if end_of(name) == "csv" else _opened(data, name, field, scanner)
    except RefusedFileError as refused:
        raise Invalid(field, refused.sentence) from refused
    if len(rows) > MOST_ROWS or max(map(len, rows), default=0) > MOST_COLUMNS:
        raise Invalid(field, _TOO_MANY)
    return rows


def _opened(data: bytes, name: str, field: str, scanner: str | None) -> list[list[str]]:
    if end_of(name) not in {Kind.EXCEL.value, *OLDER_OFFICE, *WITH_MACROS}:
        raise RefusedFileError(_OTHER_KIND)
    if not data:
        raise RefusedFileError(EMPTY)
    upload = checked_upload(BytesIO(data), name, WORKBOOK, field=field, scanner=scanner)
    return [[str(cell) for cell in row] for row in read_apart(_READER, upload.data)]


def _delimited(data: bytes) -> list[list[str]]:
    """Read cells divided by whichever of the usual marks divides the first line into most."""
    if len(data) >= _LARGEST_TEXT:
        raise RefusedFileError(_TOO_LARGE)
    text = _text(data)
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = max(_MARKS, key=first.count)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=mark):
            rows.append([cell.strip() for cell in row])
            if len(rows) > MOST_ROWS:
                break
    except csv.Error as error:
        raise RefusedFileError(_ONE_CELL) from error
    return rows


def _text(data: bytes) -> str:
    """Decode a file as Excel and other programs write it: UTF-8 with or without its mark, else Windows Western."""
    if not data.strip():
        raise RefusedFileError(EMPTY)
    if b"\x00" in data:
        raise RefusedFileError(_NO_TEXT)
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RefusedFileError(_NO_TEXT)
