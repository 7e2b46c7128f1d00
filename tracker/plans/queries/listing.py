"""Choosing and ordering actions for the table of all actions; they were loaded before, so nothing is asked here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from tracker.people.rules import PartyKind
from tracker.plans.queries.standing import Standing
from tracker.plans.rules.changes import Group, Movement
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.recurrence import month_end
from tracker.plans.rules.strip import Step, pressing_step
from tracker.plans.rules.vocabulary import ActionKind

_LAST_DAY = date.max


class Due(StrEnum):
    """When something of an action is due (ux 8.5)."""

    OVERDUE = "overdue"
    NEXT_30 = "next30"
    QUARTER = "quarter"
    NO_DATE = "tbc"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader filters by; nothing given means everything. Areas by number, lead parties by id."""

    rag: Rag | None = None
    area: int | None = None
    lead: int | None = None
    due: Due | None = None
    changed: bool = False
    not_updated: bool = False
    placeholder: bool = False
    partner: bool = False
    overridden: bool = False


def chosen(actions: Iterable[Standing], wanted: Wanted, *, area_ids: Mapping[int, int]) -> list[Standing]:
    """Return the actions that a reader wants, in plan order; `area_ids` holds the ids of areas by number."""
    return [action for action in actions if _is_wanted(action, wanted, area_ids)]


def _is_wanted(action: Standing, wanted: Wanted, area_ids: Mapping[int, int]) -> bool:
    kinds = {lead.kind for lead in action.row.leads}
    tests: tuple[tuple[bool, Callable[[], bool]], ...] = (
        (wanted.rag is not None, lambda: action.rag is wanted.rag),
        (wanted.area is not None, lambda: action.row.area_id == area_ids.get(wanted.area or 0)),
        (wanted.lead is not None, lambda: wanted.lead in {lead.id for lead in action.row.leads}),
        (wanted.due is not None, lambda: wanted.due is not None and is_due(action, wanted.due)),
        (wanted.changed, lambda: action.movement is not Movement.UNCHANGED),
        (wanted.not_updated, lambda: is_not_updated(action)),
        (wanted.placeholder, lambda: action.row.kind is ActionKind.PLACEHOLDER),
        (wanted.overridden, lambda: is_overridden(action)),
        (wanted.partner, lambda: PartyKind.PARTNER in kinds),
    )
    return all(test() for is_asked, test in tests if is_asked)


def is_due(action: Standing, due: Due) -> bool:
    """Say whether an open milestone of a live action is due so, as seen on the day of the standing."""
    if action.rag is not None and action.rag.is_closed:
        return False
    if due is Due.NO_DATE and not action.steps:
        return True
    return any(_step_is_due(step, due, action.day) for step in action.steps if step.is_open)


def is_overridden(action: Standing) -> bool:
    """Say whether an approved override makes the rating of an action better than its dates say."""
    return action.outlook is not None and action.outlook.is_overridden_on(action.day)


def is_not_updated(action: Standing) -> bool:
    """Say whether a live action has had no update since the day compared with, as the list of changes says it."""
    return action.change is not None and action.change.is_in(Group.NOT_UPDATED)


def due_step(action: Standing) -> Step | None:
    """Return the milestone by which an action is sorted: overdue first, then the next, then one without a date."""
    return pressing_step(action.steps, action.day)


def _step_is_due(step: Step, due: Due, day: date) -> bool:
    if step.due is None:
        return due is Due.NO_DATE
    if due is Due.OVERDUE:
        return step.due < day
    last = day + timedelta(days=30) if due is Due.NEXT_30 else _end_of_quarter(day)
    return due in {Due.NEXT_30, Due.QUARTER} and day <= step.due <= last


def _end_of_quarter(day: date) -> date:
    return month_end(day.year, (day.month - 1) // 3 * 3 + 3)


def _due_key(action: Standing) -> Any:
    step = due_step(action)
    return step.due if step is not None and step.due is not None else _LAST_DAY


SORTS: Mapping[str, Callable[[Standing], Any]] = {
    "action": lambda action: action.row.title.casefold(),
    "lead": lambda action: (action.row.lead or "\uffff").casefold(),
    "rag": lambda action: action.rag.concern if action.rag else 9,
    "due": _due_key,
    "update": lambda action: action.last_update.effective_on if action.last_update else date.min,
}


def ordered(actions: list[Standing], *, by: str, descending: bool) -> list[Standing]:
    """Return actions by a column, those that are alike in plan order; by an unknown column in plan order."""
    if by not in SORTS:
        return actions[::-1] if descending else actions
    return sorted(actions, key=SORTS[by], reverse=descending)
