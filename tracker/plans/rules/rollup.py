"""How the ratings of actions make the rating of an area, and areas that of the plan; no action is rated here."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.plans.rules.rag import Rag

_QUARTER = 4


@dataclass(frozen=True, slots=True)
class Rated:
    """An action with its effective rating; `red_in_last_packs` says that the last two frozen packs reported it red."""

    rag: Rag
    is_placeholder: bool = False
    red_in_last_packs: bool = False


@dataclass(frozen=True, slots=True)
class Rollup:
    """A rating with what stands behind it.

    `counts` holds every action by its code, in the order R A G N C E X. `placeholders` says how many of the live ones
    are placeholders, to be printed apart.
    """

    rag: Rag
    counts: Mapping[Rag, int]
    placeholders: int

    @property
    def total(self) -> int:
        """All actions, withdrawn ones left out as they are not counted (domain A0)."""
        return sum(number for code, number in self.counts.items() if code is not Rag.WITHDRAWN)


def area_rollup(actions: Iterable[Rated], *, priority: bool) -> Rollup:
    """Rate an area by its live actions (domain A7).

    Placeholders are left out of the shares, except a red one. An area that holds no action at all is not scheduled.
    """
    rows = tuple(actions)
    found = Counter(row.rag for row in rows)
    live = tuple(row for row in rows if not row.rag.is_closed)
    shares = [row.rag for row in live if not row.is_placeholder or row.rag is Rag.RED]
    is_red = any(row.red_in_last_packs for row in live) or (priority and any(row.rag is Rag.RED for row in live))
    return Rollup(
        rag=_rated(list(found), shares, is_red=is_red),
        counts={code: found[code] for code in Rag},
        placeholders=sum(row.is_placeholder for row in live),
    )


def plan_rollup(areas: Iterable[tuple[Rollup, bool]]) -> Rollup:
    """Rate a plan by its areas, each with whether it is a priority, by the same rule (domain A7).

    One red priority area makes the plan red. The counts are those of the actions of all areas.
    """
    rows = tuple(areas)
    codes = [area.rag for area, _ in rows]
    return Rollup(
        rag=_rated(codes, codes, is_red=any(priority and area.rag is Rag.RED for area, priority in rows)),
        counts={code: sum(area.counts[code] for area, _ in rows) for code in Rag},
        placeholders=sum(area.placeholders for area, _ in rows),
    )


def _rated(codes: list[Rag], shares: list[Rag], *, is_red: bool) -> Rag:
    """Give the rating of a group in the order of the rule; `is_red` says that one red alone settles it."""
    live = {code for code in codes if not code.is_closed}
    if not live:
        return _closed(codes)
    if live == {Rag.NOT_SCHEDULED}:
        return Rag.NOT_SCHEDULED
    if is_red or _is_a_quarter(shares, Rag.RED):
        return Rag.RED
    if live & {Rag.RED, Rag.AMBER} or _is_a_quarter(shares, Rag.NOT_SCHEDULED):
        return Rag.AMBER
    return Rag.GREEN


def _closed(codes: list[Rag]) -> Rag:
    """Rate a group without live work: embedded if all that counts is, complete otherwise, grey if there is nothing."""
    if not codes:
        return Rag.NOT_SCHEDULED
    return Rag.EMBEDDED if {code for code in codes if code is not Rag.WITHDRAWN} == {Rag.EMBEDDED} else Rag.COMPLETE


def _is_a_quarter(shares: list[Rag], code: Rag) -> bool:
    """Whether a quarter or more of those that count have the code; in whole numbers, so that a quarter is a quarter."""
    return bool(shares) and _QUARTER * shares.count(code) >= len(shares)
