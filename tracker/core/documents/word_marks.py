"""The elements that Word files are made of, and the letters that one of them shows; files are opened beside."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARAGRAPH, TABLE, ROW, CELL, BOX = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}txbxContent"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What was deleted or moved away, is about the looks, or is what a field works with and does not show.
_UNSEEN = ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "tblPr", "tcPr")
GONE = frozenset({FALLBACK, *(f"{W}{name}" for name in _UNSEEN)})
_SIGNS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}


def shown(element: Element) -> Iterator[str]:
    """Yield the letters that are shown in an element, at any depth, but not those of text boxes."""
    for child in element:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in GONE and child.tag != BOX:
            yield from shown(child)


def boxes(element: Element) -> Iterator[Element]:
    """Yield the text boxes that hang on an element, each once."""
    for child in element:
        if child.tag == BOX:
            yield child
        elif child.tag not in GONE:
            yield from boxes(child)


def cells_of(row: Element) -> Iterator[Element]:
    """Yield the cells of a row, whatever they are wrapped in, but not those of tables within them."""
    for child in row:
        if child.tag == CELL:
            yield child
        elif child.tag not in GONE:
            yield from cells_of(child)


def paragraphs_of(element: Element) -> Iterator[Element]:
    """Yield all paragraphs of a cell in their order, also those of tables and text boxes in it."""
    for child in element:
        if child.tag == PARAGRAPH:
            yield child
        if child.tag not in GONE:
            yield from paragraphs_of(child)


def value(element: Element, path: str) -> str:
    """Return the value of what stands at a path below an element, such as "pPr/pStyle"; empty if nothing does."""
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return found.get(f"{W}val", "") if found is not None else ""


def whole(text: str, otherwise: int = 0) -> int:
    """Return a whole number of at most six digits, `otherwise` for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else otherwise
