"""The form that every page's form is: trimmed text and one error summary; fields and their checks stand beside it."""

from typing import Any

from flask import g
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, PasswordField, StringField

from tracker.core.problems import Conflict, Problem, Unavailable
from tracker.web.forms.typed import trimmed


class Form(FlaskForm):
    """A form with the guard against forgery and an error summary."""

    class Meta(FlaskForm.Meta):
        """Trim what people type, in every field of text."""

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Add the trimming filter to text fields; a password is taken exactly as it was typed."""
            kind = unbound_field.field_class
            if issubclass(kind, StringField) and not issubclass(kind, PasswordField):
                last = _without_nul if issubclass(kind, HiddenField) else trimmed
                options = {**options, "filters": [*unbound_field.kwargs.get("filters", []), last]}
            return unbound_field.bind(form=form, **options)

    is_stale = False
    is_unavailable = False

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Check what was typed; when the database has just refused it, say so, and let the page show it again."""
        is_valid: bool = super().validate(*args, **kwargs)
        refused: Problem | None = g.get("not_saved")
        if refused is not None:
            self.refuse(refused)
        return is_valid and refused is None

    def refuse(self, problem: Problem) -> None:
        """Show a command's problem beside its field, or at the top when it is about the whole."""
        self.is_stale = self.is_stale or isinstance(problem, Conflict)
        self.is_unavailable = self.is_unavailable or isinstance(problem, Unavailable)
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
        """The status to answer with: 200 when nothing is wrong, 409 when somebody was quicker, else 422.

        It is 503 when nothing can be stored.
        """
        if not self.problems:
            return 200
        if self.is_unavailable:
            return 503
        return 409 if self.is_stale else 422


def _field_problems(field: Field) -> list[tuple[str | None, str]]:
    """Return a field's errors; those of fields within it stand at their own ids."""
    entries = getattr(field, "entries", None)
    inner = entries if entries is not None else list(getattr(field, "form", ()) if hasattr(field, "form_class") else ())
    if inner:
        return [problem for part in inner for problem in _field_problems(part)]
    return [(field.id, str(message)) for message in field.errors]


def _without_nul(value: object) -> object:
    """Return what a hidden field brought back without NUL, which no page of ours put there and no database takes."""
    return value.replace("\x00", "") if isinstance(value, str) else value
