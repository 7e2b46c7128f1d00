"""The shapes of lines in a report: numbered, with a bullet, lettered, a page number, like a heading; no meaning."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from tracker.plans.rules.reading.lines import physical_lines

_NUMBERED = re.compile(r"\(?(\d{1,3})(?:[.)](?:\s+|$)|\t+)(.*)$")
_BULLET = re.compile(r"([•●■▪◼◾▫□○◦‣⁃∙·⬤§*–—−‐-]|[\uf000-\uf0ff]|o(?=\s))\s*(.*)$")
_LETTERED = re.compile(r"(\([a-z]\)|[a-z]\)|\([ivx]{1,4}\)|[ivx]{1,4}\))\s+(.*)$")
_PAGE = re.compile(r"(?:page\s+)?\d{1,3}(?:\s+of\s+\d{1,3})?", re.IGNORECASE)
_PAGE_BESIDE = re.compile(r"^\d{1,3}\s+|\s+\d{1,3}$")
_MARKDOWN = re.compile(r"^#{1,6}\s+|\*\*|__")
_TAB = 4
_LONGEST_HEADING = 110
_LONGEST_UNSURE_HEADING = 75
_OFTEN = 3
_NEARLY = 0.92
_ENDS_SENTENCE = (".", ";", ":", "!", "?", ")", "”")
_NO_HEADING_ENDS = (".", ";", ",", ":", "-", "–")


class Shape(Enum):
    """What a line begins with."""

    NUMBERED = "numbered"
    BULLET = "bullet"
    LETTERED = "lettered"
    PLAIN = "plain"


@dataclass(frozen=True)
class ReportLine:
    """A line with words: its number from 1, where it begins, its words without mark, and what stands above it."""

    number: int
    indent: int
    shape: Shape
    mark: str
    words: str
    text: str
    after_gap: bool
    is_furniture: bool

    @property
    def starts_small(self) -> bool:
        """Whether the words go on from the line above."""
        return self.words[:1].islower()

    @property
    def ends_sentence(self) -> bool:
        """Whether something ends with the line."""
        return self.text.endswith(_ENDS_SENTENCE)

    @property
    def could_be_heading(self) -> bool:
        """Whether the line is short, begins with a capital letter and ends without a mark."""
        if self.shape is not Shape.PLAIN or not self.words[:1].isupper() or self.words.endswith(_NO_HEADING_ENDS):
            return False
        return len(self.words) <= (_LONGEST_HEADING if self.after_gap else _LONGEST_UNSURE_HEADING)


def report_lines(text: str) -> tuple[ReportLine, ...]:
    """Return the lines of a report that hold words."""
    lines: list[ReportLine] = []
    printed = [(line.number, line.text) for line in physical_lines(text)]
    often = _repeated([words for _, words in printed])
    gap = True
    for number, raw in printed:
        if not raw.strip():
            gap = True
            continue
        is_furniture = _without_page(raw) in often or _PAGE.fullmatch(raw.strip()) is not None
        lines.append(_line(number, raw, gap=gap, is_furniture=is_furniture))
        gap = gap and is_furniture
    return tuple(lines)


def usual_width(lines: Sequence[ReportLine]) -> int:
    """Return how long lines are that go on in the next one, 0 when none does."""
    return max(
        (len(line.text) for line, after in pairwise(lines) if after.starts_small and not after.after_gap), default=0
    )


def fills_its_line(line: ReportLine, after: ReportLine, width: int) -> bool:
    """Say whether the first word below a line would not have fitted on it, so that the text goes on there."""
    first = after.text.partition(" ")[0]
    return len(line.text) + 1 + len(first) > width * _NEARLY


def _line(number: int, raw: str, *, gap: bool, is_furniture: bool) -> ReportLine:
    plain = raw.expandtabs(_TAB)
    indent = len(plain) - len(plain.lstrip())
    text = _MARKDOWN.sub("", raw.strip()).strip() or raw.strip()
    shape, mark, words = _shape(text)
    return ReportLine(number, indent, shape, mark, " ".join(words.split()), text, gap, is_furniture)


def _shape(text: str) -> tuple[Shape, str, str]:
    for shape, pattern in ((Shape.NUMBERED, _NUMBERED), (Shape.BULLET, _BULLET), (Shape.LETTERED, _LETTERED)):
        if (found := pattern.match(text)) is not None:
            return shape, found[1], found[2]
    return Shape.PLAIN, "", text


def _repeated(lines: Sequence[str]) -> frozenset[str]:
    """Return what stands at the head or foot of every page: short lines without mark that are printed again and again.

    A line that goes on from the one above is none, nor is one that ends a sentence.
    """
    counted = Counter(_without_page(line) for line in lines if line.strip())
    return frozenset(
        words
        for words, times in counted.items()
        if times >= _OFTEN
        and len(words) <= _LONGEST_HEADING
        and _shape(words)[0] is Shape.PLAIN
        and words[:1].isupper()
        and not words.endswith(_ENDS_SENTENCE)
    )


def _without_page(line: str) -> str:
    """Return a line without the page number at its end or beginning, which differs from page to page."""
    return _PAGE_BESIDE.sub("", line.strip()).strip()
