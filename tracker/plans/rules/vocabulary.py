"""Words that plans use for kinds and states, stored by value; no rule."""

from enum import StrEnum


class ActionKind(StrEnum):
    """What an action is (domain A5)."""

    STANDARD = "standard"
    PLACEHOLDER = "placeholder"
    CONTINUING = "continuing"


class MilestoneKind(StrEnum):
    """How a milestone is dated (domain A4)."""

    DATED = "dated"
    UNDATED = "undated"
    RECURRING = "recurring"
    WAITING = "waiting"


class MilestoneState(StrEnum):
    """How far a milestone is (domain A3)."""

    NOT_STARTED = "not_started"
    STARTED = "started"
    DONE = "done"

    @property
    def words(self) -> str:
        """How people choose it: "Not started"."""
        return self.value.replace("_", " ").capitalize()


class Precision(StrEnum):
    """How exact a date is (ux 6)."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    NONE = "none"
