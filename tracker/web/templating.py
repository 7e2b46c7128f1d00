"""What every template may use: who is here, the organisation, filters for dates and numbers; templates only show."""

import re
from datetime import date, datetime

from flask import Flask, current_app, g, session, url_for

from tracker.core import clock
from tracker.core.closing import closing_words
from tracker.core.database import DATABASE_FAULTS
from tracker.core.text import counted, shortened
from tracker.extensions import db_session
from tracker.people import queries
from tracker.people.models import Organisation, Person
from tracker.people.policy import Permission, may
from tracker.web import sessions
from tracker.web.access import allowed, person_or_none
from tracker.web.navigation import navigation_for
from tracker.web.notice import Notice, notice
from tracker.web.security import csp_nonce

VERSION = "1.0"
# Named to administrators in the banner of the demonstration.
_CLEARING = "tracker demo --clear"


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
    """Show a closing time as 5pm on Monday 23 November; nothing for none."""
    return closing_words(value.astimezone(clock.LONDON)) if value is not None else ""


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


def _notices(person: Person | None) -> list[object]:
    """Return what the page before wants said here, once, and that the session ends soon, on each page until then."""
    notices: list[object] = session.pop("notices", []) if "notices" in session else []
    held = [g.held_said] if g.get("held_is_shown") else []
    return [*notices, *held, *([_ending()] if person is not None and sessions.is_ending() else [])]


def _ending() -> Notice:
    hours = counted(current_app.config["SETTINGS"].session_hours, "hour")
    return notice(
        "info",
        f"You will be signed out at {clock_time(sessions.ends_at())}",
        f"That is {hours} after you signed in. Save what you are writing before then. What you send later "
        "is kept for an hour and comes back when you have signed in again.",
    )


def _minutes_left() -> int | None:
    """Return how many minutes the session here still has at most, for the script that warns before it ends."""
    last = sessions.ends_at()
    return max(int((last - clock.now()).total_seconds() // 60), 0) if last is not None else None


def _organisation() -> Organisation | None:
    """Return the organisation, which came with the signed-in person; error pages must do without the database."""
    if "without_database" in g:
        return None
    if "organisation" not in g:
        try:
            g.organisation = queries.organisation(db_session())
        except DATABASE_FAULTS:
            g.organisation = None
    organisation: Organisation | None = g.organisation
    return organisation


def _person() -> Person | None:
    """Return who is signed in; error pages must do without the database."""
    try:
        return None if "without_database" in g else person_or_none()
    except DATABASE_FAULTS:
        return None


def _context() -> dict[str, object]:
    person, organisation = _person(), _organisation()
    return {
        "current_person": person,
        "organisation_name": organisation.name if organisation else "",
        # Nothing when the pages have the service's own colour.
        "organisation_colour_version": organisation.version if organisation and organisation.colour else None,
        "is_demonstration": bool(organisation and organisation.is_demonstration),
        "clearing_command": _CLEARING if may(person, Permission.ORGANISATION_MANAGE) else None,
        "navigation": navigation_for(person),
        "notices": _notices(person),
        "version": VERSION,
        "today": clock.today(),
        "idle_minutes": current_app.config["SETTINGS"].idle_minutes,
        "minutes_left": _minutes_left(),
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
