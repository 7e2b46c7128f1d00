"""What the forms of all sections share: the version they began from, filling in, saving; fields are their own."""

from collections.abc import Sequence

from sqlalchemy.orm import Session
from wtforms import RadioField

from tracker.audits.models import Audit, AuditSection, Theme
from tracker.audits.queries.found_before import FoundBefore
from tracker.audits.rules.taking_part import Extent
from tracker.audits.rules.vocabulary import Grade, NoGrade
from tracker.people.models import Person
from tracker.web.forms import Form, VersionField, choices_of, one_of


def cards(label: str, *answers: Grade | NoGrade) -> RadioField:
    """Return a question whose answers are cards, of which none need be chosen yet."""
    offered = one_of("", *answers, message="Choose one of these")
    return RadioField(label, [offered], choices=choices_of(answers), validate_choice=False)


def in_three_steps(label: str) -> RadioField:
    """Return a question that is answered yes, partly or no, or not yet."""
    offered = one_of("", *Extent, message="Choose one of these")
    return RadioField(label, [offered], choices=choices_of(Extent), validate_choice=False)


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

    def set_apart(self, number: int) -> None:
        """Give the fields ids of their own, on the page that holds the forms of all sections; names stay."""
        for field in self:
            field.id = f"s{number}-{field.id}"
            field.label.field_id = field.id

    def unasked(self, before: Sequence[FoundBefore]) -> list[str]:
        """Return the themes found `before` of which the page did not yet ask whether they were put right."""
        del before
        return []

    def offer(self, themes: list[Theme]) -> None:
        """Offer the themes to choose from, in sections that have any."""


def stored_section(audit: Audit, number: int) -> AuditSection | None:
    """Return what is stored of a section, or None before it was first saved."""
    return next((section for section in audit.sections if section.number == number), None)
