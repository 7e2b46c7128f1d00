"""Choosing from a list: fixed answers, enumerations and stored records; what the choice means is the page's."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from importlib import import_module
from typing import Any

from wtforms import SelectField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

# The published types of the forms' library do not know this name yet.
_SELECT_CHOICE: Any = import_module("wtforms").SelectChoice


def choice(value: str, label: str) -> Any:
    """Return one entry of a list to choose from; tuples, which lists took before, are going out of use."""
    return _SELECT_CHOICE(value, label)


def choices_of(kinds: Iterable[StrEnum]) -> list[Any]:
    """Return the choices of an enumeration whose members have words for pages."""
    return [choice(kind.value, getattr(kind, "words", kind.value)) for kind in kinds]


class FromList(SelectField):
    """A list to choose from; choosing nothing is an answer where the list offers it."""

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what the list does not hold."""
        if (self.data or "") not in {str(offered[0]) for offered in self.iter_choices()}:
            raise ValidationError("Choose one from the list")


class RecordField(FromList):
    """A choice among records by name; the empty answer means none of them."""

    def offer(self, records: Sequence[Any], *, none: str) -> None:
        """Set what may be chosen, with the words for the empty answer."""
        self.choices = [choice("", none), *(choice(str(record.id), record.name) for record in records)]

    def chosen(self, records: Sequence[Any]) -> Any:
        """Return the chosen record, or None."""
        return next((record for record in records if str(record.id) == self.data), None)
