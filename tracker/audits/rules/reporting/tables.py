"""What a report is made of: whose audits, tables of counts, parts and working days; how they are shown is not here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.audits.rules.vocabulary import Category, Mode, Selection

Lines = tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Wanted:
    """The audits that a report tells of: of a stretch of days, both included, or of one round, narrowed by filters.

    `counts_too` is how the files of that round were chosen: they count among themselves, however that was.
    """

    since: date
    until: date
    team: int | None = None
    category: Category | None = None
    tool: int | None = None
    mode: Mode | None = None
    round_id: int | None = None
    counts_too: Selection | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether it is of a part of what was audited, so that what was planned for the whole is no measure of it."""
        return any(one is not None for one in (self.team, self.category, self.tool, self.mode))


@dataclass(frozen=True)
class Ratio:
    """A column with the share that some columns are of some columns, by their places."""

    title: str
    part: frozenset[int]
    whole: frozenset[int]


@dataclass(frozen=True)
class Counts:
    """Lines of counts that add up across; with `adds_down` the lines have nothing in common and add up as well.

    Tables of one `family` count the same things, each by something else, so that their sums are the same numbers.
    `within` is the family and the column of it that lines come to by themselves. Of lines that are teams, outsiders see
    only those with ten or more by themselves; `inside` is not for them at all.
    """

    title: str
    head: str
    columns: tuple[str, ...]
    lines: Lines
    total: str = "All"
    adds_down: bool = True
    family: str = ""
    within: tuple[str, int] | None = None
    ratio: Ratio | None = None
    is_of_teams: bool = False
    inside: bool = False


@dataclass(frozen=True)
class Parts:
    """Lines that are each a part of a whole of its own, or of the sum of the column of a family that `within` says."""

    title: str
    head: str
    lines: tuple[tuple[str, int, int], ...]
    within: tuple[str, int] | None = None
    inside: bool = False


@dataclass(frozen=True)
class Days:
    """Lines of working days that each of some things took, with the limit that each line has."""

    title: str
    head: str
    lines: tuple[tuple[str, tuple[int, ...], int], ...]
    inside: bool = False


Figures = Counts | Parts | Days


@dataclass(frozen=True)
class Report:
    """A report before anybody reads it: its tables, and what they rest on.

    The noun is what the sums of the first table count, as a sentence above the tables names it; nothing where there are
    none.
    """

    name: str
    title: str
    noun: str
    tables: tuple[Figures, ...]
    notes: tuple[str, ...] = ()


def counted_selections(wanted: Wanted) -> tuple[Selection, ...]:
    """Return how files may have been chosen whose audits count (domain A8)."""
    at_random = (Selection.RANDOM, Selection.STRATIFIED)
    return at_random if wanted.counts_too is None else (*at_random, wanted.counts_too)


def lines_of(counted: Iterable[tuple[str, int, int]], columns: int, names: Iterable[str] = ()) -> Lines:
    """Return lines of counts from (name of the line, place of the column, number).

    The lines come in the order of `names`, all of them there; without, by their names.
    """
    held: dict[str, list[int]] = {name: [0] * columns for name in names}
    is_ordered = bool(held)
    for name, place, number in counted:
        held.setdefault(name, [0] * columns)[place] += number
    return tuple((name, tuple(held[name])) for name in (held if is_ordered else sorted(held)))
