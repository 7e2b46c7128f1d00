"""The programme of a year (domain B2): its twelve mechanisms, when each is due, and what counts as done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.audits.rules.other_words import AlertSource, EventKind, FeedbackSource

MOST_A_YEAR = 10_000
# A year of a programme is the council's: April to March.
FIRST_MONTH = 4
EARLIEST_YEAR, LATEST_YEAR = 2000, 2100


class RecordKind(StrEnum):
    """The four kinds of record that mechanisms make; only the first has case files as its denominator."""

    CASE_AUDIT = "case_audit"
    PRACTICE_ALERT = "practice_alert"
    FEEDBACK = "feedback"
    EVENT = "event"

    @property
    def words(self) -> str:
        """The kind as pages name it."""
        return _KIND_WORDS[self]


_KIND_WORDS = {
    RecordKind.CASE_AUDIT: "Audits of case files",
    RecordKind.PRACTICE_ALERT: "Practice alerts",
    RecordKind.FEEDBACK: "Feedback",
    RecordKind.EVENT: "Events",
}


# What a mechanism of a kind may count alone; files are audited in rounds, which name their mechanism.
_COUNTABLE: dict[RecordKind, type[AlertSource | EventKind | FeedbackSource]] = {
    RecordKind.PRACTICE_ALERT: AlertSource,
    RecordKind.FEEDBACK: FeedbackSource,
    RecordKind.EVENT: EventKind,
}


def countable(kind: RecordKind) -> dict[str, str]:
    """Return what a mechanism of a kind may count alone, with its words."""
    return {one.value: one.words for one in _COUNTABLE[kind]} if kind in _COUNTABLE else {}


class Cadence(StrEnum):
    """How often a mechanism is turned."""

    MONTHLY = "monthly"
    BIMONTHLY = "bimonthly"
    QUARTERLY = "quarterly"
    SIX_MONTHLY = "six_monthly"
    ANNUAL = "annual"
    AS_NEEDED = "as_needed"

    @property
    def words(self) -> str:
        """The cadence as pages name it."""
        return _CADENCE_WORDS[self]


_CADENCE_WORDS = {
    Cadence.MONTHLY: "Every month",
    Cadence.BIMONTHLY: "Every two months",
    Cadence.QUARTERLY: "Every quarter",
    Cadence.SIX_MONTHLY: "Every six months",
    Cadence.ANNUAL: "Once a year",
    Cadence.AS_NEEDED: "When it is needed",
}
# By how many months apart it is due, at the end of each stretch; what comes when it is needed has no months.
_APART = {
    Cadence.MONTHLY: 1,
    Cadence.BIMONTHLY: 2,
    Cadence.QUARTERLY: 3,
    Cadence.SIX_MONTHLY: 6,
    Cadence.ANNUAL: 12,
}


@dataclass(frozen=True)
class DefaultMechanism:
    """One of the twelve with which every programme begins."""

    name: str
    kind: RecordKind
    cadence: Cadence
    counts: str | None = None


DEFAULT_MECHANISMS = (
    DefaultMechanism("Senior managers' monthly case file audit", RecordKind.CASE_AUDIT, Cadence.MONTHLY),
    DefaultMechanism("Themed audits", RecordKind.CASE_AUDIT, Cadence.QUARTERLY),
    DefaultMechanism("Dip sample of quality assurance on each file", RecordKind.CASE_AUDIT, Cadence.QUARTERLY),
    DefaultMechanism("Dip sample of contacts and referrals", RecordKind.CASE_AUDIT, Cadence.MONTHLY),
    DefaultMechanism("Individual case file audit", RecordKind.CASE_AUDIT, Cadence.AS_NEEDED),
    DefaultMechanism("Practice alerts from conference chairs and IROs", RecordKind.PRACTICE_ALERT, Cadence.AS_NEEDED),
    DefaultMechanism("Multi-agency audits", RecordKind.CASE_AUDIT, Cadence.SIX_MONTHLY),
    DefaultMechanism(
        "Feedback on child protection conferences", RecordKind.FEEDBACK, Cadence.QUARTERLY, FeedbackSource.CONFERENCE
    ),
    DefaultMechanism("Feedback from families", RecordKind.FEEDBACK, Cadence.QUARTERLY, FeedbackSource.FAMILIES),
    DefaultMechanism("Safeguarding assurance days", RecordKind.EVENT, Cadence.SIX_MONTHLY, EventKind.ASSURANCE_DAY),
    DefaultMechanism("Audit of supervision", RecordKind.CASE_AUDIT, Cadence.SIX_MONTHLY),
    DefaultMechanism(
        "Questionnaires to children and families", RecordKind.FEEDBACK, Cadence.ANNUAL, FeedbackSource.QUESTIONNAIRE
    ),
)


@dataclass(frozen=True)
class Tally:
    """What came of audits that were given out: `done` sent, `exempt` excused, `late` due before today and open.

    `open` holds those that are still to be done, late ones included; `waiting` are files of a sample that nobody was
    given yet. Other records are done when they are there, an event when it is over.
    """

    done: int = 0
    exempt: int = 0
    late: int = 0
    open: int = 0
    waiting: int = 0

    @property
    def planned(self) -> int:
        """How many files were drawn or given out in all."""
        return self.done + self.exempt + self.open + self.waiting

    @property
    def completed(self) -> int:
        """What counts as completed: exempt audits do, since a director excused them (domain A3)."""
        return self.done + self.exempt

    def __add__(self, other: "Tally") -> "Tally":
        """Return both together."""
        return Tally(
            done=self.done + other.done,
            exempt=self.exempt + other.exempt,
            late=self.late + other.late,
            open=self.open + other.open,
            waiting=self.waiting + other.waiting,
        )


def together(tallies: Iterable[Tally]) -> Tally:
    """Return what many tallies come to."""
    return sum(tallies, Tally())


def year_of(day: date) -> int:
    """Return the year of the programme that a day belongs to, named after the calendar year of its April."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def year_words(year: int) -> str:
    """Return a year as pages name it: "2026-27"."""
    return f"{year}-{(year + 1) % 100:02}"


