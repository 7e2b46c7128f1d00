"""Links by which people set a password, as an administrator hands them over: each is shown once and kept nowhere."""

from dataclasses import dataclass

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.config import Settings


@dataclass(frozen=True)
class HandedOver:
    """A link for one person."""

    name: str
    email: str
    link: str


def link_for(name: str, email: str, code: str) -> HandedOver:
    """Return a link in full, under the address that the settings give the service."""
    settings: Settings = current_app.config["SETTINGS"]
    if settings.mail.base_url:
        return HandedOver(name, email, settings.mail.base_url + url_for("people.join", code=code))
    return HandedOver(name, email, url_for("people.join", code=code, _external=True))


def links_page(title: str, links: list[HandedOver], *, to: str, skipped: int = 0) -> ResponseReturnValue:
    """Show links once, with the page to go on to."""
    return render_template("settings/links_show.html", title=title, links=links, url=to, skipped=skipped)
