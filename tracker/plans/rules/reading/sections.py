"""The objectives, outcomes and measures of an area as they are gathered, bullets or paragraphs, nested or not."""

import re
from dataclasses import dataclass, field

from tracker.plans.rules.reading.cells import cell_text, trimmed
from tracker.plans.rules.reading.headings import Section
from tracker.plans.rules.reading.lines import Line
from tracker.plans.rules.reading.results import OutcomeReading
from tracker.plans.rules.reading.rows import Row

_BULLET = re.compile(
    r"(?P<indent>\s*)(?P<mark>[-*•▪●◦‣·○–—■□➢►✓]|o(?=\s)|\(?(?:[0-9]{1,2}|[a-z]|[ivx]{1,4})[.)](?=\s))\s*(?P<text>\S.*)"
)
_NESTED_MARKS = "◦○o"


@dataclass
class Entry:
    """One entry of a section, with those beneath it."""

    text: str
    is_bullet: bool
    beneath: list["Entry"] = field(default_factory=list)


@dataclass
class AreaDraft:
    """An area while its lines are read."""

    number: int
    label: str
    title: str
    line: int
    lines: list[int] = field(default_factory=list)
    entries: dict[Section, list[Entry]] = field(default_factory=lambda: {section: [] for section in Section})
    rows: list[Row] = field(default_factory=list)

    def texts(self, section: Section) -> tuple[str, ...]:
        """Return the entries of a section, nested ones after the one they stand under."""
        return tuple(
            text for top in self.entries[section] for entry in (top, *top.beneath) if (text := _said(entry.text))
        )

    def outcomes(self) -> tuple[OutcomeReading, ...]:
        """Return the outcomes with those printed beneath each."""
        return tuple(
            OutcomeReading(text, tuple(filter(None, (_said(child.text) for child in entry.beneath))))
            for entry in self.entries[Section.OUTCOMES]
            if (text := _said(entry.text))
        )


class SectionReader:
    """Reads the lines under one section heading into an area."""

    def __init__(self, area: AreaDraft, section: Section) -> None:
        """Begin a section of an area."""
        self._entries = area.entries[section]
        self._indent: int | None = None
        self._open: Entry | None = None
        self._was_blank = True
        self._top_mark = ""

    def blank(self) -> None:
        """Note a blank line, after which a text without a mark no longer goes on."""
        self._was_blank = True

    def take(self, line: Line) -> bool:
        """Take a line as an entry or as the rest of one, and say whether it was taken."""
        found = _BULLET.fullmatch(line.text.rstrip())
        if found:
            self._bullet(found)
        elif not self._text(line.text.strip()):
            return False
        self._was_blank = False
        return True

    def _bullet(self, found: re.Match[str]) -> None:
        indent = len(found["indent"].expandtabs(4))
        if self._indent is None:
            self._indent = indent
        entry = Entry(found["text"], is_bullet=True)
        is_nested = indent > self._indent or (found["mark"] in _NESTED_MARKS and found["mark"] != self._top_mark)
        if is_nested and self._entries:
            self._entries[-1].beneath.append(entry)
        else:
            self._entries.append(entry)
            self._top_mark = found["mark"]
        self._open = entry

    def _text(self, text: str) -> bool:
        if self._open and (not self._was_blank or text[:1].islower()):
            self._open.text = f"{self._open.text} {text}"
            return True
        if self._open and self._open.is_bullet:
            return False
        self._open = Entry(text, is_bullet=False)
        self._entries.append(self._open)
        return True


def _said(text: str) -> str:
    return trimmed(cell_text(text), stop=False)
