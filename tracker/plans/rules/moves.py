"""Who may decide that a milestone's date moves, and why: the programme office or the assurance body (domain A4, A9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.core.text import counted
from tracker.plans.rules.states import DateChangeKind

OFFICE_DAYS = 28
MOST_MOVES = 3
MOST_DAYS = 90
_LATER = frozenset({DateChangeKind.SLIP, DateChangeKind.TO_BE_CONFIRMED})


class MoveReason(StrEnum):
    """Why a date has moved, as plans say it again and again; the lead's own words stand beside it."""

    CAPACITY = "capacity"
    RECRUITMENT = "recruitment"
    PARTNER = "partner"
    DECISION = "decision"
    DEPENDENCY = "dependency"
    SYSTEMS = "systems"
    SCOPE = "scope"
    QUALITY = "quality"
    PLANNING = "planning"
    EXTERNAL = "external"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The reason as people choose it."""
        return _REASONS[self]

    @property
    def kind(self) -> str:
        """The kind of reason as it is told; none where the lead's own words alone tell it."""
        return "" if self is MoveReason.OTHER else self.words


_REASONS = {
    MoveReason.CAPACITY: "Not enough time or people",
    MoveReason.RECRUITMENT: "Posts are vacant or new in post",
    MoveReason.PARTNER: "A partner is late",
    MoveReason.DECISION: "A decision is awaited",
    MoveReason.DEPENDENCY: "Another action comes first",
    MoveReason.SYSTEMS: "A system, a supplier or a contract",
    MoveReason.SCOPE: "The work is larger than planned",
    MoveReason.QUALITY: "It was done and was not good enough",
    MoveReason.PLANNING: "The first date was not realistic",
    MoveReason.EXTERNAL: "Law, courts, inspection or an emergency",
    MoveReason.OTHER: "Something else",
}


@dataclass(frozen=True, slots=True)
class Move:
    """One change of a milestone's date; no day where there is no date."""

    kind: DateChangeKind
    from_due: date | None
    to_due: date | None


@dataclass(frozen=True, slots=True)
class Decider:
    """Whether a move goes to the assurance body, and why it goes where it goes, in words."""

    needs_body: bool
    because: str


def who_decides(move: Move, *, first_due: date | None, approved: Sequence[Move]) -> Decider:
    """Say who decides on a move, given the first date a milestone had and the moves approved before.

    The programme office alone may approve one move of up to 28 days of a milestone. More, a second one, and a date
    given up go to the body, as do three moves or 90 days in all, whatever the colour (domain A4, 7). A first date, a
    correction and an earlier date are the office's, until there are three moves.
    """
    if move.kind is DateChangeKind.CORRECTION or first_due is None:
        return Decider(needs_body=False, because="It is the first date, so the programme office decides")
    moves = [one for one in approved if one.kind is not DateChangeKind.CORRECTION and one.from_due is not None]
    number = len(moves) + 1
    if number >= MOST_MOVES:
        return _body(f"It would move for the {_ordinal(number)} time")
    days = (move.to_due - first_due).days if move.to_due is not None else 0
    if days >= MOST_DAYS:
        return _body(f"It would be {counted(days, 'day')} after its first date, and {MOST_DAYS} in all go there")
    if move.kind is DateChangeKind.PULL_IN:
        return Decider(needs_body=False, because="It is an earlier date, so the programme office decides")
    return _later(move, has_moved=any(one.kind in _LATER for one in moves))


def _later(move: Move, *, has_moved: bool) -> Decider:
    if move.to_due is None:
        return _body("The date would be given up")
    if has_moved:
        return _body("It has moved later before")
    days = (move.to_due - move.from_due).days if move.from_due is not None else 0
    if days > OFFICE_DAYS:
        return _body(f"It would move by {days} days, which is more than {OFFICE_DAYS}")
    moved = f"It is the first move, by {counted(days, 'day')}"
    return Decider(needs_body=False, because=f"{moved}, so the programme office decides")


def _body(because: str) -> Decider:
    return Decider(needs_body=True, because=f"{because}, so the assurance body decides")


def _ordinal(number: int) -> str:
    words = {3: "third", 4: "fourth", 5: "fifth", 6: "sixth"}
    return words.get(number, f"{number}th")
