"""What becomes of a form that is sent after its session has ended: it is held, and comes back filled in.

Every form's guard against forgery names the session that it was made in, and so its writer, whoever sits at the
browser now. Autosaves are not held: their page is told to go on trying.
"""

from urllib.parse import urlencode

from flask import Flask, current_app, g, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.datastructures import MultiDict

from tracker.extensions import db_session
from tracker.people.commands.held_posts import SentForm, forget_form, held_form, hold_form
from tracker.people.models import Person
from tracker.people.queries.held_posts import whose_session

HELD = "held"
# What stands behind "next" on the way through the sign-in page may be no longer than a thousand characters.
_LONGEST = 800
_OURS = frozenset({"csrf_token", HELD})
_SAID = "You were signed out. Your text is here and is not saved yet."


def wants_data() -> bool:
    """Say whether a script asks and wants data for an answer, not a page."""
    return request.accept_mimetypes.best == "application/json"


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
    takes_get = any("GET" in (rule.methods or ()) for rule in current_app.url_map.iter_rules(request.endpoint))
    fields = tuple((name, value) for name, value in request.form.items(multi=True) if name not in _OURS)
    if not takes_get or len(request.full_path) > _LONGEST or any("password" in name for name, _ in fields):
        return None
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
    asked = [(name, value) for name, value in request.args.items(multi=True) if name != HELD]
    return f"{request.path}?{urlencode([*asked, (HELD, token)])}" if token else None


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
        g.held_said = {"kind": "info", "title": _SAID, "text": "", "undo": None}


def init_app(app: Flask) -> None:
    """Look for held forms before a page is made."""
    app.before_request(_give_back)
