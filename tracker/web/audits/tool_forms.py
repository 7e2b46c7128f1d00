"""Forms of the tool builder: a tool's name and beginning, a section, a question; what may be kept is the commands'."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from flask import request
from wtforms import BooleanField, Field

from tracker.audits.models import AuditTool, Theme
from tracker.audits.rules.answers import AnswerKind, Nature
from tracker.audits.rules.tool import GENERAL_DESCRIPTORS, Question, Section, Tool
from tracker.audits.rules.tool_editing import (
    MOST_POINTS,
    POINT_LENGTH,
    TITLE_LENGTH,
    WORDS_LENGTH,
    is_fixed,
)
from tracker.audits.rules.vocabulary import Category, Grade
from tracker.core.text import one_line
from tracker.web.forms import (
    AtMost,
    Form,
    FromList,
    NotBlank,
    StringField,
    TextAreaField,
    VersionField,
    choice,
    choices_of,
)

# What the button says that declares equal whatever has the same words.
ALL_ALIKE = "alike"


class NewToolForm(Form):
    """Asks what a tool is called and from what it begins."""

    name = StringField("Name of the tool", [NotBlank("Enter a name for the tool"), AtMost(TITLE_LENGTH, "The name")])
    like = FromList("Begin with")

    def offer(self, versions: list[AuditTool]) -> None:
        """Offer a blank tool and every version there is."""
        copies = [choice(str(one.id), f"A copy of {one.title}") for one in versions]
        self.like.choices = [choice("", "A blank tool"), *copies]

    @property
    def model_id(self) -> int | None:
        """The version to copy, or None for a blank tool."""
        return int(self.like.data) if self.like.data else None


class ToolNameForm(Form):
    """Asks what a draft is to be called."""

    version = VersionField()
    name = StringField("Name of the tool", [NotBlank("Enter a name for the tool"), AtMost(TITLE_LENGTH, "The name")])


class PressForm(Form):
    """A press of a button about a version of a tool as it was seen."""

    version = VersionField()


class FixedSectionForm(Form):
    """What may be said of the first and the last section: their words."""

    version = VersionField()
    title = StringField("Title", [NotBlank("Enter a title"), AtMost(TITLE_LENGTH, "The title")])
    question = TextAreaField("What it asks", [NotBlank("Say what it asks"), AtMost(WORDS_LENGTH, "What it asks")])
    good = TextAreaField(
        "What does good look like? One point a line", [AtMost(MOST_POINTS * (POINT_LENGTH + 1), "What good looks like")]
    )

    def show(self, section: Section, version: int) -> None:
        """Put in what is stored, unless somebody has written something already."""
        self.version.data = str(version)
        self.title.data, self.question.data = section.title, section.question
        self.good.data = "\n".join(section.good)

    def filled(self, section: Section) -> Section:
        """Return the section with what was written."""
        points = [one_line(line) for line in (self.good.data or "").splitlines() if line.strip()]
        title, question = one_line(self.title.data or ""), one_line(self.question.data or "")
        return replace(section, title=title, question=question, good=tuple(points))


class SectionForm(FixedSectionForm):
    """What may be said of every other section."""

    is_graded = BooleanField("It is graded")
    theme = FromList("Theme that its grade answers")
    nature = FromList("What it looks at", choices=choices_of(Nature))

    def offer(self, themes: list[Theme]) -> None:
        """Offer the themes to choose from."""
        self.theme.choices = _themes(themes)

    @property
    def descriptors(self) -> list[Field]:
        """What each grade means here, the best first."""
        return [self[f"means_{grade.value}"] for grade in Grade]

    def show(self, section: Section, version: int) -> None:
        """Put in what is stored."""
        super().show(section, version)
        self.is_graded.data, self.nature.data = section.is_graded, section.nature.value
        self.theme.data = section.theme or ""
        for grade, field in zip(Grade, self.descriptors, strict=True):
            field.data = section.descriptors.get(grade, "")

    def filled(self, section: Section) -> Section:
        """Return the section with what was written; a grade without words means what it means everywhere."""
        written = {grade: one_line(self[f"means_{grade.value}"].data or "") for grade in Grade}
        is_graded = bool(self.is_graded.data)
        return replace(
            super().filled(section),
            is_graded=is_graded,
            theme=(self.theme.data or None) if is_graded else None,
            nature=Nature(self.nature.data),
            descriptors={grade: words or GENERAL_DESCRIPTORS[grade] for grade, words in written.items()},
            equals_id=section.equals_id if is_graded else None,
        )


for _grade in Grade:
    setattr(SectionForm, f"means_{_grade.value}", StringField(_grade.words, [AtMost(POINT_LENGTH, _grade.words)]))


class QuestionForm(Form):
    """What is asked, how it is answered, of which files, and in which section."""

    version = VersionField()
    text = TextAreaField("Question", [NotBlank("Enter a question"), AtMost(WORDS_LENGTH, "The question")])
    kind = FromList("Answered by", choices=choices_of(AnswerKind))
    theme = FromList("Theme")
    nature = FromList("What it looks at", choices=choices_of(Nature))
    is_required = BooleanField("It has to be answered")
    section = FromList("Section")

    def offer(self, tool: Tool, themes: list[Theme]) -> None:
        """Offer the themes, and the sections that may hold questions."""
        self.theme.choices = _themes(themes)
        held = [one for one in tool.sections if not is_fixed(tool, one.number)]
        self.section.choices = [choice(str(one.number), one.heading) for one in held]

    @property
    def categories(self) -> list[Field]:
        """The kinds of help of which it may be asked, a box each."""
        return [self[f"of_{one.value}"] for one in Category]

    def show(self, section: Section, question: Question, version: int) -> None:
        """Put in what is stored."""
        self.version.data, self.section.data = str(version), str(section.number)
        self.text.data, self.kind.data, self.nature.data = question.text, question.kind.value, question.nature.value
        self.theme.data, self.is_required.data = question.theme or "", question.is_required
        for one in Category:
            self[f"of_{one.value}"].data = one in question.categories

    def filled(self) -> Question:
        """Return the question as it was written; with every box ticked, or none, it is asked of every file."""
        ticked = frozenset(one for one in Category if self[f"of_{one.value}"].data)
        return Question(
            text=one_line(self.text.data or ""),
            kind=AnswerKind(self.kind.data),
            theme=self.theme.data or None,
            nature=Nature(self.nature.data),
            categories=frozenset() if len(ticked) == len(Category) else ticked,
            is_required=bool(self.is_required.data),
        )


for _category in Category:
    setattr(QuestionForm, f"of_{_category.value}", BooleanField(_category.words))


class EqualForm(Form):
    """What of a version means the same as something of the version before: a list for each grade and question."""

    version = VersionField()

    @property
    def takes_alike(self) -> bool:
        """Whether the button was pressed that declares equal all that has the same words."""
        return request.form.get("go") == ALL_ALIKE


def equal_form(offers: Iterable[tuple[str, str, list[Any], str]]) -> EqualForm:
    """Return the form with a list for each: its name, its label, what it could equal, and what it equals now."""
    fields = {
        name: FromList(label, choices=[choice("", "Nothing: it is not the same"), *choices], default=now)
        for name, label, choices, now in offers
    }
    form: EqualForm = type("AskingEqualForm", (EqualForm,), fields)()
    return form


def _themes(themes: list[Theme]) -> list[Any]:
    return [choice("", "No theme"), *(choice(one.code, one.name) for one in themes)]
