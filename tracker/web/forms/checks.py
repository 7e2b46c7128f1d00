"""What a form asks of an answer of any kind: that it is there, not too long, one of these; in the words of the page."""

from collections.abc import Callable

from wtforms import Field
from wtforms.validators import ValidationError

from tracker.core.answers import length_fault
from tracker.web.forms.form import Form
from tracker.web.forms.typed import trimmed


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
        if fault := length_fault(field.data or "", what=self.what, most=self.length):
            raise ValidationError(fault)


def chosen(message: str) -> Callable[[Form, Field], None]:
    """Ask for a file; what is in it is judged when it is read."""

    def check(form: Form, field: Field) -> None:
        if not getattr(field.data, "filename", ""):
            raise ValidationError(message)

    return check


def one_of(*values: str, message: str) -> Callable[[Form, Field], None]:
    """Refuse any answer outside a list; the empty one counts where the list holds ""."""

    def check(form: Form, field: Field) -> None:
        if (field.data or "") not in values:
            raise ValidationError(message)

    return check
