"""Reading a whole plan in a process of its own, telling how far it is; who asks and what becomes of it is elsewhere."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from tracker.core.plain_values import plain_value, value_of
from tracker.core.uploads.apart import answer_apart
from tracker.core.uploads.kinds import Kind, end_of, kind_by_name
from tracker.core.uploads.refusals import RefusedFileError
from tracker.core.uploads.waiting import tell
from tracker.plans.imports.excel_file import read_excel
from tracker.plans.imports.plan_file import DELIMITED, with_places
from tracker.plans.imports.whole_reading import Asked, WholeReading
from tracker.plans.imports.word_file import read_word
from tracker.plans.rules.reading import (
    NO_ACTIONS,
    RagKey,
    ReadingProblem,
    decode_document,
    put_together,
    rag_key_from,
)
from tracker.plans.rules.reading.scan import Scan, scan
from tracker.plans.rules.reading.status import NO_KEY, columns_without_key
from tracker.plans.rules.tables import Document, Mapping, mapping_from, scan_tables
from tracker.plans.rules.tables.delimited import read_delimited, read_pasted
from tracker.plans.rules.tables.found import columns_found, grid_of

_OPENING, _ROWS = "Opening the file", "Reading the rows"
_EVERY = 25
Tell = Callable[[str, int, int], None]


def read_whole(data: bytes, tell: Tell) -> WholeReading:
    """Return the plan in a file, after the one line that says how to read it.

    Raises `RefusedFileError` for what holds no table and no action, and for what cannot be read at all.
    """
    line, _, raw = data.partition(b"\n")
    asked = value_of(Asked, json.loads(line))
    try:
        mapping, key = mapping_from(asked.columns), rag_key_from(asked.key)
        tell(_OPENING, 0, 1)
        found = _read(_opened(asked.name, raw, mapping), mapping, key, asked.approved_on, tell)
    except ReadingProblem as problem:
        raise RefusedFileError(str(problem)) from problem
    if not found.has_actions and not found.columns:
        raise RefusedFileError(NO_ACTIONS)
    return found


def _opened(name: str, raw: bytes, mapping: Mapping) -> Document | str:
    """Return the tables of a file, or its text when it has none whose cells are known."""
    kind = kind_by_name(name)
    if kind is Kind.WORD:
        return read_word(raw)
    if kind is Kind.EXCEL:
        return read_excel(raw)
    text = decode_document(raw)
    return (read_delimited(text, mapping) if end_of(name) in DELIMITED else read_pasted(text, mapping)) or text


def _read(
    document: Document | str, mapping: Mapping, key: RagKey, approved_on: date | None, tell: Tell
) -> WholeReading:
    if isinstance(document, Document):
        total = sum(1 for _ in document.lines())
        found = scan_tables(document, mapping, lambda line: _told(tell, line, total))
        read = _whole(found, document.as_text(), key, approved_on)
        return replace(read, reading=with_places(read.reading, document), columns=columns_found(document, mapping))
    read = _whole(scan(document), document, key, approved_on)
    grid = None if read.has_actions else grid_of(document)
    return read if grid is None else replace(read, columns=columns_found(grid, mapping))


def _whole(found: Scan, text: str, key: RagKey, approved_on: date | None) -> WholeReading:
    words = columns_without_key((part for area in found.areas for row in area.rows for part in row.by_part), NO_KEY)
    return WholeReading(put_together(found, approved_on=approved_on, key=key), text, columns=(), words=words)


def _told(tell: Tell, line: int, total: int) -> None:
    if line % _EVERY == 0:
        tell(_ROWS, line, total)


def _answer(data: bytes) -> Any:
    return plain_value(read_whole(data, tell))


if __name__ == "__main__":
    answer_apart(_answer)
