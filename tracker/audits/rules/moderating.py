"""The second look at an audit: grades given blind, compared, agreed, disputed (domain A3); nothing is counted."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.audits.rules.answers import AnswerValue
from tracker.audits.rules.vocabulary import Grade, NoGrade
from tracker.core.working_days import working_days_after, working_days_between

# Working days: to moderate after the audit was sent, for the worker to respond, and to dispute what came of it.
TARGET_DAYS = 10
RESPONSE_DAYS = 5
DISPUTE_DAYS = 5
FEWEST_ON_A_PANEL = 2

SECTION_VALUES = (*(AnswerValue(grade.value) for grade in Grade), *(AnswerValue(answer.value) for answer in NoGrade))
OVERALL_VALUES = tuple(AnswerValue(grade.value) for grade in Grade)


class Outcome(StrEnum):
    """What came of a second look."""

    AGREED = "agreed"
    CHANGED = "changed"
    RETURNED = "returned"

    @property
    def words(self) -> str:
        """The outcome as pages name it."""
        return {"agreed": "Agreed", "changed": "Changed", "returned": "Returned to the auditor"}[self.value]


class About(StrEnum):
    """What a changed grade is about: the work in the file, or the way in which the form was filled in."""

    PRACTICE = "practice"
    FORM = "form"

    @property
    def words(self) -> str:
        """The answer as pages name it."""
        return {"practice": "Practice in the file", "form": "How the form was filled in"}[self.value]


class Side(StrEnum):
    """Who disputes an outcome."""

    AUDITOR = "auditor"
    SERVICE = "service"

    @property
    def words(self) -> str:
        """The side as pages name it."""
        return {"auditor": "The auditor", "service": "The service"}[self.value]


@dataclass(frozen=True)
class Graded:
    """A section, or the whole, with the auditor's grade, the moderator's own, and what counts after both."""

    number: int
    before: AnswerValue | None
    own: AnswerValue | None
    agreed: AnswerValue | None = None
    by_panel: AnswerValue | None = None

    @property
    def counted(self) -> AnswerValue | None:
        """The grade that counts: the panel's, else the agreed one, else the auditor's."""
        return self.by_panel or self.agreed or self.before

    @property
    def differs(self) -> bool:
        """Whether the two who graded it saw it differently."""
        return self.before is not self.own


def left_to_grade(wanted: Collection[int], graded: Iterable[Graded]) -> tuple[int, ...]:
    """Return the numbers that the moderator has not graded yet, which keep the auditor's grades hidden."""
    given = {one.number for one in graded if one.own is not None}
    return tuple(number for number in sorted(wanted) if number not in given)


def outcome_of(graded: Iterable[Graded]) -> Outcome:
    """Say what agreed grades come to: changed as soon as one of them is not the auditor's."""
    return Outcome.CHANGED if any(one.agreed is not one.before for one in graded) else Outcome.AGREED


def needs_reason(graded: Iterable[Graded]) -> bool:
    """Say whether the agreed grades need a reason: where the two differed, or where neither of them is kept."""
    return any(one.differs or one.agreed is not one.before for one in graded)


def shared_team(moderator: int | None, auditor: int | None, case: int) -> str | None:
    """Say why a moderator stands too near to an audit, or None; they may moderate it only with a recorded reason."""
    if moderator is None:
        return None
    if moderator == auditor:
        return "You work in the same team as the auditor"
    return "You work in the team whose file this is" if moderator == case else None


def target_day(sent_on: date) -> date:
    """Return the day by which an audit that was sent on a day is to be moderated."""
    return working_days_after(sent_on, TARGET_DAYS)


def response_ends(sent_on: date) -> date:
    """Return the last day on which the worker whom an audit names may respond."""
    return working_days_after(sent_on, RESPONSE_DAYS)


def may_still_dispute(decided_on: date, day: date) -> bool:
    """Say whether an outcome may be disputed on a day."""
    return working_days_between(decided_on, day) <= DISPUTE_DAYS


def involved(auditor: int, moderator: int | None, worker: int | None, raiser: int | None = None) -> frozenset[int]:
    """Return who has a part in what is moderated or disputed, and so no say in what comes of it."""
    return frozenset(one for one in (auditor, moderator, worker, raiser) if one is not None)


def panel_fault(members: Collection[int], involved: Collection[int]) -> str | None:
    """Say what is wrong with a panel, or None: two or more people, none of whom has a part in the dispute."""
    if len(set(members)) < FEWEST_ON_A_PANEL:
        return "Choose two or more people for the panel"
    if set(members) & set(involved):
        return "The auditor, the moderator, the worker and whoever disputed it cannot sit on the panel"
    return None
