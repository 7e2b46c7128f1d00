"""By which day an inspection is to be answered, counted from the day its report came; which days are off is core's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.core.text import counted
from tracker.core.working_days import working_days_after, working_days_between
from tracker.plans.rules.states import InspectionKind, ItemClass
from tracker.plans.rules.wording import short_day

DRAFT_DAYS = 20
PLAN_DAYS = 70


@dataclass(frozen=True, slots=True)
class AnswerDays:
    """When the draft of the plan, and the plan itself, are due."""

    draft_due: date
    plan_due: date


def answer_days(kind: InspectionKind, classes: Iterable[ItemClass], *, received_on: date | None) -> AnswerDays | None:
    """Return the days by which an answer is due: 20 and 70 working days after receipt (domain A2).

    A visit asks for a plan only when it names a priority action; nothing is due while nobody has said when it came.
    """
    has_priority = any(one in {ItemClass.PRIORITY_ACTION, ItemClass.PRIORITY_AND_IMMEDIATE_ACTION} for one in classes)
    if received_on is None or (kind is not InspectionKind.INSPECTION and not has_priority):
        return None
    return AnswerDays(working_days_after(received_on, DRAFT_DAYS), working_days_after(received_on, PLAN_DAYS))


def answer_words(due: date, *, today: date, done_on: date | None) -> str:
    """Return how an answer stands: done on a day, due today, in or since so many working days."""
    if done_on is not None:
        late = working_days_between(due, done_on)
        return f"done {short_day(done_on)}" + (f", {_days(late)} late" if late > 0 else "")
    left = working_days_between(today, due)
    if due < today:
        return f"{_days(working_days_between(due, today))} late"
    return f"in {_days(left)}" if left else "today"


def _days(number: int) -> str:
    return counted(number, "working day")
