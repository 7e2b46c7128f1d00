"""A Word file opened with limits and handed out piece by piece; which words a piece holds is its readers' to say."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring, iterparse

from tracker.core.documents.word_lists import WordLists, word_lists
from tracker.core.documents.word_marks import FALLBACK, PARAGRAPH, ROW, TABLE, W
from tracker.core.uploads.refusals import RefusedFileError

DAMAGED_WORD = "This Word file is damaged and cannot be read. Open it in Word, save it again, and bring that"
_MAIN = "word/document.xml"
_MOST_ROWS = 10_000
_MOST_PARAGRAPHS = 20_000
_MOST_ELEMENTS = 4_000_000
_MOST_BYTES = 40 * 1024 * 1024


class WordFile:
    """An open Word file: its lists, and its body from top to bottom."""

    def __init__(self, archive: zipfile.ZipFile, too_large: str) -> None:
        """Read the lists and styles; `too_large` is what is said of more than its reader takes."""
        self._archive = archive
        self._too_large = too_large
        self.lists: WordLists = word_lists(self._part("word/numbering.xml"), self._part("word/styles.xml"))
        self._depth = 0
        # Within what older programs show in place of a drawing, which stands there a second time.
        self._repeats = 0

    def pieces(self) -> Iterator[Element]:
        """Yield the paragraphs between tables, the rows of tables, and each table when its rows are over.

        Paragraphs in text boxes come before the one that they hang on. A piece is emptied when the next one is asked
        for, so that a long document is never in memory as a whole. Deleted rows are left out.
        """
        rows = paragraphs = 0
        with self._archive.open(_MAIN) as part:
            for piece in self._elements(part):
                rows += piece.tag == ROW
                paragraphs += piece.tag == PARAGRAPH
                if rows > _MOST_ROWS or paragraphs > _MOST_PARAGRAPHS:
                    raise RefusedFileError(self._too_large)
                if piece.find(f"{W}trPr/{W}del") is None:
                    yield piece
                piece.clear()

    def _elements(self, part: object) -> Iterator[Element]:
        for count, (event, element) in enumerate(iterparse(part, events=("start", "end"), forbid_dtd=True)):
            if count > _MOST_ELEMENTS:
                raise RefusedFileError(self._too_large)
            if element.tag == FALLBACK:
                self._repeats += 1 if event == "start" else -1
            elif not self._repeats and event == "start":
                self._depth += element.tag == TABLE
            elif not self._repeats and self._is_piece(element):
                yield element

    def _is_piece(self, element: Element) -> bool:
        """Say whether an element that ended is a paragraph of the body, a row of a table in it, or that table."""
        if element.tag == TABLE:
            self._depth -= 1
            return self._depth == 0
        return (element.tag, self._depth) in {(ROW, 1), (PARAGRAPH, 0)}

    def _part(self, name: str) -> Element | None:
        """Return a part by its exact name, unless it is larger than any that people write."""
        if name not in self._archive.namelist():
            return None
        with self._archive.open(name) as opened:
            content = opened.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            raise RefusedFileError(self._too_large)
        root: Element = fromstring(content, forbid_dtd=True)
        return root


@contextmanager
def open_word(data: bytes, *, too_large: str) -> Iterator[WordFile]:
    """Open a Word file that has passed the checks of `core.uploads`, for as long as it is read.

    To be called only in a process of its own (`core.uploads.apart`). Raises `RefusedFileError` with a sentence, also
    for what turns out to be broken while it is read: `too_large` when it holds more than any plan or report.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            yield WordFile(archive, too_large)
    except (zipfile.BadZipFile, ParseError, DefusedXmlException, ValueError, KeyError, RecursionError) as error:
        raise RefusedFileError(DAMAGED_WORD) from error
