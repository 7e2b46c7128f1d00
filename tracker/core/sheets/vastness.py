"""How large a workbook is, told before anything reads it: cells far apart or texts repeated would fill the memory."""

import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from tracker.core.uploads.refusals import RefusedFileError

DAMAGED = "This workbook is damaged and cannot be read. Open it in Excel, save it again, and bring that"
LINKED = "This workbook takes values from other files. Put the values themselves into the cells, and save it again"
# No cell of Excel holds more letters.
_LONGEST_TEXT = 32_767
_MARKUP = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Limits:
    """The most lines, columns, elements of markup and letters of text that are read, and what is said of more."""

    lines: int
    columns: int
    pieces: int
    letters: int
    sentence: str


@dataclass
class _Size:
    """What was counted so far: how long each shared text is, and how often each is shown."""

    lengths: Counter[int] = field(default_factory=Counter)
    shown: Counter[int] = field(default_factory=Counter)

    @property
    def letters(self) -> int:
        """How many letters the reader will hold: it copies a text into every cell that shows it."""
        return sum(times * self.lengths[index] for index, times in self.shown.items())


def refuse_vast(data: bytes, limits: Limits) -> None:
    """Refuse a workbook that is larger than the limits, takes values from other files, or cannot be read.

    `data` has passed the checks of `core.uploads`. Raises `RefusedFileError` with a sentence.
    """
    size = _Size()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if any("externallinks/" in name.lower() for name in archive.namelist()):
                raise RefusedFileError(LINKED)
            for name in archive.namelist():
                if _is_markup(archive, name):
                    _count(archive, name, limits, size)
    except (zipfile.BadZipFile, ParseError, DefusedXmlException, ValueError) as error:
        raise RefusedFileError(DAMAGED) from error
    if size.letters > limits.letters or max(size.lengths.values(), default=0) > _LONGEST_TEXT:
        raise RefusedFileError(limits.sentence)


def _is_markup(archive: zipfile.ZipFile, name: str) -> bool:
    """Say whether the reader could take a part for a sheet, whatever it is called."""
    with archive.open(name) as part:
        return name.lower().endswith(".xml") or part.read(64).lstrip().startswith(_MARKUP)


def _count(archive: zipfile.ZipFile, name: str, limits: Limits, size: _Size) -> None:
    """Count one part; raises `RefusedFileError` when it is too vast."""
    texts = lines = 0
    with archive.open(name) as part:
        for pieces, element in enumerate(_elements(part)):
            kind = element.tag.rpartition("}")[2]
            if kind == "si":
                size.lengths[texts] = max(size.lengths[texts], sum(map(len, element.itertext())))
                texts += 1
            elif kind == "c":
                size.shown[_shared(element)] += 1
            elif kind == "row":
                lines += 1
            is_far = kind in {"c", "row"} and _is_far(element.get("r", ""), limits)
            if is_far or lines > limits.lines or pieces > limits.pieces:
                raise RefusedFileError(limits.sentence)
            if kind in {"si", "row"}:
                element.clear()


def _elements(part: object) -> Iterator[Element]:
    for _, element in iterparse(part, events=("end",), forbid_dtd=True):
        yield element


def _shared(cell: Element) -> int:
    """Return the number of the shared text that a cell shows, -1 when it shows none."""
    if cell.get("t") != "s":
        return -1
    said = next((child.text or "" for child in cell if child.tag.rpartition("}")[2] == "v"), "").strip()
    return int(said[:9]) if said[:9].isdecimal() else -1


def _is_far(place: str, limits: Limits) -> bool:
    """Say whether a row ("12") or a cell ("C12") lies further out than any that people fill in."""
    letters = place.rstrip("0123456789")
    digits = place[len(letters) :]
    column = 0
    for letter in letters[:4]:
        column = column * 26 + ord(letter.upper()) - ord("A") + 1
    return column > limits.columns or len(digits) > 6 or int(digits or 0) > limits.lines
