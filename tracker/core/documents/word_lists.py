"""The marks that Word draws before paragraphs of a list but does not store: bullets and counted numbers; no text."""

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from tracker.core.documents.word_marks import W, value, whole

_BULLETS = ("•", "–", "▪")
_LEVELS = 9
_MOST_BASED = 20
_PLACE = re.compile(r"%([1-9])")
_DEEPER = re.compile(r"list (?:bullet|number) (?P<depth>[2-5])", re.IGNORECASE)
_HEADING = re.compile(r"(?:heading ?[1-9]|title)", re.IGNORECASE)
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_ENDS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True)
class Mark:
    """What is drawn before a paragraph, how deep it is nested, and how far in it stands (in twentieths of a point)."""

    text: str
    depth: int = 0
    left: int = 0
    is_bullet: bool = False


@dataclass(frozen=True)
class _Level:
    """How one level of a list is counted and drawn: "%1.%2" shows the counts of the first two levels."""

    kind: str
    text: str
    start: int
    left: int = 0


@dataclass(frozen=True)
class _Style:
    """What a style says of paragraphs: its name in Word, the list it puts them in, and the style it builds on."""

    name: str
    number: str
    depth: int
    based_on: str


@dataclass
class WordLists:
    """The lists and paragraph styles of a document, and how far each list has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    styles: dict[str, _Style] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def mark_of(self, paragraph: Element) -> Mark | None:
        """Return what stands before a paragraph; None for one that is in no list.

        To be asked once of each paragraph, in their order, because asking counts.
        """
        number, depth = self._place(paragraph)
        level = self.levels.get(number, {}).get(depth)
        if level is None:
            return None
        drawn = depth or self._depth_of_style(paragraph)
        if level.kind == "bullet":
            return Mark(_BULLETS[min(drawn, len(_BULLETS) - 1)], drawn, level.left, is_bullet=True)
        text = self._counted(number, depth, level)
        return Mark(text, drawn, level.left) if text else None

    def is_heading(self, paragraph: Element) -> bool:
        """Say whether a paragraph is set as a heading."""
        style = value(paragraph, "pPr/pStyle")
        return _HEADING.fullmatch(self.styles[style].name if style in self.styles else style) is not None

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """Return the list and level of a paragraph, its own or those of its style and what that builds on."""
        own = value(paragraph, "pPr/numPr/numId")
        if own:
            return own, whole(value(paragraph, "pPr/numPr/ilvl"))
        style = self.styles.get(value(paragraph, "pPr/pStyle"))
        for _ in range(_MOST_BASED):
            if style is None or style.number:
                break
            style = self.styles.get(style.based_on)
        return (style.number, style.depth) if style else ("", 0)

    def _depth_of_style(self, paragraph: Element) -> int:
        """Return how deep a style such as "List Bullet 2" stands, which is a list of its own."""
        style = value(paragraph, "pPr/pStyle")
        found = _DEEPER.fullmatch(self.styles[style].name if style in self.styles else style)
        return int(found["depth"]) - 1 if found else 0

    def _counted(self, number: str, depth: int, level: _Level) -> str:
        counts = self.counts[self.kinds.get(number, number)]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]

        def count(found: re.Match[str]) -> str:
            above = int(found[1]) - 1
            kind = self.levels[number].get(above, level)
            return _written(counts.get(above, kind.start), kind.kind)

        return _PLACE.sub(count, level.text).strip()


def word_lists(numbering: Element | None, styles: Element | None) -> WordLists:
    """Return the lists that a document declares, and which of its styles stand in one."""
    lists = WordLists(styles=_styles(styles) if styles is not None else {})
    if numbering is None:
        return lists
    kinds = {
        one.get(f"{W}abstractNumId", ""): dict(map(_level, one.findall(f"{W}lvl")))
        for one in numbering.findall(f"{W}abstractNum")
    }
    for one in numbering.findall(f"{W}num"):
        number, kind = one.get(f"{W}numId", ""), value(one, "abstractNumId")
        starts = {
            whole(change.get(f"{W}ilvl", "")): whole(value(change, "startOverride"), 1)
            for change in one.findall(f"{W}lvlOverride")
            if change.find(f"{W}startOverride") is not None
        }
        lists.levels[number] = {
            depth: replace(level, start=starts.get(depth, level.start)) for depth, level in kinds.get(kind, {}).items()
        }
        # A list that starts anew counts for itself; others go on where the lists of their kind are.
        lists.kinds[number] = number if starts else f"kind {kind}"
    return lists


def _styles(styles: Element) -> dict[str, _Style]:
    return {
        one.get(f"{W}styleId", ""): _Style(
            value(one, "name"),
            value(one, "pPr/numPr/numId"),
            whole(value(one, "pPr/numPr/ilvl")),
            value(one, "basedOn"),
        )
        for one in styles.findall(f"{W}style")
    }


def _level(level: Element) -> tuple[int, _Level]:
    depth = min(whole(level.get(f"{W}ilvl", "")), _LEVELS)
    place = level.find(f"{W}pPr/{W}ind")
    left = place.get(f"{W}left", place.get(f"{W}start", "")) if place is not None else ""
    start = whole(value(level, "start"), 1)
    return depth, _Level(value(level, "numFmt") or "decimal", value(level, "lvlText"), start, whole(left))


def _written(number: int, kind: str) -> str:
    """Return a number as a list counts it."""
    if kind == "none":
        return ""
    if kind in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (number - 1) % 26)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in {"lowerRoman", "upperRoman"}:
        return _roman(number).upper() if kind == "upperRoman" else _roman(number)
    return str(number)


def _roman(number: int) -> str:
    written = ""
    for amount, letters in (*_ROMAN, *_ROMAN_ENDS):
        times, number = divmod(min(number, 3999), amount)
        written += letters * times
    return written
