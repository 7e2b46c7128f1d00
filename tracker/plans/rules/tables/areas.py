"""The areas of a plan in tables: named by a row, a column, a heading or a sheet; rows are read elsewhere."""

import re
from collections.abc import Mapping

from tracker.plans.rules.reading.cells import cell_items, cell_text, trimmed
from tracker.plans.rules.reading.headings import AreaHeading, Section, area_heading, section_heading
from tracker.plans.rules.reading.results import Unread
from tracker.plans.rules.reading.scan import Walker
from tracker.plans.rules.reading.sections import AreaDraft, Entry
from tracker.plans.rules.tables.document import Row
from tracker.plans.rules.tables.fields import Field
from tracker.plans.rules.tables.mapping import Columns
from tracker.plans.rules.tables.rows import ActionRows

_LABELLED = re.compile(
    r"(?:(?:theme|workstream|strand|objective|finding|priority|area|section) )?(?P<label>[0-9]{1,3})\s?"
    r"(?:[.:)–—-]\s?|\s)(?P<title>[^\W\d].*)",
    re.IGNORECASE | re.DOTALL,
)
_SECTIONS = (
    (Field.OBJECTIVES, Section.OBJECTIVES),
    (Field.OUTCOMES, Section.OUTCOMES),
    (Field.MEASURES, Section.MEASURES),
)
_GENERAL = re.compile(
    r"(?:(?:our|the|key|improvement|plan) )*(?:actions?|action plan|plan|what we will do|next steps|milestones|progress"
    r"|sheet ?[0-9]*|tracker|summary|contents)",
    re.IGNORECASE,
)
_LONGEST_TITLE = 300
_LARGEST = 999


class TableAreas:
    """Which area the walk is in, and the title that waits for a table to stand below it."""

    def __init__(self, walker: Walker, *, by_sheet: bool) -> None:
        """Begin before any area; `by_sheet` says that several worksheets hold actions."""
        self._walker = walker
        self._by_sheet = by_sheet
        self._waiting: tuple[str, int] | None = None
        self._sheet = ""
        self._cell = ""
        self._by_title: dict[str, AreaDraft] = {}
        self._loose: list[int] = []

    def wait(self, words: str, number: int) -> None:
        """Keep a heading until it is known whether a table of actions stands below it."""
        if _GENERAL.fullmatch(words):
            self._unread(words, number)
            return
        self.give_up()
        self._waiting = (words, number)

    def passed(self, words: str) -> None:
        """Note a text below the heading that waits: objectives are its area's, another area ends its wait."""
        if area_heading(words):
            self.give_up()
        elif self._waiting and section_heading(words):
            self._begin_waiting()

    def give_up(self) -> None:
        """Let the heading that waits go unread."""
        if self._waiting:
            self._unread(*self._waiting)
            self._waiting = None

    def enter(self, sheet: str) -> None:
        """Begin a worksheet, whose name is the area's if nothing else is."""
        if sheet:
            self.give_up()
        self._sheet = sheet
        self._cell = ""

    def headed(self, number: int) -> None:
        """Take a row of column headings, which belongs to whatever area its first action is in."""
        self._loose.append(number)

    def begin(self, heading: AreaHeading, number: int) -> None:
        """Begin an area, or go on with the one of the same title; one without a number takes the next."""
        self.give_up()
        self._sheet = ""
        key = heading.title.casefold()
        if heading.number < 0:
            known = self._by_title.get(key)
            if known is not None:
                self._walker.go_to(known, number)
                return
            free = max((area.number for area in self._walker.found.areas), default=0) + 1
            heading = AreaHeading(free, str(free), heading.title)
        self._by_title.setdefault(key, self._walker.begin_area(heading, number))

    def current(self, cell: str, number: int) -> AreaDraft:
        """Return the area of a row of data: by its area column, else by what waits above the table, or the sheet."""
        words = cell_text(cell)
        if words and words.casefold() != self._cell:
            self.begin(read_heading(words), number)
            self._cell = words.casefold()
        elif self._waiting:
            self._begin_waiting()
        elif self._sheet and (heading := self._sheet_heading()):
            self.begin(heading, number)
        area = self._walker.here(number)
        for line in self._loose:
            _took(area, line)
        self._loose.clear()
        return area

    def take_words(self, area: AreaDraft, cells: Mapping[str, str], number: int) -> bool:
        """Add what the columns of objectives, outcomes and measures say to the area, each but once."""
        took = False
        for field, section in _SECTIONS:
            known = {entry.text for entry in area.entries[section]}
            for item in cell_items(cells.get(field, "")):
                took = True
                said = trimmed(item.text, stop=False)
                if said and said not in known:
                    area.entries[section].append(Entry(said, is_bullet=True))
                    known.add(said)
        if took:
            _took(area, number)
        return took

    def finish(self) -> None:
        """End the document: what still waits, or headed no action, was not read."""
        self.give_up()
        for number in self._loose:
            self._unread("A row of headings with no action below it", number)

    def _begin_waiting(self) -> None:
        if self._waiting:
            (words, line), self._waiting = self._waiting, None
            self.begin(read_heading(words), line)

    def _sheet_heading(self) -> AreaHeading | None:
        """Return the area that the worksheet is named for; with one sheet of actions only a numbered name is one."""
        if area_heading(self._sheet) or _LABELLED.fullmatch(self._sheet):
            return read_heading(self._sheet)
        is_name = self._by_sheet and not _GENERAL.fullmatch(self._sheet)
        return AreaHeading(-1, "", self._sheet) if is_name else None

    def _unread(self, words: str, number: int) -> None:
        self._walker.found.unread.append(Unread(number, words))


