"""Recording practice weeks and assurance days with their headline findings; quick wins have a file of their own."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.audits.commands.other_records import (
    Wording,
    check_theme,
    check_words,
    new_address,
    refuse_older,
    sent_before,
)
from tracker.audits.models import AssuranceEvent, EventFinding, Theme
from tracker.audits.rules.limits import HEADLINE_LENGTH, MOST_HEADLINES, QUESTION_LENGTH
from tracker.audits.rules.other_words import EventKind
from tracker.audits.rules.vocabulary import FindingKind
from tracker.core.problems import Invalid
from tracker.core.text import one_line
from tracker.people.models import Person

_NAME_LENGTH = 120


@dataclass(frozen=True)
class EventFacts:
    """What is known of an event; it may be planned, so that its days may lie ahead."""

    kind: EventKind
    name: str
    starts_on: date
    ends_on: date
    focus: str


def add_event(
    session: Session, facts: EventFacts, *, names_confirmed: bool, by: Person, form_token: str | None = None
) -> AssuranceEvent:
    """Record an event; the same form sent twice records one."""
    address = new_address(form_token)
    if again := sent_before(session, AssuranceEvent, form_token, by):
        return again
    _check(session, facts, names_confirmed=names_confirmed)
    event = AssuranceEvent(public_id=address, created_by=by.id)
    _write(event, facts, by)
    session.add(event)
    session.flush()
    return event


def change_event(
    session: Session, event: AssuranceEvent, facts: EventFacts, *, names_confirmed: bool, version: int, by: Person
) -> None:
    """Put an event right; what it was stays in the change log."""
    refuse_older(event, version)
    _check(session, facts, names_confirmed=names_confirmed)
    _write(event, facts, by)
    session.flush()


def add_finding(
    session: Session,
    event: AssuranceEvent,
    *,
    kind: FindingKind,
    words: str,
    theme: Theme | None,
    names_confirmed: bool,
    by: Person,
    form_token: str | None = None,
) -> EventFinding:
    """Add a headline finding at the end of an event's list; it is shown on its theme and never counted as a vote."""
    address = new_address(form_token)
    if again := sent_before(session, EventFinding, form_token, by):
        return again
    last = session.scalar(select(func.max(EventFinding.position)).where(EventFinding.event_id == event.id)) or 0
    if last >= MOST_HEADLINES:
        raise Invalid(None, f"An event has at most {MOST_HEADLINES} headline findings")
    check_theme(theme, event.ends_on)
    _check_headline(session, words, names_confirmed=names_confirmed)
    finding = EventFinding(
        public_id=address,
        event_id=event.id,
        position=last + 1,
        kind=kind,
        theme_id=theme.id if theme else None,
        words=words,
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(finding)
    session.flush()
    return finding


def change_finding(
    session: Session,
    finding: EventFinding,
    *,
    kind: FindingKind,
    words: str,
    theme: Theme | None,
    names_confirmed: bool,
    version: int,
    by: Person,
) -> None:
    """Put a headline finding right; what it was stays in the change log."""
    refuse_older(finding, version)
    if theme is not None and theme.id != finding.theme_id:
        check_theme(theme, finding.event.ends_on)
    _check_headline(session, words, names_confirmed=names_confirmed)
    finding.kind, finding.words, finding.changed_by = kind, words, by.id
    finding.theme_id = theme.id if theme else None
    session.flush()


def _check(session: Session, facts: EventFacts, *, names_confirmed: bool) -> None:
    if facts.ends_on < facts.starts_on:
        raise Invalid("ends_on", "The last day must not be before the first")
    wordings = {
        "name": Wording(one_line(facts.name), "The name", _NAME_LENGTH, "Enter the name of the event"),
        "focus": Wording(one_line(facts.focus), "The focus", QUESTION_LENGTH, "Say what the event looks at"),
    }
    check_words(session, wordings, confirmed=names_confirmed)


def _check_headline(session: Session, words: str, *, names_confirmed: bool) -> None:
    wording = Wording(words, "The finding", HEADLINE_LENGTH, "Say what was found")
    check_words(session, {"words": wording}, confirmed=names_confirmed)


def _write(event: AssuranceEvent, facts: EventFacts, by: Person) -> None:
    event.kind, event.name, event.focus = facts.kind, one_line(facts.name), one_line(facts.focus)
    event.starts_on, event.ends_on, event.changed_by = facts.starts_on, facts.ends_on, by.id
