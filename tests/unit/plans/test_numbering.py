"""The numbers of a plan: given anew in its order, moved, and never twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.plans.rules.renumbering import (
    Areas,
    NoPlaceError,
    NumberedAction,
    NumberedArea,
    Renumbering,
    action_moved,
    action_shifted,
    area_moved,
    free_number,
    in_safe_order,
    renumberings,
)


def plan(*areas: str, numbers: tuple[int, ...] = ()) -> Areas:
    """Make areas 1, 2, ... or of the numbers given, each from its actions' numbers; ids count through."""
    found, running = [], 0
    for place, area in enumerate(areas, start=1):
        actions = []
        for number in area.split():
            running += 1
            actions.append(NumberedAction(running, number))
        found.append(NumberedArea(place, numbers[place - 1] if numbers else place, tuple(actions)))
    return tuple(found)


def told(areas: Areas) -> str:
    return ", ".join(f"{change.old} becomes {change.new}" for change in renumberings(areas))


def order(areas: Areas) -> list[str]:
    return [" ".join(action.number for action in area.actions) for area in areas]


@pytest.mark.parametrize(
    ("areas", "becomes"),
    [
        (plan("1.1 1.2", "2.1"), ""),
        (plan("1.1 1.3"), "1.3 becomes 1.2"),
        (plan("1.2 1.1"), "1.2 becomes 1.1, 1.1 becomes 1.2"),
        (plan("1.1 1.5 2.1"), "1.5 becomes 1.2, 2.1 becomes 1.3"),
        (plan("2.1 2.1b 2.2", numbers=(2,)), "2 becomes 1, 2.1 becomes 1.1, 2.1b becomes 1.2, 2.2 becomes 1.3"),
        (plan("A1 A4", "A5"), "A4 becomes A2, A5 becomes A3"),
        (plan("7 9", "12"), "7 becomes 1, 9 becomes 2, 12 becomes 3"),
        (plan("", "2.1"), ""),
        ((), ""),
    ],
)
def test_a_plan_is_numbered_through_in_its_order(areas: Areas, becomes: str) -> None:
    assert told(areas) == becomes


@pytest.mark.parametrize(
    ("action", "to", "becomes"),
    [
        (3, "1.1", ["1.3 1.1 1.2", "2.1"]),
        (1, "1.3", ["1.2 1.3 1.1", "2.1"]),
        (1, "2.1", ["1.2 1.3", "1.1 2.1"]),
        (1, "2.2", ["1.2 1.3", "2.1 1.1"]),
        (1, " 2 ", ["1.2 1.3", "2.1 1.1"]),
        (1, "1", ["1.2 1.3 1.1", "2.1"]),
        (4, "1.9", ["1.1 1.2 1.3 2.1", ""]),
        (2, "1.2", ["1.1 1.2 1.3", "2.1"]),
    ],
)
def test_an_action_takes_the_place_of_a_number(action: int, to: str, becomes: list[str]) -> None:
    assert order(action_moved(plan("1.1 1.2 1.3", "2.1"), action, to)) == becomes


@pytest.mark.parametrize("to", ["", "3.1", "0", "9.9", "x", "1.x", "--"])
def test_a_number_that_is_no_place_is_refused(to: str) -> None:
    with pytest.raises(NoPlaceError, match="Enter the number whose place it takes"):
        action_moved(plan("1.1 1.2", "2.1"), 1, to)


def test_an_action_goes_up_and_down_within_its_area() -> None:
    areas = plan("1.1 1.2", "2.1")
    assert order(action_shifted(areas, 2, -1)) == ["1.2 1.1", "2.1"]
    assert order(action_shifted(areas, 1, 1)) == ["1.2 1.1", "2.1"]
    with pytest.raises(NoPlaceError, match="first of area 1"):
        action_shifted(areas, 1, -1)
    with pytest.raises(NoPlaceError, match="last of area 2"):
        action_shifted(areas, 3, 1)


def test_an_area_goes_to_another_place_with_its_actions() -> None:
    moved = area_moved(plan("1.1", "2.1", "3.1"), 3, 1)
    assert told(moved) == ("3 becomes 1, 3.1 becomes 1.1, 1 becomes 2, 1.1 becomes 2.1, 2 becomes 3, 2.1 becomes 3.1")
    for number, to in ((9, 1), (1, 0), (1, 4)):
        with pytest.raises(NoPlaceError, match="from 1 to 3"):
            area_moved(plan("1.1", "2.1", "3.1"), number, to)


@pytest.mark.parametrize(
    ("areas", "area", "number"),
    [
        (plan("1.1 1.2", "2.1"), 1, "1.3"),
        (plan("1.1 1.5", "2.1"), 1, "1.6"),
        (plan("1.1", "1.2"), 1, "1.3"),
        (plan("", ""), 2, "2.1"),
        (plan("A1 A2", "A7"), 1, "A8"),
    ],
)
def test_a_new_action_gets_the_next_free_number(areas: Areas, area: int, number: str) -> None:
    assert free_number(areas, area) == number


numbers = st.sampled_from(["1.1", "1.2", "2.1", "2.1b", "3.1", "A1", "A2", "7", "8", "1.10"])


@st.composite
def plans(draw: st.DrawFn) -> Areas:
    spread = [draw(st.lists(st.nothing() | numbers, max_size=4)) for _ in range(draw(st.integers(0, 4)))]
    seen: set[str] = set()
    areas = []
    for chosen in spread:
        own = [number for number in dict.fromkeys(chosen) if number not in seen]
        seen |= set(own)
        areas.append(" ".join(own))
    return plan(*areas, numbers=tuple(draw(st.permutations(range(1, len(areas) + 1)))))


def after(areas: Areas) -> list[str]:
    new = {change.id: change.new for change in renumberings(areas) if not change.is_area}
    return [new.get(action.id, action.number) for area in areas for action in area.actions]


@settings(max_examples=60)
@given(plans())
def test_no_number_is_given_twice_and_every_action_has_one(areas: Areas) -> None:
    given_numbers = after(areas)
    assert len(set(given_numbers)) == len(given_numbers) == sum(len(area.actions) for area in areas)
    places = [change for change in renumberings(areas) if change.is_area]
    new = {change.id: int(change.new) for change in places}
    assert sorted(new.get(area.id, area.number) for area in areas) == list(range(1, len(areas) + 1))


@settings(max_examples=60)
@given(plans())
def test_giving_numbers_one_by_one_never_meets_one_that_is_taken(areas: Areas) -> None:
    changes = [change for change in renumberings(areas) if not change.is_area]
    held = {action.id: action.number for area in areas for action in area.actions}
    for change, is_aside in in_safe_order(changes):
        number = f"~{change.id}" if is_aside else change.new
        assert number not in held.values()
        held[change.id] = number
    assert list(held.values()) == after(areas)


@settings(max_examples=60)
@given(plans(), st.data())
def test_moving_loses_no_action_and_doubles_none(areas: Areas, data: st.DataObject) -> None:
    ids = [action.id for area in areas for action in area.actions]
    if not ids:
        return
    moving, to = data.draw(st.sampled_from(ids)), data.draw(numbers)
    try:
        moved = action_moved(areas, moving, to)
    except NoPlaceError:
        return
    assert sorted(action.id for area in moved for action in area.actions) == sorted(ids)


def test_a_ring_of_numbers_needs_one_to_step_aside() -> None:
    ring = [Renumbering(1, is_area=False, old="1.1", new="1.2"), Renumbering(2, is_area=False, old="1.2", new="1.1")]
    assert [is_aside for _, is_aside in in_safe_order(ring)] == [True, False, False]
