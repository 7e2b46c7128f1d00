"""How the tables of a report are shown, to a screen and into files alike.

Everything that leaves a report has gone through `shown_tables`: it is the one place where the small-number rules of
domain A8 apply to readers outside quality assurance.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from tracker.audits.rules.reporting.tables import Counts, Days, Figures, Lines, Parts, Ratio
from tracker.core.small_numbers import FEWEST_FOR_SHARE, Place, share, shown_part, without_small

HIDDEN = "c"
TOO_FEW = "Too few"
Cell = str | int
Shown = tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True)
class ShownTable:
    """A table as a reader gets it; a hidden count is the letter c."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    is_empty: bool = False
    total: str = ""


def shown_tables(figures: Sequence[Figures], *, whole: bool) -> tuple[ShownTable, ...]:
    """Return tables as they are shown: `whole` within quality assurance, else without small numbers (domain A8)."""
    if whole:
        return tuple(_shown(one, _full(one) if isinstance(one, Counts) else ((),), whole=True) for one in figures)
    outside = [_pooled(one) if isinstance(one, Counts) else one for one in figures if not one.inside]
    cells, hidden = _without_small([one for one in outside if isinstance(one, Counts)])
    shown = []
    for one in outside:
        is_told = isinstance(one, Parts) and _is_hidden(one.within, hidden)
        shown.append(_hidden_parts(one) if is_told else _shown(one, cells.get(one.title, ()), whole=False))
    return tuple(shown)


def _is_hidden(within: tuple[str, int] | None, hidden: dict[str, set[int]]) -> bool:
    return within is not None and within[1] in hidden.get(within[0], set())


def _shown(figures: Figures, cells: Shown, *, whole: bool) -> ShownTable:
    if isinstance(figures, Counts):
        return _shown_counts(figures, cells, whole=whole)
    return _shown_parts(figures, whole=whole) if isinstance(figures, Parts) else _shown_days(figures, whole=whole)


def _full(counts: Counts) -> Shown:
    across = tuple((*cells, sum(cells)) for _, cells in counts.lines)
    return (*across, _sum(across)) if counts.adds_down and across else across


def _without_small(tables: Sequence[Counts]) -> tuple[dict[str, Shown], dict[str, set[int]]]:
    """Return by title the cells of each table, and by family which of the sums are hidden.

    What one table of a family hides among the sums is hidden in the others too, until all of them agree: two tables
    that each kept another sum would tell both.
    """
    hidden: dict[str, set[int]] = {one.family: set() for one in tables if one.family}
    while True:
        before = {family: set(places) for family, places in hidden.items()}
        cells = {one.title: _counts_without_small(one, hidden) for one in tables}
        if before == hidden:
            return cells, hidden


def _counts_without_small(counts: Counts, hidden: dict[str, set[int]]) -> Shown:
    sums = len(counts.lines) if counts.adds_down else 0
    also: list[Place] = [(sums, place) for place in hidden.get(counts.family, ())] if counts.lines else []
    if _is_hidden(counts.within, hidden):
        also += [(line, len(counts.columns)) for line, (_, cells) in enumerate(counts.lines) if any(cells)]
    shown = without_small([cells for _, cells in counts.lines], adds_down=counts.adds_down, also=also)
    if counts.family and shown:
        hidden[counts.family] |= {place for place, cell in enumerate(shown[sums]) if cell is None}
    return shown


def _shown_counts(counts: Counts, cells: Shown, *, whole: bool) -> ShownTable:
    names = [name for name, _ in counts.lines]
    if counts.adds_down and len(names) > 1:
        names.append(counts.total)
    ratio = counts.ratio
    # A single column is its own sum.
    last = len(counts.columns) + (len(counts.columns) > 1)
    header = (counts.head, *(*counts.columns, counts.total)[:last], *((ratio.title,) if ratio else ()))
    rows = tuple(
        (name, *map(_cell, row[:last]), *((_ratio(row, ratio, whole=whole),) if ratio else ()))
        for name, row in zip(names, cells, strict=False)
    )
    is_empty = not any(any(row) for _, row in counts.lines)
    return ShownTable(counts.title, header, rows, is_empty=is_empty, total=counts.total)


