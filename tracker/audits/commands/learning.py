"""Learning messages with what changed after them, and what people said with what was done about it."""

from dataclasses import dataclass
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
from tracker.audits.models import LearningMessage, Theme, YouSaid
from tracker.audits.rules.limits import ALERT_LENGTH
from tracker.audits.rules.other_words import Audience, Voice
from tracker.core.problems import Gathered, Invalid
from tracker.people.models import Person


@dataclass(frozen=True)
class Message:
    """A learning message; what changed after it, and since which day, may come later."""

    theme: Theme
    words: str
    audience: Audience
    sent_on: date
    changed: str = ""
    changed_day: date | None = None


@dataclass(frozen=True)
class Said:
    """What people said; what was done about it, and since which day, may come later."""

    voice: Voice
    said: str
    said_on: date
    theme: Theme | None = None
    did: str = ""
    did_on: date | None = None


def send_message(
    session: Session, message: Message, *, names_confirmed: bool, by: Person, form_token: str | None = None
) -> LearningMessage:
    """Record a learning message that went out; the same form sent twice records one. It never names a worker."""
    address = new_address(form_token)
    if again := sent_before(session, LearningMessage, form_token, by):
        return again
    check_theme(message.theme, message.sent_on)
    _check_message(session, message, names_confirmed=names_confirmed)
    kept = LearningMessage(public_id=address, created_by=by.id)
    _write_message(kept, message, by)
    session.add(kept)
    session.flush()
    return kept


def change_message(
    session: Session, kept: LearningMessage, message: Message, *, names_confirmed: bool, version: int, by: Person
) -> None:
    """Put a learning message right, or say what changed after it; what it was stays in the change log."""
    refuse_older(kept, version)
    if message.theme.id != kept.theme_id:
        check_theme(message.theme, message.sent_on)
    _check_message(session, message, names_confirmed=names_confirmed)
    _write_message(kept, message, by)
    session.flush()


def keep_said(
    session: Session, said: Said, *, names_confirmed: bool, by: Person, form_token: str | None = None
) -> YouSaid:
    """Keep what people said, with what was done if that is known; the same form sent twice keeps one."""
    address = new_address(form_token)
    if again := sent_before(session, YouSaid, form_token, by):
        return again
    check_theme(said.theme, said.said_on)
    _check_said(session, said, names_confirmed=names_confirmed)
    kept = YouSaid(public_id=address, created_by=by.id)
    _write_said(kept, said, by)
    session.add(kept)
    session.flush()
    return kept


def change_said(
    session: Session, kept: YouSaid, said: Said, *, names_confirmed: bool, version: int, by: Person
) -> None:
    """Put it right, or say what was done; what it was stays in the change log."""
    refuse_older(kept, version)
    if said.theme is not None and said.theme.id != kept.theme_id:
        check_theme(said.theme, said.said_on)
    _check_said(session, said, names_confirmed=names_confirmed)
    _write_said(kept, said, by)
    session.flush()


def _check_message(session: Session, message: Message, *, names_confirmed: bool) -> None:
    wordings = {
        "words": Wording(message.words, "The message", ALERT_LENGTH, "Write the message"),
        "changed": Wording(message.changed, "What changed", ALERT_LENGTH),
    }
    wrong = Gathered()
    with wrong.trying():
        refuse_future("sent_on", message.sent_on)
    with wrong.trying():
        _check_after("changed_day", message.changed, message.changed_day, since=message.sent_on)
    with wrong.trying():
        check_words(session, wordings, confirmed=names_confirmed)
    wrong.tell()


def _check_said(session: Session, said: Said, *, names_confirmed: bool) -> None:
    wordings = {
        "said": Wording(said.said, "What people said", ALERT_LENGTH, "Write what people said"),
        "did": Wording(said.did, "What was done", ALERT_LENGTH),
    }
    wrong = Gathered()
    with wrong.trying():
        refuse_future("said_on", said.said_on)
    with wrong.trying():
        _check_after("did_on", said.did, said.did_on, since=said.said_on)
    with wrong.trying():
        check_words(session, wordings, confirmed=names_confirmed)
    wrong.tell()


def _check_after(field: str, words: str, day: date | None, *, since: date) -> None:
    """Refuse an effect without a day, a day without an effect, and one before its cause or still to come."""
    if bool(words) != (day is not None):
        raise Invalid(field, "Say what, and since which day: both or neither")
    if day is not None:
        refuse_future(field, day)
        if day < since:
            raise Invalid(field, "This day must not be before the other")


def _write_message(kept: LearningMessage, message: Message, by: Person) -> None:
    kept.theme_id, kept.words, kept.audience = message.theme.id, message.words, message.audience
    kept.sent_on, kept.changed, kept.changed_day = message.sent_on, message.changed, message.changed_day
    kept.changed_by = by.id


def _write_said(kept: YouSaid, said: Said, by: Person) -> None:
    kept.voice, kept.said, kept.said_on = said.voice, said.said, said.said_on
    kept.did, kept.did_on, kept.changed_by = said.did, said.did_on, by.id
    kept.theme_id = said.theme.id if said.theme else None
