"""Asking for more time for an audit, and deciding on it; the first due day stays in the log."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from tracker.audits.models import Audit, MoreTime
from tracker.audits.queries.more_time import open_request
from tracker.audits.rules.limits import REASON_LENGTH
from tracker.core import clock
from tracker.core.answers import keep_to
from tracker.core.problems import Conflict, Forbidden, Invalid
from tracker.people.models import Person

LONGEST = timedelta(days=92)
"""How far ahead a day may be asked for."""


def ask_more_time(session: Session, audit: Audit, *, until: date | None, why: str, by: Person) -> MoreTime:
    """Ask that an open audit be due later; who leads the rounds decides.

    Raises `Invalid` beside the day or the reason, `Conflict` when the audit is closed or was asked about already.
    """
    if not audit.state.is_open:
        raise Conflict(None, "This audit is no longer open, so it needs no more time")
    if open_request(session, audit):
        raise Conflict(None, "More time was asked for already, and nobody has decided yet")
    earliest = max(audit.due_on, clock.today())
    if until is None or not earliest < until <= clock.today() + LONGEST:
        raise Invalid("until", f"Enter a day after {earliest:%-d %B %Y}, at most three months from now")
    why = why.strip()
    if not why:
        raise Invalid("why", "Say why it takes longer")
    keep_to("why", why, what="Why", most=REASON_LENGTH)
    asked = MoreTime(audit_id=audit.id, asked_by_id=by.id, asked_for=until, why=why, created_by=by.id, changed_by=by.id)
    session.add(asked)
    session.flush()
    return asked


def decide_more_time(
    session: Session, asked: MoreTime, *, is_agreed: bool, note: str, version: int, by: Person
) -> MoreTime:
    """Agree that an audit is due later, or not, which needs a reason; it comes with its audit.

    Raises `Forbidden` to who asked and to who writes the audit, `Conflict` when it was decided or the audit was sent.
    """
    if by.id in {asked.asked_by_id, asked.audit.auditor_id}:
        raise Forbidden(None, "Somebody else decides on more time for what you write")
    if asked.is_agreed is not None or asked.version != version:
        raise Conflict(None, "Somebody else decided on this while you were reading")
    if not asked.audit.state.is_open:
        raise Conflict(None, "This audit was sent since, so it needs no more time")
    note = note.strip()
    if not is_agreed and not note:
        raise Invalid("note", "Say why it stays due when it is")
    keep_to("note", note, what="What you say to it", most=REASON_LENGTH)
    asked.is_agreed, asked.note, asked.decided_by_id, asked.decided_at = is_agreed, note, by.id, clock.now()
    asked.changed_by = by.id
    if is_agreed:
        asked.audit.due_on, asked.audit.changed_by = asked.asked_for, by.id
    session.flush()
    return asked
