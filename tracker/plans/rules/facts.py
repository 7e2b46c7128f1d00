"""What the delivery rule needs to know of an action, as values in effect on one day; no judgement is made here."""

from dataclasses import dataclass
from datetime import date

from tracker.plans.rules.overrides import OverrideFacts
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.vocabulary import MilestoneKind


@dataclass(frozen=True, slots=True)
class OccurrenceFacts:
    """One turn of a recurring milestone; an excused one is no longer asked for."""

    due: date
    next_due: date | None = None
    done_on: date | None = None
    excused: bool = False

    @property
    def is_open(self) -> bool:
        """Whether this turn is still owed."""
        return self.done_on is None and not self.excused


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    """One step of an action.

    A date that a TBC is to replace stays in `due`, with kind dated, until the change is approved; from then on the kind
    is undated and `counted_from` is the day of that approval (domain A4, 7). `counted_from` otherwise is the next
    meeting of the body that is awaited, or nothing: then the undated clock starts with the action's approval.
    """

    title: str
    kind: MilestoneKind
    due: date | None = None
    forecast: date | None = None
    counted_from: date | None = None
    waits_on: str | None = None
    started_on: date | None = None
    done_on: date | None = None
    occurrences: tuple[OccurrenceFacts, ...] = ()

    @property
    def is_live(self) -> bool:
        """Whether the step is still to be done."""
        return self.done_on is None

    @property
    def recurs(self) -> bool:
        """Whether the step is rated by its turns; a recurring step without any turn has no date yet."""
        return self.kind is MilestoneKind.RECURRING and bool(self.occurrences)


@dataclass(frozen=True, slots=True)
class Blocker:
    """An action that this one depends on, and the first day on which that one is red."""

    ref: str
    red_from: date


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """An action as the delivery rule sees it.

    `approved_on` is the plan's approval or the action's own, whichever is later. `closed` is complete, embedded or
    withdrawn, or nothing while work goes on; `claimed` is the lead's word that it is done, which closes nothing.
    Without a lead, `lead_left_on` says since when if it is later than the approval; with one, the day on which the
    lead leaves or left.

    Raises:
        ValueError: `closed` is a code of live work.
    """

    approved_on: date
    starts_on: date | None = None
    closed: Rag | None = None
    is_placeholder: bool = False
    has_lead: bool = True
    lead_left_on: date | None = None
    on_hold_from: date | None = None
    review_on: date | None = None
    claimed: bool = False
    last_update_on: date | None = None
    declared: Rag | None = None
    declared_reason: str = ""
    override: OverrideFacts | None = None
    blocked_by: tuple[Blocker, ...] = ()
    milestones: tuple[MilestoneFacts, ...] = ()

    def __post_init__(self) -> None:
        if self.closed is not None and not self.closed.is_closed:
            raise ValueError(f"An action cannot be closed as {self.closed.word}.")

    @property
    def live_milestones(self) -> tuple[MilestoneFacts, ...]:
        """The steps still to be done, in plan order."""
        return tuple(milestone for milestone in self.milestones if milestone.is_live)

    @property
    def all_done(self) -> bool:
        """Whether there are steps and each one is done."""
        return bool(self.milestones) and not self.live_milestones

    @property
    def stale_clock(self) -> date:
        """The day from which the wait for an update counts (domain A5)."""
        days = (self.approved_on, self.starts_on, self.last_update_on)
        return max(day for day in days if day is not None)
