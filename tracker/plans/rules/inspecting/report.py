"""Reading an inspection report line by line: lists of items begin and end with headings; shapes are told elsewhere."""

from collections.abc import Sequence

from tracker.plans.rules.inspecting.doubts import doubts_of
from tracker.plans.rules.inspecting.facts import report_facts
from tracker.plans.rules.inspecting.headings import Opening, is_ending, opening, sentence_opening
from tracker.plans.rules.inspecting.lists import ItemList, OpenItem
from tracker.plans.rules.inspecting.results import Doubt, InspectionReading, InspectionWarning
from tracker.plans.rules.inspecting.shapes import ReportLine, Shape, fills_its_line, report_lines, usual_width

_NEAR = 3
_LONGEST_STEP = 4


def read_report(text: str) -> InspectionReading:
    """Return what a report says, whatever its text is: nothing raises, and no line is lost.

    Both published forms are read: numbered items under class and group headings within a long report, and unnumbered
    bullets, some nested, under "what needs to improve" (issue 4, domain A15).
    """
    lines = report_lines(text)
    reader = _Reader(lines)
    reader.read()
    facts = report_facts(lines)
    items = tuple(item.reading() for item in reader.items if item.has_words)
    warnings = [*reader.warnings, *doubts_of(facts, items, reader.nothing_taken(), reader.left_out)]
    return InspectionReading(
        facts, items, reader.headings, tuple(sorted(warnings, key=lambda doubt: (doubt.line, doubt.code)))
    )


