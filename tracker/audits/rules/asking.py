"""How one question stands in one audit: four ways of having no plain answer are kept apart; nothing is counted."""

from collections.abc import Mapping
from enum import StrEnum

from tracker.audits.rules.answers import AnswerValue, Reply
from tracker.audits.rules.tool import Question, Section, Tool
from tracker.audits.rules.vocabulary import Category, Grade, NoGrade


class Answered(StrEnum):
    """Whether a question has an answer, and if it has none why not."""

    ANSWERED = "answered"
    NOT_ENOUGH = "not_enough"
    NOT_APPLICABLE = "not_applicable"
    NOT_ANSWERED = "not_answered"
    NOT_ASKED = "not_asked"


def answered_as(tool: Tool, category: Category, question_id: int, replies: Mapping[int, Reply]) -> Answered:
    """Say how a question stands in an audit with some tool of a file of some category.

    Not asked comes first: neither the tool nor the category may be taken for an auditor who left something out.
    """
    question = tool.by_id.get(question_id)
    if question is None or not question.is_asked_of(category):
        return Answered.NOT_ASKED
    reply = replies.get(question_id, Reply())
    if reply.value is AnswerValue.NOT_ENOUGH:
        return Answered.NOT_ENOUGH
    if reply.value is AnswerValue.NOT_APPLICABLE:
        return Answered.NOT_APPLICABLE
    return Answered.NOT_ANSWERED if reply.is_blank else Answered.ANSWERED


def unanswered(section: Section, grade: Grade | NoGrade | None, replies: Mapping[int, Reply]) -> tuple[Question, ...]:
    """Return the required questions of a section that have no answer; one that does not apply takes them with it."""
    if grade is NoGrade.NOT_APPLICABLE:
        return ()
    asked = [question for question in section.questions if question.is_required]
    return tuple(question for question in asked if replies.get(question.id, Reply()).is_blank)
