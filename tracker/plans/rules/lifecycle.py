"""Which decisions fit an action in which state, and what it is afterwards (domain A3); who may is the policy's."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from tracker.plans.rules.states import CLOSED_STATES, ActionState
from tracker.plans.rules.vocabulary import ActionKind


class Act(StrEnum):
    """A decision on the state of an action, as addresses name it."""

    CONFIRM = "confirm"
    SEND_BACK = "send-back"
    HOLD = "hold"
    RESUME = "resume"
    AGREE = "agree"
    SUPERSEDE = "supersede"
    WITHDRAW = "withdraw"
    EMBED = "embed"
    REOPEN = "reopen"


_LIVE = (ActionState.AGREED, ActionState.IN_PROGRESS, ActionState.CLAIMED)
_OPEN = (*_LIVE, ActionState.ON_HOLD)
FITS: dict[Act, Collection[ActionState]] = {
    Act.CONFIRM: (ActionState.CLAIMED,),
    Act.SEND_BACK: (ActionState.CLAIMED,),
    Act.HOLD: _LIVE,
    Act.RESUME: (ActionState.ON_HOLD,),
    Act.AGREE: _OPEN,
    Act.SUPERSEDE: _OPEN,
    Act.WITHDRAW: _OPEN,
    Act.EMBED: (ActionState.COMPLETE,),
    Act.REOPEN: CLOSED_STATES,
}
# A placeholder is never complete: actions take its place, new or there already, or it is withdrawn (domain A3).
_NOT_OF_PLACEHOLDERS = frozenset({Act.CONFIRM, Act.EMBED})
_OF_PLACEHOLDERS = frozenset({Act.AGREE})


@dataclass(frozen=True, slots=True)
class Place:
    """Where an action is in its life; `has_open_milestone` leaves out what repeats, which never ends."""

    state: ActionState
    kind: ActionKind = ActionKind.STANDARD
    has_open_milestone: bool = False

    def fits(self, act: Act) -> bool:
        """Say whether a decision may be taken now."""
        if self.state not in FITS[act]:
            return False
        if act is Act.CONFIRM and self.has_open_milestone:
            return False
        is_placeholder = self.kind is ActionKind.PLACEHOLDER
        return act not in (_NOT_OF_PLACEHOLDERS if is_placeholder else _OF_PLACEHOLDERS)

    @property
    def acts(self) -> tuple[Act, ...]:
        """The decisions that may be taken now, in the order in which a page offers them."""
        return tuple(act for act in Act if self.fits(act))


def reopened(state: ActionState) -> ActionState:
    """Return what an action is once it is taken up again: what was embedded is complete, all else in progress."""
    return ActionState.COMPLETE if state is ActionState.EMBEDDED else ActionState.IN_PROGRESS
