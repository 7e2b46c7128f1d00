"""The marks that Word draws before the paragraphs of a list but does not store: bullets and counted numbers."""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BULLET = "•"
_DEPTH = 9
_LEVEL = re.compile(r"%([1-9])")
_DEEPER = re.compile(r"list (?:bullet|number) (?P<depth>[2-5])", re.IGNORECASE)
_HEADING = re.compile(r"(?:heading ?[1-9]|title)", re.IGNORECASE)


@dataclass(frozen=True)
class Level:
    """How one level of a list is counted and drawn: "%1.%2" shows the counts of the first two levels."""

    kind: str
    text: str
    start: int


@dataclass
class Lists:
    """The lists and paragraph styles of a document, and how far each list has counted."""

    levels: Mapping[str, Mapping[int, Level]] = field(default_factory=dict)
    styles: Mapping[str, tuple[str, str, int]] = field(default_factory=dict)
    _counts: dict[str, list[int]] = field(default_factory=dict)

    def mark(self, paragraph: Element) -> tuple[str, int]:
        """Return the mark before a paragraph and how deep it stands, counting on; nothing for one in no list."""
        number, depth = self._list_of(paragraph)
        levels = self.levels.get(number)
        if not levels or depth not in levels:
            return "", 0
        level = levels[depth]
        counts = self._counts.setdefault(number, [])
        while len(counts) <= depth:
            counts.append(levels[len(counts)].start - 1 if len(counts) in levels else 0)
        counts[depth] += 1
        del counts[depth + 1 :]
        drawn = depth or self._depth_of_style(paragraph)
        if level.kind == "bullet":
            return _BULLET, drawn
        return _LEVEL.sub(lambda found: _drawn(levels, counts, int(found[1]) - 1), level.text).strip(), drawn

    def is_heading(self, paragraph: Element) -> bool:
        """Say whether a paragraph is set as a heading."""
        style = _value(paragraph, "pPr/pStyle")
        name = self.styles.get(style, (style, "", 0))[0]
        return _HEADING.fullmatch(name) is not None

    def _depth_of_style(self, paragraph: Element) -> int:
        """Return how deep a style such as "List Bullet 2" stands, which is a list of its own."""
        style = _value(paragraph, "pPr/pStyle")
        found = _DEEPER.fullmatch(self.styles.get(style, (style, "", 0))[0])
        return int(found["depth"]) - 1 if found else 0

    def _list_of(self, paragraph: Element) -> tuple[str, int]:
        own = _value(paragraph, "pPr/numPr/numId")
        if own:
            return own, _number(_value(paragraph, "pPr/numPr/ilvl"))
        _, number, depth = self.styles.get(_value(paragraph, "pPr/pStyle"), ("", "", 0))
        return number, depth


def read_lists(archive: zipfile.ZipFile) -> Lists:
    """Return the lists and styles that a Word file defines; raises what the reader of XML raises for broken parts."""
    names = set(archive.namelist())
    numbering = _part(archive, "word/numbering.xml", names)
    styles = _part(archive, "word/styles.xml", names)
    return Lists({} if numbering is None else _levels(numbering), {} if styles is None else _styles(styles))


def _part(archive: zipfile.ZipFile, name: str, names: set[str]) -> Element | None:
    return fromstring(archive.read(name), forbid_dtd=True) if name in names else None


def _levels(root: Element) -> dict[str, dict[int, Level]]:
    drawn = {
        one.get(f"{WORD}abstractNumId", ""): {
            _number(level.get(f"{WORD}ilvl", "")): Level(
                _value(level, "numFmt"), _value(level, "lvlText"), _number(_value(level, "start") or "1")
            )
            for level in one.findall(f"{WORD}lvl")
        }
        for one in root.findall(f"{WORD}abstractNum")
    }
    return {
        one.get(f"{WORD}numId", ""): drawn.get(_value(one, "abstractNumId"), {}) for one in root.findall(f"{WORD}num")
    }


def _styles(root: Element) -> dict[str, tuple[str, str, int]]:
    return {
        one.get(f"{WORD}styleId", ""): (
            _value(one, "name"),
            _value(one, "pPr/numPr/numId"),
            _number(_value(one, "pPr/numPr/ilvl")),
        )
        for one in root.findall(f"{WORD}style")
    }


def _drawn(levels: Mapping[int, Level], counts: list[int], depth: int) -> str:
    count = counts[depth] if depth < len(counts) else 1
    kind = levels[depth].kind if depth in levels else "decimal"
    if kind in {"lowerLetter", "upperLetter"} and 1 <= count <= 26:
        return chr(ord("a" if kind == "lowerLetter" else "A") + count - 1)
    return str(count)


def _value(element: Element, path: str) -> str:
    found = element.find("/".join(f"{WORD}{step}" for step in path.split("/")))
    return found.get(f"{WORD}val", "") if found is not None else ""


def _number(text: str) -> int:
    return min(int(text[:4]), _DEPTH * 1000) if text[:4].isdecimal() else 0
