"""Practice alerts: recording what a chair or reviewing officer saw, answering it, and closing it."""

from datetime import date

from sqlalchemy.orm import Session

from tracker.audits.commands.other_records import (
    Wording,
    check_theme,
    check_words,
    new_address,
    refuse_future,
    refuse_older,
    sent_before,
)
from tracker.audits.models import PracticeAlert, Theme
from tracker.audits.rules.limits import ALERT_LENGTH
from tracker.audits.rules.other_words import AlertSource, AlertState
from tracker.core import clock
from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Person, Unit
from tracker.people.rules import holds_on


def record_alert(
    session: Session,
    *,
    source: AlertSource,
    theme: Theme,
    unit: Unit,
    raised_on: date,
    words: str,
    names_confirmed: bool,
    by: Person,
    form_token: str | None = None,
) -> PracticeAlert:
    """Record a practice alert on a theme in a unit; the same form sent twice records one.

    Raises `Invalid` for a day to come, a unit or theme that there was not on that day, and words that are missing, too
    long, or look as if they named somebody.
    """
    address = new_address(form_token)
    if again := sent_before(session, PracticeAlert, form_token, by):
        return again
    refuse_future("raised_on", raised_on)
    check_theme(theme, raised_on)
    if not holds_on(raised_on, unit.starts_on, unit.ends_on):
        raise Invalid("unit", f"There was no {unit.name} on that day")
    wording = Wording(words, "What was seen", ALERT_LENGTH, "Say what was seen in practice")
    check_words(session, {"words": wording}, confirmed=names_confirmed)
    alert = PracticeAlert(
        public_id=address,
        source=source,
        theme_id=theme.id,
        unit_id=unit.id,
        raised_on=raised_on,
        words=words,
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(alert)
    session.flush()
    return alert


def answer_alert(
    session: Session, alert: PracticeAlert, *, answer: str, names_confirmed: bool, version: int, by: Person
) -> None:
    """Keep what the service answered to an open alert; an answered one waits until somebody closes it."""
    if alert.state is not AlertState.OPEN:
        raise Conflict(None, "This alert was answered already. What is stored now is shown")
    refuse_older(alert, version)
    wording = Wording(answer, "The answer", ALERT_LENGTH, "Say what the service answered")
    check_words(session, {"answer": wording}, confirmed=names_confirmed)
    alert.state, alert.answer, alert.answered_on = AlertState.ANSWERED, answer, clock.today()
    alert.changed_by = by.id
    session.flush()


def close_alert(session: Session, alert: PracticeAlert, *, version: int, by: Person) -> None:
    """Close an answered alert: whoever raised it has seen that the answer is enough."""
    if alert.state is not AlertState.ANSWERED:
        raise Conflict(None, "Only an alert that was answered can be closed. What is stored now is shown")
    refuse_older(alert, version)
    alert.state, alert.closed_on, alert.changed_by = AlertState.CLOSED, clock.today(), by.id
    session.flush()


def reopen_alert(session: Session, alert: PracticeAlert, *, version: int, by: Person) -> None:
    """Ask for another answer: this one was not enough; the log keeps what it said."""
    if alert.state is not AlertState.ANSWERED:
        raise Conflict(None, "Only an answer that waits can be sent back. What is stored now is shown")
    refuse_older(alert, version)
    alert.state, alert.changed_by = AlertState.OPEN, by.id
    session.flush()