def _cell(count: int | None) -> Cell:
    return HIDDEN if count is None else count


def _ratio(row: Sequence[int | None], ratio: Ratio, *, whole: bool) -> str:
    """Return the share of a line; where one of its counts is hidden it is too, as it would tell it."""
    of = {place: row[place] for place in ratio.whole}
    if None in of.values():
        return HIDDEN
    return _share(sum(of[place] or 0 for place in ratio.part), sum(one or 0 for one in of.values()), whole=whole)


def _share(part: int, of: int, *, whole: bool) -> str:
    found = share(part, of)
    return found or (f"{part} of {of}" if whole and of else TOO_FEW)


def _pooled(counts: Counts) -> Counts:
    """Put teams with fewer than ten together, and as many more as it takes to have two teams and ten (domain A8)."""
    by_size = sorted(counts.lines, key=lambda line: (sum(line[1]), line[0]))
    small = [line for line in by_size if sum(line[1]) < FEWEST_FOR_SHARE]
    if not (counts.is_of_teams and small):
        return counts
    rest = by_size[len(small) :]
    while rest and (len(small) < 2 or sum(sum(cells) for _, cells in small) < FEWEST_FOR_SHARE):
        small.append(rest.pop(0))
    kept: Lines = tuple(line for line in counts.lines if line in rest)
    name = "Other teams together" if kept else "All teams together"
    return replace(counts, lines=(*kept, (name, _sum(cells for _, cells in small))))


def _sum(rows: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*rows, strict=True)))


def _shown_parts(parts: Parts, *, whole: bool) -> ShownTable:
    rows: list[tuple[Cell, ...]] = []
    for name, part, of in parts.lines:
        shown = (part, of) if whole else shown_part(part, of)
        ratio = HIDDEN if None in shown else _share(part, of, whole=whole)
        rows.append((name, _cell(shown[0]), _cell(shown[1]), ratio))
    return ShownTable(parts.title, _parts_header(parts), tuple(rows), is_empty=not any(of for _, _, of in parts.lines))


def _hidden_parts(parts: Figures) -> ShownTable:
    """Return parts of a whole that is hidden where it stands among other sums."""
    rows = tuple((line[0], HIDDEN, HIDDEN, HIDDEN) for line in parts.lines)
    return ShownTable(parts.title, _parts_header(parts), rows)


def _parts_header(parts: Figures) -> tuple[str, ...]:
    return (parts.head, "Number", "Of", "Share")


def _shown_days(days: Days, *, whole: bool) -> ShownTable:
    """Return how many, the median and what kept to the limit.

    Outsiders see neither number, which other tables hide: a median and a share, from ten on.
    """
    tell = _days_inside if whole else _days_outside
    rows = tuple((name, *tell(took, sum(1 for one in took if one <= limit)), limit) for name, took, limit in days.lines)
    header = (days.head, "Number", "Half took, working days", "In time", "Days allowed")
    return ShownTable(days.title, header, rows, is_empty=not any(took for _, took, _ in days.lines))


def _days_inside(took: Sequence[int], in_time: int) -> tuple[Cell, Cell, Cell]:
    return len(took), f"{median(took):g}" if took else TOO_FEW, in_time


def _days_outside(took: Sequence[int], in_time: int) -> tuple[Cell, Cell, Cell]:
    if len(took) < FEWEST_FOR_SHARE:
        return TOO_FEW, TOO_FEW, TOO_FEW
    kept = share(in_time, len(took)) if shown_part(in_time, len(took))[0] is not None else None
    return f"{FEWEST_FOR_SHARE} or more", f"{median(took):g}", kept or HIDDEN
