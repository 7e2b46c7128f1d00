"""How two contents of a plan differ, told thing by thing; what a version holds is defined beside."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from tracker.core.text import joined
from tracker.plans.rules.versions.content import ActionContent, AreaContent, MilestoneContent, PlanContent, TextContent


class Kind(StrEnum):
    """In which way a thing differs."""

    ADDED = "added"
    GONE = "gone"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    REWORDED = "reworded"
    REDATED = "re-dated"
    LEAD_CHANGED = "lead changed"

    @property
    def word(self) -> str:
        """The kind as pages say it."""
        return self.value.capitalize()

    @property
    def backwards(self) -> "Kind":
        """The kind that the same difference has when the two contents change places."""
        return {Kind.ADDED: Kind.GONE, Kind.GONE: Kind.ADDED}.get(self, self)


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: what it is about, with its number now where it has one, and both states in words."""

    kind: Kind
    about: str
    before: str
    after: str


class _Known(Protocol):
    @property
    def id(self) -> int: ...


Thing = TypeVar("Thing", bound=_Known)


def differences(old: PlanContent, new: PlanContent) -> tuple[Difference, ...]:
    """Tell how a plan changed from one content to another, in the order of the new one and then what is gone.

    Things are known by their record, so a renumbered action is the same action. An action in another area is moved; so
    are things of one list whose order changed, which is told once for the list.
    """
    return tuple(_of_plan(old, new))


def _of_plan(old: PlanContent, new: PlanContent) -> Iterator[Difference]:
    if old.title != new.title:
        yield Difference(Kind.REWORDED, "The plan’s title", old.title, new.title)
    yield from _reordered("The areas", old.areas, new.areas, _area_name)
    before, after = _by_id(old.areas), _by_id(new.areas)
    for area in new.areas:
        if area.id in before:
            yield from _of_area(before[area.id], area)
        else:
            yield Difference(Kind.ADDED, f"Area {area.number}", "", area.title)
            yield from _texts_of(AreaContent(area.id, area.number, area.title), area)
    for area in old.areas:
        if area.id not in after:
            yield from _texts_of(area, AreaContent(area.id, area.number, area.title))
            yield Difference(Kind.GONE, f"Area {area.number}", area.title, "")
    yield from _of_actions(old, new)


def _of_area(old: AreaContent, new: AreaContent) -> Iterator[Difference]:
    if old.number != new.number:
        yield Difference(Kind.RENUMBERED, f"Area {new.number}", str(old.number), str(new.number))
    if old.title != new.title:
        yield Difference(Kind.REWORDED, f"Area {new.number}", old.title, new.title)
    yield from _texts_of(old, new)


def _texts_of(old: AreaContent, new: AreaContent) -> Iterator[Difference]:
    place = f"area {new.number}"
    yield from _listed("Objective", "Objectives", place, old.objectives, new.objectives)
    yield from _listed("Outcome", "Outcomes", place, old.outcomes, new.outcomes)
    yield from _listed("Measure", "Measures", place, old.measures, new.measures)


def _listed(
    one: str, many: str, place: str, old: Sequence[TextContent], new: Sequence[TextContent]
) -> Iterator[Difference]:
    before, after = _by_id(old), _by_id(new)
    about = f"{one} of {place}"
    for text in new:
        if text.id not in before:
            yield Difference(Kind.ADDED, about, "", text.text)
            continue
        was = before[text.id]
        if was.text != text.text:
            yield Difference(Kind.REWORDED, about, was.text, text.text)
        if was.parent != text.parent:
            yield Difference(Kind.MOVED, about, _within(was, before), _within(text, after))
    for text in old:
        if text.id not in after:
            yield Difference(Kind.GONE, about, text.text, "")
    yield from _reordered(f"{many} of {place}", old, new, lambda text: text.text)


def _within(text: TextContent, known: dict[int, TextContent]) -> str:
    if text.parent is None:
        return "On its own"
    return f"Within: {known[text.parent].text}" if text.parent in known else "Within another"


def _of_actions(old: PlanContent, new: PlanContent) -> Iterator[Difference]:
    before = {action.id: (area, action) for area in old.areas for action in area.actions}
    after = {action.id: (area, action) for area in new.areas for action in area.actions}
    for key, (area, action) in after.items():
        if key not in before:
            yield Difference(Kind.ADDED, f"Action {action.number}", "", action.title)
            yield from _milestones(ActionContent(key, action.number, action.title), action)
            continue
        was_in, was = before[key]
        if was_in.id != area.id:
            yield Difference(Kind.MOVED, f"Action {action.number}", _area_name(was_in), _area_name(area))
        yield from _of_action(was, action)
    for key, (_, action) in before.items():
        if key not in after:
            yield from _milestones(action, ActionContent(key, action.number, action.title))
            yield Difference(Kind.GONE, f"Action {action.number}", action.title, "")
    old_areas = _by_id(old.areas)
    for area in new.areas:
        was_area = old_areas.get(area.id, area)
        yield from _reordered(
            f"Actions of area {area.number}", was_area.actions, area.actions, lambda action: action.title
        )


def _of_action(old: ActionContent, new: ActionContent) -> Iterator[Difference]:
    about = f"Action {new.number}"
    if old.number != new.number:
        yield Difference(Kind.RENUMBERED, about, old.number, new.number)
    if old.title != new.title:
        yield Difference(Kind.REWORDED, about, old.title, new.title)
    if old.leads != new.leads:
        yield Difference(Kind.LEAD_CHANGED, about, _leads(old), _leads(new))
    yield from _milestones(old, new)


def _milestones(old: ActionContent, new: ActionContent) -> Iterator[Difference]:
    before, after = _by_id(old.milestones), _by_id(new.milestones)
    for milestone in new.milestones:
        about = f"Milestone of {new.number}: {milestone.title}"
        if milestone.id not in before:
            yield Difference(Kind.ADDED, f"Milestone of {new.number}", "", _dated(milestone))
            continue
        was = before[milestone.id]
        if was.title != milestone.title:
            yield Difference(Kind.REWORDED, f"Milestone of {new.number}", was.title, milestone.title)
        if was.date != milestone.date:
            yield Difference(Kind.REDATED, about, was.date, milestone.date)
    for milestone in old.milestones:
        if milestone.id not in after:
            yield Difference(Kind.GONE, f"Milestone of {new.number}", _dated(milestone), "")
    yield from _reordered(
        f"Milestones of {new.number}", old.milestones, new.milestones, lambda milestone: milestone.title
    )


def _reordered(
    about: str, old: Sequence[Thing], new: Sequence[Thing], named: Callable[[Thing], str]
) -> Iterator[Difference]:
    """Tell once when the things that both lists hold stand in another order."""
    before, after = _by_id(old), _by_id(new)
    kept_old = [thing.id for thing in old if thing.id in after]
    kept_new = [thing.id for thing in new if thing.id in before]
    if kept_old != kept_new:
        yield Difference(
            Kind.MOVED,
            about,
            "; ".join(named(before[key]) for key in kept_old),
            "; ".join(named(after[key]) for key in kept_new),
        )


def _by_id(things: Sequence[Thing]) -> dict[int, Thing]:
    return {thing.id: thing for thing in things}


def _area_name(area: AreaContent) -> str:
    return f"Area {area.number} {area.title}"


def _leads(action: ActionContent) -> str:
    return joined(list(action.leads)) or "No lead"


def _dated(milestone: MilestoneContent) -> str:
    return f"{milestone.title}: {milestone.date}"
