"""The answers of the invented audits to the questions of their tool, as their grades and findings would have them."""

from tracker.audits.rules.answers import AnswerKind, AnswerValue, Reply
from tracker.audits.rules.tool import Question, Section
from tracker.audits.rules.vocabulary import Grade, NoGrade

_WELL = {AnswerKind.GRADE: AnswerValue.GOOD}
_POOR = {AnswerKind.GRADE: AnswerValue.REQUIRES_IMPROVEMENT, AnswerKind.MET: AnswerValue.PARTLY}


def replies(section: Section, grade: Grade | NoGrade | None, poor: frozenset[str]) -> dict[int, Reply]:
    """Answer the questions of a section: wanting on themes that the audit found wanting, and well on the others.

    What every file is asked carries the theme's doubt; on what one category is asked beside it nothing was amiss. A
    section without a grade leaves its own theme open, so that grades and answers never tell two stories.
    """
    if grade is NoGrade.NOT_APPLICABLE:
        return {}
    asked = [question for question in section.questions if question.kind is not AnswerKind.TEXT]
    return {one.id: Reply(_value(one, section, grade, poor)) for one in asked}


def _value(question: Question, section: Section, grade: Grade | NoGrade | None, poor: frozenset[str]) -> AnswerValue:
    if question.theme == section.theme and not isinstance(grade, Grade):
        return AnswerValue.NOT_ENOUGH
    is_poor = question.is_required and question.theme in poor
    return _POOR[question.kind] if is_poor else _WELL.get(question.kind, AnswerValue.MET)
