"""What else was heard on a theme beside audits: feedback, headlines of events, learning, alerts; it counts nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from tracker.audits.models import Theme
from tracker.audits.queries import alerts, events, feedback, learning
from tracker.audits.rules.vocabulary import FindingKind
from tracker.people.models import Person
from tracker.people.policy import Permission
from tracker.web.access import allowed
from tracker.web.templating import day

_OF_EACH = 3
_KINDS = {FindingKind.STRENGTH: "Strength", FindingKind.DEVELOPMENT: "Needs work"}


@dataclass(frozen=True)
class Heard:
    """One thing that was heard: what it is, its words and when, with the way to it."""

    what: str
    words: str
    url: str
    when: str


def heard_on(session: Session, theme: Theme, *, reader: Person) -> list[Heard]:
    """Return the latest few of each kind that the reader may read; four queries, and one more for alerts."""
    return list(_heard(session, theme, reader))


def _heard(session: Session, theme: Theme, reader: Person) -> Iterator[Heard]:
    for asked in feedback.feedback_sets(session, reader=reader, theme_id=theme.id, limit=_OF_EACH):
        url = url_for("audits.feedback_show", public_id=asked.public_id)
        yield Heard(f"Feedback: {asked.question}", asked.replies.words, url, f"Until {day(asked.ends_on)}")
    for found in events.headlines(session, reader=reader, theme_id=theme.id, limit=_OF_EACH):
        url = url_for("audits.event_show", public_id=found.event.public_id)
        yield Heard(f"{found.event.name}: {_KINDS[found.kind].lower()}", found.words, url, day(found.event.starts_on))
    for sent in learning.messages(session, reader=reader, theme_id=theme.id, limit=_OF_EACH):
        url = url_for("audits.learning_index")
        yield Heard(f"Learning message: {sent.audience.words.lower()}", sent.words, url, f"Sent {day(sent.sent_on)}")
    for said in learning.said_and_done(session, reader=reader, theme_id=theme.id, limit=_OF_EACH):
        url = url_for("audits.said_index")
        yield Heard(f"{said.voice.words} said", said.said, url, day(said.said_on))
    if not allowed(Permission.ALERT_MANAGE):
        return
    for alert in alerts.alerts(session, reader=reader, theme_id=theme.id, limit=_OF_EACH):
        url = url_for("audits.alert_show", public_id=alert.public_id)
        yield Heard(f"Practice alert: {alert.unit.name}", alert.state.words, url, f"Raised {day(alert.raised_on)}")
