"""The field by which a form knows whether somebody else was quicker; comparing versions is the commands'."""

from typing import Any

from wtforms import HiddenField


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
