"""Rows of action tables as they are gathered from one or several lines; what their cells mean is read later."""

from dataclasses import dataclass, field

from tracker.plans.rules.reading.cells import cell_text
from tracker.plans.rules.reading.lines import Line
from tracker.plans.rules.reading.results import WarningCode
from tracker.plans.rules.reading.table import TARGET, USUAL, Columns, align, columns_of, split_ref

_LONGEST_LABEL = 12


@dataclass
class Row:
    """One action's row: its number as printed ("" if none), where it stands, and its cells by column."""

    ref: str
    lines: list[int]
    columns: Columns
    raw: list[str]
    joined_lines: list[int] = field(default_factory=list)
    # Of a table whose cells are known: the cells of each of its rows, and what was doubtful about them.
    parts: list[dict[str, str]] = field(default_factory=list)
    doubts: list[tuple[WarningCode, int, str]] = field(default_factory=list)
    _cells: dict[str, str] | None = None

    @property
    def is_incomplete(self) -> bool:
        """Whether fewer tabs were printed than the table has columns, so that its last cell may go on."""
        return self._cells is None and len(self.raw) < len(self.columns.names)

    @property
    def by_part(self) -> list[dict[str, str]]:
        """The cells row by row where the rows are known, else all as one."""
        return self.parts or [self.cells]

    @property
    def cells(self) -> dict[str, str]:
        """The cells by column, given out when first asked for: until then the last one may go on."""
        if self._cells is None:
            self._cells = align(self.raw, self.columns.names)
        return self._cells


class Table:
    """The action tables of a document while they are read line by line."""

    def __init__(self) -> None:
        """Begin outside any table, with the usual columns."""
        self.columns = USUAL
        self.is_open = False
        self.row: Row | None = None
        self._last_line = 0

    def close(self) -> None:
        """End the table, as a heading does; its columns stay known."""
        self.is_open = False
        self.row = None

    def take_heading(self, line: Line) -> bool:
        """Take a row of headings, also one repeated after a page break, and say whether it was one."""
        columns = columns_of(line.text.split("\t")) if line.has_cells else None
        if columns is None:
            return False
        self.columns = columns
        self.is_open = True
        return True

    def take_row(self, line: Line) -> Row | None:
        """Return a new row that begins on this line, or None; outside a table two cells make no row yet."""
        cells = line.text.split("\t")
        filled = [cell for cell in cells if cell.strip()]
        if len(filled) < (2 if self.is_open else 3):
            return None
        found = split_ref(cells, numbered=self.columns.numbered)
        if found is None and not self._is_unnumbered(cells, filled):
            return None
        ref, rest = found or self._without_number(cells)
        self.row = Row(ref, [line.number], self.columns, rest)
        self.is_open = True
        self._last_line = line.number
        return self.row

    def take_more(self, line: Line) -> bool:
        """Join a line without a number to the row above, and say whether it could be."""
        if self.row is None or not self.is_open:
            return False
        cells = line.text.split("\t")
        if self.row.is_incomplete and cells[0].strip() and line.number == self._last_line + 1:
            self.row.raw[-1:] = [f"{self.row.raw[-1] if self.row.raw else ''}\n{cells[0]}", *cells[1:]]
        elif line.has_cells:
            self._join(self.row, cells)
        else:
            return False
        self.row.lines.append(line.number)
        self.row.joined_lines.append(line.number)
        self._last_line = line.number
        return True

    def _is_unnumbered(self, cells: list[str], filled: list[str]) -> bool:
        """Say whether a row without a number is an action of its own: in a table without numbers, or a full row."""
        if not self.is_open or not cells[0].strip():
            return False
        return not self.columns.numbered or (len(filled) >= 3 and len(cells) >= self.columns.width)

    def _without_number(self, cells: list[str]) -> tuple[str, list[str]]:
        if self.columns.numbered and len(cells) > len(self.columns.names):
            label = cell_text(cells[0])
            return (label, cells[1:]) if len(label) <= _LONGEST_LABEL else ("", cells)
        return "", cells

    def _join(self, row: Row, cells: list[str]) -> None:
        """Join cell by cell: a new line where the row brings its own date, else as one text cut by a page break."""
        shift = 1 if row.columns.numbered and (len(cells) > len(row.columns.names) or not cells[0].strip()) else 0
        first = [] if shift and not cells[0].strip() else cells[:shift]
        more = cells[shift : shift + len(row.columns.names)]
        surplus = cells[shift + len(row.columns.names) :]
        padded = dict(zip(row.columns.names, more + [""] * len(row.columns.names), strict=False))
        brings_date = bool(padded.get(TARGET, "").strip())
        between = "\n" if brings_date else " "
        for name, cell in padded.items():
            if cell.strip():
                row.cells[name] = f"{row.cells[name]}{between}{cell}".strip() if row.cells[name].strip() else cell
        last = row.columns.names[-1]
        for cell in (*first, *surplus):
            if cell.strip():
                row.cells[last] = f"{row.cells[last]} {cell}".strip()
