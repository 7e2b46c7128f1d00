"""What somebody may have to be told and on which days; what it is about in words comes with it as entries."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# An occasion that nobody could be told of for so long is no news any more: two weekly mails and a long weekend.
KEEPS_FOR = timedelta(days=10)


class OccasionKind(StrEnum):
    """The kinds of domain A12 that this release knows, the most pressing first: the first one gives the subject."""

    CONCERN = "concern"
    REMEDIAL_LATE = "remedial_late"
    REMEDIAL_GIVEN = "remedial_given"
    CONCERN_WAITS = "concern_waits"
    ANSWER_DUE = "answer_due"
    ANSWER_ASKED = "answer_asked"
    AUDIT_RETURNED = "audit_returned"
    RETURNED = "returned"
    DECIDED = "decided"
    LAST_DAY = "last_day"
    DAYS_LEFT = "days_left"
    OPENS = "opens"
    TURNED_RED = "turned_red"
    OVERDUE = "overdue"
    DEPENDENCY = "dependency"
    MILESTONE = "milestone"
    GIVEN = "given"
    AUDIT_LATE = "audit_late"
    AUDIT_DUE = "audit_due"
    ALLOCATED = "allocated"
    REMEDIAL_DUE = "remedial_due"
    MODERATED = "moderated"
    MORE_TIME = "more_time"
    MODERATION_LATE = "moderation_late"
    MODERATION_WAITS = "moderation_waits"
    MORE_TIME_ASKED = "more_time_asked"
    REMEDIAL_CHECK = "remedial_check"
    RE_AUDIT_DUE = "re_audit_due"
    NOT_GIVEN = "not_given"
    STILL_MISSING = "still_missing"
    LEAD_LEFT = "lead_left"
    UNDATED = "undated"
    DOUBTS = "doubts"
    COMPLETION = "completion"

    @property
    def is_urgent(self) -> bool:
        """Whether it cannot wait for a weekly mail."""
        return self in _URGENT

    @property
    def place(self) -> int:
        """Where it stands in a letter."""
        return _IN_ORDER.index(self)


_IN_ORDER = tuple(OccasionKind)
_URGENT = frozenset(
    {
        OccasionKind.CONCERN,
        OccasionKind.REMEDIAL_LATE,
        OccasionKind.REMEDIAL_GIVEN,
        OccasionKind.CONCERN_WAITS,
        OccasionKind.ANSWER_DUE,
        OccasionKind.ANSWER_ASKED,
        OccasionKind.AUDIT_RETURNED,
        OccasionKind.RETURNED,
        OccasionKind.LAST_DAY,
        OccasionKind.NOT_GIVEN,
    }
)


@dataclass(frozen=True, slots=True)
class Link:
    """A way into the service: its label, and the page by endpoint and values of the address; it opens, never acts."""

    label: str
    endpoint: str
    values: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a letter. `bare` names it by number alone; `facts` hold no words of the plan, `lines` may.

    A bare letter has the bare heading in place of the other, and the bare facts in place of lines and quotation.
    """

    heading: str
    bare: str
    facts: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    quote: str = ""
    bare_facts: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something to tell one person: it is news from one day until another, both included, and is told once by key.

    `closes` says until when, where that is part of the subject.
    """

    kind: OccasionKind
    key: str
    from_on: date
    until_on: date
    entries: tuple[Entry, ...]
    closes: str = ""


def occasion(
    kind: OccasionKind, key: str, on: date, *entries: Entry, until: date | None = None, closes: str = ""
) -> Occasion:
    """Return an occasion that becomes news on a day and stays so for ten days unless its end is given."""
    return Occasion(kind, f"{kind}:{key}", on, until if until is not None else on + KEEPS_FOR, entries, closes)
