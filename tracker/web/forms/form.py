"""The form that every page's form is: trimmed text and one error summary; fields and their checks stand beside it."""

from typing import Any

from flask import g, request
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import Field, FileField, HiddenField, PasswordField, StringField

from tracker.core.problems import Conflict, Problem, Several, Unavailable
from tracker.web.forms.typed import trimmed
from tracker.web.held import HELD


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

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Take what was sent; on a page that is only read, what its reader once sent in vain."""
            held = g.get("held_fields")
            if formdata is not None and held is not None and _has_some(form, held):
                form.is_held = g.held_is_shown = True
                return held
            sent = super().wrap_formdata(form, formdata)
            return _files_in_their_place(form) if isinstance(sent, CombinedMultiDict) else sent

    is_stale = False
    is_unavailable = False
    is_held = False

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Fill the fields in; files that were sent in vain have not been kept."""
        super().process(*args, **kwargs)
        for name in g.get("held_files", ()) if self.is_held else ():
            if name in self._fields:
                self._fields[name].errors = ["The file was not kept. Choose it again"]

    @property
    def held(self) -> str:
        """The token of what was held of this form, which goes with it until it is saved."""
        return request.args.get(HELD, "") if self.is_held else request.form.get(HELD, "")

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Check what was typed; when the database has just refused it, say so, and let the page show it again."""
        is_valid: bool = super().validate(*args, **kwargs)
        refused: Problem | None = g.get("not_saved")
        if refused is not None:
            self.refuse(refused)
        return is_valid and refused is None

    def refuse(self, problem: Problem) -> None:
        """Show a command's problem beside its field, or at the top when it is about the whole; of several, each."""
        if isinstance(problem, Several):
            for one in problem.problems:
                self.refuse(one)
            return
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
        if not self.problems or self.is_held:
            return 200
        if self.is_unavailable:
            return 503
        return 409 if self.is_stale else 422


def _files_in_their_place(form: Any) -> Any:
    """Return what was sent, without files under the names of fields for words: those would fail on them."""
    taken = [
        (name, sent) for name, sent in request.files.items(multi=True) if isinstance(form._fields.get(name), FileField)
    ]
    return CombinedMultiDict([MultiDict(taken), request.form])


def _has_some(form: Any, held: Any) -> bool:
    """Say whether a form is the one that was held: it shares a field that people see."""
    return any(field.name in held for field in form if not isinstance(field, HiddenField))


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
