"""Quick wins of an event: giving one to somebody with a day, and saying that it is done."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.audits.commands.other_records import (
    Wording,
    check_words,
    new_address,
    refuse_older,
    sent_before,
)
from tracker.audits.models import AssuranceEvent, QuickWin
from tracker.audits.rules.limits import HEADLINE_LENGTH, MOST_QUICK_WINS, QUESTION_LENGTH
from tracker.core import clock
from tracker.core.problems import Conflict, Forbidden, Invalid
from tracker.core.text import one_line
from tracker.people.models import Person
from tracker.people.policy import Permission, may


def add_quick_win(
    session: Session,
    event: AssuranceEvent,
    *,
    words: str,
    owner: Person,
    due_on: date,
    names_confirmed: bool,
    by: Person,
    form_token: str | None = None,
) -> QuickWin:
    """Give a quick win to its owner, due on a day; the same form sent twice gives one.

    The owner comes with roles loaded. Raises `Invalid` for an owner who could not open the event, and for a day before
    the event began.
    """
    address = new_address(form_token)
    if again := sent_before(session, QuickWin, form_token, by):
        return again
    if not may(owner, Permission.OTHER_EVIDENCE_READ, event):
        raise Invalid("owner", "Choose somebody who can open this event")
    if due_on < event.starts_on:
        raise Invalid("due_on", "The day it is due must not be before the event")
    if (session.scalar(select(func.count(QuickWin.id)).where(QuickWin.event_id == event.id)) or 0) >= MOST_QUICK_WINS:
        raise Invalid(None, f"An event has at most {MOST_QUICK_WINS} quick wins. Make the others actions of the plan")
    words = one_line(words)
    wording = Wording(words, "The quick win", QUESTION_LENGTH, "Say what is to be done")
    check_words(session, {"words": wording}, confirmed=names_confirmed)
    win = QuickWin(
        public_id=address,
        event=event,
        words=words,
        owner=owner,
        due_on=due_on,
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(win)
    session.flush()
    return win


def finish_quick_win(
    session: Session, win: QuickWin, *, done_on: date, outcome: str, names_confirmed: bool, version: int, by: Person
) -> None:
    """Say that a quick win was done, on which day and what came of it; its owner does, or the moderator.

    Raises `Forbidden` to anybody else, and `Conflict` when it was done already.
    """
    if not may(by, Permission.QUICK_WIN_DO, win):
        raise Forbidden(None, "Only its owner, or the moderator, may say that a quick win is done")
    if win.done_on is not None:
        raise Conflict(None, "This quick win is done already. What is stored now is shown")
    refuse_older(win, version)
    if not win.event.starts_on <= done_on <= clock.today():
        raise Invalid("done_on", "The day must lie between the event and today")
    wording = Wording(outcome, "What came of it", HEADLINE_LENGTH, "Say what was done")
    check_words(session, {"outcome": wording}, confirmed=names_confirmed)
    win.done_on, win.done_by_id, win.outcome, win.changed_by = done_on, by.id, outcome, by.id
    session.flush()
