"""What is known of a plan's actions over all time, and what of it was in effect on a day; no query stands here."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tracker.people.rules import PartyKind
from tracker.plans.models import Plan
from tracker.plans.rules.overrides import OverrideFacts
from tracker.plans.rules.states import ActionState, DateChangeState, DeclaredRag, SignOffKind, StepKind
from tracker.plans.rules.vocabulary import ActionKind


@dataclass(frozen=True, slots=True)
class LeadRow:
    """A lead as the plan prints it."""

    id: int
    name: str
    kind: PartyKind
    post: str
    left_on: date | None


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action's own columns and its leads, the accountable one first."""

    id: int
    ref: str
    title: str
    kind: ActionKind
    state: ActionState
    area_id: int
    approved_on: date | None
    starts_on: date | None
    leads: tuple[LeadRow, ...] = ()

    @property
    def lead(self) -> str | None:
        """The name of the lead who is accountable, nothing when the plan names none."""
        return self.leads[0].name if self.leads else None

    @property
    def lead_left_on(self) -> date | None:
        """The day on which that lead leaves or left."""
        return self.leads[0].left_on if self.leads else None


@dataclass(frozen=True, slots=True)
class WaitRow:
    """An action that another depends on, and the days in which it does; `id` and what follows are of that action."""

    effective_on: date | None
    ended_on: date | None
    id: int
    ref: str
    title: str
    plan_id: int
    red_from: date | None


@dataclass(frozen=True, slots=True)
class UpdateRow:
    """What an update that counts said of the colour, and why."""

    id: int
    effective_on: date
    at: datetime
    declared: DeclaredRag
    why: str


@dataclass(frozen=True, slots=True)
class SignOffRow:
    """A decision on an action's state, with the update that was the latest when it was made."""

    id: int
    effective_on: date
    kind: SignOffKind
    update_id: int | None
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class OverrideRow:
    """An override that was approved, with its first day; a withdrawn one ends on the day before it was."""

    effective_on: date
    facts: OverrideFacts


@dataclass(frozen=True, slots=True)
class StepRow:
    """What happened to a milestone, or to one turn of a recurring one."""

    kind: StepKind
    effective_on: date
    occurrence_due: date | None


@dataclass
class MilestoneRecord:
    """A milestone's row with its dated facts, in the order in which they were recorded."""

    row: Any
    steps: list[StepRow] = field(default_factory=list)
    changes: list[Any] = field(default_factory=list)


@dataclass
class ActionRecord:
    """An action's row with everything dated that is in effect on a day."""

    row: ActionRow
    milestones: list[MilestoneRecord]
    last_update: UpdateRow | None
    sign_off: SignOffRow | None
    blockers: list[WaitRow]
    override: OverrideFacts | None = None


@dataclass
class Records:
    """Actions by id in plan order as known on a day, and the meetings of bodies by lower-case name."""

    plan: Plan
    day: date
    actions: dict[int, ActionRecord]
    meetings: dict[str, list[date]]

    @property
    def in_plan(self) -> dict[int, ActionRecord]:
        """Those that were in the plan that day: one approved later than the plan came with its own approval (A5)."""
        return {
            key: record
            for key, record in self.actions.items()
            if record.row.approved_on is None or record.row.approved_on <= self.day
        }


@dataclass
class ActionTimeline:
    """An action with all its facts, whatever day they take effect; updates as they came, sign-offs by their day."""

    row: ActionRow
    milestones: list[MilestoneRecord] = field(default_factory=list)
    updates: list[UpdateRow] = field(default_factory=list)
    sign_offs: list[SignOffRow] = field(default_factory=list)
    links: list[WaitRow] = field(default_factory=list)
    overrides: list[OverrideRow] = field(default_factory=list)

    def on(self, day: date) -> ActionRecord:
        """Keep what is in effect on a day (domain A0); of date changes all, as later ones tell what went before."""
        return ActionRecord(
            row=self.row,
            milestones=[
                MilestoneRecord(one.row, [step for step in one.steps if step.effective_on <= day], one.changes)
                for one in self.milestones
                if one.row.agreed_on is None or one.row.agreed_on <= day
            ],
            last_update=_last(self.updates, day),
            sign_off=_last(self.sign_offs, day),
            blockers=[link for link in self.links if _holds(link, day)],
            override=_override(self.overrides, day),
        )


@dataclass
class Timeline:
    """Everything known of a plan's actions, loaded once to be looked at as on any number of days."""

    plan: Plan
    actions: dict[int, ActionTimeline]
    meetings: dict[str, list[date]]

    def on(self, day: date) -> Records:
        """Return the records as known on a day."""
        return Records(self.plan, day, {key: one.on(day) for key, one in self.actions.items()}, self.meetings)


def approved_changes(record: MilestoneRecord, day: date) -> list[Any]:
    """Return a milestone's date changes that were approved by a day, in their order."""
    return [
        change
        for change in record.changes
        if change.state is DateChangeState.APPROVED and change.decided_on is not None and change.decided_on <= day
    ]


def _last(facts: Iterable[Any], day: date) -> Any:
    last = None
    for fact in facts:
        if fact.effective_on <= day:
            last = fact
    return last


def _override(approved: Iterable[OverrideRow], day: date) -> OverrideFacts | None:
    """Return the override in effect on a day: from its approval to its last day, both included (domain A0)."""
    in_effect = [one.facts for one in approved if one.effective_on <= day <= one.facts.until]
    return in_effect[-1] if in_effect else None


def _holds(link: WaitRow, day: date) -> bool:
    """Whether a dependency holds on a day; on the day on which it ended it no longer does."""
    return link.effective_on is not None and link.effective_on <= day and (link.ended_on is None or link.ended_on > day)
