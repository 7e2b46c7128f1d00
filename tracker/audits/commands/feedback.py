"""Recording feedback: one question, how many were invited, how many replied and how many said yes."""

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
from tracker.audits.models import FeedbackSet, Theme
from tracker.audits.rules.feedback import Replies
from tracker.audits.rules.limits import QUESTION_LENGTH
from tracker.audits.rules.other_words import FeedbackSource
from tracker.core.problems import Gathered, Invalid
from tracker.core.text import one_line
from tracker.people.models import Person


@dataclass(frozen=True)
class FeedbackFacts:
    """What is known of a set of feedback."""

    source: FeedbackSource
    question: str
    starts_on: date
    ends_on: date
    replies: Replies
    theme: Theme | None = None


def add_feedback(
    session: Session, facts: FeedbackFacts, *, names_confirmed: bool, by: Person, form_token: str | None = None
) -> FeedbackSet:
    """Record a set of feedback; the same form sent twice records one.

    Raises `Invalid` for figures that cannot all be true, for a period that is not over, and for a question that is
    missing, too long, or looks as if it named somebody.
    """
    address = new_address(form_token)
    if again := sent_before(session, FeedbackSet, form_token, by):
        return again
    _check(session, facts, names_confirmed=names_confirmed)
    check_theme(facts.theme, facts.ends_on)
    added = FeedbackSet(public_id=address, created_by=by.id)
    _write(added, facts, by)
    session.add(added)
    session.flush()
    return added


def change_feedback(
    session: Session, feedback: FeedbackSet, facts: FeedbackFacts, *, names_confirmed: bool, version: int, by: Person
) -> None:
    """Put a set of feedback right, as when late replies came in; what it was stays in the change log."""
    refuse_older(feedback, version)
    _check(session, facts, names_confirmed=names_confirmed)
    if facts.theme is not None and facts.theme.id != feedback.theme_id:
        check_theme(facts.theme, facts.ends_on)
    _write(feedback, facts, by)
    session.flush()


def _check(session: Session, facts: FeedbackFacts, *, names_confirmed: bool) -> None:
    wrong = Gathered()
    with wrong.trying():
        if facts.ends_on < facts.starts_on:
            raise Invalid("ends_on", "The last day must not be before the first")
        refuse_future("ends_on", facts.ends_on)
    with wrong.trying():
        if fault := facts.replies.fault:
            raise Invalid(*fault)
    with wrong.trying():
        question = Wording(
            one_line(facts.question), "The question", QUESTION_LENGTH, "Enter the question that was asked"
        )
        check_words(session, {"question": question}, confirmed=names_confirmed)
    wrong.tell()


def _write(feedback: FeedbackSet, facts: FeedbackFacts, by: Person) -> None:
    feedback.source = facts.source
    feedback.question = one_line(facts.question)
    feedback.starts_on, feedback.ends_on = facts.starts_on, facts.ends_on
    feedback.invited = facts.replies.invited
    feedback.responded = facts.replies.responded
    feedback.yes = facts.replies.yes
    feedback.theme_id = facts.theme.id if facts.theme else None
    feedback.changed_by = by.id
