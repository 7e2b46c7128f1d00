"""How much each lead of a plan carries, from actions that were loaded before; nothing is asked here."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from tracker.people.rules import has_left
from tracker.plans.queries.standing import Standing
from tracker.plans.queries.timeline import LeadRow
from tracker.plans.queries.window import UpdateWindow
from tracker.plans.rules.rag import Rag


@dataclass
class LeadLoad:
    """What a lead answers for as the first named, counted over live actions, and with how many others they help."""

    lead: LeadRow | None
    is_linked: bool
    actions: int = 0
    helps: int = 0
    due: int = 0
    red: int = 0
    overdue: int = 0
    last_update_on: date | None = None
    refs: list[str] = field(default_factory=list)

    def has_left(self, today: date) -> bool:
        """Whether the lead is gone on a day."""
        return self.lead is not None and has_left(self.lead.left_on, today)


def loads_of(actions: Iterable[Standing], window: UpdateWindow, *, linked: Collection[int]) -> list[LeadLoad]:
    """Return a row a lead, those with the most red first, then the most overdue; actions without a lead stand last."""
    found: dict[int | None, LeadLoad] = {}
    for action in actions:
        if action.rag is not None and action.rag.is_closed:
            continue
        first, *others = action.row.leads or (None,)
        _add(_of(found, first, linked), action, window)
        for other in others:
            _of(found, other, linked).helps += 1
    return sorted(found.values(), key=_weight)


def _of(found: dict[int | None, LeadLoad], lead: LeadRow | None, linked: Collection[int]) -> LeadLoad:
    key = lead.id if lead is not None else None
    return found.setdefault(key, LeadLoad(lead, is_linked=key in linked))


def _add(load: LeadLoad, action: Standing, window: UpdateWindow) -> None:
    updated_on = action.last_update.effective_on if action.last_update is not None else None
    load.actions += 1
    load.due += window.is_due(updated_on)
    load.red += action.rag is Rag.RED
    load.overdue += action.overdue > 0
    load.last_update_on = max(filter(None, (load.last_update_on, updated_on)), default=None)
    load.refs.append(action.row.ref)


def _weight(load: LeadLoad) -> tuple[bool, int, int, int, str]:
    name = load.lead.name.casefold() if load.lead is not None else ""
    return load.lead is None, -load.red, -load.overdue, -load.actions, name
