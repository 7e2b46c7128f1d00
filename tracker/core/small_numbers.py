"""Small numbers in tables of counts: which are hidden so that nobody is known by them, and when a share may be given.

Counts of 1 to 5 are hidden, and of the others as many as keep the hidden ones from being worked out: by subtraction, or
because no other whole numbers would fit. What the numbers count is not known here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

MOST_HIDDEN = 5
FEWEST_FOR_SHARE = 10
FEWEST_FOR_TENTHS = 50

Place = tuple[int, int]
# Where cells meet that no sum ties together: a column without a total.
_OPEN_END = -1


@dataclass(frozen=True)
class Grid:
    """Counts with the sum of each row at its end and, where rows add up too, the sums of the columns in a last row."""

    cells: tuple[tuple[int, ...], ...]
    adds_down: bool

    def line_of(self, place: Place) -> list[list[Place]]:
        """Return the lines that a cell stands in, each with its sum in the last place."""
        row, column = place
        across = [(row, other) for other in range(len(self.cells[row]))]
        down = [(other, column) for other in range(len(self.cells))] if self.adds_down else []
        return [across, down] if down else [across]

    def value(self, place: Place) -> int:
        """Return a count."""
        return self.cells[place[0]][place[1]]

    def is_sum(self, place: Place) -> bool:
        """Say whether a cell is the sum of others."""
        return place[1] == len(self.cells[0]) - 1 or (self.adds_down and place[0] == len(self.cells) - 1)

    def __iter__(self) -> Iterator[Place]:
        """Go through every cell, sums included."""
        return ((row, column) for row, cells in enumerate(self.cells) for column in range(len(cells)))


def grid_of(rows: Sequence[Sequence[int]], *, adds_down: bool = False) -> Grid:
    """Return rows of counts with their sums; `adds_down` where the rows have nothing in common and add up as well."""
    across = [(*row, sum(row)) for row in rows]
    if adds_down and across:
        across.append(tuple(map(sum, zip(*across, strict=True))))
    return Grid(tuple(across), adds_down)


def without_small(
    rows: Sequence[Sequence[int]], *, adds_down: bool = False, also: Iterable[Place] = ()
) -> tuple[tuple[int | None, ...], ...]:
    """Return rows of counts with their sums as they may be shown, None where a count is hidden.

    Sums stay unless they are small themselves or nothing else is left to hide; nothing is ever hidden behind a zero.
    `also` are places that another table with the same numbers hides.
    """
    grid = grid_of(rows, adds_down=adds_down)
    hidden = {place for place in grid if 0 < grid.value(place) <= MOST_HIDDEN} | set(also)
    while weak := _weak_line(grid, hidden):
        hidden.add(min(weak, key=lambda one: (grid.is_sum(one), -_meets(grid, one, hidden), grid.value(one), one)))
    return tuple(
        tuple(None if (row, column) in hidden else cell for column, cell in enumerate(cells))
        for row, cells in enumerate(grid.cells)
    )


def shown_part(part: int, whole: int) -> tuple[int | None, int | None]:
    """Return a part and its whole as they may be shown: the part is hidden where it or the rest is small."""
    cells = without_small([(part, whole - part)])[0]
    return cells[0], cells[2]


def share(part: int, whole: int) -> str | None:
    """Return a part in per cent: none of fewer than ten, whole numbers of fewer than fifty, else with one decimal."""
    if whole < FEWEST_FOR_SHARE:
        return None
    if whole < FEWEST_FOR_TENTHS:
        return f"{(200 * part + whole) // (2 * whole)}%"
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}%"


def _meets(grid: Grid, place: Place, hidden: set[Place]) -> int:
    """Return in how many of its lines a cell would stand beside hidden ones: such a cell closes a round of them."""
    return sum(any(one in hidden for one in line) for line in grid.line_of(place))


def _weak_line(grid: Grid, hidden: set[Place]) -> list[Place]:
    """Return cells of which one more must be hidden; none when nothing that is hidden can be worked out.

    First come lines whose hidden cells are few together, then those with a single one, and last whatever could be no
    other number all the same.
    """
    lines = [line for place in sorted(hidden) for line in grid.line_of(place)]
    fixed = [line for place in sorted(hidden) if not _could_differ(grid, place, hidden) for line in grid.line_of(place)]
    weak = (
        *(line for line in lines if _gives_small_sum(grid, line, hidden)),
        *(line for line in lines if sum(one in hidden for one in line) == 1),
        *fixed,
    )
    left = ([one for one in line if one not in hidden and grid.value(one)] for line in weak)
    return next((shown for shown in left if shown), [])


def _gives_small_sum(grid: Grid, line: list[Place], hidden: set[Place]) -> bool:
    """Say whether a line shows what its hidden cells come to, and they come to a small number together."""
    *parts, whole = line
    return whole not in hidden and 0 < sum(grid.value(one) for one in parts if one in hidden) <= MOST_HIDDEN


def _could_differ(grid: Grid, place: Place, hidden: set[Place]) -> bool:
    """Say whether other counts, none of them below 1, would show the same table with another one in a cell.

    One more here is one less there: the change goes round along the hidden cells from row to column and back. A sum
    counts against its line, so that it changes the other way.
    """
    row, column = _ends(grid, place)
    return _leads(grid, hidden - {place}, column, row) or (
        grid.value(place) > 1 and _leads(grid, hidden - {place}, row, column)
    )


def _ends(grid: Grid, place: Place) -> tuple[Place, Place]:
    """Return the two lines that a cell ties together, in the direction in which one more of it goes."""
    row, column = place
    across, down = (0, row), (1, column if grid.adds_down else _OPEN_END)
    against = (column == len(grid.cells[0]) - 1) != (grid.adds_down and row == len(grid.cells) - 1)
    return (down, across) if against else (across, down)


def _leads(grid: Grid, ways: set[Place], start: Place, goal: Place) -> bool:
    """Say whether a change gets from one line to another along hidden cells."""
    steps: dict[Place, set[Place]] = {}
    for place in ways:
        one, other = _ends(grid, place)
        steps.setdefault(one, set()).add(other)
        if grid.value(place) > 1:
            steps.setdefault(other, set()).add(one)
    seen, ahead = {start}, [start]
    while ahead:
        new = steps.get(ahead.pop(), set()) - seen
        seen |= new
        ahead.extend(new)
    return goal in seen
