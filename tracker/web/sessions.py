"""Who is signed in: sessions begin fresh, end when idle or old, and need no write to the database to be read."""

import logging
from datetime import datetime, timedelta
from ipaddress import ip_address

from flask import Flask, Response, current_app, g, request, session
from flask_login import login_user, logout_user
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from tracker.config import Settings
from tracker.core import clock
from tracker.core.database import without_waiting
from tracker.extensions import db_session, login
from tracker.people import commands
from tracker.people.commands.sessions import SEEN_EVERY, session_hash
from tracker.people.models import Person, PersonSession
from tracker.people.queries import who_asks

_OF_A_PROXY = ("Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via")
_LAST_MINUTES = timedelta(minutes=15)
_log = logging.getLogger("tracker")


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


def new_key(stored: Session, person: Person) -> str:
    """Note a session from this browser that is about to begin, and return its key."""
    return commands.begin_session(
        stored, person, user_agent=request.user_agent.string, address=request.remote_addr or ""
    )


def begin(person: Person, key: str) -> None:
    """Begin the session of a stored key for a person who was let in; nothing of the session before it stays."""
    session.clear()
    login_user(person)
    session["key"] = key
    # Forms carry this, signed: so one that outlives its session still says whose it is (web/held).
    session["csrf_token"] = session_hash(key)
    session["began_at"] = session["seen_at"] = clock.now().isoformat()


def renew(person: Person) -> None:
    """Let a person stay signed in whose other sessions have just ended; what the session holds stays."""
    login_user(person)


def key_hash() -> str:
    """Return what the server keeps of the key of the session here."""
    return session_hash(str(session.get("key", "")))


def here() -> PersonSession | None:
    """Return the session of this request as the server knows it."""
    found: PersonSession | None = g.get("person_session")
    return found


def ends_at() -> datetime | None:
    """Return when the session here ends however much it is used; None where there is none."""
    began, settings = _moment("began_at"), current_app.config["SETTINGS"]
    return began + timedelta(hours=settings.session_hours) if began is not None else None


def is_ending() -> bool:
    """Say whether the session here is in its last quarter of an hour, so that pages warn whoever is writing."""
    last = ends_at()
    return last is not None and clock.now() >= last - _LAST_MINUTES


def end() -> None:
    """End the session here; it is not to be noted as seen any more."""
    g.pop("person_session", None)
    logout_user()
    session.clear()


def _load(kept: str) -> Person | None:
    """Return the person of a session, unless it has ended on the server's side or is too old."""
    number, _, epoch = kept.partition(".")
    if not number.isdecimal() or _is_over():
        return None
    found = who_asks(db_session(), int(number), key_hash())
    if found is None:
        return None
    person, g.organisation, known = found
    if not person.is_active or str(person.session_epoch) != epoch or (person.is_demonstration and not is_from_here()):
        return None
    if known is None or known.ended_at is not None:
        return None
    g.person_session = known
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
    if now - seen > SEEN_EVERY:
        session["seen_at"] = now.isoformat()
    return False


def _moment(name: str) -> datetime | None:
    try:
        return datetime.fromisoformat(session[name])
    except (KeyError, TypeError, ValueError):
        return None


def _note_seen(response: Response) -> Response:
    """Note once a minute that the session was used; what cannot be written now is written another time."""
    known = here()
    if known is None or clock.now() - known.seen_at < SEEN_EVERY:
        return response
    stored, number = db_session(), known.id
    try:
        stored.rollback()
        with without_waiting(stored):
            commands.note_seen(stored, number)
        stored.commit()
    except SQLAlchemyError as error:
        _log.info("not noted as seen: %s", type(error).__name__)
        stored.rollback()
    return response


def init_app(app: Flask) -> None:
    """Tell the sign-in library how to find the person of a session."""
    # Pages are told who is here by the context of their own, which error pages survive without a database.
    login.init_app(app, add_context_processor=False)
    login.user_loader(_load)
    app.after_request(_note_seen)
