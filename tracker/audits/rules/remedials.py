"""What must be put right for one child: by when, who takes which step, and to whom it is taken up (domain A3)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.audits.rules.vocabulary import Grade
from tracker.core.working_days import working_days_after

# After so many working days past its day it goes from the team's manager on to the head of service.
_FURTHER_AFTER = 5
RE_AUDIT_WITHIN = timedelta(weeks=12)
# Why a re-audit is planned that nobody asked for.
BECAUSE_INADEQUATE = "The audit was graded Inadequate"


class Unplanned(StrEnum):
    """Why a re-audit is taken off the list, as the log keeps it."""

    NOT_INADEQUATE = "not_inadequate"
    TAKEN_BACK = "taken_back"
    VOID = "void"


class Priority(StrEnum):
    """How soon something must be put right."""

    IMMEDIATE = "immediate"
    URGENT = "urgent"
    STANDARD = "standard"

    @property
    def words(self) -> str:
        """The class as pages name it."""
        return self.value.capitalize()

    @property
    def working_days(self) -> int:
        """How many working days there are for it, unless another day is given."""
        return {Priority.IMMEDIATE: 1, Priority.URGENT: 5, Priority.STANDARD: 20}[self]


class RemedialState(StrEnum):
    """How far a remedial action has come; late and taken up are derived."""

    OPEN = "open"
    IN_HAND = "in_hand"
    CLAIMED = "claimed"
    VERIFIED = "verified"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """The state as pages name it."""
        return _STATE_WORDS[self]

    @property
    def is_to_do(self) -> bool:
        """Whether its owner still has to do something."""
        return self in {RemedialState.OPEN, RemedialState.IN_HAND}

    @property
    def is_verified(self) -> bool:
        """Whether somebody else has seen that it was done."""
        return self in VERIFIED_STATES


VERIFIED_STATES = (RemedialState.VERIFIED, RemedialState.CLOSED)
_STATE_WORDS = {
    RemedialState.OPEN: "To do",
    RemedialState.IN_HAND: "In hand",
    RemedialState.CLAIMED: "Said to be done, to be checked",
    RemedialState.VERIFIED: "Checked and done",
    RemedialState.CLOSED: "Closed",
}


class Step(StrEnum):
    """What somebody does with a remedial action after it was given."""

    TAKE = "take"
    CLAIM = "claim"
    VERIFY = "verify"
    SEND_BACK = "send_back"
    CLOSE = "close"

    @property
    def is_of_owner(self) -> bool:
        """Whether its owner takes it; the other steps are for anybody but the owner."""
        return self in {Step.TAKE, Step.CLAIM}

    @property
    def asks(self) -> str:
        """What whoever takes it has to say, or nothing."""
        return _ASKS.get(self, "")

    @property
    def words(self) -> str:
        """The step as the history names it."""
        return _STEP_WORDS[self]


_ASKS = {
    Step.CLAIM: "Say what was done and where the file shows it",
    Step.VERIFY: "Say what you saw on the file",
    Step.SEND_BACK: "Say what is still missing",
}
_STEP_WORDS = {
    Step.TAKE: "Took it in hand",
    Step.CLAIM: "Said that it is done",
    Step.VERIFY: "Checked the file: it is done",
    Step.SEND_BACK: "Sent it back: it is not done",
    Step.CLOSE: "Closed it",
}
_MOVES = {
    (RemedialState.OPEN, Step.TAKE): RemedialState.IN_HAND,
    (RemedialState.OPEN, Step.CLAIM): RemedialState.CLAIMED,
    (RemedialState.IN_HAND, Step.CLAIM): RemedialState.CLAIMED,
    (RemedialState.CLAIMED, Step.VERIFY): RemedialState.VERIFIED,
    (RemedialState.CLAIMED, Step.SEND_BACK): RemedialState.OPEN,
    (RemedialState.VERIFIED, Step.CLOSE): RemedialState.CLOSED,
    (RemedialState.VERIFIED, Step.SEND_BACK): RemedialState.OPEN,
}


def after(state: RemedialState, step: Step) -> RemedialState | None:
    """Return where a step leads from a state, or None where it cannot be taken."""
    return _MOVES.get((state, step))


def steps_from(state: RemedialState) -> tuple[Step, ...]:
    """Return the steps that can be taken from a state, whoever takes them."""
    return tuple(step for begins, step in _MOVES if begins is state)


def due_by(priority: Priority, given_on: date) -> date:
    """Return the day by which something of a class is due that was given on a day: 1, 5 or 20 working days later."""
    return working_days_after(given_on, priority.working_days)


@dataclass(frozen=True)
class Lateness:
    """Since when something is late, to whom it is taken up, and since when."""

    since: date
    is_further: bool
    further_on: date

    @property
    def words(self) -> str:
        """Whom it concerns now."""
        return "Late: for the head of service" if self.is_further else "Late: for the manager of the team"


def lateness(state: RemedialState, due_on: date, today: date) -> Lateness | None:
    """Return how late something is that its owner still has to do, or None.

    The day after it was due it is for the manager of the team, and when five working days have gone by as well, for the
    head of service. What its owner says is done waits for a check and is not late.
    """
    if not state.is_to_do or today <= due_on:
        return None
    further_on = working_days_after(due_on, _FURTHER_AFTER) + timedelta(days=1)
    return Lateness(due_on + timedelta(days=1), today >= further_on, further_on)


def remedial_missing(grade: Grade | None, count: int) -> str | None:
    """Say that an inadequate audit has nothing to be put right for the child, or None (domain A3)."""
    if grade is Grade.INADEQUATE and not count:
        return "Say what must be put right for this child, by whom and by when: the whole is graded Inadequate"
    return None


def re_audit_due(grade: Grade | None, final_on: date) -> date | None:
    """Return by when a case is to be audited again: 12 weeks after an audit became final as inadequate, else None."""
    return final_on + RE_AUDIT_WITHIN if grade is Grade.INADEQUATE else None
