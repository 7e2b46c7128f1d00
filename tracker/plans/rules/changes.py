"""What changed between two days of the same plan, in the order in which a meeting asks; the sentence is elsewhere."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.plans.rules.positions import Position
from tracker.plans.rules.rag import Rag


class Movement(StrEnum):
    """Which way an action's effective rating went, in the words shown beside the triangle (ux 5.1)."""

    WORSE = "worse"
    BETTER = "better"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"
    NEW = "new"
    UNCHANGED = "no change"


class Group(StrEnum):
    """The lists of the page of changes, in their order, by their headings (ux 8.4)."""

    WENT_RED = "Went red"
    STILL_RED = "Still red"
    WENT_AMBER = "Went amber"
    NO_LONGER_SCHEDULED = "No longer scheduled"
    IMPROVED = "Improved"
    COMPLETED = "Completed"
    CAME_BACK = "Came back"
    DATES_MOVED = "Dates moved"
    NOT_UPDATED = "Not updated"
    NEW = "New"
    WITHDRAWN = "Withdrawn"
    REWORDED = "Reworded"
    LEAD_CHANGED = "Lead changed"


@dataclass(frozen=True, slots=True)
class DateMove:
    """A milestone's due day is another one now; nothing stands for a date that is to be confirmed."""

    milestone: str
    was_due: date | None
    due: date | None
    because: str
    times_before: int

    @property
    def days(self) -> int | None:
        """Calendar days by which the date moved, below zero if earlier; nothing if either day is not known."""
        return None if self.was_due is None or self.due is None else (self.due - self.was_due).days

    @property
    def is_later(self) -> bool:
        """Whether a known date was put off to another known date."""
        return (self.days or 0) > 0


@dataclass(frozen=True, slots=True)
class ActionChange:
    """One action on both days; `before` is nothing for a new one, `after` for one that the plan no longer holds."""

    ref: str
    before: Position | None
    after: Position | None

    @property
    def movement(self) -> Movement:
        """Which way the effective rating went."""
        return movement(
            self.before.effective if self.before else None,
            self.after.effective if self.after else None,
        )

    @property
    def date_moves(self) -> tuple[DateMove, ...]:
        """The milestones of both days whose due day differs, in plan order."""
        return tuple(_date_moves(self.before, self.after)) if self.before and self.after else ()

    @property
    def newly_done(self) -> tuple[str, ...]:
        """The titles of milestones done now and not then."""
        if self.after is None:
            return ()
        done_before = {step.key for step in self.before.milestones if step.done} if self.before else set()
        return tuple(step.title for step in self.after.milestones if step.done and step.key not in done_before)

    def is_in(self, group: Group) -> bool:
        """Whether the action belongs on a list; it may belong on several, as a complete one that came back red does."""
        if self.before is not None and self.after is not None:
            return _BELONGS[group](self.before, self.after)
        if group is Group.NOT_UPDATED:
            return self.after is not None and _not_updated(None, self.after)
        return (group, self.movement) in {(Group.NEW, Movement.NEW), (Group.WITHDRAWN, Movement.WITHDRAWN)}


@dataclass(frozen=True, slots=True)
class Changes:
    """All actions of either day, those of the later day in plan order and then those that are gone."""

    actions: tuple[ActionChange, ...]

    def group(self, group: Group) -> tuple[ActionChange, ...]:
        """The actions of one list."""
        return tuple(action for action in self.actions if action.is_in(group))

    @property
    def groups(self) -> tuple[tuple[Group, tuple[ActionChange, ...]], ...]:
        """The lists that hold anything, in the order in which a meeting asks."""
        return tuple((group, rows) for group in Group if (rows := self.group(group)))

    @property
    def date_moves(self) -> tuple[DateMove, ...]:
        """The moves of all actions."""
        return tuple(move for action in self.actions for move in action.date_moves)

    @property
    def moved_later(self) -> int:
        """How many milestones were put off."""
        return sum(move.is_later for move in self.date_moves)

    def moved(self, movement: Movement) -> int:
        """How many actions went one way."""
        return sum(action.movement is movement for action in self.actions)


def compare(before: Mapping[str, Position], after: Mapping[str, Position]) -> Changes:
    """Compare two positions of the same plan, or of one area, by the numbers of the actions."""
    gone = [ref for ref in before if ref not in after]
    return Changes(tuple(ActionChange(ref, before.get(ref), after.get(ref)) for ref in (*after, *gone)))


def movement(before: Rag | None, after: Rag | None) -> Movement:
    """Say which way a rating went, by the order R > A > N > G > C > E; nothing stands for an action not in the plan.

    An action that leaves a closed state got worse, save that a withdrawn one that is taken up again is new.
    """
    if before is after:
        return Movement.UNCHANGED
    if after is None or after is Rag.WITHDRAWN:
        return Movement.UNCHANGED if before is Rag.WITHDRAWN else Movement.WITHDRAWN
    if before is None or before is Rag.WITHDRAWN:
        return Movement.NEW
    if after.concern < before.concern:
        return Movement.WORSE
    return Movement.COMPLETED if after.is_closed and not before.is_closed else Movement.BETTER


def _date_moves(before: Position, after: Position) -> Iterator[DateMove]:
    earlier = {step.key: step for step in before.milestones}
    for step in after.milestones:
        old = earlier.get(step.key)
        if old is not None and old.due != step.due and not step.recurs and not old.recurs:
            yield DateMove(step.title, old.due, step.due, step.moved_because, old.times_moved)


_Test = Callable[[Position, Position], bool]


def _moved(way: Movement, to: Rag | None = None) -> _Test:
    """Make the test whether the rating went that way, and ended at that code if one is given."""

    def test(before: Position, after: Position) -> bool:
        return movement(before.effective, after.effective) is way and to in {None, after.effective}

    return test


def _still_red(before: Position, after: Position) -> bool:
    return before.effective is Rag.RED and after.effective is Rag.RED


def _came_back(before: Position, after: Position) -> bool:
    """Whether a closed state was lost: reopened, or embedded no more (domain A5)."""
    return before.effective.is_closed and movement(before.effective, after.effective) is Movement.WORSE


def _not_updated(before: Position | None, after: Position) -> bool:
    """Whether a live action has had no update since.

    An update of the day compared with is in effect on that day, so it is part of how things stood then (domain A0) and
    answers nothing that a meeting of that day asked.
    """
    return not after.effective.is_closed and after.last_update_on == (before.last_update_on if before else None)


_BELONGS: Mapping[Group, _Test] = {
    Group.WENT_RED: _moved(Movement.WORSE, to=Rag.RED),
    Group.STILL_RED: _still_red,
    Group.WENT_AMBER: _moved(Movement.WORSE, to=Rag.AMBER),
    Group.NO_LONGER_SCHEDULED: _moved(Movement.WORSE, to=Rag.NOT_SCHEDULED),
    Group.IMPROVED: _moved(Movement.BETTER),
    Group.COMPLETED: _moved(Movement.COMPLETED),
    Group.CAME_BACK: _came_back,
    Group.DATES_MOVED: lambda before, after: any(_date_moves(before, after)),
    Group.NOT_UPDATED: _not_updated,
    Group.NEW: _moved(Movement.NEW),
    Group.WITHDRAWN: _moved(Movement.WITHDRAWN),
    Group.REWORDED: lambda before, after: before.title != after.title,
    Group.LEAD_CHANGED: lambda before, after: before.lead != after.lead,
}
