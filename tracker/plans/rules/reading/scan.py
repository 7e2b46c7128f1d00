"""Walking through a document line by line: headings, sections and table rows into areas, the rest unread."""

from dataclasses import dataclass, field

from tracker.plans.rules.reading.headings import AreaHeading, area_heading, section_heading
from tracker.plans.rules.reading.lines import Line, physical_lines, pieces
from tracker.plans.rules.reading.results import PlanWarning, Unread, WarningCode
from tracker.plans.rules.reading.rows import Table
from tracker.plans.rules.reading.sections import AreaDraft, SectionReader

_BEFORE_ANY = "Actions printed before any area"


@dataclass
class Scan:
    """What a walk through a document found, in its order."""

    areas: list[AreaDraft] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    warnings: list[PlanWarning] = field(default_factory=list)


def scan(text: str) -> Scan:
    """Return the areas of a document with their sections and rows, and the lines that belong to none."""
    walker = Walker()
    for line in physical_lines(text):
        walker.walk(line)
    return walker.found


def _is_heading(line: Line) -> bool:
    """Say whether a line with tabs is the heading of an area or a section, in one cell or with its title in another."""
    if len([cell for cell in line.text.split("\t") if cell.strip()]) > 2:
        return False
    words = _without_tabs(line).replace("*", "")
    return bool(area_heading(words) or section_heading(words))


def _without_tabs(line: Line) -> str:
    label, _, title = line.text.strip().partition("\t")
    if title.strip() and area_heading(label.replace("*", "")):
        return f"{label.rstrip(' :')}: {title.strip()}"
    return line.text.replace("\t", " ")


def _headed(parts: tuple[str, ...]) -> list[str]:
    """Return the parts joined so that each but the first begins with a heading: bold words inside a text stay in it."""
    joined: list[str] = []
    for part in parts:
        if joined and not area_heading(part) and not section_heading(part):
            joined[-1] += part
        else:
            joined.append(part)
    return joined


class Walker:
    """The place reached in a document: which area, which section, which table."""

    def __init__(self) -> None:
        """Begin before any area."""
        self.found = Scan()
        self._table = Table()
        self._section: SectionReader | None = None
        self._area: AreaDraft | None = None
        self._needs_title = False

    def walk(self, line: Line) -> None:
        """Take one line."""
        if line.is_blank:
            if self._section:
                self._section.blank()
            return
        if line.has_cells and self._take_table(line):
            self._needs_title = False
            return
        for piece in _headed(pieces(_without_tabs(line))):
            if piece.strip() and not self._take_piece(
                Line(line.number, piece), is_whole=piece.strip() == line.text.strip()
            ):
                self.found.unread.append(Unread(line.number, piece.strip()))

    def _take_table(self, line: Line) -> bool:
        if self._table.take_heading(line):
            self._section = None
            self.here(line.number).lines.append(line.number)
            return True
        if _is_heading(line):
            return False
        row = self._table.take_row(line)
        if row:
            self._section = None
            self.here(line.number).rows.append(row)
            return True
        return self._table.take_more(line)

    def _take_piece(self, line: Line, *, is_whole: bool) -> bool:
        area = area_heading(line.text)
        if area:
            self.begin_area(area, line.number)
            return True
        section = section_heading(line.text)
        if section:
            self._table.close()
            self._needs_title = False
            here = self.here(line.number)
            self._section = SectionReader(here, section.section)
            if section.rest:
                self._section.take(Line(line.number, section.rest))
            self._took(here, line.number)
            return True
        return self._take_text(line, is_whole=is_whole)

    def _take_text(self, line: Line, *, is_whole: bool) -> bool:
        if self._needs_title and self._area:
            self._area.title = f"{self._area.title} {line.text.strip()}".strip()
            self._needs_title = False
        elif self._section and self._area:
            if not self._section.take(line):
                return False
        else:
            return is_whole and self._table.take_more(line)
        self._took(self._area, line.number)
        return True

    def begin_area(self, heading: AreaHeading, line: int) -> AreaDraft:
        """Begin an area, or go on with the one of the same number and title."""
        self._table.close()
        self._section = None
        same = next((area for area in self.found.areas if area.number == heading.number), None)
        if same and heading.title in ("", same.title, f"{same.title} (continued)"):
            self._area = same
        else:
            number = heading.number if same is None else max(area.number for area in self.found.areas) + 1
            self._area = AreaDraft(number, heading.label, heading.title, line)
            self.found.areas.append(self._area)
            if same:
                self._warn_twice(heading, number, line)
        self._needs_title = not self._area.title
        self._took(self._area, line)
        return self._area

    def go_to(self, area: AreaDraft, line: int) -> None:
        """Go on with an area that was begun before."""
        self._table.close()
        self._section = None
        self._area = area
        self._needs_title = False
        self._took(area, line)

    def _warn_twice(self, heading: AreaHeading, number: int, line: int) -> None:
        message = f"Area {heading.label} is printed twice with different titles. The second is kept as area {number}"
        self.found.warnings.append(PlanWarning(WarningCode.UNRESOLVED_REFERENCE, None, line, message))

    def here(self, line: int) -> AreaDraft:
        """Return the area the walk is in; what is printed before any area goes to one with the number 0."""
        if self._area is None:
            self._area = AreaDraft(0, "0", _BEFORE_ANY, line)
            self.found.areas.append(self._area)
        return self._area

    @staticmethod
    def _took(area: AreaDraft, line: int) -> None:
        if line not in area.lines[-1:]:
            area.lines.append(line)
