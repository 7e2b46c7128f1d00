"""When an approved override may better a rating, by how much, for how long, and who decides (domain A5); pure rules."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.plans.rules.rag import Rag

SHORTEST_REASON = 20
LASTS = timedelta(days=35)
MOST_OVERDUE = 56
VALUES = (Rag.AMBER, Rag.GREEN)
# Grey is neither late nor on track: from there, as from amber, one step leads to green.
_RUNGS = {Rag.RED: 0, Rag.AMBER: 1, Rag.NOT_SCHEDULED: 1, Rag.GREEN: 2}


class OverrideState(StrEnum):
    """What became of the wish for an override."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class OverrideFacts:
    """An approved override in effect: what it makes of which computed rating, and its last day."""

    value: Rag
    over: Rag
    until: date


@dataclass(frozen=True, slots=True)
class OverrideCase:
    """What is known of an action when somebody asks for an override, or decides on one."""

    ref: str
    computed: Rag
    has_lead: bool = True
    days_overdue: int = 0
    is_placeholder: bool = False
    has_open_concern: bool = False


def lifted(computed: Rag, value: Rag | None, until: date | None, day: date) -> Rag:
    """Return what an override makes of the computed rating on a day: never worse, and nothing after its last day."""
    if value is None or until is None or day > until or computed.is_closed:
        return computed
    return value if value.concern > computed.concern else computed


def steps_between(computed: Rag, value: Rag) -> int:
    """Return how many steps better a rating becomes: red to amber one, red to green two."""
    return _RUNGS[value] - _RUNGS[computed]


def needs_body(computed: Rag, value: Rag) -> bool:
    """Whether an override is more than the one step that the programme office may approve by itself."""
    return steps_between(computed, value) > 1


def last_day(approved_on: date, next_meeting: date | None) -> date:
    """Return the last day of an override: the body's next meeting or 35 days on, whichever is first."""
    longest = approved_on + LASTS
    return longest if next_meeting is None else min(longest, next_meeting)


def why_not_override(case: OverrideCase, value: Rag) -> str | None:
    """Return in words why an action may not be rated better than computed, or None when somebody may decide on it."""
    ref = case.ref
    if case.computed.is_closed:
        return f"{ref} is closed, so nothing is computed that could be overridden"
    if steps_between(case.computed, value) < 1:
        return f"{ref} is {case.computed.word.lower()} by its dates. An override is only for a better rating than that"
    return _limit(case, value)


def _limit(case: OverrideCase, value: Rag) -> str | None:
    ref = case.ref
    if not case.has_lead:
        return f"{ref} has no lead, so its rating cannot be overridden"
    if case.days_overdue > MOST_OVERDUE:
        days = f"{case.days_overdue} days overdue, which is more than {MOST_OVERDUE}"
        return f"{ref} is {days}, so its rating cannot be overridden"
    if case.is_placeholder and value is Rag.GREEN:
        return f"{ref} stands for actions still to be agreed, so it is never green"
    if case.has_open_concern:
        return f"An immediate concern is open on a theme that {ref} is meant to change, so its rating stands"
    return None
