"""The three kinds of form that the sections of the tool have, and how each is filled and saved."""

from typing import ClassVar

from flask import request
from sqlalchemy.orm import Session
from wtforms import Field, RadioField, ValidationError

from tracker.audits import commands
from tracker.audits.commands import Development, SectionAnswers
from tracker.audits.models import Audit, AuditSection, Theme
from tracker.audits.rules import limits
from tracker.audits.rules.tool import ABOUT_NUMBER, Question, Section, Tool
from tracker.audits.rules.vocabulary import FindingKind, Grade, NoGrade
from tracker.people.models import Person
from tracker.web.audits.question_fields import AskedField, asked_fields, fields_of, replies_of, show_replies
from tracker.web.forms import (
    AtMost,
    DayField,
    Form,
    RecordField,
    StringField,
    TextAreaField,
    VersionField,
    choice,
    choices_of,
    one_of,
)

_STRENGTHS = range(1, limits.MOST_STRENGTH_THEMES + 1)
_AT_RISK = {"no": "No", "yes": "Yes: I record next who was told"}
_ROWS = range(1, limits.MOST_DEVELOPMENTS + 1)


def _cards(label: str, *answers: Grade | NoGrade) -> RadioField:
    """Return a question whose answers are cards, of which none need be chosen yet."""
    offered = one_of("", *answers, message="Choose one of these")
    return RadioField(label, [offered], choices=choices_of(answers), validate_choice=False)


class SectionForm(Form):
    """What every section's form has: the version it began from."""

    version = VersionField()
    asks_if_safe = False
    is_alarming: bool = False

    def show(self, audit: Audit, number: int) -> None:
        """Put in what is stored."""
        self.hold_version(audit, number)

    def hold_version(self, audit: Audit, number: int) -> None:
        """Go on from the version that is stored now, so that saving again puts these words over it."""
        stored = stored_section(audit, number)
        self.version.data = str(stored.version if stored else 0)

    def save(self, session: Session, audit: Audit, number: int, by: Person) -> AuditSection:
        """Keep what was answered."""
        raise NotImplementedError

    def offer(self, themes: list[Theme]) -> None:
        """Offer the themes to choose from, in sections that have any."""


class AboutForm(SectionForm):
    """Section 1: what was read, and when."""

    read_from = DayField("First day of the file that you read", needs_year=True)
    read_until = DayField("Last day of the file that you read", needs_year=True)
    audited_on = DayField("Day of the audit", needs_year=True)

    def show(self, audit: Audit, number: int) -> None:
        """Put in the stored days."""
        super().show(audit, number)
        for name in ("read_from", "read_until", "audited_on"):
            self[name].process_data(getattr(audit, name))

    def save(self, session: Session, audit: Audit, number: int, by: Person) -> AuditSection:
        """Keep the days."""
        return commands.save_facts(
            session,
            audit,
            read_from=self.read_from.day,
            read_until=self.read_until.day,
            audited_on=self.audited_on.day,
            version=self.version.number,
            by=by,
        )