class _Reader:
    """Goes through the lines once, with the list that is open and the item that is open in it."""

    def __init__(self, lines: Sequence[ReportLine]) -> None:
        self.lines = [line for line in lines if not line.is_furniture]
        self.width = usual_width(self.lines)
        self.place = 0
        self.list: ItemList | None = None
        self.items: list[OpenItem] = []
        self.headings: dict[int, str] = {}
        self.unread: list[ReportLine] = []
        self.left_out = [line for line in lines if line.is_furniture]
        self.pages = {line.number for line in self.left_out}
        self.warnings: list[InspectionWarning] = []

    def read(self) -> None:
        """Take every line."""
        for place, line in enumerate(self.lines):
            self.place = place
            self._take(line)

    def nothing_taken(self) -> list[ReportLine]:
        """Return the lines that no item or heading took: also those of a mark with no words after it."""
        bare = {number for item in self.items if not item.has_words for number in item.lines}
        return sorted([*self.unread, *(line for line in self.lines if line.number in bare)], key=lambda one: one.number)

    def _take(self, line: ReportLine) -> None:
        if (begun := self._opening(line)) is not None:
            self._begin(line, begun)
        elif self.list is None:
            self.unread.append(line)
        elif self._is_ending(line):
            self._end(line)
        elif line.shape is Shape.PLAIN:
            self._take_plain(line, self.list)
        else:
            self._take_marked(line, self.list)

    def _opening(self, line: ReportLine) -> Opening | None:
        """Return what a line begins; a question may go on in the next line."""
        if line.shape is not Shape.PLAIN or (self._open is not None and not self._stands_apart(line)):
            return None
        if (found := opening(line.words)) is not None:
            return found
        after = self._after(1)
        if after is None:
            return None
        if after.shape is Shape.PLAIN and not after.after_gap:
            both = opening(f"{line.words} {after.words}")
            return both if both is not None and not line.ends_sentence else None
        return sentence_opening(line.words) if after.shape is Shape.BULLET else None

    def _begin(self, line: ReportLine, begun: Opening) -> None:
        before = self.list if not begun.begins_anew else None
        self.list = ItemList(begun, begun.is_other_body or (before is not None and before.is_other_body))
        self._head(line)
        self.list.heading = line

    def _is_ending(self, line: ReportLine) -> bool:
        apart = self._open is None or self._stands_apart(line)
        return line.could_be_heading and apart and is_ending(line.words)

    def _stands_apart(self, line: ReportLine) -> bool:
        """Whether a line can be a heading where an item is open: it does not go on in the middle of a sentence."""
        before = self.lines[self.place - 1]
        return line.after_gap or before.ends_sentence or is_ending(line.words)

    def _end(self, line: ReportLine) -> None:
        self.list = None
        self.unread.append(line)

    def _head(self, line: ReportLine) -> None:
        self.headings[line.number] = line.words or line.text

    @property
    def _open(self) -> OpenItem | None:
        return self.list.open if self.list is not None else None

    def _take_marked(self, line: ReportLine, within: ItemList) -> None:
        if within.nests(line):
            within.add_child(line)
            if within.is_guessed_child(line):
                self._doubt(Doubt.NESTING_GUESS, line, "This point was taken as part of the item above")
        elif line.shape is Shape.LETTERED:
            self._take_plain(line, within)
        elif line.shape is Shape.BULLET:
            self._add(line, None)
        else:
            self._take_numbered(line, within)

    def _take_numbered(self, line: ReportLine, within: ItemList) -> None:
        number = int(line.mark)
        if not within.expects(number, most=_LONGEST_STEP):
            before = self.lines[self.place - 1]
            if within.is_numbered and within.open and not line.after_gap and not before.ends_sentence:
                within.continue_with(line, line.text)
            else:
                self._end(line)
            return
        if within.last and number not in {1, within.last + 1}:
            self._doubt(Doubt.NUMBER_GAP, line, f"Number {number} follows number {within.last}")
        self._add(line, number)

    def _add(self, line: ReportLine, number: int | None) -> None:
        within = self.list
        if within is None:
            return
        if not within.has_begun:
            self._doubt_heading(within)
        self.items.append(within.begin_item(line, number))

    def _doubt_heading(self, within: ItemList) -> None:
        """Say what is doubtful of a heading, once it has an item: the same words stand in a list of contents."""
        heading = within.heading
        if heading is not None and within.is_guess:
            self._doubt(Doubt.CLASS_GUESS, heading, f"“{heading.words[:80]}” names no class; look whether it is right")
        if heading is not None and within.is_other_body:
            self._doubt(Doubt.OTHER_BODY, heading, "What follows is asked of the safeguarding board")

    def _take_plain(self, line: ReportLine, within: ItemList) -> None:
        if within.open is None:
            self._take_before_items(line, within)
        elif self._is_bare_point(line, within):
            within.add_child(line)
            self._doubt(Doubt.NESTING_GUESS, line, "This line was taken as a point of the item above")
        elif self._goes_on(line, within):
            within.continue_with(line, line.text)
        elif not within.has_marks:
            self._add_unmarked(line)
        elif line.could_be_heading:
            self._take_heading(line, within)
        elif self._item_follows(within):
            within.continue_with(line, line.text)
            self._doubt(Doubt.SPLIT_ROW, line, "A paragraph without a mark was joined to the item above")
        else:
            self._end(line)

    def _is_bare_point(self, line: ReportLine, within: ItemList) -> bool:
        """Whether a line lost its bullet: it begins small, the line above has room left and a colon, or is one too."""
        before = self.lines[self.place - 1]
        if not line.starts_small or within.open is None or fills_its_line(before, line, self.width):
            return False
        return before.text.endswith(":") or within.has_bare_points

    def _goes_on(self, line: ReportLine, within: ItemList) -> bool:
        before = self.lines[self.place - 1]
        if before.number in self.headings:
            return False
        if line.starts_small:
            return True
        if line.after_gap:
            return False
        has_room = not fills_its_line(before, line, self.width)
        if has_room and (not within.has_marks or (line.could_be_heading and self._begins_group(within))):
            return False
        after = self._after(1)
        goes_further = after is not None and after.shape is Shape.PLAIN and after.starts_small and not after.after_gap
        return not before.ends_sentence or not line.could_be_heading or goes_further

    def _take_before_items(self, line: ReportLine, within: ItemList) -> None:
        """Take a line between a heading and its first item: the heading's end, a group, a lead-in, or an item."""
        after = self._after(1)
        is_followed = after is not None and after.shape in {Shape.NUMBERED, Shape.BULLET}
        before = self.lines[self.place - 1]
        if before.words.endswith(":") and before.number in self.headings:
            self._add_unmarked(line)
        elif line.starts_small and not line.after_gap:
            self._head(line)
        elif line.words.endswith(":") or within.is_in_lead_in(line):
            self._head(line)
            within.lead_in = not line.words.endswith(":")
        elif is_followed and line.could_be_heading:
            self._head(line)
            within.group = line.words
        elif is_followed and not line.ends_sentence:
            self._head(line)
        elif self._leads_in():
            self._head(line)
            within.lead_in = True
        elif line.could_be_heading and self._is_on_a_page_of_contents(line):
            self._end(line)
        else:
            self._add_unmarked(line)

    def _is_on_a_page_of_contents(self, line: ReportLine) -> bool:
        """Whether page numbers stand before or after a line."""
        return bool({line.number - 1, line.number + 1} & self.pages)

    def _leads_in(self) -> bool:
        """Whether the paragraph that begins here ends with a colon and bullets follow."""
        for steps in range(1, _NEAR + 2):
            before, after = self._after(steps - 1), self._after(steps)
            if before is None or after is None or (steps > 1 and before.after_gap):
                return False
            if before.words.endswith(":"):
                return after.shape in {Shape.NUMBERED, Shape.BULLET}
        return False

    def _add_unmarked(self, line: ReportLine) -> None:
        self._add(line, None)
        self._doubt(Doubt.SPLIT_GUESS, line, "A paragraph without bullet or number was taken as an item")

    def _take_heading(self, line: ReportLine, within: ItemList) -> None:
        if self._begins_group(within):
            self._head(line)
            within.begin_group(line.words)
        elif within.group_is_open(self.lines[self.place - 1].number, self.headings):
            self._head(line)
            within.group = f"{within.group} {line.words}"
        else:
            self._end(line)

    def _begins_group(self, within: ItemList) -> bool:
        """Whether the list goes on below a heading, which may take two lines."""
        after, second = self._after(1), self._after(2)
        if after is None or within.group_may_follow(after):
            return after is not None
        in_two = not after.after_gap and after.could_be_heading
        return in_two and second is not None and within.group_may_follow(second)

    def _item_follows(self, within: ItemList) -> bool:
        """Whether the list goes on soon, so that a paragraph in between belongs to it."""
        for steps in range(1, _NEAR + 1):
            line = self._after(steps)
            if line is None or line.could_be_heading or self._begins_list(line, steps):
                return False
            if line.shape in {Shape.NUMBERED, Shape.BULLET}:
                return within.goes_on_with(line)
        return False

    def _begins_list(self, line: ReportLine, steps: int) -> bool:
        """Say whether a line so many steps further begins another list."""
        if line.shape is not Shape.PLAIN:
            return False
        after = self._after(steps + 1)
        is_sentence = after is not None and after.shape is Shape.BULLET and sentence_opening(line.words) is not None
        return is_sentence or opening(line.words) is not None

    def _after(self, steps: int) -> ReportLine | None:
        place = self.place + steps
        return self.lines[place] if place < len(self.lines) else None

    def _doubt(self, code: Doubt, line: ReportLine, message: str) -> None:
        self.warnings.append(InspectionWarning(code, line.number, message))
