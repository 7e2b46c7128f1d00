"""Fields that the settings' forms share: one calendar day, and a choice among stored records."""

from datetime import date
from enum import StrEnum
from typing import Any

from wtforms import SelectField, StringField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from tracker.core import clock
from tracker.plans.rules.dates import DateProblem, Precision, read_target_date
from tracker.web.forms import Form, choice


class ADay:
    """Reads the box as one calendar day, as council people write it, and keeps it as `day` of the field."""

    def __init__(self, empty: str | None = None) -> None:
        """Take the sentence for an empty box; without one the box may stay empty."""
        self.empty = empty
        self.field_flags = {"required": True} if empty else {}

    def __call__(self, form: Form, field: "DayField") -> None:
        """Refuse what is no single day."""
        field.day = None
        if not field.data:
            if self.empty:
                raise ValidationError(self.empty)
            return
        try:
            read = read_target_date(field.data[:100], today=clock.today())
        except DateProblem as problem:
            raise ValidationError(str(problem)) from None
        if read.precision is not Precision.DAY or read.due is None or read.due != read.start:
            raise ValidationError("Enter one day, for example 15 Jan 2027")
        field.day = read.due


class DayField(StringField):
    """One box for one day; `day` is what was read once the form was checked."""

    day: date | None = None


class ChoiceField(SelectField):
    """A choice from a list, whose refusal is in the words of the pages."""

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what the list does not hold."""
        try:
            super().pre_validate(form)
        except ValidationError:
            raise ValidationError("Choose one from the list") from None


class RecordField(ChoiceField):
    """A choice among records by name; the empty answer means none of them."""

    def offer(self, records: list[Any], *, none: str) -> None:
        """Set what may be chosen, with the words for the empty answer."""
        self.choices = [choice("", none), *(choice(str(record.id), record.name) for record in records)]

    def chosen(self, records: list[Any]) -> Any:
        """Return the chosen record, or None."""
        return next((record for record in records if str(record.id) == self.data), None)


def choices_of(kinds: type[StrEnum]) -> list[Any]:
    """Return the choices of an enumeration whose members have words for pages."""
    return [choice(kind.value, getattr(kind, "words", kind.value)) for kind in kinds]
