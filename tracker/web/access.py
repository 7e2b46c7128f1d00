"""The door of every page: who is asking, which permission a route needs about which subject; the policy is people's."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

from flask import abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from tracker.core.changelog import LogUnavailableError, acting, record_event
from tracker.core.database import DATABASE_FAULTS
from tracker.extensions import db_session
from tracker.people.models import Person
from tracker.people.policy import SENTENCES, Permission, may
from tracker.web.held import came_from, signed_out
from tracker.web.kept import asks_for_change, why_not_changed

_log = logging.getLogger("tracker")
_WITH_A_FIRST_PASSWORD = frozenset({"people.my_settings", "people.sign_out"})

P = ParamSpec("P")
S = TypeVar("S")
View = Callable[..., ResponseReturnValue]


@dataclass(frozen=True)
class AccessRule:
    """What a route asks before it answers: a permission, or the reason why it is open to everyone."""

    permission: Permission | None
    why_public: str = ""
    needs_person: bool = True
    about: Callable[..., object | None] | None = None


class _Marked(Protocol):
    access_rule: AccessRule


def person_or_none() -> Person | None:
    """Return the signed-in person, or None."""
    # The proxy itself must not be handed on: it would be asked again, in another request, who it is.
    return cast("Person", current_user.itself) if current_user.is_authenticated else None


def current_person() -> Person:
    """Return the signed-in person; on a route that needs none this is an error of ours."""
    person = person_or_none()
    if person is None:
        abort(401)
    return person


def public(why: str) -> Callable[[View], View]:
    """Open a route to everyone, saying why."""
    return lambda view: _mark(view, AccessRule(None, why, needs_person=False))


def signed_in(why: str) -> Callable[[View], View]:
    """Open a route to every signed-in person, saying why no permission is needed."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: object, **kwargs: object) -> ResponseReturnValue:
            return _not_yet(person_or_none()) or view(*args, **kwargs)

        return _mark(guarded, AccessRule(None, why))

    return decorate


def requires(
    permission: Permission, *, about: Callable[Concatenate[Session, P], object | None] | None = None
) -> Callable[[View], View]:
    """Let a view act only for a person who may; with `about` the subject is loaded from the address and handed in.

    No such subject answers 404, no right to it 403 with a log entry, a form for what is kept as it was 409. Who is not
    signed in is asked to sign in first.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**address: Any) -> ResponseReturnValue:
            person = person_or_none()
            if first := _not_yet(person):
                return first
            loader = cast("Callable[..., object | None] | None", about)
            may_ask = may(person, permission)
            # Whoever may do no such thing is refused all the same, and the log says of what.
            subject = loader(db_session(), **address) if loader else None
            refuse_unless(may_ask, permission, subject)
            if loader is None:
                return view(**address)
            if subject is None:
                abort(404)
            refuse_unless(may(person, permission, subject), permission, subject)
            _refuse_kept(permission, subject)
            g.about_action = _action_behind(subject).id if "ref" in address else None
            return view(subject)

        return _mark(guarded, AccessRule(permission, about=cast("Callable[..., object | None] | None", about)))

    return decorate


def _action_behind(subject: Any) -> Any:
    """Return the action that a part of one belongs to: the forms of its page say that they were written for it."""
    whole = next((name for name in ("milestone", "action", "origin") if hasattr(subject, name)), None)
    return _action_behind(getattr(subject, whole)) if whole else subject


def may_send_to(path: str) -> bool:
    """Say whether the signed-in person may send a form to an address of this service; False for where there is none."""
    try:
        endpoint, values = current_app.url_map.bind_to_environ(request.environ).match(path, "POST")
    except HTTPException:
        return False
    rule = cast("_Marked", current_app.view_functions[endpoint]).access_rule
    if rule.permission is None:
        return True
    if rule.about is None:
        return may(person_or_none(), rule.permission)
    subject = rule.about(db_session(), **values)
    return subject is not None and may(person_or_none(), rule.permission, subject)


def allowed(permission: Permission, subject: object = None) -> bool:
    """Say whether the signed-in person may do this now; for showing or hiding what a page offers."""
    return may(person_or_none(), permission, subject) and not why_not_changed(permission, subject)


def refuse_unless(condition: bool, permission: Permission, subject: object = None) -> None:
    """Answer 403 unless the condition holds, leaving an entry in the log."""
    if condition:
        return
    g.refused = SENTENCES[permission]
    _log_refusal(permission, subject)
    abort(403)


def note_refusal(permission: Permission, subject: object) -> None:
    """Leave an entry in the log of what a command refused to somebody who may open the page."""
    _log_refusal(permission, subject)


def _refuse_kept(permission: Permission, subject: object) -> None:
    """Answer 409 with the reason where a page would change what belongs to a plan that is over."""
    if asks_for_change() and (why := why_not_changed(permission, subject)):
        g.kept_because = why
        abort(409)


def _log_refusal(permission: Permission, subject: object) -> None:
    """Write the refusal; a log that cannot be written must not turn a refusal into anything else."""
    session, person = db_session(), person_or_none()
    session.rollback()
    try:
        with acting(f"person:{person.id}" if person else "nobody"):
            record_event(session, "refused", subject=subject, detail={"permission": permission.value})
            session.commit()
    except (*DATABASE_FAULTS, LogUnavailableError) as error:
        _log.error("a refusal was not logged: %s", type(error).__name__)
        session.rollback()


def _mark(view: View, rule: AccessRule) -> View:
    cast("_Marked", view).access_rule = rule
    return view


def _not_yet(person: Person | None) -> ResponseReturnValue | None:
    """Return where somebody must go first: to sign in, or to change a password that somebody else has seen."""
    if person is None:
        return _ask_to_sign_in()
    if person.password_expires_at is not None and request.endpoint not in _WITH_A_FIRST_PASSWORD:
        return redirect(url_for("people.my_settings"))
    return None


def _ask_to_sign_in() -> ResponseReturnValue:
    """Send to the sign-in page, coming back to this very address; what was sent to it is held until then."""
    if (held := signed_out()) is not None:
        return held
    back = request.full_path.rstrip("?") if request.method == "GET" else came_from()
    return redirect(url_for("people.sign_in", next=back))
