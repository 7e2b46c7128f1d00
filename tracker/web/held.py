"""What becomes of a form that is sent after its session has ended: it is held, and comes back filled in.

Every form's guard against forgery names the session that it was made in, and so its writer, whoever sits at the
browser now. Autosaves are not held: their page is told to go on trying. A form sent to an address that shows no page of
its own comes back on a page of held words, from where it is sent again.
"""

from collections.abc import Iterable
from urllib.parse import urlencode, urlsplit

from flask import Flask, current_app, g, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.datastructures import MultiDict

from tracker.extensions import db_session
from tracker.people.commands.held_forms import SentForm, forget_form, held_form, hold_form
from tracker.people.models import Person
from tracker.people.queries.held_forms import whose_session
from tracker.web.notice import notice
from tracker.web.security import safe_next

HELD = "held"
# What stands behind "next" on the way through the sign-in page may be no longer than a thousand characters.
_LONGEST = 800
_OURS = frozenset({"csrf_token", HELD})
_NO_WORDS = _OURS | {"form_token", "version", "after", "next", "offered", "draft_version", "about_action"}
_SAID = "You were signed out. Your text is here and is not saved yet."


def wants_data() -> bool:
    """Say whether a script asks and wants data for an answer, not a page."""
    return request.accept_mimetypes.best == "application/json"


def words_in(fields: Iterable[tuple[str, str]]) -> list[str]:
    """Return what somebody wrote in the fields of a form, so that they can copy it; never a password."""
    return [
        words
        for name, value in fields
        if name not in _NO_WORDS and "password" not in name and " " in (words := value.strip())
    ]


def came_from() -> str | None:
    """Return the page of this service on which the form of this request stood, as far as the browser tells."""
    parts = urlsplit(request.referrer or "")
    if parts.netloc != request.host:
        return None
    return safe_next(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def signed_out() -> ResponseReturnValue | None:
    """Answer a form that nobody is signed in for: None when there is nothing of it to keep."""
    if request.method != "POST":
        return None
    if wants_data():
        return jsonify(signed_out=True), 401
    writer = _writer()
    back = _hold(writer) if writer is not None else None
    return redirect(url_for("people.sign_in", next=back), 303) if back else None


def outlived() -> ResponseReturnValue | None:
    """Answer a form made in another session than goes on here; None when it is not its writer's to send.

    A script of the same person is given the guard of the session that goes on.
    """
    writer, here = _writer(), _here()
    if writer is None or request.method != "POST":
        return None
    if wants_data():
        fresh = {"csrf_token": generate_csrf()} if here is not None and here.id == writer else {}
        return jsonify(signed_out=True, **fresh), 401
    if here is not None and here.id != writer:
        return None
    back = _hold(writer)
    if back is None:
        return None
    return redirect(back if here is not None else url_for("people.sign_in", next=back), 303)


def forget(person: Person | None) -> None:
    """Throw away what was held of the form that is being saved, in the same transaction."""
    token = request.form.get(HELD) if request.method == "POST" else None
    if token and person is not None:
        forget_form(db_session(), token, person)


def _writer() -> int | None:
    """Return the id of the person in whose session the form was made, as its guard proves."""
    guards = URLSafeTimedSerializer(str(current_app.secret_key), salt="wtf-csrf-token")
    try:
        key_hash = guards.loads(request.form.get("csrf_token", "") or request.headers.get("X-CSRFToken", ""))
    except BadData:
        return None
    return whose_session(db_session(), key_hash) if isinstance(key_hash, str) else None


def _here() -> Person | None:
    person: Person | None = current_user.itself if current_user.is_authenticated else None
    return person


def _hold(writer: int) -> str | None:
    """Hold the form of this request and return the address at which it comes back; None when it cannot be held."""
    fields = tuple((name, value) for name, value in request.form.items(multi=True) if name not in _OURS)
    if len(request.full_path) > _LONGEST or any("password" in name for name, _ in fields):
        return None
    if not _has_page() and not any(value.strip() for name, value in fields if name not in _NO_WORDS):
        return None  # a button alone: it is pressed again where it stands
    sent = SentForm(fields, tuple(name for name, file in request.files.items() if file.filename))
    session = db_session()
    session.rollback()
    token = hold_form(
        session,
        writer,
        sent,
        address=request.path,
        network=request.remote_addr or "",
        secret=str(current_app.secret_key),
    )
    session.commit()
    if not token:
        return None
    asked = [(name, value) for name, value in request.args.items(multi=True) if name != HELD]
    if _has_page():
        return f"{request.path}?{urlencode([*asked, (HELD, token)])}"
    page = url_for("people.held_show", token=token)
    return f"{page}?{urlencode(asked)}" if asked else page


def _has_page() -> bool:
    """Say whether the address that the form was sent to shows the form when it is only read."""
    return any("GET" in (rule.methods or ()) for rule in current_app.url_map.iter_rules(request.endpoint))


def _give_back() -> None:
    """Lay what was held of the page that is asked for where its form finds it, for its own writer alone."""
    token = request.args.get(HELD) if request.method == "GET" else None
    person = _here() if token else None
    if token is None or person is None:
        return
    secret = str(current_app.secret_key)
    sent = held_form(db_session(), token, person, address=request.path, secret=secret)
    if sent is not None:
        g.held_fields, g.held_files = MultiDict(sent.fields), sent.files
        g.held_said = notice("info", _SAID)


def init_app(app: Flask) -> None:
    """Look for held forms before a page is made."""
    app.before_request(_give_back)
