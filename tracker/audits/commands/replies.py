"""Keeping the answers of one section, row by row: what has none has no row; locking is the section's."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from tracker.audits.models import Answer, Audit
from tracker.audits.rules.answers import Reply, offered
from tracker.audits.rules.limits import NOTE_LENGTH
from tracker.audits.rules.tool import Section
from tracker.core.answers import keep_to
from tracker.core.problems import Invalid
from tracker.people.models import Person


def check_replies(section: Section, replies: Mapping[int, Reply]) -> None:
    """Raise `Invalid` beside the question that was not asked here, or was answered in a way that it does not offer."""
    asked = {question.id: question for question in section.questions}
    for key, reply in replies.items():
        question = asked.get(key)
        if question is None:
            raise Invalid(None, "This question is not asked of this file")
        if reply.value is not None and reply.value not in offered(question.kind):
            raise Invalid(f"question_{key}", "Choose one of these")
        keep_to(f"question_{key}", reply.note, what="The answer", most=NOTE_LENGTH)


def replies_in(audit: Audit, section: Section) -> dict[int, Reply]:
    """Return what is stored to the questions of a section."""
    asked = {question.id for question in section.questions}
    return {key: reply for key, reply in audit.replies.items() if key in asked}


def put_replies(session: Session, audit: Audit, section: Section, replies: Mapping[int, Reply], by: Person) -> None:
    """Make the answers of a section what is said, so that the log shows what changed and no more."""
    stored = {answer.question_id: answer for answer in audit.answers}
    for question in section.questions:
        answer, reply = stored.get(question.id), replies.get(question.id)
        if reply is None:
            if answer is not None:
                audit.answers.remove(answer)
                session.delete(answer)
            continue
        if answer is None:
            answer = Answer(question_id=question.id, created_by=by.id)
            audit.answers.append(answer)
            session.add(answer)
        answer.value, answer.note = reply.value, reply.note
        if session.is_modified(answer):
            answer.changed_by = by.id
