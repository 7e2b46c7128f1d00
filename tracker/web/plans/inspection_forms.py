"""What the office is asked about an inspection: its facts, its report, what of it comes in; saving is the views'."""

from collections.abc import Sequence
from typing import Any

from wtforms import FileField, HiddenField, SelectMultipleField, StringField, TextAreaField

from tracker.plans.commands.inspections import LONGEST_AUTHORITY, LONGEST_HELD, LONGEST_TITLE, InspectionFacts
from tracker.plans.commands.item_changes import (
    LONGEST_HEADING,
    LONGEST_NUMBER,
    LONGEST_PARAGRAPH,
    LONGEST_WHY,
    LONGEST_WORDS,
    ItemFacts,
)
from tracker.plans.imports.inspection_report import LONGEST_REPORT
from tracker.plans.models import Inspection, Plan
from tracker.plans.rules.states import InspectionKind, ItemClass
from tracker.web.forms import AtMost, DayField, Form, FromList, NotBlank, VersionField, choice, choices_of, trimmed


class ReportForm(Form):
    """Asks for the report, as a file or as text."""

    file = FileField("The report as a file")
    text = TextAreaField("Or its text", [AtMost(LONGEST_REPORT, "The text")])

    @property
    def has_file(self) -> bool:
        """Whether a file was chosen."""
        return bool(getattr(self.file.data, "filename", ""))


class FactsForm(Form):
    """Asks for what is known of an inspection or visit."""

    title = StringField("Title", [NotBlank("Enter the title of the inspection"), AtMost(LONGEST_TITLE, "The title")])
    kind = FromList("Kind", choices=choices_of(InspectionKind), default=InspectionKind.INSPECTION.value)
    authority = StringField("Authority", [AtMost(LONGEST_AUTHORITY, "The authority")])
    days = StringField("Days of the inspection or visit", [AtMost(LONGEST_HELD, "The days")])
    published_on = DayField("Published on", [AtMost(60, "The day")], needs_year=True)
    received_on = DayField("Received on", [AtMost(60, "The day")], needs_year=True)
    follows = FromList("Which inspection does a visit follow?", choices=[choice("", "None")])

    def offer(self, inspections: Sequence[Inspection]) -> None:
        """Set which inspections a visit may follow."""
        self.follows.choices = [choice("", "None"), *(choice(str(one.id), one.title) for one in inspections)]

    def facts(self) -> InspectionFacts:
        """Return what was answered."""
        return InspectionFacts(
            title=trimmed(self.title.data),
            kind=InspectionKind(self.kind.data),
            authority=trimmed(self.authority.data),
            held=trimmed(self.days.data),
            published_on=self.published_on.day,
            received_on=self.received_on.day,
            follows_id=int(self.follows.data) if self.follows.data else None,
        )


class ChangeForm(FactsForm):
    """Puts the facts of an inspection right."""

    version = VersionField()


class ConfirmForm(FactsForm):
    """Shows what was read of a report, and asks what of it comes in."""

    text = TextAreaField("The text as it was read", [AtMost(LONGEST_REPORT, "The text")])
    name = HiddenField(validators=[AtMost(160, "The name")])
    plan = FromList("Which plan answers it?", choices=[choice("", "None yet")])
    keep = SelectMultipleField("Which items come in?", coerce=str, validate_choice=False)

    def offer_plans(self, plans: Sequence[Plan]) -> None:
        """Set which plans may answer."""
        self.plan.choices = [choice("", "None yet"), *(choice(str(plan.id), plan.title) for plan in plans)]

    def chosen_plan(self, plans: Sequence[Plan]) -> Plan | None:
        """Return the plan that was chosen."""
        return next((plan for plan in plans if str(plan.id) == self.plan.data), None)


class AnswersForm(Form):
    """Asks which areas answer an item."""

    areas = SelectMultipleField("Which areas answer it?", coerce=str, validate_choice=False)
    version = VersionField()


class ChooseForm(Form):
    """Asks which inspection a plan answers."""

    inspection = FromList("Which inspection does this plan answer?", choices=[choice("", "Choose one")])


class ItemForm(Form):
    """Asks for an item of an inspection, in the inspectors' own words."""

    item_class = FromList(
        "What the inspectors call it", choices=choices_of(ItemClass), default=ItemClass.AREA_FOR_IMPROVEMENT.value
    )
    heading = StringField("Heading it stands under", [AtMost(LONGEST_HEADING, "The heading")])
    number = StringField("Number", [AtMost(LONGEST_NUMBER, "The number")])
    paragraph = StringField("Paragraphs that say more", [AtMost(LONGEST_PARAGRAPH, "The paragraphs")])
    words = TextAreaField(
        "Exact words",
        [NotBlank("Enter the exact words of the inspection report"), AtMost(LONGEST_WORDS, "The words")],
    )
    points = TextAreaField("Nested points", [AtMost(2 * LONGEST_WORDS, "The points")])

    def facts(self) -> ItemFacts:
        """Return what was answered."""
        return ItemFacts(
            item_class=ItemClass(self.item_class.data),
            words=trimmed(self.words.data),
            number=trimmed(self.number.data),
            heading=trimmed(self.heading.data),
            paragraph=trimmed(self.paragraph.data),
            points=tuple((self.points.data or "").splitlines()),
        )


class ItemChangeForm(ItemForm):
    """Puts an item right."""

    version = VersionField()


class TakeOutForm(Form):
    """Asks why an item is taken out."""

    why = TextAreaField(
        "Why is it taken out?", [NotBlank("Say why it is taken out"), AtMost(LONGEST_WHY, "The reason")]
    )
    version = VersionField()


class PutBackForm(Form):
    """Puts an item back."""

    version = VersionField()


def facts_as_data(facts: InspectionFacts) -> dict[str, Any]:
    """Return facts as a form shows them."""
    return {
        "title": facts.title,
        "kind": facts.kind.value,
        "authority": facts.authority,
        "days": facts.held,
        "published_on": facts.published_on,
        "received_on": facts.received_on,
        "follows": str(facts.follows_id or ""),
    }
