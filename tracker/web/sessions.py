"""Who is signed in: sessions begin fresh, end when idle or old, and need no write to the database to be read."""

from datetime import datetime, timedelta
from ipaddress import ip_address

from flask import Flask, current_app, g, request, session
from flask_login import login_user, logout_user

from tracker.config import Settings
from tracker.core import clock
from tracker.extensions import db_session, login
from tracker.people.models import Person
from tracker.people.queries import person_and_organisation

_SEEN_EVERY = timedelta(minutes=1)
_OF_A_PROXY = ("Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via")


def is_from_here() -> bool:
    """Say whether the request comes from this very machine; demonstration people may sign in only from it.

    A proxy on this machine speaks for others: unless its word is trusted by a setting, nobody behind it is from here.
    """
    settings: Settings = current_app.config["SETTINGS"]
    if not settings.trusted_proxies and any(name in request.headers for name in _OF_A_PROXY):
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def begin(person: Person) -> None:
    """Begin a session for a person whose password was right; nothing of the session before it stays."""
    session.clear()
    login_user(person)
    session["began_at"] = session["seen_at"] = clock.now().isoformat()


def renew(person: Person) -> None:
    """Let a person stay signed in whose other sessions have just ended; what the session holds stays."""
    login_user(person)


def end() -> None:
    """End the session here."""
    logout_user()
    session.clear()


def _load(kept: str) -> Person | None:
    """Return the person of a session, unless it has ended on the server's side or is too old."""
    number, _, epoch = kept.partition(".")
    if not number.isdecimal() or _is_over():
        return None
    found = person_and_organisation(db_session(), int(number))
    if found is None:
        return None
    person, g.organisation = found
    if not person.is_active or str(person.session_epoch) != epoch or (person.is_demonstration and not is_from_here()):
        return None
    return person


def _is_over() -> bool:
    settings: Settings = current_app.config["SETTINGS"]
    now = clock.now()
    began, seen = _moment("began_at"), _moment("seen_at")
    if began is None or seen is None:
        return True
    if now - began > timedelta(hours=settings.session_hours) or now - seen > timedelta(minutes=settings.idle_minutes):
        g.session_ended = True
        return True
    if now - seen > _SEEN_EVERY:
        session["seen_at"] = now.isoformat()
    return False


def _moment(name: str) -> datetime | None:
    try:
        return datetime.fromisoformat(session[name])
    except (KeyError, TypeError, ValueError):
        return None


def init_app(app: Flask) -> None:
    """Tell the sign-in library how to find the person of a session."""
    # Pages are told who is here by the context of their own, which error pages survive without a database.
    login.init_app(app, add_context_processor=False)
    login.user_loader(_load)
