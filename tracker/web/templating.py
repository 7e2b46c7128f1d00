"""What every template may use: who is here, the organisation, filters for dates and numbers; templates only show."""

import re
from datetime import date, datetime

from flask import Flask, current_app, g, session, url_for
from sqlalchemy.exc import DBAPIError

from tracker.core import clock
from tracker.core.text import counted, shortened
from tracker.extensions import db_session
from tracker.people import queries
from tracker.people.models import Organisation, Person
from tracker.web.access import allowed, person_or_none
from tracker.web.navigation import navigation_for
from tracker.web.security import csp_nonce

VERSION = "1.0"


def day(value: date | datetime | None) -> str:
    """Show a day as 15 Jan 2027; nothing for none."""
    return _local(value).strftime("%-d %b %Y") if value else ""


def long_day(value: date | datetime | None) -> str:
    """Show a day as Thursday 26 November 2026."""
    return _local(value).strftime("%A %-d %B %Y") if value else ""


def short_day(value: date | datetime | None) -> str:
    """Show a day of a year that is plain from the page as 27 Aug."""
    return _local(value).strftime("%-d %b") if value else ""


def clock_time(value: datetime | None) -> str:
    """Show the time in England as 10:44."""
    return value.astimezone(clock.LONDON).strftime("%H:%M") if value else ""


def closing_time(value: datetime | None) -> str:
    """Show a closing time as 5pm on Monday 23 November."""
    if value is None:
        return ""
    local = value.astimezone(clock.LONDON)
    hour = local.strftime("%-I%p" if local.minute == 0 else "%-I:%M%p").lower()
    return f"{hour} on {local.strftime('%A %-d %B')}"


def ago(value: date | datetime | None) -> str:
    """Show how long ago a day was: today, yesterday, 9 days ago."""
    if value is None:
        return ""
    days = (clock.today() - _local(value)).days
    if days <= 0:
        return "today"
    return "yesterday" if days == 1 else f"{days} days ago"


def paragraphs(value: str | None) -> list[str]:
    """Split typed text at its empty lines, to show each part as a paragraph."""
    return [part.strip() for part in re.split(r"\n\s*\n", value or "") if part.strip()]


def _local(value: date | datetime) -> date:
    return value.astimezone(clock.LONDON).date() if isinstance(value, datetime) else value


def _static(path: str) -> str:
    return url_for("static", filename=path, v=VERSION)


def _notices() -> list[object]:
    """Return what the page before wants said here, once."""
    notices: list[object] = session.pop("notices", []) if "notices" in session else []
    return [*notices, g.held_said] if g.get("held_is_shown") else notices


def _organisation() -> Organisation | None:
    """Return the organisation, which came with the signed-in person; error pages must do without the database."""
    if "without_database" in g:
        return None
    if "organisation" not in g:
        try:
            g.organisation = queries.organisation(db_session())
        except DBAPIError:
            g.organisation = None
    organisation: Organisation | None = g.organisation
    return organisation


def _person() -> Person | None:
    """Return who is signed in; error pages must do without the database."""
    try:
        return None if "without_database" in g else person_or_none()
    except DBAPIError:
        return None


def _context() -> dict[str, object]:
    person, organisation = _person(), _organisation()
    return {
        "current_person": person,
        "organisation_name": organisation.name if organisation else "",
        # Nothing when the pages have the service's own colour.
        "organisation_colour_version": organisation.version if organisation and organisation.colour else None,
        "is_demonstration": bool(organisation and organisation.is_demonstration),
        "navigation": navigation_for(person),
        "notices": _notices(),
        "version": VERSION,
        "today": clock.today(),
        "idle_minutes": current_app.config["SETTINGS"].idle_minutes,
    }


def init_app(app: Flask) -> None:
    """Register the filters and names that templates use."""
    app.jinja_env.filters.update(
        day=day,
        long_day=long_day,
        short_day=short_day,
        clock_time=clock_time,
        closing_time=closing_time,
        ago=ago,
        plural=counted,
        shortened=shortened,
        paragraphs=paragraphs,
    )
    app.jinja_env.globals.update(csp_nonce=csp_nonce, static=_static, allowed=allowed)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.context_processor(_context)
