"""Pages for what went wrong, in plain words and without a trace; what is wrong with a form is the form's."""

import logging
from typing import cast

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import BadHost, HTTPException

from tracker.core.changelog import LogUnavailableError
from tracker.core.database import DATABASE_FAULTS
from tracker.core.problems import Conflict
from tracker.extensions import db_session
from tracker.web.access import View
from tracker.web.former import renumbered
from tracker.web.held import outlived, words_in
from tracker.web.saving import NotSavedError

_WITH_PAGE = frozenset({400, 403, 404, 405, 409, 413, 415, 429, 500, 502, 503})
_log = logging.getLogger("tracker")


def _page(status: int, **context: object) -> ResponseReturnValue:
    """Show the page of a failure; when the database fails again, without naming who is here."""
    template = f"errors/{status if status in _WITH_PAGE else 500}.html"
    try:
        return render_template(template, **context), status
    except SQLAlchemyError:
        g.without_database = True
        return render_template(template, **context), status


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    if error.code == 404 and (moved := renumbered()) is not None:
        return moved
    typed = words_in(request.form.items(multi=True)) if error.code == 409 else []
    return _page(error.code, refused=g.get("refused"), because=g.get("kept_because"), typed=typed)


def _bad_host(error: BadHost) -> ResponseReturnValue:
    """Answer in one line: without a host that can be read there are no addresses, and so no page."""
    return "This address cannot be used.\n", 400, {"Content-Type": "text/plain; charset=utf-8"}


def _forged(error: CSRFError) -> ResponseReturnValue:
    """A form of another session is held for its writer; any other is refused."""
    return outlived() or _page(400, is_form_too_old=True)


def _not_saved(error: NotSavedError) -> ResponseReturnValue:
    """Show the form again as it was sent, everything else anew; where that fails too, the page for it."""
    _begin_afresh()
    g.not_saved = error.problem
    status = 409 if isinstance(error.problem, Conflict) else 503
    view = cast("View", current_app.view_functions[request.endpoint or ""])
    try:
        return view(**(request.view_args or {}))
    except HTTPException as refusal:
        return _http(refusal)
    except (NotSavedError, LogUnavailableError, SQLAlchemyError) as again:
        _log.error("not shown again: %s", type(again).__name__)
        _begin_afresh()
        _ask_no_more(again)
        return _page(status, typed=words_in(request.form.items(multi=True)))


def _begin_afresh() -> None:
    """Drop what was loaded, who is here included: what failed left it half known, and it is asked for again."""
    session = db_session()
    session.expunge_all()
    session.rollback()
    g.pop("_login_user", None)
    g.pop("organisation", None)


def _ask_no_more(error: Exception) -> None:
    """Where there was no connection to be had, let the page for it not wait as long for another."""
    if isinstance(error, NoConnectionError):
        g.without_database = True


def _stale(error: StaleDataError) -> ResponseReturnValue:
    _begin_afresh()
    return _page(409)


def _database(error: Exception) -> ResponseReturnValue:
    """The database cannot be reached or written: nothing was saved, and it may heal by itself."""
    _log.error("database: %s", type(error).__name__)
    _begin_afresh()
    _ask_no_more(error)
    return _page(503, typed=words_in(request.form.items(multi=True)))


def _anything(error: Exception) -> ResponseReturnValue:
    _log.exception("unexpected")
    _begin_afresh()
    return _page(500, typed=words_in(request.form.items(multi=True)))


def init_app(app: Flask) -> None:
    """Register a page for every kind of failure, the unexpected included."""
    app.register_error_handler(BadHost, _bad_host)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(NotSavedError, _not_saved)
    app.register_error_handler(StaleDataError, _stale)
    for fault in DATABASE_FAULTS:
        app.register_error_handler(fault, _database)
    app.register_error_handler(LogUnavailableError, _database)
    app.register_error_handler(Exception, _anything)
