"""The three kinds of form that the sections of the tool have, and how each is filled and saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import request
from sqlalchemy.orm import Session
from wtforms import BooleanField, Field, RadioField, ValidationError

from tracker.audits import commands
from tracker.audits.commands import Development, SectionAnswers
from tracker.audits.models import Audit, AuditSection, Theme
from tracker.audits.queries.found_before import FoundBefore
from tracker.audits.rules import limits
from tracker.audits.rules.taking_part import Extent, WorkerView
from tracker.audits.rules.tool import ABOUT_NUMBER, Question, Section, Tool
from tracker.audits.rules.vocabulary import FindingKind, Grade, NoGrade
from tracker.people.models import Person
from tracker.web.audits.about_form import AboutForm
from tracker.web.audits.overall_form import OverallForm
from tracker.web.audits.question_fields import AskedField, asked_fields, fields_of, replies_of, show_replies
from tracker.web.audits.section_base import SectionForm, cards, in_three_steps, stored_section
from tracker.web.forms import AtMost, RecordField, StringField, TextAreaField, choice

_STRENGTHS = range(1, limits.MOST_STRENGTH_THEMES + 1)
_AT_RISK = {"no": "No", "yes": "Yes: I record next who was told"}
_ROWS = range(1, limits.MOST_DEVELOPMENTS + 1)


@dataclass(frozen=True)
class DevelopmentRow:
    """An area for development in the form; whether it was put right is asked where an earlier audit found it too."""

    number: int
    theme: Field
    change: Field
    historic: Field
    put_right: Field
    found_before: str


class GradedForm(SectionForm):
    """A section between the first and the last: a grade, questions, strengths and areas for development."""

    asks_grade: ClassVar[bool] = True
    questions: ClassVar[tuple[Question, ...]] = ()

    answer = cards("Grade for this section", *Grade, *NoGrade)
    worker_words = TextAreaField("In their words", validators=[AtMost(limits.WORKER_WORDS_LENGTH, "Their words")])
    worker_agrees = in_three_steps("Do you agree on the grade?")
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

    def development_rows(self, count: int, before: Mapping[str, str]) -> list[DevelopmentRow]:
        """Return the first rows of areas for development; `before` says by theme where it was found in this file."""
        return [self._row(row, before.get(self[f"theme_{row}"].data or "", "")) for row in _ROWS[:count]]

    def _row(self, row: int, before: str) -> DevelopmentRow:
        theme, change, historic, right = (self[f"{name}_{row}"] for name in ("theme", "change", "historic", "right"))
        return DevelopmentRow(row, theme, change, historic, right, found_before=before)

    def keep_short(self) -> list[Field]:
        """Return the lists of themes of strengths that are chosen; they, like those of developments, offer no other.

        Many whole lists on one page would make it too long to send.
        """
        chosen = [field for field in self.strength_fields if field.data]
        for field in (*chosen, *(self[f"theme_{row}"] for row in _ROWS if self[f"theme_{row}"].data)):
            field.choices = [one for one in field.choices if one.value in {"", field.data}]
        return chosen

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
        self.worker_words.data = stored.worker_words
        self.worker_agrees.data = stored.worker_agrees.value if stored.worker_agrees else None
        self.is_at_risk.data = "yes" if audit.concerns else None
        findings = [finding for finding in audit.findings if finding.section_number == number]
        strengths = [finding for finding in findings if finding.kind is FindingKind.STRENGTH]
        developments = [finding for finding in findings if finding.kind is FindingKind.DEVELOPMENT]
        for field, finding in zip(self.strength_fields, strengths, strict=False):
            field.data = str(finding.theme_id)
        for row, development in zip(_ROWS, developments, strict=False):
            self[f"theme_{row}"].data = str(development.theme_id or "")
            self[f"change_{row}"].data = development.text
            self[f"historic_{row}"].data = development.is_historic
            self[f"right_{row}"].data = development.put_right.value if development.put_right else None

    def save(self, session: Session, audit: Audit, number: int, by: Person) -> AuditSection:
        """Keep the answers, without the row that is to be removed; what this page did not ask stays as it is."""
        found = [finding for finding in audit.findings if finding.section_number == number]
        before = {str(finding.theme_id): finding.put_right for finding in found}
        answers = SectionAnswers(
            grade=Grade(self.answer.data) if self.answer.data in {grade.value for grade in Grade} else None,
            no_grade=NoGrade(self.answer.data) if self.answer.data in {answer.value for answer in NoGrade} else None,
            strengths=self.strengths.data or "",
            strength_themes=tuple(int(field.data) for field in self.strength_fields if field.data),
            developments=tuple(self._development(row, before) for row in _ROWS if row != removed_row()),
            replies=replies_of(self, self.questions),
            worker=self._worker(),
        )
        return commands.save_section(session, audit, number, answers=answers, version=self.version.number, by=by)

    def unasked(self, before: Sequence[FoundBefore]) -> list[str]:
        """Return the themes found `before` of which the page did not yet ask whether they were put right.

        They were chosen since the page was sent. Who was asked and did not answer is not asked again.
        """
        asked = request.form.getlist("asked_right")
        chosen = {self[f"theme_{row}"].data for row in _ROWS if row != removed_row()} - {*asked}
        return [found.name for found in before if str(found.id) in chosen]

    def _development(self, row: int, before: Mapping[str, Extent | None]) -> Development:
        theme, said = self[f"theme_{row}"].data, self[f"right_{row}"].data
        put_right = Extent(said) if said else before.get(theme or "")
        is_historic = bool(self[f"historic_{row}"].data)
        return Development(int(theme) if theme else None, self[f"change_{row}"].data or "", is_historic, put_right)

    def _worker(self) -> WorkerView | None:
        """Return what the worker said, or None where the page did not ask."""
        if self.worker_words.name not in request.form:
            return None
        said = self.worker_agrees.data
        return WorkerView(self.worker_words.data or "", Extent(said) if said else None)


for _place in _STRENGTHS:
    setattr(GradedForm, f"strength_theme_{_place}", RecordField(f"Counts as a strength in, theme {_place}"))
for _row in _ROWS:
    _most = AtMost(limits.DEVELOPMENT_LENGTH, "What needs to change")
    setattr(GradedForm, f"theme_{_row}", RecordField(f"Theme {_row}"))
    setattr(GradedForm, f"change_{_row}", StringField("What needs to change?", validators=[_most]))
    setattr(GradedForm, f"historic_{_row}", BooleanField("From before the time that you judge"))
    setattr(GradedForm, f"right_{_row}", in_three_steps("Was it put right?"))


def form_of(tool: Tool, section: Section, themes: list[Theme], *, is_sent: bool = True) -> SectionForm:
    """Return the form of a section with the questions that this file is asked, reading what was sent.

    Where another section of the page was sent, nothing is read.
    """
    kinds: dict[int, type[SectionForm]] = {ABOUT_NUMBER: AboutForm, tool.overall_number: OverallForm}
    kind = kinds.get(section.number) or _graded(section)
    form = kind() if is_sent else kind(formdata=None)
    form.offer(themes)
    return form


def _graded(section: Section) -> type[SectionForm]:
    asked = {"asks_grade": section.is_graded, "questions": section.questions, **fields_of(section.questions)}
    return type("AskingForm", (GradedForm,), asked)


def removed_row() -> int | None:
    """Return the row whose "Remove" was pressed, or None."""
    pressed = request.form.get("go", "")
    number = pressed.removeprefix("remove-")
    return int(number) if pressed != number and number in {str(row) for row in _ROWS} else None
