"""The forms of moderation: taking an audit on, grading it blind, agreeing grades, returning, disputing, the panel."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, Self, TypeVar

from wtforms import Field, RadioField, SelectMultipleField

from tracker.audits.models import Dispute, Moderation
from tracker.audits.rules import limits
from tracker.audits.rules.answers import AnswerKind, AnswerValue, words_of
from tracker.audits.rules.moderating import OVERALL_VALUES, SECTION_VALUES, About
from tracker.audits.rules.tool import Section, Tool
from tracker.people.models import Person
from tracker.web.audits.naming_form import NamingForm
from tracker.web.forms import (
    AtMost,
    Form,
    FromList,
    NotBlank,
    TextAreaField,
    VersionField,
    choice,
    choices_of,
    one_of,
)


class StandingForm(Form):
    """A form that goes on from a stored record, and knows from which version."""

    version = VersionField()

    def hold(self, record: Moderation | Dispute) -> Self:
        """Go on from what is stored now; the person's words stay."""
        self.version.data = str(record.version)
        return self


class TakeForm(NamingForm, StandingForm):
    """Takes a moderation on, with a reason where somebody of the same team does."""

    team_reason = TextAreaField(
        "Why do you moderate it all the same?", validators=[AtMost(limits.REASON_LENGTH, "Why")]
    )


class GradesForm(StandingForm):
    """Grades by section, the last being the whole; the fields are the tool's."""

    sections: ClassVar[tuple[Section, ...]] = ()
    kind: ClassVar[str] = ""

    @property
    def fields(self) -> list[tuple[Section, Field]]:
        """Each section with its field."""
        return [(section, self[f"{self.kind}_{section.number}"]) for section in self.sections]

    @property
    def grades(self) -> dict[int, AnswerValue]:
        """What was chosen, by section."""
        return {section.number: AnswerValue(field.data) for section, field in self.fields if field.data}

    @property
    def is_inadequate(self) -> bool:
        """Whether the whole was chosen to be inadequate; it stands last."""
        return bool(self.fields) and self.fields[-1][1].data == AnswerValue.INADEQUATE.value

    def show(self, values: Mapping[int, AnswerValue | None]) -> None:
        """Put in what is stored."""
        for section, field in self.fields:
            value = values.get(section.number)
            field.data = value.value if value else None


class BlindForm(GradesForm):
    """The moderator's own grades."""

    kind = "own"


class AgreeForm(NamingForm, GradesForm):
    """The agreed grades, why, and what was said about them."""

    kind = "agreed"
    reason = TextAreaField("Why these grades?", validators=[AtMost(limits.REASON_LENGTH, "Why")])
    about = RadioField("If a grade changes, what is it about?", choices=choices_of(About), validate_choice=False)
    notes = TextAreaField("Notes of the discussion", validators=[AtMost(limits.FEEDBACK_LENGTH, "Notes")])

    @property
    def chosen_about(self) -> About | None:
        """What a change is about; anything else than an answer offered counts as none."""
        return About(self.about.data) if self.about.data in set(About) else None


class PanelForm(NamingForm, GradesForm):
    """The panel's grades and its reason."""

    kind = "panel"
    reason = TextAreaField(
        "Why does the panel decide so?", validators=[NotBlank("Say why"), AtMost(limits.REASON_LENGTH, "Why")]
    )


class ReturnForm(NamingForm, StandingForm):
    """Asks what the auditor should look at again."""

    words = TextAreaField(
        "What should the auditor look at again?",
        validators=[NotBlank("Say what to look at again"), AtMost(limits.REASON_LENGTH, "What to look at again")],
    )


class DisputeForm(NamingForm):
    """Asks why an outcome is not shared."""

    reason = TextAreaField(
        "Why do you dispute it?", validators=[NotBlank("Say why"), AtMost(limits.REASON_LENGTH, "Why")]
    )


class CallForm(StandingForm):
    """Asks who sits on the panel."""

    members = SelectMultipleField("Who sits on the panel? Choose two or more", validate_choice=False)

    def offer(self, people: Sequence[Person]) -> None:
        """Offer the people to choose from."""
        self.members.choices = [choice(str(person.id), person.name) for person in people]

    def chosen(self, people: Sequence[Person]) -> list[Person]:
        """Return those who were chosen."""
        wanted = set(self.members.data or [])
        return [person for person in people if str(person.id) in wanted]


def blind_form(tool: Tool) -> BlindForm:
    """Return the form of a moderator's own grades, as cards or plain choices."""
    return _made(BlindForm, tool, _cards)


def agree_form(tool: Tool) -> AgreeForm:
    """Return the form of agreed grades, as lists to choose from."""
    return _made(AgreeForm, tool, _list)


def panel_form(tool: Tool) -> PanelForm:
    """Return the form of a panel's grades."""
    return _made(PanelForm, tool, _list)


Grading = TypeVar("Grading", bound=GradesForm)


def value_words(value: AnswerValue | None) -> str:
    """Return a grade as pages name it."""
    return words_of(AnswerKind.GRADE, value) if value else "Not graded"


def _made(kind: type[Grading], tool: Tool, make: Callable[[Section, Sequence[AnswerValue]], Field]) -> Grading:
    sections = tuple(one for one in tool.sections if one.is_graded or one.number == tool.overall_number)
    fields = {
        f"{kind.kind}_{one.number}": make(one, OVERALL_VALUES if one.number == tool.overall_number else SECTION_VALUES)
        for one in sections
    }
    made: type[Grading] = type(kind.__name__, (kind,), {"sections": sections, **fields})
    return made()


def _cards(section: Section, values: Sequence[AnswerValue]) -> Field:
    check = one_of("", *values, message="Choose one of these")
    choices = [choice(value.value, value_words(value)) for value in values]
    return RadioField(f"Your grade: {section.title}", [check], choices=choices, validate_choice=False)


def _list(section: Section, values: Sequence[AnswerValue]) -> Field:
    choices = [choice("", "Choose"), *(choice(value.value, value_words(value)) for value in values)]
    return FromList(f"Grade for {section.title}", choices=choices)
