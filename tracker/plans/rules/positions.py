"""An action as it stood on one day, as values to compare; how it came to stand so is told by other modules."""

from dataclasses import dataclass
from datetime import date

from tracker.plans.rules.rag import Rag


@dataclass(frozen=True, slots=True)
class MilestonePosition:
    """A milestone as it stood; `key` says which one it is on both days.

    `times_moved` and `moved_because` tell of its changes of date so far and the words of the last one. The due day of a
    recurring milestone goes on by itself, so it is never compared.
    """

    key: int
    title: str
    due: date | None = None
    done: bool = False
    times_moved: int = 0
    moved_because: str = ""
    recurs: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """An action as it stood; `reasons` are the words in force that day, worst first."""

    title: str
    effective: Rag
    computed: Rag
    declared: Rag | None = None
    reasons: tuple[str, ...] = ()
    lead: str | None = None
    last_update_on: date | None = None
    milestones: tuple[MilestonePosition, ...] = ()