def months_of(year: int) -> tuple[date, ...]:
    """Return the first days of the twelve months of a programme's year."""
    months = (year * 12 + FIRST_MONTH - 1 + count for count in range(12))
    return tuple(date(month // 12, month % 12 + 1, 1) for month in months)


def first_day(year: int) -> date:
    """Return the first day of a programme's year."""
    return date(year, FIRST_MONTH, 1)


def last_day(year: int) -> date:
    """Return the last day of a programme's year, which is in the next year of the calendar."""
    return first_day(year + 1) - timedelta(days=1)


def planned_by_month(target: int, cadence: Cadence) -> tuple[int, ...]:
    """Return how much of a year's target is due in each of its twelve months.

    It falls at the end of each stretch of the cadence, spread evenly, earlier stretches taking the rest. What comes
    when it is needed is planned for no month.
    """
    apart = _APART.get(cadence)
    if apart is None:
        return (0,) * 12
    turns = 12 // apart
    share, rest = divmod(target, turns)
    due = {apart * (turn + 1) - 1: share + (1 if turn < rest else 0) for turn in range(turns)}
    return tuple(due.get(month, 0) for month in range(12))


def due_by(planned: Iterable[int], months: Iterable[date], today: date) -> int:
    """Return how much was due by the end of the last month that is over."""
    first = today.replace(day=1)
    return sum(count for count, month in zip(planned, months, strict=True) if month < first)


def late_of(kind: RecordKind, tally: Tally, due: int) -> int:
    """Return how much of a mechanism is late: audits past their day; of other records, what is due and not recorded."""
    return tally.late if kind is RecordKind.CASE_AUDIT else max(0, due - tally.done)


def completion(tally: Tally, planned: int) -> int | None:
    """Return in whole per cent how much of what was planned is completed, None where nothing was."""
    return round(100 * tally.completed / planned) if planned else None


def by_month(tallies: Mapping[date, Tally], months: Iterable[date]) -> tuple[Tally, ...]:
    """Return a tally for each month, empty where there is none."""
    return tuple(tallies.get(month, Tally()) for month in months)
