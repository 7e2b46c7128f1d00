"""The life of an immediate concern: told, acknowledged, acted on, closed, and by when each is due (domain A3)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.core.working_days import is_working_day, working_days_after

# Working days after the child was spoken of: to act, as for what is immediate, and to close, as for what is urgent.
_TO_ACT, _TO_CLOSE = 1, 5


class ConcernStage(StrEnum):
    """How far a concern has come; telling a manager is part of raising it."""

    TOLD = "told"
    ACKNOWLEDGED = "acknowledged"
    ACTED = "acted"
    CLOSED = "closed"

    @property
    def waits_for(self) -> str:
        """What has to happen next, as pages say it; nothing once it is closed."""
        return _WAITS[self]


_WAITS = {
    ConcernStage.TOLD: "Waiting to be acknowledged",
    ConcernStage.ACKNOWLEDGED: "Waiting to be acted on",
    ConcernStage.ACTED: "Waiting to be closed",
    ConcernStage.CLOSED: "",
}


@dataclass(frozen=True)
class ConcernDays:
    """On which day each thing happened to a concern, as far as it did."""

    told_on: date
    acknowledged_on: date | None = None
    acted_on: date | None = None
    closed_on: date | None = None

    @property
    def stage(self) -> ConcernStage:
        """How far it has come."""
        if self.closed_on is not None:
            return ConcernStage.CLOSED
        if self.acted_on is not None:
            return ConcernStage.ACTED
        return ConcernStage.ACKNOWLEDGED if self.acknowledged_on is not None else ConcernStage.TOLD

    @property
    def next_due(self) -> date | None:
        """By when the next thing has to happen, None once it is closed.

        Acknowledged on the same working day, or the next one where nobody works on that day; acted on one working day
        after it was told, closed five working days after.
        """
        return {
            ConcernStage.TOLD: self._first_working_day,
            ConcernStage.ACKNOWLEDGED: working_days_after(self.told_on, _TO_ACT),
            ConcernStage.ACTED: working_days_after(self.told_on, _TO_CLOSE),
        }.get(self.stage)

    @property
    def _first_working_day(self) -> date:
        return self.told_on if is_working_day(self.told_on) else working_days_after(self.told_on, 1)

    def is_late(self, today: date) -> bool:
        """Say whether the day for the next thing has passed."""
        return self.next_due is not None and self.next_due < today
