"""The gate to "complete and embedded" (domain A5): what must hold, and on which meeting's day it may be signed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.plans.rules.wording import day_in_words

# An action counts as embedded only when its effect has held this long since it was complete.
HELD_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of the gate, and whether it holds."""

    words: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Gate:
    """The conditions that the records tell of, and the days of meetings on which the sign-off may take effect.

    Who checked it outside the lead's own line, and why no measure applies, is asked of whoever signs.
    """

    conditions: tuple[Condition, ...]
    days: tuple[date, ...]

    @property
    def is_open(self) -> bool:
        """Whether it may be signed off."""
        return all(condition.holds for condition in self.conditions)


def gate(*, complete_since: date | None, open_milestones: int, meetings: Collection[date], today: date) -> Gate:
    """Return the gate as it stands today.

    `complete_since` is the day on which somebody other than the lead confirmed it, or on which it came back from
    embedded: then the 90 days run anew. `meetings` are the days of assurance meetings that were
    held, or are today.
    """
    earliest = complete_since + HELD_FOR if complete_since is not None else None
    days = tuple(sorted(day for day in set(meetings) if earliest is not None and earliest <= day <= today))
    confirmed = f" since {day_in_words(complete_since)}" if complete_since is not None else ""
    held = f": that is from {day_in_words(earliest)}" if earliest is not None else ""
    return Gate(
        (
            Condition(f"Confirmed as complete by somebody who does not lead it{confirmed}", complete_since is not None),
            Condition("Every milestone is done and was checked with that", not open_milestones),
            Condition(f"Complete for {HELD_FOR.days} days{held}", earliest is not None and earliest <= today),
            Condition("An assurance meeting was held since then", bool(days)),
        ),
        days,
    )
