"""The text of a Word file: paragraphs, lists with their numbers, and tables as lines with tabs; no footnotes."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from tracker.core.documents.word_lists import WordLists, empty_lists, word_lists
from tracker.core.uploads.apart import answer_apart

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MOST_BYTES = 40 * 1024 * 1024
_LEFT_OUT = {f"{W}del", f"{W}moveFrom", f"{_COMPATIBLE}Fallback", f"{W}pPr", f"{W}rPr", f"{W}instrText"}
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def word_text(data: bytes) -> str:
    """Return the text of a Word file, an empty line after each paragraph; raises what a broken file makes it raise."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        document = _part(archive, "word/document.xml")
        numbering, styles = _part(archive, "word/numbering.xml"), _part(archive, "word/styles.xml")
    if document is None:
        raise ValueError("the file has no document")
    lists = word_lists(numbering, styles) if numbering is not None else empty_lists()
    body = document.find(f"{W}body")
    return "\n\n".join(_blocks(body, lists)) + "\n" if body is not None else ""


def _part(archive: zipfile.ZipFile, name: str) -> Element | None:
    """Return a part by its exact name, unless it is larger than any that people write."""
    if name not in archive.namelist():
        return None
    with archive.open(name) as opened:
        content = opened.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise ValueError("a part is too large")
    root: Element = fromstring(content, forbid_dtd=True)
    return root


def _blocks(parent: Element, lists: WordLists) -> Iterator[str]:
    """Yield the paragraphs and rows of tables in their order, whatever they are wrapped in."""
    for child in parent:
        if child.tag == f"{W}p":
            yield from _paragraph(child, lists)
        elif child.tag == f"{W}tbl":
            for row in child.findall(f"{W}tr"):
                yield from _row(row, lists)
        elif child.tag not in _LEFT_OUT:
            yield from _blocks(child, lists)


def _paragraph(paragraph: Element, lists: WordLists) -> Iterator[str]:
    text = _words(paragraph).strip()
    if text:
        yield f"{lists.mark_of(paragraph)}{text}"
    for box in _boxes(paragraph):
        yield from _blocks(box, lists)


def _boxes(element: Element) -> Iterator[Element]:
    """Yield the text boxes that hang on a paragraph, each once."""
    for child in element:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag not in _LEFT_OUT:
            yield from _boxes(child)


def _row(row: Element, lists: WordLists) -> Iterator[str]:
    """Yield one line for a row; of a row with a single cell, as layouts have them, each paragraph."""
    cells = [list(_blocks(cell, lists)) for cell in row.findall(f"{W}tc")]
    if len(cells) == 1:
        yield from cells[0]
    elif any(cells):
        yield "\t".join(" ".join(" ".join(cell).split()) for cell in cells)


def _words(element: Element) -> str:
    """Return the words of a paragraph, without those that were deleted, and without text boxes."""
    found = []
    for child in element:
        if child.tag == f"{W}t":
            found.append(child.text or "")
        elif child.tag in _SIGNS:
            found.append(_SIGNS[child.tag])
        elif child.tag not in _LEFT_OUT and child.tag != f"{W}txbxContent":
            found.append(_words(child))
    return "".join(found)


if __name__ == "__main__":
    answer_apart(word_text)
