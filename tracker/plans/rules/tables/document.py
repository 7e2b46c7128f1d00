"""A document as tables and the texts between them, whichever file it came from; nothing in it is understood here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Text:
    """A paragraph between tables; `place` is where a person finds it, `is_heading` says that it is set as a heading."""

    text: str
    place: str = ""
    is_heading: bool = False


@dataclass(frozen=True)
class Row:
    """A row of cells; each may hold several lines.

    A cell merged with the one above holds the same text, and its column stands in `merged`. `spans` says that the
    first cell was drawn across the others.
    """

    cells: tuple[str, ...]
    place: str = ""
    merged: frozenset[int] = frozenset()
    spans: bool = False

    @property
    def filled(self) -> tuple[int, ...]:
        """The columns in which something is written, not counting what a merged cell brings down."""
        return tuple(column for column, cell in enumerate(self.cells) if cell.strip() and column not in self.merged)


@dataclass(frozen=True)
class Sheet:
    """The rows of one table or worksheet; `name` is that of the worksheet, empty in other documents."""

    rows: tuple[Row, ...]
    name: str = ""


@dataclass(frozen=True)
class Document:
    """Texts and tables in their order; each text and each row counts as one line, from 1."""

    blocks: tuple[Text | Sheet, ...]
    hidden: tuple[str, ...] = field(default=())

    def lines(self) -> Iterator[Text | Row]:
        """Yield all texts and rows in their order."""
        for block in self.blocks:
            if isinstance(block, Sheet):
                yield from block.rows
            else:
                yield block

    def as_text(self) -> str:
        """Return the document as text that has one line for each text and row, cells divided by tabs."""
        return "\n".join(_one_line(line) for line in self.lines())

    def plain(self) -> dict[str, Any]:
        """Return the document as what JSON can hold; `document_from` reads it."""
        return {"blocks": [_plain(block) for block in self.blocks], "hidden": self.hidden}

    def places(self) -> tuple[str, ...]:
        """Return where each line stands, as a person finds it: "Sheet “Plan”, row 12"."""
        return tuple(line.place for line in self.lines())


def document_from(plain: Mapping[str, Any]) -> Document:
    """Return the document that `Document.plain` wrote, after JSON held it."""
    return Document(tuple(map(_block, plain["blocks"])), tuple(plain["hidden"]))


def _plain(block: Text | Sheet) -> dict[str, Any]:
    if isinstance(block, Text):
        return {"text": block.text, "place": block.place, "is_heading": block.is_heading}
    return {"name": block.name, "rows": [[row.cells, row.place, sorted(row.merged), row.spans] for row in block.rows]}


def _block(plain: Mapping[str, Any]) -> Text | Sheet:
    if "text" in plain:
        return Text(**plain)
    rows = (Row(tuple(cells), place, frozenset(merged), spans) for cells, place, merged, spans in plain["rows"])
    return Sheet(tuple(rows), plain["name"])


def _one_line(line: Text | Row) -> str:
    cells = line.cells if isinstance(line, Row) else (line.text,)
    return "\t".join(" / ".join(filter(None, map(str.strip, cell.splitlines()))) for cell in cells)