class GradedForm(SectionForm):
    """A section between the first and the last: a grade, questions, strengths and areas for development."""

    asks_grade: ClassVar[bool] = True
    questions: ClassVar[tuple[Question, ...]] = ()

    answer = _cards("Grade for this section", *Grade, *NoGrade)
    strengths = TextAreaField("Strengths: what did you see?", validators=[AtMost(limits.STRENGTHS_LENGTH, "Strengths")])
    is_at_risk = RadioField(
        "Is a child at risk now?", choices=[choice(*answer) for answer in _AT_RISK.items()], validate_choice=False
    )
    rows: ClassVar[range] = _ROWS

    def validate_is_at_risk(self, field: Field) -> None:
        """Ask whether a child is at risk now each time a section is left that is graded Inadequate (ux 8.14)."""
        if self.asks_if_safe and self.answer.data == Grade.INADEQUATE and field.data not in _AT_RISK:
            raise ValidationError("Say whether a child is at risk now")
        self.is_alarming = self.answer.data == Grade.INADEQUATE and field.data == "yes"

    def offer(self, themes: list[Theme]) -> None:
        """Offer every theme in each list; one that has ended can no longer be chosen."""
        for field in (*self.strength_fields, *(self[f"theme_{row}"] for row in _ROWS)):
            field.offer(themes, none="Choose a theme")

    @property
    def asked(self) -> list[AskedField]:
        """The questions of the section."""
        return asked_fields(self, self.questions)

    @property
    def strength_fields(self) -> list[Field]:
        """The lists of themes for which the strengths count."""
        return [self[f"strength_theme_{place}"] for place in _STRENGTHS]

    def development_fields(self, count: int) -> list[tuple[int, Field, Field]]:
        """Return the first rows of areas for development: their number, theme and words."""
        return [(row, self[f"theme_{row}"], self[f"change_{row}"]) for row in _ROWS[:count]]

    @property
    def filled_rows(self) -> int:
        """How many rows there are up to the last that holds something."""
        held = [row for row in _ROWS if self[f"theme_{row}"].data or self[f"change_{row}"].data]
        return max(held, default=0)

    def show(self, audit: Audit, number: int) -> None:
        """Put in the stored answers."""
        super().show(audit, number)
        show_replies(self, self.questions, audit.replies)
        stored = stored_section(audit, number)
        if stored is None:
            return
        answer = stored.grade or stored.no_grade
        self.answer.data = answer.value if answer else None
        self.strengths.data = stored.strengths
        self.is_at_risk.data = "yes" if audit.concerns else None
        findings = [finding for finding in audit.findings if finding.section_number == number]
        strengths = [finding for finding in findings if finding.kind is FindingKind.STRENGTH]
        developments = [finding for finding in findings if finding.kind is FindingKind.DEVELOPMENT]
        for field, finding in zip(self.strength_fields, strengths, strict=False):
            field.data = str(finding.theme_id)
        for row, development in zip(_ROWS, developments, strict=False):
            self[f"theme_{row}"].data = str(development.theme_id or "")
            self[f"change_{row}"].data = development.text

    def save(self, session: Session, audit: Audit, number: int, by: Person) -> AuditSection:
        """Keep the answers, without the row that is to be removed."""
        answers = SectionAnswers(
            grade=Grade(self.answer.data) if self.answer.data in {grade.value for grade in Grade} else None,
            no_grade=NoGrade(self.answer.data) if self.answer.data in {answer.value for answer in NoGrade} else None,
            strengths=self.strengths.data or "",
            strength_themes=tuple(int(field.data) for field in self.strength_fields if field.data),
            developments=tuple(self._development(row) for row in _ROWS if row != removed_row()),
            replies=replies_of(self, self.questions),
        )
        return commands.save_section(session, audit, number, answers=answers, version=self.version.number, by=by)

    def _development(self, row: int) -> Development:
        theme = self[f"theme_{row}"].data
        return Development(int(theme) if theme else None, self[f"change_{row}"].data or "")


for _place in _STRENGTHS:
    setattr(GradedForm, f"strength_theme_{_place}", RecordField(f"Counts as a strength in, theme {_place}"))
for _row in _ROWS:
    _most = AtMost(limits.DEVELOPMENT_LENGTH, "What needs to change")
    setattr(GradedForm, f"theme_{_row}", RecordField(f"Theme {_row}"))
    setattr(GradedForm, f"change_{_row}", StringField("What needs to change?", validators=[_most]))


class OverallForm(SectionForm):
    """Section 9: the overall grade, why it is kinder than its sections, and the feedback."""

    answer = _cards("Overall grade", *Grade)
    reason = TextAreaField(
        "Why this grade, if it is better than the sections suggest?",
        validators=[AtMost(limits.REASON_LENGTH, "Why")],
    )
    feedback = TextAreaField("Feedback", validators=[AtMost(limits.FEEDBACK_LENGTH, "Feedback")])

    def show(self, audit: Audit, number: int) -> None:
        """Put in what is stored of the whole."""
        super().show(audit, number)
        self.answer.data = audit.grade.value if audit.grade else None
        self.reason.data = audit.grade_reason
        self.feedback.data = audit.feedback

    def save(self, session: Session, audit: Audit, number: int, by: Person) -> AuditSection:
        """Keep the grade of the whole."""
        return commands.set_overall(
            session,
            audit,
            grade=Grade(self.answer.data) if self.answer.data else None,
            reason=self.reason.data or "",
            feedback=self.feedback.data or "",
            version=self.version.number,
            by=by,
        )


def form_of(tool: Tool, section: Section, themes: list[Theme]) -> SectionForm:
    """Return the form of a section with the questions that this file is asked, reading what was sent."""
    kinds: dict[int, type[SectionForm]] = {ABOUT_NUMBER: AboutForm, tool.overall_number: OverallForm}
    kind = kinds.get(section.number) or _graded(section)
    form = kind()
    form.offer(themes)
    return form


def _graded(section: Section) -> type[SectionForm]:
    asked = {"asks_grade": section.is_graded, "questions": section.questions, **fields_of(section.questions)}
    return type("AskingForm", (GradedForm,), asked)


def stored_section(audit: Audit, number: int) -> AuditSection | None:
    """Return what is stored of a section, or None before it was first saved."""
    return next((section for section in audit.sections if section.number == number), None)


def removed_row() -> int | None:
    """Return the row whose "Remove" was pressed, or None."""
    pressed = request.form.get("go", "")
    number = pressed.removeprefix("remove-")
    return int(number) if pressed != number and number in {str(row) for row in _ROWS} else None
