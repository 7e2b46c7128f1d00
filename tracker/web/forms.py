"""The form that every page's form is: trimmed text, lengths in plain English, one error summary."""

from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeVar

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, PasswordField, StringField, TextAreaField
from wtforms.validators import InputRequired, ValidationError

from tracker.core.problems import Conflict, Problem

T = TypeVar("T")
# The published types of the forms' library do not know this name yet.
_SELECT_CHOICE: Any = import_module("wtforms").SelectChoice


def trimmed(value: str | None) -> str:
    """Return typed text without white space around it and with one kind of line end; NUL has no place in text."""
    return (value or "").replace("\r\n", "\n").replace("\x00", "").strip()


def answered(value: T | None) -> T:
    """Return an answer that the form's own checks have made sure is there."""
    assert value is not None
    return value


class Form(FlaskForm):
    """A form with the guard against forgery and an error summary."""

    class Meta(FlaskForm.Meta):
        """Trim what people type, in every field of text."""

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Add the trimming filter to text fields; a password is taken exactly as it was typed."""
            kind = unbound_field.field_class
            if issubclass(kind, StringField) and not issubclass(kind, HiddenField | PasswordField):
                options = {**options, "filters": [*unbound_field.kwargs.pop("filters", []), trimmed]}
            return unbound_field.bind(form=form, **options)

    is_stale = False

    def refuse(self, problem: Problem) -> None:
        """Show a command's problem beside its field, or at the top when it is about the whole."""
        self.is_stale = self.is_stale or isinstance(problem, Conflict)
        field = self._fields.get(problem.field) if problem.field else None
        if field is None:
            self.form_errors.append(problem.message)
        else:
            field.errors = [*field.errors, problem.message]

    @property
    def problems(self) -> list[tuple[str | None, str]]:
        """Every error with the id of its field, in the order of the page, for the summary."""
        found: list[tuple[str | None, str]] = [(None, message) for message in self.form_errors]
        for field in self:
            found.extend(_field_problems(field))
        return found

    @property
    def status(self) -> int:
        """The status to answer with: 200 when nothing is wrong, 409 when somebody was quicker, else 422."""
        if not self.problems:
            return 200
        return 409 if self.is_stale else 422


def _field_problems(field: Field) -> list[tuple[str | None, str]]:
    """Return a field's errors; those of fields within it stand at their own ids."""
    entries = getattr(field, "entries", None)
    inner = entries if entries is not None else list(getattr(field, "form", ()) if hasattr(field, "form_class") else ())
    if inner:
        return [problem for part in inner for problem in _field_problems(part)]
    return [(field.id, str(message)) for message in field.errors]


def required(message: str) -> InputRequired:
    """Ask for an answer, in the words of the page."""
    return InputRequired(message)


class NotBlank:
    """Ask for more than white space, in the words of the page."""

    def __init__(self, message: str) -> None:
        """Take the sentence to show."""
        self.message = message
        self.field_flags = {"required": True}

    def __call__(self, form: Form, field: Field) -> None:
        """Refuse an empty answer."""
        if not trimmed(field.data):
            raise ValidationError(self.message)


class AtMost:
    """Keep text to a length, saying how long it is now."""

    def __init__(self, length: int, what: str) -> None:
        """Take the greatest number of characters and the field's name as a sentence begins."""
        self.length = length
        self.what = what
        self.field_flags = {"maxlength_hint": length}

    def __call__(self, form: Form, field: Field) -> None:
        """Refuse text that is too long."""
        length = len(field.data or "")
        if length > self.length:
            raise ValidationError(f"{self.what} must be {self.length:,} characters or fewer (you have {length:,})")


def choice(value: str, label: str) -> Any:
    """Return one entry of a list to choose from; tuples, which lists took before, are going out of use."""
    return _SELECT_CHOICE(value, label)


def one_of(*values: str, message: str) -> Callable[[Form, Field], None]:
    """Refuse any answer outside a list."""

    def check(form: Form, field: Field) -> None:
        if field.data not in values:
            raise ValidationError(message)

    return check


class VersionField(HiddenField):
    """Carries the version of the record that the form was made from, for optimistic locking."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep a whole number; anything else counts as version 0, which no record has."""
        text = str(valuelist[0]) if valuelist else ""
        self.data = text if text.isdecimal() and len(text) < 10 else "0"

    @property
    def number(self) -> int:
        """The version that the form was made from."""
        return int(self.data or 0)


__all__ = [
    "AtMost",
    "Form",
    "NotBlank",
    "StringField",
    "TextAreaField",
    "VersionField",
    "answered",
    "choice",
    "one_of",
    "required",
    "trimmed",
]
