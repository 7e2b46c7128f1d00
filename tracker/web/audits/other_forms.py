"""What the forms of alerts, feedback, events and learning share, and the row of links between their lists."""

from datetime import date

from flask import url_for
from sqlalchemy.orm import Session
from wtforms import BooleanField, HiddenField

from tracker.audits.models import Theme
from tracker.audits.queries import themes_on
from tracker.core import clock
from tracker.core.text import random_code
from tracker.people.policy import Permission
from tracker.web.access import allowed
from tracker.web.chips import Chip
from tracker.web.forms import Form, RecordField, VersionField
from tracker.web.templating import day

_TOKEN_LENGTH = 16
_LISTS = {
    "audits.feedback_index": "Feedback",
    "audits.event_index": "Events",
    "audits.learning_index": "Learning",
    "audits.said_index": "You said, we did",
}


class OtherForm(Form):
    """Carries the token that keeps a double submit from making two, the version, and the check for names."""

    form_token = HiddenField()
    version = VersionField()
    names_confirmed = BooleanField("I have checked: these words name no child, family or worker")

    def give_token(self) -> None:
        """Give the form a token of its own, unless the one that came back is fit to be used."""
        if not (self.form_token.data or "").isalnum():
            self.form_token.data = random_code(_TOKEN_LENGTH)


class ThemedForm(OtherForm):
    """Asks for a theme beside."""

    theme = RecordField("Theme")

    def offer_themes(self, session: Session, *, none: str, kept: Theme | None = None) -> list[Theme]:
        """Offer the themes in use, and the one that is kept though it may have ended; return them."""
        found = themes_on(session, clock.today())
        themes = [*found, kept] if kept is not None and kept not in found else found
        self.theme.offer(themes, none=none)
        return themes


def lists(current: str) -> list[Chip]:
    """Return the links between the lists, that of alerts only for who may read them."""
    shown = {**_LISTS, **({"audits.alert_index": "Practice alerts"} if allowed(Permission.ALERT_MANAGE) else {})}
    return [Chip(label, url_for(endpoint), endpoint == current) for endpoint, label in shown.items()]


def period_words(first: date, last: date) -> str:
    """Return a period as pages say it, one day as itself."""
    return day(first) if first == last else f"{day(first)} to {day(last)}"
