"""A Word file as paragraphs and tables, read in a process of its own: text as shown, nothing deleted; no meaning."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from tracker.core.uploads.apart import answer_apart
from tracker.core.uploads.refusals import RefusedFileError
from tracker.plans.imports.word_lists import WORD, Lists, read_lists
from tracker.plans.rules.tables import Document, Row, Sheet, Text

_DAMAGED = "This Word file is damaged and cannot be read. Open it in Word, save it again, and bring that"
_TOO_LARGE = (
    "This Word file is far larger than any plan: 10,000 rows and 20,000 paragraphs are read. Save the plan alone"
)
_MAIN = "word/document.xml"
_MOST_ROWS = 10_000
_MOST_TEXTS = 20_000
_MOST_COLUMNS = 100
_MOST_PIECES = 4_000_000
_MOST_LETTERS = 20_000_000
_GONE = frozenset(
    f"{WORD}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "tblPr", "tcPr")
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SAID = {f"{WORD}br": "\n", f"{WORD}cr": "\n", f"{WORD}tab": "\t", f"{WORD}noBreakHyphen": "-"}
_PARAGRAPH, _TABLE, _ROW, _CELL = f"{WORD}p", f"{WORD}tbl", f"{WORD}tr", f"{WORD}tc"


def read_word(data: bytes) -> Document:
    """Return the paragraphs and tables of a Word file; `data` has passed the checks of `core.uploads`.

    Bullets and counted numbers of lists are written out, a merged cell stands in every row that it covers, and a
    table within a cell is its text. Raises `RefusedFileError` with a sentence.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            reader = _Reader(read_lists(archive))
            with archive.open(_MAIN) as part:
                reader.read(part)
    except (zipfile.BadZipFile, ParseError, DefusedXmlException, ValueError, KeyError, RecursionError) as error:
        raise RefusedFileError(_DAMAGED) from error
    return Document(tuple(reader.blocks))


class _Reader:
    """Takes the document piece by piece, so that a long one is never in memory as a whole."""

    def __init__(self, lists: Lists) -> None:
        self.blocks: list[Text | Sheet] = []
        self._lists = lists
        self._rows: list[Row] = []
        self._depth = 0
        # Within what older programs show in place of a drawing, which stands there a second time.
        self._repeats = 0
        self._tables = 0
        self._texts = 0
        self._row_count = 0
        self._letters = 0

    def read(self, part: object) -> None:
        """Read the main part of the document."""
        for pieces, (event, element) in enumerate(iterparse(part, events=("start", "end"), forbid_dtd=True)):
            if pieces > _MOST_PIECES:
                raise RefusedFileError(_TOO_LARGE)
            if element.tag == _FALLBACK:
                self._repeats += 1 if event == "start" else -1
            elif not self._repeats and event == "start":
                self._depth += element.tag == _TABLE
            elif not self._repeats:
                self._end(element)

    def _end(self, element: Element) -> None:
        """Take an element of the body, or a row of a table in it, at its end."""
        if element.tag == _TABLE:
            self._depth -= 1
            if self._depth == 0:
                self._end_table(element)
        elif element.tag == _ROW and self._depth == 1:
            self._end_row(element)
        elif element.tag == _PARAGRAPH and self._depth == 0:
            self._end_paragraph(element)

    def _end_table(self, table: Element) -> None:
        self.blocks.append(Sheet(tuple(self._rows)))
        self._rows = []
        self._tables += 1
        table.clear()

    def _end_row(self, row: Element) -> None:
        self._row_count += 1
        if self._row_count > _MOST_ROWS:
            raise RefusedFileError(_TOO_LARGE)
        if row.find(f"{WORD}trPr/{WORD}del") is not None:
            return
        above = self._rows[-1] if self._rows else Row(())
        place = f"Table {self._tables + 1}, row {len(self._rows) + 1}"
        self._rows.append(self._row(row, above, place))
        row.clear()

    def _row(self, row: Element, above: Row, place: str) -> Row:
        cells: list[str] = [""] * _span(row.find(f"{WORD}trPr/{WORD}gridBefore"))
        merged: set[int] = set()
        first = 0
        for cell in _within(row, _CELL):
            column, width = len(cells), _span(cell.find(f"{WORD}tcPr/{WORD}gridSpan")) or 1
            first = first or width
            goes_on = cell.find(f"{WORD}tcPr/{WORD}vMerge")
            text = self._cell(cell)
            if (
                goes_on is not None
                and goes_on.get(f"{WORD}val", "continue") == "continue"
                and column < len(above.cells)
            ):
                text = above.cells[column]
                merged.add(column)
            cells.extend([text, *[""] * (width - 1)])
            if len(cells) > _MOST_COLUMNS:
                raise RefusedFileError(_TOO_LARGE)
        return Row(tuple(cells), place, frozenset(merged), spans=first > 1 and first * 2 > len(cells))

    def _end_paragraph(self, paragraph: Element) -> None:
        text = self._marked(paragraph)
        if text.strip():
            self._texts += 1
            if self._texts > _MOST_TEXTS:
                raise RefusedFileError(_TOO_LARGE)
            place = f"Paragraph {self._texts}"
            self.blocks.append(Text(text, place, is_heading=self._lists.is_heading(paragraph)))
        paragraph.clear()

    def _cell(self, cell: Element) -> str:
        """Return a cell's paragraphs as lines; a number that Word counts is the text of a cell that has no other."""
        lines = [self._marked(one).strip() for one in _within(cell, _PARAGRAPH, in_cells=True)]
        return "\n".join(line for line in lines if line)

    def _marked(self, paragraph: Element) -> str:
        text = "".join(_said(paragraph))
        self._letters += len(text)
        if self._letters > _MOST_LETTERS:
            raise RefusedFileError(_TOO_LARGE)
        mark, depth = self._lists.mark(paragraph)
        return f"{'  ' * depth}{mark} {text}" if mark else text


def _said(element: Element) -> Iterator[str]:
    """Yield the letters that are shown in an element, at any depth."""
    for child in element:
        if child.tag == f"{WORD}t":
            yield child.text or ""
        elif child.tag in _SAID:
            yield _SAID[child.tag]
        elif child.tag not in _GONE and child.tag != _FALLBACK:
            yield from _said(child)


def _within(element: Element, tag: str, *, in_cells: bool = False) -> Iterator[Element]:
    """Yield the elements of a kind in an element, not one within another, nor in its cells unless these are asked."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in _GONE and child.tag != _FALLBACK and (child.tag != _CELL or in_cells):
            yield from _within(child, tag, in_cells=in_cells)


def _span(element: Element | None) -> int:
    said = element.get(f"{WORD}val", "") if element is not None else ""
    return min(int(said[:4]), _MOST_COLUMNS + 1) if said[:4].isdecimal() else 0


if __name__ == "__main__":
    answer_apart(lambda data: read_word(data).plain())
