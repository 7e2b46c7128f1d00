"""The text of a Word file: paragraphs, lists with their numbers, and tables as lines with tabs; no footnotes."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tracker.core.documents.word_lists import Mark, WordLists
from tracker.core.documents.word_marks import GONE, PARAGRAPH, ROW, boxes, cells_of, shown
from tracker.core.documents.word_parts import open_word
from tracker.core.uploads.apart import answer_apart
from tracker.core.uploads.refusals import TOO_MUCH

_SPACES = 4
_TWIPS = 120
_FURTHEST = 40


def word_text(data: bytes) -> str:
    """Return the text of a Word file, an empty line after each paragraph; raises `RefusedFileError`."""
    with open_word(data, too_large=TOO_MUCH) as file:
        lines = [line for piece in file.pieces() for line in _piece(piece, file.lists)]
    return "\n\n".join(lines) + "\n"


def _piece(piece: Element, lists: WordLists) -> Iterator[str]:
    if piece.tag == PARAGRAPH:
        yield from _paragraph(piece, lists)
    elif piece.tag == ROW:
        yield from _row(piece, lists)


def _blocks(parent: Element, lists: WordLists) -> Iterator[str]:
    """Yield the paragraphs and rows of tables in a cell or box in their order, whatever they are wrapped in."""
    for child in parent:
        if child.tag in {PARAGRAPH, ROW}:
            yield from _piece(child, lists)
        elif child.tag not in GONE:
            yield from _blocks(child, lists)


def _paragraph(paragraph: Element, lists: WordLists) -> Iterator[str]:
    text = "".join(shown(paragraph)).strip()
    if text:
        yield f"{_drawn(lists.mark_of(paragraph))}{text}"
    for box in boxes(paragraph):
        yield from _blocks(box, lists)


def _drawn(mark: Mark | None) -> str:
    """Return a mark with the spaces before it: some lists are nested only by where they stand."""
    if mark is None:
        return ""
    return f"{' ' * min(max(mark.left // _TWIPS, mark.depth * _SPACES), _FURTHEST)}{mark.text} "


def _row(row: Element, lists: WordLists) -> Iterator[str]:
    """Yield one line for a row; of a row with a single cell, as layouts have them, each paragraph."""
    cells = [list(_blocks(cell, lists)) for cell in cells_of(row)]
    if len(cells) == 1:
        yield from cells[0]
    elif any(cells):
        yield "\t".join(" ".join(" ".join(cell).split()) for cell in cells)


if __name__ == "__main__":
    answer_apart(word_text)
