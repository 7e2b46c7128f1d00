"""Whether an area is a priority, out of what inspectors called its items and what the office set (domain A7)."""

from collections.abc import Iterable

from tracker.plans.rules.states import ItemClass

_PRIORITY = frozenset({ItemClass.PRIORITY_ACTION, ItemClass.PRIORITY_AND_IMMEDIATE_ACTION})


def is_priority(set_by_office: bool | None, classes: Iterable[ItemClass]) -> bool:
    """Say whether an area counts as a priority; the office's word goes first, and unknown counts as no."""
    return set_by_office if set_by_office is not None else any(item in _PRIORITY for item in classes)