def is_title(words: str) -> bool:
    """Say whether a lone text above a table looks like the title of an area: numbered, and no whole sentence."""
    return _LABELLED.fullmatch(words) is not None and len(words) <= _LONGEST_TITLE and not area_heading(words)


def _took(area: AreaDraft, number: int) -> None:
    if number not in area.lines[-1:]:
        area.lines.append(number)


def read_heading(words: str) -> AreaHeading:
    """Return an area as a cell or heading names it; its number is -1 when none is printed."""
    plain = " ".join(words.split())
    found = area_heading(plain)
    if found is not None and found.title:
        return found
    labelled = _LABELLED.fullmatch(plain)
    if labelled and int(labelled["label"]) <= _LARGEST:
        return AreaHeading(int(labelled["label"]), labelled["label"], labelled["title"])
    if found is not None:
        return AreaHeading(found.number, found.label, plain)
    if plain.isdecimal() and int(plain[:4]) <= _LARGEST:
        return AreaHeading(int(plain[:4]), plain[:4], f"Area {plain[:4]}")
    return AreaHeading(-1, "", plain)


def heading_of(row: Row, columns: Columns, following: Row | None, rows: ActionRows) -> AreaHeading | None:
    """Return the area that a row inside a table of actions names: alone in its first cell, or by a whole number.

    A lone first cell names an area when it is drawn across the table, when its words say so, or when the table
    began with such a row and a fuller row follows. A whole number beside a title names one when 1.1 comes below 1.
    """
    filled = row.filled
    texts = [cell_text(row.cells[column]) for column in filled]
    if len(filled) == 1 and (filled[0] == 0 or row.spans):
        is_fuller = following is not None and len(following.filled) > 1
        if row.spans or area_heading(texts[0]) or (is_fuller and rows.may_be_headed(row)):
            return read_heading(texts[0])
    number = columns.place(Field.NUMBER)
    action = columns.place(Field.ACTION)
    if number is None or action is None or filled != tuple(sorted((number, action))):
        return None
    label, title = cell_text(row.cells[number]).rstrip("."), cell_text(row.cells[action])
    below = cell_text(following.cells[number]) if following is not None and number < len(following.cells) else ""
    if label.isdecimal() and int(label) <= _LARGEST and below.startswith(f"{label}."):
        return AreaHeading(int(label), label, title)
    return None
