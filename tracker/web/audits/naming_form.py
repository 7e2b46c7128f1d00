"""Forms whose words are looked through for names, dates of birth, postcodes and NHS numbers before they are kept."""

from typing import Any, ClassVar

from wtforms import BooleanField, TextAreaField

from tracker.audits.rules.names import identifiers_in, longest
from tracker.core import clock
from tracker.core.text import joined
from tracker.extensions import db_session
from tracker.people.queries import own_names
from tracker.web.forms import Form

_MOST_TOLD = 5


class NamingForm(Form):
    """Asks to replace or confirm what looks as if it tells who somebody is (domain A13); the box shows only then.

    `looked_at` are further fields of one line that hold words of people's own.
    """

    looked_at: ClassVar[frozenset[str]] = frozenset()
    names_confirmed = BooleanField("I have checked: these words name no child, family or worker")
    suspicions: tuple[str, ...] = ()

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Check what was typed, and what it says of whom."""
        is_valid = super().validate(*args, **kwargs)
        text = "\n".join(str(field.data or "") for field in self if self._holds_words(field))
        known = own_names(db_session()) if text else ()
        found = longest(identifiers_in(text, today=clock.today(), known=known))
        self.suspicions = tuple(one.words for one in found)
        if found and not self.names_confirmed.data:
            words = joined([f"“{one}”" for one in self.suspicions[:_MOST_TOLD]])
            fault = f"{words} may tell who somebody is. Use other words, or confirm that they name nobody"
            self.names_confirmed.errors = [fault]
            return False
        return is_valid

    def _holds_words(self, field: Any) -> bool:
        return isinstance(field, TextAreaField) or field.name in self.looked_at
