"""Forms of a multi-agency audit: an agency to ask, its part, and what all of them agreed."""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session
from wtforms import Field, RadioField, ValidationError

from tracker.audits.commands.agencies import Agreed, Part, Point
from tracker.audits.models import AgencyAgreement, AgencyPart, Theme
from tracker.audits.queries import themes_on
from tracker.audits.rules.agencies import AGREED_BY_LENGTH, AGREED_LENGTH, GIVEN_BY_LENGTH, MOST_POINTS, PartState
from tracker.audits.rules.limits import DEVELOPMENT_LENGTH, REASON_LENGTH
from tracker.audits.rules.vocabulary import FindingKind, Grade
from tracker.core import clock
from tracker.people.models import Unit
from tracker.web.audits.other_forms import OtherForm
from tracker.web.forms import (
    AtMost,
    DayField,
    Form,
    FromList,
    NotBlank,
    RecordField,
    StringField,
    TextAreaField,
    answered,
    choice,
    choices_of,
)

_STANDING = {PartState.GIVEN: "It is in", PartState.NOT_GIVEN: "It was not given"}
_PLACES = range(1, MOST_POINTS + 1)


class AskForm(Form):
    """Asks which agency takes part."""

    unit = RecordField("Agency", [NotBlank("Choose an agency")])

    def offer(self, partners: Sequence[Unit]) -> None:
        """Set which agencies may be asked."""
        self.unit.offer(partners, none="Choose an agency")


class PartForm(OtherForm):
    """Asks for what an agency gave, or why it gave nothing."""

    standing = RadioField(
        "Is their part in?",
        [NotBlank("Say whether their part is in")],
        choices=[choice(state.value, words) for state, words in _STANDING.items()],
        validate_choice=False,
    )
    given_by = StringField("Who gave it?", [AtMost(GIVEN_BY_LENGTH, "The post")])
    given_on = DayField("On which day?", needs_year=True)
    grade = FromList("Their grade for their own work", choices=[choice("", "Choose a grade"), *choices_of(Grade)])
    not_given_why = TextAreaField("Why was it not given?", [AtMost(REASON_LENGTH, "Why")])

    def validate_standing(self, field: Field) -> None:
        """Take one of the two answers."""
        if field.data and field.data not in _STANDING:
            raise ValidationError("Choose one of these")

    def validate_given_by(self, field: Field) -> None:
        """Ask for it when the part is in."""
        self._ask(field, "Say who gave it, by post")

    def validate_given_on(self, field: Field) -> None:
        """Ask for it when the part is in."""
        if not field.errors:
            self._ask(field, "Enter the day it was given")

    def validate_grade(self, field: Field) -> None:
        """Ask for it when the part is in."""
        self._ask(field, "Choose the grade they gave")

    def validate_not_given_why(self, field: Field) -> None:
        """Ask for it when the part is not given."""
        if self.standing.data == PartState.NOT_GIVEN and not field.data:
            raise ValidationError("Say why it was not given")

    def _ask(self, field: Field, missing: str) -> None:
        if self.standing.data == PartState.GIVEN and not field.data:
            raise ValidationError(missing)

    @property
    def is_given(self) -> bool:
        """Whether the part is in."""
        return bool(self.standing.data == PartState.GIVEN)

    def rows(self, kind: FindingKind) -> Iterator[tuple[RecordField, Field]]:
        """Return the theme and the words of each point of a kind."""
        return ((self[f"{kind}_theme_{place}"], self[f"{kind}_words_{place}"]) for place in _PLACES)

    @property
    def strengths(self) -> list[tuple[RecordField, Field]]:
        """The rows for strengths, as the page shows them."""
        return list(self.rows(FindingKind.STRENGTH))

    @property
    def developments(self) -> list[tuple[RecordField, Field]]:
        """The rows for what is to develop, as the page shows them."""
        return list(self.rows(FindingKind.DEVELOPMENT))

    def offer(self, session: Session, kept: AgencyPart) -> list[Theme]:
        """Offer the themes in use, and those of stored points that may have ended; return them."""
        themes = themes_on(session, clock.today())
        themes = [
            *themes,
            *{point.theme.id: point.theme for point in kept.points if point.theme not in themes}.values(),
        ]
        for theme, _ in (*self.strengths, *self.developments):
            theme.offer(themes, none="Choose a theme")
        return themes

    def show(self, part: AgencyPart) -> None:
        """Put in what is stored."""
        self.standing.data = None if part.state is PartState.AWAITED else part.state.value
        self.given_by.data, self.not_given_why.data = part.given_by, part.not_given_why
        self.given_on.process_data(part.given_on)
        self.grade.data = part.grade.value if part.grade else ""
        for kind in FindingKind:
            points = [point for point in part.points if point.kind is kind]
            for (theme, words), point in zip(self.rows(kind), points, strict=False):
                theme.data, words.data = str(point.theme_id), point.words

    def part(self, themes: list[Theme]) -> Part:
        """Return what was given."""
        return Part(
            given_by=answered(self.given_by.data),
            given_on=answered(self.given_on.day),
            grade=Grade(self.grade.data),
            points=[
                Point(kind, theme.chosen(themes), words.data or "")
                for kind in FindingKind
                for theme, words in self.rows(kind)
                if theme.data or words.data
            ],
        )


class _Beside:
    """Asks for one half of a point where the other is there."""

    def __init__(self, other: str, missing: str) -> None:
        self.other, self.missing = other, missing

    def __call__(self, form: Form, field: Field) -> None:
        if form[self.other].data and not field.data:
            raise ValidationError(self.missing)


for _kind, _what in ((FindingKind.STRENGTH, "strength"), (FindingKind.DEVELOPMENT, "area for development")):
    for _place in _PLACES:
        _theme, _words = f"{_kind}_theme_{_place}", f"{_kind}_words_{_place}"
        setattr(PartForm, _theme, RecordField(f"Theme, {_what} {_place}", [_Beside(_words, "Choose a theme for it")]))
        _checks = [AtMost(DEVELOPMENT_LENGTH, "Each point"), _Beside(_theme, "Say what was seen on this theme")]
        setattr(PartForm, _words, StringField(f"What was seen, {_what} {_place}", _checks))


class AgreeForm(OtherForm):
    """Asks what the agencies agreed over all their parts."""

    grade = FromList(
        "The grade they agreed",
        choices=[choice("", "Choose a grade"), *choices_of(Grade)],
        validators=[NotBlank("Choose the grade they agreed")],
    )
    words = TextAreaField(
        "What did they agree?", [NotBlank("Say what was agreed"), AtMost(AGREED_LENGTH, "What was agreed")]
    )
    agreed_by = StringField(
        "Who agreed?", [NotBlank("Say who agreed, by post"), AtMost(AGREED_BY_LENGTH, "Who agreed")]
    )
    agreed_on = DayField("On which day?", needs_year=True, validators=[NotBlank("Enter the day they agreed")])

    def show(self, stored: AgencyAgreement) -> None:
        """Put in what is stored."""
        self.grade.data, self.words.data, self.agreed_by.data = stored.grade.value, stored.words, stored.agreed_by
        self.agreed_on.process_data(stored.agreed_on)

    def agreed(self) -> Agreed:
        """Return what was agreed."""
        return Agreed(
            Grade(self.grade.data),
            answered(self.words.data),
            answered(self.agreed_by.data),
            answered(self.agreed_on.day),
        )
