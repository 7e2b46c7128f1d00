"""Makes alerts, feedback, events, learning messages and what people said for tests, through the commands."""

from datetime import timedelta

from sqlalchemy.orm import Session

from tests.support.builders.audits import a_theme
from tests.support.builders.people import a_unit
from tests.support.builders.plans import Day, a_day
from tracker.audits.commands.alerts import record_alert
from tracker.audits.commands.events import EventFacts, add_event, add_finding
from tracker.audits.commands.feedback import FeedbackFacts, add_feedback
from tracker.audits.commands.learning import Message, Said, keep_said, send_message
from tracker.audits.commands.quick_wins import add_quick_win
from tracker.audits.models import (
    AssuranceEvent,
    EventFinding,
    FeedbackSet,
    LearningMessage,
    PracticeAlert,
    QuickWin,
    YouSaid,
)
from tracker.audits.rules.feedback import Replies
from tracker.audits.rules.other_words import AlertSource, Audience, EventKind, FeedbackSource, Voice
from tracker.audits.rules.vocabulary import FindingKind
from tracker.core import clock
from tracker.people.models import Person
from tracker.people.queries import person


def an_alert(
    session: Session, *, by: Person, theme: str = "drift", words: str = "The same step was not begun twice."
) -> PracticeAlert:
    """Record an alert of a reviewing officer, raised yesterday."""
    return record_alert(
        session,
        source=AlertSource.IRO,
        theme=a_theme(session, theme),
        unit=a_unit(session, f"Team of {theme}"),
        raised_on=clock.today() - timedelta(days=1),
        words=words,
        names_confirmed=True,
        by=by,
    )


def some_feedback(
    session: Session,
    *,
    by: Person,
    replies: tuple[int, int, int] = (20, 8, 7),
    question: str = "Did you feel supported by the chair?",
    theme: str | None = "conferences",
    ends: Day = "-1d",
) -> FeedbackSet:
    """Record the replies of thirty days to a question: invited, responded, yes."""
    last = a_day(ends) or clock.today()
    facts = FeedbackFacts(
        source=FeedbackSource.CONFERENCE,
        question=question,
        starts_on=last - timedelta(days=30),
        ends_on=last,
        replies=Replies(*replies),
        theme=a_theme(session, theme) if theme else None,
    )
    return add_feedback(session, facts, names_confirmed=True, by=by)


def an_event(session: Session, *, by: Person, name: str = "Practice week of October") -> AssuranceEvent:
    """Record a practice week that ended a month ago."""
    first = clock.today() - timedelta(days=34)
    facts = EventFacts(EventKind.PRACTICE_WEEK, name, first, first + timedelta(days=4), "The front door")
    return add_event(session, facts, names_confirmed=True, by=by)


def a_headline(
    session: Session, event: AssuranceEvent, *, by: Person, words: str = "Plans say little.", theme: str = "plan"
) -> EventFinding:
    """Add something to develop to an event."""
    kind, about = FindingKind.DEVELOPMENT, a_theme(session, theme)
    return add_finding(session, event, kind=kind, words=words, theme=about, names_confirmed=True, by=by)


def a_quick_win(
    session: Session,
    event: AssuranceEvent,
    *,
    owner: Person,
    by: Person,
    words: str = "Print the guide",
    due: Day = "+7d",
) -> QuickWin:
    """Give a quick win of an event to somebody."""
    day, with_roles = a_day(due) or clock.today(), person(session, owner.id) or owner
    return add_quick_win(session, event, words=words, owner=with_roles, due_on=day, names_confirmed=True, by=by)


def a_message(
    session: Session, *, by: Person, theme: str = "voice", words: str = "Write what the child said."
) -> LearningMessage:
    """Record a message that went to practitioners ten days ago."""
    sent = Message(a_theme(session, theme), words, Audience.PRACTITIONERS, clock.today() - timedelta(days=10))
    return send_message(session, sent, names_confirmed=True, by=by)


def something_said(
    session: Session, *, by: Person, theme: str | None = "workload", said: str = "The form asks the same fact twice."
) -> YouSaid:
    """Keep what staff said twenty days ago, with nothing done yet."""
    about = a_theme(session, theme) if theme else None
    kept = Said(Voice.STAFF, said, clock.today() - timedelta(days=20), about)
    return keep_said(session, kept, names_confirmed=True, by=by)
