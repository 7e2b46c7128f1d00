"""The counts at the head of a plan: its tiles, and the chips that choose what is compared and shown."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from tracker.core.text import counted
from tracker.plans.queries.listing import Due, is_due, is_not_updated, is_overridden
from tracker.plans.rules.changes import Movement
from tracker.plans.rules.rag import Rag
from tracker.web.chips import Chip
from tracker.web.plans.reading import Reading

_TILES = (Rag.RED, Rag.AMBER, Rag.GREEN, Rag.COMPLETE, Rag.EMBEDDED, Rag.NOT_SCHEDULED, Rag.WITHDRAWN)
_ONLY_WHEN_ANY = frozenset({Rag.EMBEDDED, Rag.WITHDRAWN})
_WORSE_WHEN_MORE = frozenset({Rag.RED, Rag.AMBER, Rag.NOT_SCHEDULED})


@dataclass(frozen=True)
class Tile:
    """How many actions have a code now, out of how many that count, and how many had it then.

    There is no total for withdrawn ones: the total leaves them out.
    """

    code: str
    count: int
    total: int | None
    was: int | None
    change: str
    is_worse: bool
    url: str


def counts_of(reading: Reading) -> str:
    """Say how many areas, actions and milestones a plan has."""
    milestones = sum(len(action.steps) for action in reading.found.actions)
    parts = [
        counted(len(reading.plan.areas), "area"),
        counted(total_of(reading), "action"),
        counted(milestones, "milestone"),
    ]
    return " · ".join(parts)


def total_of(reading: Reading) -> int:
    """Return how many actions count: withdrawn ones do not (domain A0)."""
    return sum(action.rag is not Rag.WITHDRAWN for action in reading.found.actions)


def comparison_chips(reading: Reading, to: str = "plans.plan_show", **address: Any) -> tuple[Chip, ...]:
    """Return the days that a page may compare with, as links to it."""
    comparison = reading.comparison
    if comparison is None:
        return ()
    known = list(comparison.choices)
    if comparison.chosen not in known:
        known.append(comparison.chosen)
    return tuple(
        Chip(
            choice.words[:1].upper() + choice.words[1:],
            url_for(to, slug=reading.plan.slug, since=choice.key, **address),
            current=choice == comparison.chosen,
        )
        for choice in known
    )


def show_chips(reading: Reading) -> tuple[Chip, ...]:
    """Return the lists of actions that readers ask for most, with their counts."""
    actions = reading.found.actions
    changed = sum(action.movement is not Movement.UNCHANGED for action in actions)
    overdue = sum(is_due(action, Due.OVERDUE) for action in actions)
    silent = sum(is_not_updated(action) for action in actions)
    overridden = sum(is_overridden(action) for action in actions)
    wanted: tuple[tuple[str, dict[str, Any]], ...] = (
        ("All actions", {}),
        (f"Changed only ({changed})", {"changed": "yes"}),
        (f"Overdue ({overdue})", {"due": Due.OVERDUE.value}),
        (f"{_silent_words(reading)} ({silent})", {"updated": "no"}),
        *(((f"Rated by an override ({overridden})", {"override": "yes"}),) if overridden else ()),
    )
    return tuple(
        Chip(label, url_for("plans.action_index", slug=reading.plan.slug, **reading.address, **query))
        for label, query in wanted
    )


def _silent_words(reading: Reading) -> str:
    is_meeting = reading.comparison is not None and "meeting" in reading.comparison.chosen.key
    return "Not updated since the meeting" if is_meeting else "Not updated since then"


def tiles_of(reading: Reading) -> tuple[Tile, ...]:
    """Return a tile for each code; embedded and withdrawn ones only when there are any."""
    actions = reading.found.actions
    now = {code: sum(action.rag is code for action in actions) for code in _TILES}
    then = {code: sum(action.was is code for action in actions) for code in _TILES}
    shown = [code for code in _TILES if code not in _ONLY_WHEN_ANY or now[code] or then[code]]
    return tuple(
        Tile(
            code=code.value,
            count=now[code],
            total=total_of(reading) if code is not Rag.WITHDRAWN else None,
            was=then[code] if reading.since else None,
            change=_change_words(now[code] - then[code]),
            is_worse=_is_worse(code, now[code] - then[code]),
            url=url_for("plans.action_index", slug=reading.plan.slug, rag=code.value, **reading.address),
        )
        for code in shown
    )


def _change_words(change: int) -> str:
    if change == 0:
        return "no change"
    return f"up {change}" if change > 0 else f"down {-change}"


def _is_worse(code: Rag, change: int) -> bool:
    return (change > 0 and code in _WORSE_WHEN_MORE) or (change < 0 and code is Rag.GREEN)
