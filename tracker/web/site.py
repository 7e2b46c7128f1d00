"""The list of page groups; which pages a group has is its own."""

from importlib import import_module

from flask import Flask
from werkzeug.routing import IntegerConverter, ValidationError

LARGEST = 2_147_483_647
PAGE_GROUPS = ("home", "search", "people", "plans", "audits", "themes", "settings")


class BoundedInteger(IntegerConverter):
    """A whole number that a database column can hold; a longer one in an address is an address that does not exist."""

    # Only so many digits, and ASCII ones, even reach Python's own reading, which raises at some thousands.
    regex = "[0-9]{1,10}"

    def to_python(self, value: str) -> int:
        """Read the number; the router takes the refusal as no such address."""
        number: int = super().to_python(value)
        if number > LARGEST:
            raise ValidationError
        return number


def init_app(app: Flask) -> None:
    """Register every page group."""
    app.url_map.converters["int"] = BoundedInteger
    for name in PAGE_GROUPS:
        app.register_blueprint(import_module(f"tracker.web.{name}").bp)
