"""Which columns the tables of a document have, with samples of each, for a person to say what they hold."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from tracker.core.text import shortened
from tracker.plans.rules.reading.cells import cell_text
from tracker.plans.rules.tables.document import Document, Row, Sheet
from tracker.plans.rules.tables.fields import Field, heading_words
from tracker.plans.rules.tables.mapping import Mapping

_MOST_SAMPLES = 3
_LONGEST_SAMPLE = 80
_LONGEST_HEADING = 60
_FAR = 30
_MARKS = "\t;|,"


@dataclass(frozen=True)
class FoundColumn:
    """A column by its heading: what it is taken for, None where nothing was understood, and what stands in it."""

    heading: str
    field: Field | None
    samples: tuple[str, ...] = ()


def columns_found(document: Document, mapping: Mapping) -> tuple[FoundColumn, ...]:
    """Return the columns of the tables of actions, each heading once.

    Where no row of headings was understood, those of the largest table's likeliest row are returned, with no meaning.
    """
    found: dict[str, tuple[str, Field | None, dict[str, None]]] = {}
    for sheet in (block for block in document.blocks if isinstance(block, Sheet)):
        headings: Sequence[str] | None = None
        for row in sheet.rows:
            if mapping.columns_of(row.cells) is not None:
                headings = row.cells
                _add_headings(found, headings, mapping)
            elif headings is not None:
                _add_samples(found, headings, row)
    if not found:
        found = _likeliest(document, mapping)
    return tuple(FoundColumn(heading, field, tuple(samples)) for heading, field, samples in found.values())


def grid_of(text: str) -> Document | None:
    """Return a text as a table when its lines are divided alike, whatever its headings say; None when they are not."""
    for mark in _MARKS:
        try:
            rows = [row for row in csv.reader(StringIO(text, newline=""), delimiter=mark) if any(map(str.strip, row))]
        except csv.Error:
            continue
        width = len(rows[0]) if rows else 0
        alike = sum(len(row) == width for row in rows)
        if width > 1 and len(rows) > 1 and alike * 5 >= len(rows) * 4:
            return Document((Sheet(tuple(Row(tuple(row), f"Row {place}") for place, row in enumerate(rows, 1))),))
    return None


_Found = dict[str, tuple[str, Field | None, dict[str, None]]]


def _add_headings(found: _Found, headings: Sequence[str], mapping: Mapping) -> None:
    doubled = mapping.doubled(headings)
    for place, cell in enumerate(headings):
        words = heading_words(cell)
        if words:
            found.setdefault(words, (cell_text(cell), Field.KEPT if place in doubled else mapping.field(cell), {}))


def _add_samples(found: _Found, headings: Sequence[str], row: Row) -> None:
    for place in row.filled:
        words = heading_words(headings[place]) if place < len(headings) else ""
        samples = found[words][2] if words in found else None
        if samples is not None and len(samples) < _MOST_SAMPLES:
            samples[shortened(cell_text(row.cells[place]), _LONGEST_SAMPLE)] = None


def _likeliest(document: Document, mapping: Mapping) -> _Found:
    found: _Found = {}
    sheets = [block for block in document.blocks if isinstance(block, Sheet) and block.rows]
    if not sheets:
        return found
    rows = max(sheets, key=lambda sheet: len(sheet.rows)).rows
    place = max(range(min(len(rows), _FAR)), key=lambda one: (len(set(_short(rows[one]))), -one))
    if len(set(_short(rows[place]))) > 1:
        _add_headings(found, rows[place].cells, mapping)
        for row in rows[place + 1 :]:
            _add_samples(found, rows[place].cells, row)
    return found


def _short(row: Row) -> Iterator[str]:
    for cell in row.cells:
        words = heading_words(cell)
        if words and len(words) <= _LONGEST_HEADING:
            yield words
