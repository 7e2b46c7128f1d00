"""What must be told to the worker of an audited file: that an answer is awaited, and once more before its last day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tracker.audits.rules.responding import REMIND_DAYS
from tracker.core.working_days import working_days_before
from tracker.notices.rules.occasions import Entry, Link, Occasion, OccasionKind, occasion
from tracker.plans.rules.wording import short_day


@dataclass(frozen=True, slots=True)
class AnswerDue:
    """An audit that waits for its worker: the code of its file, which sending of it, since when and until when."""

    public_id: str
    code: str
    sending: int
    asked_on: date
    due_on: date


def answer_occasions(awaited: Iterable[AnswerDue]) -> Iterator[Occasion]:
    """Tell the worker when an audit of their work was sent, and again a working day before the last day."""
    for one in awaited:
        link = Link(f"Open {one.code}", "audits.audit_respond", (("public_id", one.public_id),))
        entry = Entry(one.code, one.code, facts=(f"Answer by {short_day(one.due_on)}.",), links=(link,))
        key = f"{one.public_id}:{one.sending}"
        soon = working_days_before(one.due_on, REMIND_DAYS)
        yield occasion(OccasionKind.ANSWER_ASKED, key, one.asked_on, entry, until=one.due_on)
        yield occasion(OccasionKind.ANSWER_DUE, key, soon, entry, until=one.due_on)
