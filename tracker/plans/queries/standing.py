"""How the actions of a plan stand on a day beside an earlier one: what every page that shows actions is made from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from tracker.plans.queries.dates import date_then, first_due, first_shown
from tracker.plans.queries.facts import milestone_facts, outlooks_of
from tracker.plans.queries.positions import positions_of
from tracker.plans.queries.timeline import ActionRecord, ActionRow, MilestoneRecord, Records, Timeline, UpdateRow
from tracker.plans.rules.changes import ActionChange, Changes, Movement, compare
from tracker.plans.rules.dates.stored import stored_date
from tracker.plans.rules.outlook import Outlook
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.strip import Step


@dataclass(frozen=True)
class Standing:
    """An action as it stands, and what became of it since the day compared with; a draft's is not rated."""

    row: ActionRow
    outlook: Outlook | None
    day: date
    last_update: UpdateRow | None
    steps: tuple[Step, ...]
    waits_for: tuple[Any, ...]
    change: ActionChange | None

    @cached_property
    def rag(self) -> Rag | None:
        """The effective rating, nothing for an action of a draft."""
        return self.outlook.effective_on(self.day) if self.outlook else None

    @property
    def red_blockers(self) -> frozenset[str]:
        """The numbers of the actions that it waits for and that are red."""
        return frozenset(one.ref for one in self.waits_for if one.red_from is not None and one.red_from <= self.day)

    @property
    def was(self) -> Rag | None:
        """The effective rating on the day compared with, nothing if there was none."""
        return self.change.before.effective if self.change and self.change.before else None

    @property
    def movement(self) -> Movement:
        """Which way the rating went since."""
        return self.change.movement if self.change else Movement.UNCHANGED

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the rating is what it is, in words, worst first."""
        return tuple(reason.words for reason in self.outlook.reasons_on(self.day)) if self.outlook else ()

    @property
    def rule_reasons(self) -> tuple[str, ...]:
        """The reasons without what the lead says, for readers who see no words of updates."""
        if self.outlook is None:
            return ()
        held = self.outlook.reasons_on(self.day)
        return tuple(reason.words for reason in held if reason is not self.outlook.declaration)

    @property
    def overdue(self) -> int:
        """How many milestones are overdue."""
        if self.rag is not None and self.rag.is_closed:
            return 0
        return sum(step.days_late(self.day) > 0 for step in self.steps)


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """The actions of a plan, or of a part of it, in plan order, and all that changed since another day."""

    day: date
    since: date | None
    actions: tuple[Standing, ...]
    changes: Changes
    # Also of the actions that these depend on, which may stand in another area.
    ratings: Mapping[int, Rag]

    def of_area(self, area_id: int) -> tuple[Standing, ...]:
        """Return the actions of one area."""
        return tuple(action for action in self.actions if action.row.area_id == area_id)


def standing(
    timeline: Timeline, *, day: date, since: date | None = None, among: Iterable[int] | None = None
) -> PlanStanding:
    """Return how the loaded actions, or those among some ids, stand on a day and what changed since another.

    An action that was approved later does not stand yet, as in positions.
    Nothing is rated before the plan's approval, and nothing is compared without `since`.
    """
    records = timeline.on(day)
    wanted = set(records.actions if among is None else among)
    approved_on = timeline.plan.approved_on
    outlooks = outlooks_of(records) if approved_on is not None and approved_on <= day else {}
    changes = compare({}, {})
    if since is not None and outlooks:
        refs = {record.row.ref for key, record in records.actions.items() if key in wanted}
        earlier = timeline.on(since)
        before, after = positions_of(earlier, outlooks_of(earlier)), positions_of(records, outlooks)
        changes = compare(_only(before, refs), _only(after, refs))
    by_ref = {change.ref: change for change in changes.actions}
    actions = tuple(
        _standing(record, records, outlooks.get(key), by_ref.get(record.row.ref))
        for key, record in records.in_plan.items()
        if key in wanted
    )
    ratings = {key: outlook.effective_on(day) for key, outlook in outlooks.items()}
    return PlanStanding(day, since, actions, changes, ratings)


def _only(found: dict[str, Any], refs: set[str]) -> dict[str, Any]:
    return {ref: position for ref, position in found.items() if ref in refs}


def _standing(record: ActionRecord, records: Records, outlook: Outlook | None, change: ActionChange | None) -> Standing:
    return Standing(
        row=record.row,
        outlook=outlook,
        day=records.day,
        last_update=record.last_update,
        steps=tuple(step_of(one, records) for one in record.milestones),
        waits_for=tuple(record.blockers),
        change=change,
    )


def step_of(record: MilestoneRecord, records: Records) -> Step:
    """Return a milestone as strips and lists show it on the day of the records."""
    then = date_then(record, records.day)
    facts = milestone_facts(record, records, records.plan.approved_on or records.day, then)
    turns = [turn.due for turn in facts.occurrences if turn.is_open]
    due = (turns[0] if turns else None) if facts.recurs else then.due
    target = stored_date(
        then.kind,
        then.precision,
        then.due,
        every_months=then.every_months,
        every_weeks=then.every_weeks,
        waits_on=then.waits_on,
    )
    began = first_due(record)
    return Step(
        record.row.title,
        due,
        target.shown(due, is_late=due is not None and due < records.day),
        start=due if facts.recurs else target.start,
        precision=then.precision,
        done_on=facts.done_on,
        repeats=facts.recurs,
        first_due=began,
        first_shown=first_shown(record) if then.times_moved else "",
        times_moved=then.times_moved,
        days_moved=(then.due - began).days if then.due is not None and began is not None else 0,
    )
