"""Which questions an auditor still has to answer; nothing is counted here."""

from collections.abc import Mapping

from tracker.audits.rules.answers import Reply
from tracker.audits.rules.tool import Question, Section
from tracker.audits.rules.vocabulary import Grade, NoGrade


def unanswered(section: Section, grade: Grade | NoGrade | None, replies: Mapping[int, Reply]) -> tuple[Question, ...]:
    """Return the required questions of a section that have no answer; one that does not apply takes them with it."""
    if grade is NoGrade.NOT_APPLICABLE:
        return ()
    asked = [question for question in section.questions if question.is_required]
    return tuple(question for question in asked if replies.get(question.id, Reply()).is_blank)
