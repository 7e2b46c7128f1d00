"""Which cells of a workbook show a date as a month or a year alone: Excel stores "Mar 2017" as the first of March."""

import posixpath
import re
import zipfile
from collections.abc import Mapping
from enum import StrEnum
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring, iterparse

from tracker.core.sheets.vastness import DAMAGED
from tracker.core.uploads.refusals import RefusedFileError

_MONTH_AND_YEAR = "17"
_NO_LETTERS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|;.*')
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Shown(StrEnum):
    """How much of a date a cell shows."""

    MONTH = "month"
    YEAR = "year"


Places = Mapping[tuple[int, int], Shown]


def month_cells(data: bytes) -> Mapping[str, Places]:
    """Return by the name of its sheet each cell, as row and column from 0, that shows a month or a year alone."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            styles = _styles(archive)
            return {name: _places(archive, part, styles) for name, part in _sheets(archive)} if styles else {}
    except (zipfile.BadZipFile, ParseError, DefusedXmlException, ValueError, KeyError) as error:
        raise RefusedFileError(DAMAGED) from error


def _styles(archive: zipfile.ZipFile) -> dict[str, Shown]:
    """Return the numbers of the styles that show no day."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    root = fromstring(archive.read("xl/styles.xml"), forbid_dtd=True)
    codes = {one.get("numFmtId", ""): one.get("formatCode", "") for one in _all(root, "numFmt")}
    codes[_MONTH_AND_YEAR] = "mmm-yy"
    formats = next(iter(_all(root, "cellXfs")), None)
    found = {}
    for number, one in enumerate([] if formats is None else list(formats)):
        shown = _shown(codes.get(one.get("numFmtId", ""), ""))
        if shown is not None:
            found[str(number)] = shown
    return found


def _shown(code: str) -> Shown | None:
    letters = _NO_LETTERS.sub("", code.lower())
    if "y" not in letters or any(letter in letters for letter in "dhs0#"):
        return None
    return Shown.MONTH if "m" in letters else Shown.YEAR


def _sheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Return the names of the sheets with the part that each one is."""
    book = fromstring(archive.read("xl/workbook.xml"), forbid_dtd=True)
    links = fromstring(archive.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
    targets = {one.get("Id", ""): one.get("Target", "") for one in links}
    found = []
    for sheet in _all(book, "sheet"):
        target = targets.get(sheet.get(_RELATION, ""), "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if part in archive.namelist():
            found.append((sheet.get("name", ""), part))
    return found


def _places(archive: zipfile.ZipFile, part: str, styles: Mapping[str, Shown]) -> dict[tuple[int, int], Shown]:
    places: dict[tuple[int, int], Shown] = {}
    with archive.open(part) as opened:
        for _, element in iterparse(opened, events=("end",), forbid_dtd=True):
            kind = element.tag.rpartition("}")[2]
            if kind == "c" and (shown := styles.get(element.get("s", ""))) and element.get("r"):
                places[_place(element.get("r", ""))] = shown
            elif kind == "row":
                element.clear()
    return places


def _place(words: str) -> tuple[int, int]:
    letters = words.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter.upper()) - ord("A") + 1
    return int(words[len(letters) :] or 1) - 1, column - 1


def _all(root: Element, name: str) -> list[Element]:
    return [one for one in root.iter() if one.tag.rpartition("}")[2] == name]
