"""One sheet of a workbook read by its headings: which cells are filled in on which line; no meaning of a row."""

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.core.answers import length_fault
from tracker.core.problems import Invalid
from tracker.core.text import joined, one_line
from tracker.plans.rules.workbook.cells import Cell, Table, cell_text
from tracker.plans.rules.workbook.columns import Column

MOST_ROWS = 2000


@dataclass(frozen=True)
class Line:
    """A line of a sheet: its number in Excel, and its cells by the names of their columns."""

    line: int
    cells: dict[str, str]
    columns: tuple[Column, ...]

    @property
    def number(self) -> str:
        """What stands in the column of the numbers."""
        return self.cells["number"]

    @property
    def title(self) -> str:
        """What the line is about, on one line."""
        return one_line(self.cells["title"])

    @property
    def given(self) -> dict[str, str]:
        """What a person filled in, by the names of the columns."""
        return {column.name: self.cells[column.name] for column in self.columns if self._is_given(column)}

    @property
    def words(self) -> tuple[tuple[str, str], ...]:
        """What a person filled in, by the headings."""
        return tuple((column.heading, self.cells[column.name]) for column in self.columns if self._is_given(column))

    def fault(self) -> str | None:
        """Return what is wrong with one cell by itself: too long, or not in its list."""
        for column in self.columns:
            text = self.cells[column.name]
            if not self._is_given(column):
                continue
            if column.choices and text not in column.choices:
                choices = joined([f"“{one}”" for one in column.choices])
                return f"“{column.heading}” takes {choices}, and here it says “{text[:60]}”"
            if fault := length_fault(text, what=f"“{column.heading}”", most=column.most):
                return fault
        return None

    def _is_given(self, column: Column) -> bool:
        return not column.is_locked and bool(self.cells[column.name])


@dataclass(frozen=True)
class Sheet:
    """The lines of a sheet that hold anything, and the headings that are none of ours."""

    lines: tuple[Line, ...]
    extra: tuple[str, ...]


def read_sheet(name: str, table: Table, columns: tuple[Column, ...]) -> Sheet:
    """Read a sheet by its headings in whatever order; raises `Invalid` when one is missing or there are too many rows.

    Columns that somebody added are named and not read.
    """
    headings = [one_line(cell_text(cell)) for cell in (table[0] if table else [])]
    missing = [column.heading for column in columns if column.heading not in headings]
    if missing:
        raise Invalid("file", f"The sheet “{name}” lacks the column “{missing[0]}”. Download a new workbook")
    if len(table) - 1 > MOST_ROWS:
        raise Invalid("file", f"The sheet “{name}” has more than {MOST_ROWS:,} rows")
    places = {column.name: headings.index(column.heading) for column in columns}
    ours = {column.heading for column in columns}
    extra = tuple(dict.fromkeys(heading[:60] for heading in headings if heading and heading not in ours))
    lines = (Line(number, _cells(row, places), columns) for number, row in enumerate(table[1:], start=2))
    return Sheet(tuple(line for line in lines if any(line.cells.values())), extra)


def twice(lines: Iterable[Line]) -> frozenset[str]:
    """Return the numbers that stand on more than one filled line."""
    seen: set[str] = set()
    again: set[str] = set()
    for line in lines:
        if line.given and line.number:
            (again if line.number in seen else seen).add(line.number)
    return frozenset(again)


def _cells(row: list[Cell], places: dict[str, int]) -> dict[str, str]:
    cells = {name: cell_text(row[place]) if place < len(row) else "" for name, place in places.items()}
    # Lists are chosen from, but also typed: the case of a word does not matter.
    for name in ("declared", "state"):
        if name in cells:
            cells[name] = cells[name].capitalize()
    return cells
