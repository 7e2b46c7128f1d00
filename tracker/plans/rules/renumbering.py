"""The numbers of a plan's areas and actions: what they become when they are given anew, and where a number leads."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

_TYPED = re.compile(r"([0-9]{1,6})(?:\.([0-9]{1,6}))?")
_PARTS = re.compile(r"([A-Za-z]*)([0-9]+)(?:\.([0-9]+))?.*")


@dataclass(frozen=True, slots=True)
class NumberedAction:
    """An action with the number it has."""

    id: int
    number: str


@dataclass(frozen=True, slots=True)
class NumberedArea:
    """An area with the number it has and its actions in plan order."""

    id: int
    number: int
    actions: tuple[NumberedAction, ...] = ()


@dataclass(frozen=True, slots=True)
class Renumbering:
    """One thing that gets another number: an area, or an action."""

    id: int
    is_area: bool
    old: str
    new: str


Areas = tuple[NumberedArea, ...]


class NoPlaceError(Exception):
    """There is no such place in the plan; the sentence says so."""


def renumberings(areas: Areas) -> tuple[Renumbering, ...]:
    """Return what gets another number when a plan is numbered through in the order given, areas before their actions.

    Areas count from 1. Actions count within their area, "2.1", where the plan's actions have such numbers; else they
    count through the whole plan with the letters of the first, "A1". No number is given twice, and a plan that is
    numbered through already changes nothing.
    """
    found = []
    running, letters = 0, "" if counts_within_areas(areas) else _letters(areas)
    for place, area in enumerate(areas, start=1):
        if area.number != place:
            found.append(Renumbering(area.id, is_area=True, old=str(area.number), new=str(place)))
        for within, action in enumerate(area.actions, start=1):
            running += 1
            number = f"{place}.{within}" if counts_within_areas(areas) else f"{letters}{running}"
            if action.number != number:
                found.append(Renumbering(action.id, is_area=False, old=action.number, new=number))
    return tuple(found)


def counts_within_areas(areas: Areas) -> bool:
    """Say whether the plan numbers actions within areas: as most of its actions are, and as an empty plan begins."""
    numbers = [action.number for area in areas for action in area.actions]
    return 2 * sum("." in number for number in numbers) >= len(numbers)


def free_number(areas: Areas, area_id: int, used: Iterable[str] = ()) -> str:
    """Return the number of an action that is added at the end of an area: the next that none has, or had (`used`)."""
    area = next(area for area in areas if area.id == area_id)
    taken = {number.casefold() for number in (*used, *(action.number for one in areas for action in one.actions))}
    within = counts_within_areas(areas)
    start = f"{area.number}." if within else _letters(areas)
    counted = [_last_part(action.number) for one in ((area,) if within else areas) for action in one.actions]
    number = max(counted, default=0) + 1
    while f"{start}{number}".casefold() in taken:
        number += 1
    return f"{start}{number}"


def area_moved(areas: Areas, number: int, to: int) -> Areas:
    """Return the areas with one of them at another place, counted from 1; raises `NoPlaceError` for no such place."""
    order = list(areas)
    moving = next((area for area in order if area.number == number), None)
    if moving is None or not 1 <= to <= len(order):
        raise NoPlaceError(f"Enter a place from 1 to {len(order)}")
    order.remove(moving)
    order.insert(to - 1, moving)
    return tuple(order)


def action_moved(areas: Areas, action_id: int, to: str) -> Areas:
    """Return the areas with an action in the place of another, which is named by its number.

    The others close up; it may go to another area. A number after the last of an area, or the area's own number, means
    its end. Raises `NoPlaceError` for a number that is no place.
    """
    area_id, index = _place(areas, action_id, to.strip())
    moving = next(action for area in areas for action in area.actions if action.id == action_id)
    return tuple(_with(_without(area, action_id), moving, index if area.id == area_id else None) for area in areas)


def action_shifted(areas: Areas, action_id: int, by: int) -> Areas:
    """Return the areas with an action one place up (-1) or down (1) in its area; `NoPlaceError` beyond its ends."""
    area = next(area for area in areas if any(action.id == action_id for action in area.actions))
    index = [action.id for action in area.actions].index(action_id)
    if not 0 <= index + by < len(area.actions):
        end = "first" if by < 0 else "last"
        raise NoPlaceError(f"{area.actions[index].number} is the {end} of area {area.number} already")
    shifted = _with(_without(area, action_id), area.actions[index], index + by)
    return tuple(shifted if one.id == area.id else one for one in areas)


def in_safe_order(changes: Sequence[Renumbering]) -> tuple[tuple[Renumbering, bool], ...]:
    """Return the order in which numbers can be given so that at no moment two things have the same.

    Each step is a change and whether its thing only steps aside for now, because others wait in a ring for its number.
    """
    waiting, steps = {change.old: change for change in changes}, []
    while waiting:
        free = next((change for change in waiting.values() if change.new not in waiting), None)
        if free is None:
            aside = next(iter(waiting.values()))
            steps.append((aside, True))
            waiting[f"aside {aside.id}"] = waiting.pop(aside.old)
            continue
        steps.append((free, False))
        waiting = {key: change for key, change in waiting.items() if change is not free}
    return tuple(steps)


def _place(areas: Areas, action_id: int, to: str) -> tuple[int, int]:
    for area in areas:
        others = len([action for action in area.actions if action.id != action_id])
        for index, action in enumerate(area.actions):
            if action.number.casefold() == to.casefold():
                return area.id, min(index, others)
    ending = _area_ending(areas, to)
    if ending is None:
        raise NoPlaceError(f"There is no {to or 'such number'} in this plan. Enter the number whose place it takes")
    return ending.id, len([action for action in ending.actions if action.id != action_id])


def _area_ending(areas: Areas, to: str) -> NumberedArea | None:
    """Return the area that a number names, itself or by a number after its last action."""
    parts = _TYPED.fullmatch(to)
    if parts is None or not counts_within_areas(areas):
        return None
    area = next((area for area in areas if area.number == int(parts[1])), None)
    last = max((_last_part(action.number) for action in area.actions), default=0) if area is not None else 0
    return area if parts[2] is None or int(parts[2]) > last else None


def _without(area: NumberedArea, action_id: int) -> NumberedArea:
    return replace(area, actions=tuple(action for action in area.actions if action.id != action_id))


def _with(area: NumberedArea, action: NumberedAction, index: int | None) -> NumberedArea:
    if index is None:
        return area
    return replace(area, actions=(*area.actions[:index], action, *area.actions[index:]))


def _letters(areas: Areas) -> str:
    first = next((action.number for area in areas for action in area.actions), "")
    parts = _PARTS.fullmatch(first)
    return parts[1] if parts else ""


def _last_part(number: str) -> int:
    parts = _PARTS.fullmatch(number)
    return int(parts[3] or parts[2]) if parts else 0
