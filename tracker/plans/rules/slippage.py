"""How far dates slipped from the first ones, how often, and for which reasons; which dates there are is not here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.core.text import how_often, one_line

NO_REASON = "No reason given"


@dataclass(frozen=True, slots=True)
class Move:
    """An approved move of a known date; nothing stands for a date that is to be confirmed from then on."""

    was: date
    to: date | None
    decided_on: date
    because: str = ""
    # What kind of reason it is, in words; none where nobody was asked.
    kind: str = ""

    @property
    def days(self) -> int:
        """Calendar days later by this move, below zero if earlier; none when no date followed."""
        return 0 if self.to is None else (self.to - self.was).days


@dataclass(frozen=True, slots=True)
class Slip:
    """How one milestone slipped: its first date, the one now, and every move between (domain A4, 7).

    `first_shown` and `now_shown` are how these dates were given: a month is not made a day.
    """

    milestone: str
    first: date
    now: date | None
    moves: tuple[Move, ...]
    first_shown: str = ""
    now_shown: str = ""

    @property
    def times(self) -> int:
        """How often it was moved."""
        return len(self.moves)

    @property
    def often(self) -> str:
        """How often it was moved, in words."""
        return how_often(self.times)

    @property
    def days(self) -> int | None:
        """Calendar days from the first date to the one now, below zero if earlier; nothing without a date now."""
        return None if self.now is None else (self.now - self.first).days


@dataclass(frozen=True, slots=True)
class Slipped:
    """Several slips as one: how often anything was moved, and by how many days the milestone that moved most."""

    times: int
    days: int | None

    @property
    def weight(self) -> tuple[int, int]:
        """A number to sort by, what slipped most first; a lost date weighs as no day."""
        return -(self.days or 0), -self.times


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """How many moves were made for one reason, and by how many days later in all."""

    reason: str
    moves: int
    days: int


def slip_of(milestone: str, moves: Sequence[Move], *, now: date | None) -> Slip | None:
    """Return how a milestone slipped, nothing when its date never moved; the moves stand in their order.

    A first date that is given to a milestone without one is no move.
    """
    return Slip(milestone, moves[0].was, now, tuple(moves)) if moves else None


def slipped(slips: Iterable[Slip]) -> Slipped:
    """Take the slips of an action, or of all actions of a lead, as one.

    Days are those of the milestone that moved most: two that moved together did not move twice as far.
    """
    known = tuple(slips)
    return Slipped(
        times=sum(slip.times for slip in known),
        days=max((slip.days for slip in known if slip.days is not None), default=None),
    )


def reasons_for(moves: Iterable[Move]) -> tuple[ReasonCount, ...]:
    """Count moves by the kind of their reason, else by its words in any letters, the most frequent first."""
    found: dict[str, list[Move]] = {}
    for move in moves:
        found.setdefault(_reason(move).casefold(), []).append(move)
    counts = (
        ReasonCount(_reason(group[0]) or NO_REASON, len(group), sum(move.days for move in group))
        for group in found.values()
    )
    return tuple(sorted(counts, key=lambda count: (-count.moves, -count.days, count.reason.casefold())))


def _reason(move: Move) -> str:
    return move.kind or one_line(move.because)
