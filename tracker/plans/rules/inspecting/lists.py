"""A list of items that is being read, and its open item: what fits in and what is nested; no heading."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.plans.rules.inspecting.headings import Opening
from tracker.plans.rules.inspecting.results import ItemReading
from tracker.plans.rules.inspecting.shapes import ReportLine, Shape
from tracker.plans.rules.states import ItemClass

OTHER_BODY = "Local Safeguarding Children Board"
_PARAGRAPH = re.compile(
    r"\((?:paragraphs?|paras?\.?|p\.?)\s*(\d{1,3}(?:\s*(?:,|and|to|–|-)\s*\d{1,3})*)\)", re.IGNORECASE
)
_BROKEN_WORD = re.compile(r"\w-$")
_DEEPER = 2


@dataclass
class OpenItem:
    """An item with the pieces of its text and of its nested points, as lines come in."""

    number: int | None
    item_class: ItemClass
    group: str | None
    text: str
    children: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def add(self, line: ReportLine, words: str) -> None:
        """Go on with what was begun last."""
        self.lines.append(line.number)
        if self.children:
            self.children[-1] = _joined(self.children[-1], words)
        else:
            self.text = _joined(self.text, words)

    @property
    def has_words(self) -> bool:
        """Whether anything stands behind its mark."""
        return bool(self.text or any(self.children))

    def reading(self) -> ItemReading:
        """Return the item as read; the first nested point speaks for one that has no words of its own."""
        paragraphs = [found[1] for text in (self.text, *self.children) for found in _PARAGRAPH.finditer(text)]
        words = [text for text in (self.text, *self.children) if text]
        return ItemReading(
            self.number,
            self.item_class,
            self.group,
            words[0],
            tuple(words[1:]),
            ", ".join(dict.fromkeys(" ".join(one.split()) for one in paragraphs)),
            tuple(self.lines),
        )


class ItemList:
    """A list under a heading of class: which mark and indent its items have, and which number comes next."""

    def __init__(self, begun: Opening, is_other_body: bool) -> None:
        """Begin an empty list."""
        self.item_class = begun.item_class or ItemClass.AREA_FOR_IMPROVEMENT
        self.is_other_body = is_other_body
        self.is_guess = begun.is_guess
        self.heading: ReportLine | None = None
        self.group: str | None = None
        self.open: OpenItem | None = None
        self.last = 0
        self.lead_in = False
        self._top: ReportLine | None = None
        self._has_groups = False
        self.has_bare_points = False

    @property
    def has_begun(self) -> bool:
        """Whether it has an item."""
        return self._top is not None

    @property
    def has_marks(self) -> bool:
        """Whether its items have numbers or bullets."""
        return self._top is not None and self._top.shape is not Shape.PLAIN

    @property
    def is_numbered(self) -> bool:
        """Whether its items have numbers."""
        return self._top is not None and self._top.shape is Shape.NUMBERED

    def begin_item(self, line: ReportLine, number: int | None) -> OpenItem:
        """Begin an item with a line."""
        group = self.group or (OTHER_BODY if self.is_other_body else None)
        words = line.text if line.shape in {Shape.PLAIN, Shape.LETTERED} else line.words
        self.open = OpenItem(number, self.item_class, group, " ".join(words.split()), lines=[line.number])
        self._top = self._top or line
        self.last = number or self.last
        self.lead_in = self.has_bare_points = False
        return self.open

    def add_child(self, line: ReportLine) -> None:
        """Add a nested point to the open item."""
        if self.open is not None:
            self.open.children.append(line.words)
            self.has_bare_points = line.shape is Shape.PLAIN
            self.open.lines.append(line.number)

    def continue_with(self, line: ReportLine, words: str) -> None:
        """Go on with the open item."""
        if self.open is not None:
            self.open.add(line, words)

    def nests(self, line: ReportLine) -> bool:
        """Say whether a marked line is a point within the open item."""
        if self.open is None or self._top is None or line.shape is Shape.NUMBERED:
            return False
        if line.shape is Shape.LETTERED or self.is_numbered:
            return True
        if line.indent >= self._top.indent + _DEEPER:
            return True
        if line.mark != self._top.mark:
            return line.indent >= self._top.indent
        return self.is_guessed_child(line)

    def is_guessed_child(self, line: ReportLine) -> bool:
        """Say whether only words tell that a point is nested: the item ends with a colon, the point begins small."""
        if self._top is None or self.is_numbered or self.open is None or line.shape is not Shape.BULLET:
            return False
        is_level = line.mark == self._top.mark and line.indent < self._top.indent + _DEEPER
        return is_level and self.open.text.endswith(":") and line.starts_small

    def expects(self, number: int, *, most: int) -> bool:
        """Say whether a number can come next: the first, one that goes on, or the first again under a new group."""
        if self._top is not None and not self.is_numbered:
            return False
        if self.open is None and not self.last:
            return True
        starts_again = number == 1 and self.open is None
        return starts_again or self.last < number <= self.last + most

    def goes_on_with(self, line: ReportLine) -> bool:
        """Say whether a marked line is the next of this list."""
        if line.shape is Shape.NUMBERED:
            return self.is_numbered and int(line.mark) == self.last + 1
        return self._top is not None and self._top.shape is line.shape and line.mark == self._top.mark

    def group_may_follow(self, first: ReportLine) -> bool:
        """Say whether the line below a heading shows that the heading is a group of this list."""
        starts_again = self.is_numbered and first.shape is Shape.NUMBERED and int(first.mark) == 1
        return self.goes_on_with(first) or (starts_again and self._has_groups) or (starts_again and bool(self.group))

    def begin_group(self, words: str) -> None:
        """Begin a group within the list."""
        self.group, self.open, self._has_groups = words, None, True

    def group_is_open(self, before: int, headings: Mapping[int, str]) -> bool:
        """Say whether the line before was a group heading, which may go on."""
        return self.group is not None and headings.get(before) == self.group

    def is_in_lead_in(self, line: ReportLine) -> bool:
        """Say whether a line goes on with what leads in to the items."""
        return self.lead_in and not line.after_gap


def _joined(begun: str, words: str) -> str:
    """Return a text that goes on in the next line; a word divided at its hyphen keeps it and gets no space."""
    more = " ".join(words.split())
    is_divided = _BROKEN_WORD.search(begun) is not None and more[:1].islower()
    return f"{begun}{more}" if is_divided or not begun else f"{begun} {more}"
