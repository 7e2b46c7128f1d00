"""The form of the last section: the grades of the whole, why, and the feedback."""

from sqlalchemy.orm import Session

from tracker.audits import commands
from tracker.audits.models import Audit, AuditSection
from tracker.audits.rules import limits
from tracker.audits.rules.vocabulary import Grade
from tracker.people.models import Person
from tracker.web.audits.section_base import SectionForm, cards
from tracker.web.forms import AtMost, TextAreaField


class OverallForm(SectionForm):
    """The last section: the overall grade, why it is kinder than its sections, what came of the work, the feedback."""

    answer = cards("Overall grade: how good was the work?", *Grade)
    reason = TextAreaField(
        "Why this grade, if it is better than the sections suggest?",
        validators=[AtMost(limits.REASON_LENGTH, "Why")],
    )
    impact = cards("Impact grade: how much better is life for the child?", *Grade)
    feedback = TextAreaField("Feedback", validators=[AtMost(limits.FEEDBACK_LENGTH, "Feedback")])

    def show(self, audit: Audit, number: int) -> None:
        """Put in what is stored of the whole."""
        super().show(audit, number)
        self.answer.data = audit.grade.value if audit.grade else None
        self.reason.data = audit.grade_reason
        self.impact.data = audit.impact_grade.value if audit.impact_grade else None
        self.feedback.data = audit.feedback

    def save(self, session: Session, audit: Audit, number: int, by: Person) -> AuditSection:
        """Keep the grades of the whole."""
        return commands.set_overall(
            session,
            audit,
            grade=Grade(self.answer.data) if self.answer.data else None,
            reason=self.reason.data or "",
            feedback=self.feedback.data or "",
            impact=Grade(self.impact.data) if self.impact.data else None,
            version=self.version.number,
            by=by,
        )
