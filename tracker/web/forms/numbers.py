"""A text box for a whole number; amounts with a unit are the measures' own."""

from typing import Any

from wtforms import StringField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError


class WholeField(StringField):
    """A text box for a whole number between two others; `number` is what was read."""

    number: int | None = None

    def __init__(self, *args: Any, least: int, most: int, **kwargs: Any) -> None:
        """Take the smallest and the largest number that may be given."""
        super().__init__(*args, **kwargs)
        self.least = least
        self.most = most

    def pre_validate(self, form: BaseForm) -> None:
        """Read the number."""
        text = self.data or ""
        self.number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
        if self.number is None or not self.least <= self.number <= self.most:
            raise ValidationError(f"Enter a whole number from {self.least} to {self.most:,}")
