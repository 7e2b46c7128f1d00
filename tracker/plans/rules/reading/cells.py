"""What one cell of a table holds: its text without tags, and the items that marks or line ends divide it into."""

import html
import re
from dataclasses import dataclass
from functools import lru_cache

_BREAKING = "li|ul|ol|p|br|div|tr|td|dd|dt"
_TAG = re.compile(
    rf"<(?P<end>/?)(?:(?P<breaking>{_BREAKING})|span|strong|b|em|i|u|a|font|sup|sub|dl|table|tbody|h[1-6])(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--[^<>]*-->")
# Python reads no number of thousands of digits, and no letter has one of eight.
_NO_LETTER = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?")
_SPACES = re.compile(r"\s+")
_BULLET = re.compile(r"\s?[▪•●◦‣∙⁃■□➢►✓]\s?")
_DASH = re.compile(r"(?:^|(?<=[;:.,])\s|(?<=[;,] and)\s|(?<=[;,] or)\s)[-–—*·]\s")
_LETTERED = re.compile(r"^(?:o\s|\(?(?:[0-9]{1,2}|[a-z]|[ivx]{1,4})[.)]\s)")
_COUNT = re.compile(r"(?:^|(?<=\s))\(?(?P<number>[0-9]{1,2})[.)]\s")
_GLUE_END = re.compile(r"(?:(?<=[;,])\s?(?:and|or))?$")
_ITEM = "\x1e"
_NEWLINE = "\x1f"
_DIVIDER = re.compile(f"({_ITEM}|{_NEWLINE})")


@dataclass(frozen=True)
class Item:
    """One item of a cell; `firm` when a list mark, not only a line end, sets it off from the one before."""

    text: str
    firm: bool


@lru_cache(maxsize=4096)
def cell_text(raw: str) -> str:
    """Return a cell's text with tags stripped and its lines joined by one space."""
    return _SPACES.sub(" ", _without_tags(raw).replace(_ITEM, " ").replace(_NEWLINE, " ")).strip()


def cell_items(raw: str) -> tuple[Item, ...]:
    """Return the items that list tags, line ends, bullets or dashes divide a cell into, in order."""
    marked = _BULLET.sub(_ITEM, _without_tags(raw))
    items: list[Item] = []
    firm = False
    for line in _DIVIDER.split(marked):
        firm = firm or line == _ITEM
        for place, part in enumerate(_dashed(line)):
            if text := part.strip(" " + _ITEM + _NEWLINE):
                items.append(Item(text, firm or place > 0))
                firm = False
    return tuple(items)


def whole_items(items: tuple[Item, ...]) -> tuple[str, ...]:
    """Return the items of prose: one that goes on in small letters after a mere line end joins the one before.

    A first item that ends with a colon leads in the next and stays with it.
    """
    texts: list[str] = []
    for item in items:
        goes_on = not item.firm and item.text[:1].islower()
        if texts and (goes_on or (len(texts) == 1 and texts[0].endswith(":"))):
            texts[-1] = f"{texts[-1]} {item.text}"
        else:
            texts.append(item.text)
    return tuple(text for text in map(trimmed, texts) if text)


def trimmed(text: str, *, stop: bool = True) -> str:
    """Return an item without the punctuation and the "; and" of the list it stood in; `stop` drops a full stop too."""
    bare = _GLUE_END.sub("", text.strip()).rstrip(" ;,")
    return bare.rstrip(" ;,.") if stop else bare


def _dashed(line: str) -> list[str]:
    text = _SPACES.sub(" ", line).strip()
    return _counted(text) or _DASH.split(_LETTERED.sub("- ", text, count=1))


def _counted(text: str) -> list[str]:
    """Return the parts after "1.", "2." and so on in a text that begins with the first of them, else nothing."""
    marks: list[tuple[int, int]] = []
    for found in _COUNT.finditer(text):
        if int(found["number"]) == len(marks) + 1 and (marks or found.start() == 0):
            marks.append(found.span())
    ends = [start for start, _ in marks[1:]] + [len(text)]
    return ["", *(text[start:end] for (_, start), end in zip(marks, ends, strict=True))] if marks else []


def _without_tags(raw: str) -> str:
    plain = _TAG.sub(_break, _COMMENT.sub(" ", _unquoted(raw.strip())).replace("\n", _NEWLINE))
    return html.unescape(_NO_LETTER.sub("\ufffd", plain)).replace("\u00a0", " ").replace("**", "")


def _break(found: re.Match[str]) -> str:
    name = (found["breaking"] or "").lower()
    if not name:
        return ""
    return _ITEM if name == "li" and not found["end"] else _NEWLINE


def _unquoted(raw: str) -> str:
    """Return a cell without the quotation marks that spreadsheets put round one with line ends or marks in it."""
    if len(raw) > 1 and raw.startswith('"') and raw.endswith('"') and raw.count('"') % 2 == 0 and "\n" in raw:
        return raw[1:-1].replace('""', '"')
    return raw
