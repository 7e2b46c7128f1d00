"""A Word file as paragraphs and tables, read in a process of its own: text as shown, nothing deleted; no meaning."""

from xml.etree.ElementTree import Element

from tracker.core.documents.word_lists import WordLists
from tracker.core.documents.word_marks import PARAGRAPH, ROW, W, cells_of, paragraphs_of, shown, whole
from tracker.core.documents.word_parts import open_word
from tracker.core.uploads.apart import answer_apart
from tracker.core.uploads.refusals import RefusedFileError
from tracker.plans.rules.tables import MOST_COLUMNS, Document, Row, Sheet, Text

_TOO_LARGE = (
    "This Word file is far larger than any plan: 10,000 rows and 20,000 paragraphs are read. Save the plan alone"
)
_MOST_LETTERS = 20_000_000
_BULLET = "•"


def read_word(data: bytes) -> Document:
    """Return the paragraphs and tables of a Word file; `data` has passed the checks of `core.uploads`.

    Bullets and counted numbers of lists are written out, a merged cell stands in every row that it covers, and a
    table within a cell is its text. Raises `RefusedFileError` with a sentence.
    """
    with open_word(data, too_large=_TOO_LARGE) as file:
        reader = _Reader(file.lists)
        for piece in file.pieces():
            reader.take(piece)
    return Document(tuple(reader.blocks))


class _Reader:
    """Takes the document piece by piece."""

    def __init__(self, lists: WordLists) -> None:
        self.blocks: list[Text | Sheet] = []
        self._lists = lists
        self._rows: list[Row] = []
        self._tables = 0
        self._texts = 0
        self._letters = 0

    def take(self, piece: Element) -> None:
        """Take a paragraph, a row, or a table whose rows are over."""
        if piece.tag == PARAGRAPH:
            self._take_paragraph(piece)
        elif piece.tag == ROW:
            self._take_row(piece)
        else:
            self.blocks.append(Sheet(tuple(self._rows)))
            self._rows = []
            self._tables += 1

    def _take_row(self, row: Element) -> None:
        above = self._rows[-1] if self._rows else Row(())
        cells: list[str] = [""] * _span(row.find(f"{W}trPr/{W}gridBefore"))
        merged: set[int] = set()
        first = 0
        for cell in cells_of(row):
            column, width = len(cells), _span(cell.find(f"{W}tcPr/{W}gridSpan")) or 1
            first = first or width
            text = self._cell(cell)
            if _goes_on(cell) and column < len(above.cells):
                text = above.cells[column]
                merged.add(column)
            cells.extend([text, *[""] * (width - 1)])
            if len(cells) > MOST_COLUMNS:
                raise RefusedFileError(_TOO_LARGE)
        place = f"Table {self._tables + 1}, row {len(self._rows) + 1}"
        self._rows.append(Row(tuple(cells), place, frozenset(merged), spans=first > 1 and first * 2 > len(cells)))

    def _take_paragraph(self, paragraph: Element) -> None:
        text = self._marked(paragraph)
        if text.strip():
            self._texts += 1
            place = f"Paragraph {self._texts}"
            self.blocks.append(Text(text, place, is_heading=self._lists.is_heading(paragraph)))

    def _cell(self, cell: Element) -> str:
        """Return a cell's paragraphs as lines; a number that Word counts is the text of a cell that has no other."""
        lines = [self._marked(one).strip() for one in paragraphs_of(cell)]
        return "\n".join(line for line in lines if line)

    def _marked(self, paragraph: Element) -> str:
        text = "".join(shown(paragraph))
        self._letters += len(text)
        if self._letters > _MOST_LETTERS:
            raise RefusedFileError(_TOO_LARGE)
        mark = self._lists.mark_of(paragraph)
        if mark is None:
            return text
        return f"{'  ' * mark.depth}{_BULLET if mark.is_bullet else mark.text} {text}"


def _goes_on(cell: Element) -> bool:
    """Say whether a cell goes on the one above it."""
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    return merged is not None and merged.get(f"{W}val", "continue") == "continue"


def _span(element: Element | None) -> int:
    return min(whole(element.get(f"{W}val", "")), MOST_COLUMNS + 1) if element is not None else 0


if __name__ == "__main__":
    answer_apart(lambda data: read_word(data).plain())
