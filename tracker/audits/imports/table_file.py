"""A file with one row an audit, CSV or Excel, as headings and rows of text; what they mean is not known here."""

import csv
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

from tracker.audits.rules.past.mapping import heading
from tracker.core.problems import Invalid
from tracker.core.uploads import LARGEST, WORKBOOK, checked_upload
from tracker.core.uploads.apart import read_apart
from tracker.core.uploads.kinds import OLDER_OFFICE, WITH_MACROS, Kind, end_of
from tracker.core.uploads.refusals import RefusedFileError

MOST_ROWS, MOST_COLUMNS = 50_000, 300
_READER = "tracker.audits.imports.excel_rows"
_MARKS = ",;\t|"
_FAR = 30
_NO_TEXT = "This file is not text. Bring it as CSV in UTF-8, or as an Excel workbook"
_TOO_LARGE = "The file must be smaller than 20 MB"
_TOO_LONG = f"The file has more than {MOST_ROWS:,} rows. Bring it in parts"
_TOO_WIDE = f"The file has more than {MOST_COLUMNS} columns. Bring only those that are needed"
_ONE_CELL = "One cell of this file has more than 100,000 letters. Check its quotation marks"
_EMPTY = "The file has no rows of audits"

Rows = list[list[str]]


@dataclass(frozen=True)
class TableFile:
    """The headings of a file as it has them, and its rows of data; rows without any word are none."""

    headings: tuple[str, ...]
    rows: Sequence[Sequence[str]]


def read_table(raw: bytes, name: str, *, known: Collection[str] = (), scanner: str | None = None) -> TableFile:
    """Return the rows of a file, below that row near its beginning which has most of the known headings.

    Raises `Invalid` beside `file` with a sentence. A workbook is read in a process of its own.
    """
    if end_of(name) in {Kind.EXCEL.value, *OLDER_OFFICE, *WITH_MACROS}:
        rows = _workbook(raw, name, scanner)
    else:
        rows = _delimited(raw, set(known))
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    place = _heading_place(filled, set(known))
    if len(filled) < place + 2:
        raise _fault(_EMPTY)
    if len(filled) - place - 1 > MOST_ROWS:
        raise _fault(_TOO_LONG)
    if max(map(len, filled)) > MOST_COLUMNS:
        raise _fault(_TOO_WIDE)
    return TableFile(tuple(filled[place]), filled[place + 1 :])


def _workbook(raw: bytes, name: str, scanner: str | None) -> Rows:
    upload = checked_upload(BytesIO(raw), name, WORKBOOK, scanner=scanner)
    try:
        rows: Rows = read_apart(_READER, upload.data)
    except RefusedFileError as refused:
        raise _fault(refused.sentence) from refused
    return rows


def _delimited(raw: bytes, known: set[str]) -> Rows:
    """Return the rows of a text, divided by the mark that shows most known headings, or else most columns."""
    text = _decoded(raw)
    begin = [_tried(text, mark) for mark in _MARKS]
    _, _, place = max((*_best(rows, known), -place) for place, rows in enumerate(begin))
    return _rows(text, _MARKS[-place], most=MOST_ROWS + _FAR + 2)


def _best(rows: Rows, known: set[str]) -> tuple[int, int]:
    return max(((_hits(row, known), len(row)) for row in rows), default=(0, 0))


def _hits(row: Sequence[str], known: set[str]) -> int:
    return len(known & {heading(cell) for cell in row[: MOST_COLUMNS + 1]})


def _heading_place(rows: Rows, known: set[str]) -> int:
    """Return which of the first rows has most of the known headings, or else fills most columns."""
    return max(
        range(min(len(rows), _FAR)),
        key=lambda one: (_hits(rows[one], known), sum(bool(cell.strip()) for cell in rows[one]), -one),
        default=0,
    )


def _tried(text: str, mark: str) -> Rows:
    """Return the first rows that a mark gives; none where it leaves a cell too long, which another may divide."""
    try:
        return _rows(text, mark, most=_FAR)
    except Invalid:
        return []


def _rows(text: str, mark: str, *, most: int) -> Rows:
    rows: Rows = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=mark):
            rows.append(row)
            if len(rows) >= most:
                break
    except csv.Error as error:
        raise _fault(_ONE_CELL) from error
    return rows


def _decoded(raw: bytes) -> str:
    """Return the text of a file: UTF-16 by its mark, else UTF-8, else as Windows writes it."""
    if len(raw) > LARGEST:
        raise _fault(_TOO_LARGE)
    wide = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}.get(raw[:2])
    if wide is None and (b"\x00" in raw or raw.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))):
        raise _fault(_NO_TEXT)
    for encoding in (wide,) if wide else ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _fault(_NO_TEXT)


def _fault(sentence: str) -> Invalid:
    return Invalid("file", sentence)
