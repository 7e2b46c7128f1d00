"""The marks that Word puts before paragraphs of a list by itself: which number or bullet stands where; no text."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VALUE = f"{_W}val"
_BULLETS = ("•", "–", "▪")
_SPACES = 4
_TWIPS = 120
_LEVELS = 9
_MOST_BASED = 20
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_ENDS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True)
class _Level:
    """How one level of a list counts."""

    shape: str
    text: str
    start: int
    left: int = 0

    def indent(self, depth: int) -> str:
        """The spaces before the mark: some lists are nested by where they stand alone."""
        return " " * min(max(self.left // _TWIPS, depth * _SPACES), 40)


@dataclass
class WordLists:
    """The lists of a document, with how far each has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def mark_of(self, paragraph: Element) -> str:
        """Return what stands before a paragraph, indented by its level; empty for one that is in no list.

        To be asked once of each paragraph, in their order, because asking counts.
        """
        number, depth = self._place(paragraph)
        level = self.levels.get(number, {}).get(depth)
        if level is None or level.shape == "none":
            return ""
        if level.shape == "bullet":
            return f"{level.indent(depth)}{_BULLETS[min(depth, len(_BULLETS) - 1)]} "
        return f"{level.indent(depth)}{self._counted(number, depth, level)} "

    def _place(self, paragraph: Element) -> tuple[str, int]:
        style = _value(paragraph, f"{_W}pPr/{_W}pStyle")
        number, depth = self.styles.get(style, ("", 0))
        own = _value(paragraph, f"{_W}pPr/{_W}numPr/{_W}numId")
        if own:
            return own, _whole(_value(paragraph, f"{_W}pPr/{_W}numPr/{_W}ilvl"))
        return number, depth

    def _counted(self, number: str, depth: int, level: _Level) -> str:
        counts = self.counts[self.abstract.get(number, number)]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        text = level.text
        for above in range(depth + 1):
            kind = self.levels[number].get(above, level)
            text = text.replace(f"%{above + 1}", _written(counts.get(above, kind.start), kind.shape))
        return text


def empty_lists() -> WordLists:
    """Return the lists of a document that has none."""
    return WordLists()


def word_lists(numbering: Element, styles: Element | None) -> WordLists:
    """Return the lists that a document declares, and which of its styles stand in one."""
    kinds = {
        one.get(f"{_W}abstractNumId", ""): dict(map(_level, one.findall(f"{_W}lvl")))
        for one in numbering.findall(f"{_W}abstractNum")
    }
    lists = WordLists()
    for one in numbering.findall(f"{_W}num"):
        number, kind = one.get(f"{_W}numId", ""), _value(one, f"{_W}abstractNumId")
        starts = {
            _whole(change.get(f"{_W}ilvl", "")): _whole(_value(change, f"{_W}startOverride"), 1)
            for change in one.findall(f"{_W}lvlOverride")
            if change.find(f"{_W}startOverride") is not None
        }
        known = kinds.get(kind, {})
        lists.levels[number] = {
            depth: replace(level, start=starts.get(depth, level.start)) for depth, level in known.items()
        }
        # A list that starts anew counts for itself; others go on where the lists of their kind are.
        lists.abstract[number] = number if starts else f"kind {kind}"
    lists.styles = _styles(styles) if styles is not None else {}
    return lists


def _styles(styles: Element) -> dict[str, tuple[str, int]]:
    """Return the styles that put a paragraph in a list, also those that are based on such a one."""
    found: dict[str, tuple[str, int]] = {}
    based: dict[str, str] = {}
    for style in styles.findall(f"{_W}style"):
        name = style.get(f"{_W}styleId", "")
        based[name] = _value(style, f"{_W}basedOn")
        if number := _value(style, f"{_W}pPr/{_W}numPr/{_W}numId"):
            found[name] = number, _whole(_value(style, f"{_W}pPr/{_W}numPr/{_W}ilvl"))
    for name in based:
        above, steps = name, 0
        while above and above not in found and steps < _MOST_BASED:
            above, steps = based.get(above, ""), steps + 1
        if above in found:
            found.setdefault(name, found[above])
    return found


def _level(level: Element) -> tuple[int, _Level]:
    depth = min(_whole(level.get(f"{_W}ilvl", "")), _LEVELS)
    shape = _value(level, f"{_W}numFmt") or "decimal"
    place = level.find(f"{_W}pPr/{_W}ind")
    left = place.get(f"{_W}left", place.get(f"{_W}start", "")) if place is not None else ""
    start = _whole(_value(level, f"{_W}start"), 1)
    return depth, _Level(shape, _value(level, f"{_W}lvlText"), start, _whole(left))


def _value(element: Element, path: str) -> str:
    found = element.find(path)
    return found.get(_VALUE, "") if found is not None else ""


def _whole(text: str, otherwise: int = 0) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else otherwise


def _written(number: int, shape: str) -> str:
    """Return a number as a list counts it."""
    if shape in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (number - 1) % 26)
        return letter.upper() if shape == "upperLetter" else letter
    if shape in {"lowerRoman", "upperRoman"}:
        return _roman(number).upper() if shape == "upperRoman" else _roman(number)
    return str(number)


def _roman(number: int) -> str:
    written = ""
    for value, letters in (*_ROMAN, *_ROMAN_ENDS):
        times, number = divmod(min(number, 3999), value)
        written += letters * times
    return written
