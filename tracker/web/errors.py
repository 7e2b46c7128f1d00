"""Pages for what went wrong, in plain words and without a trace; what is wrong with a form is the form's."""

import logging

from flask import Flask, g, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from tracker.core.changelog import LogUnavailableError
from tracker.extensions import db_session

_WITH_PAGE = frozenset({400, 403, 404, 405, 409, 413, 415, 429, 500, 503})
_log = logging.getLogger("tracker")


def _page(status: int, **context: object) -> ResponseReturnValue:
    return render_template(f"errors/{status if status in _WITH_PAGE else 500}.html", **context), status


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    return _page(error.code, refused=g.get("refused"))


def _forged(error: CSRFError) -> ResponseReturnValue:
    return _page(400, is_form_too_old=True)


def _stale(error: StaleDataError) -> ResponseReturnValue:
    db_session().rollback()
    return _page(409)


def _database(error: Exception) -> ResponseReturnValue:
    """The database cannot be reached or written: nothing was saved, and it may heal by itself."""
    _log.error("database: %s", type(error).__name__)
    db_session().rollback()
    return _page(503)


def _anything(error: Exception) -> ResponseReturnValue:
    _log.exception("unexpected")
    db_session().rollback()
    return _page(500)


def init_app(app: Flask) -> None:
    """Register a page for every kind of failure, the unexpected included."""
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(LogUnavailableError, _database)
    app.register_error_handler(Exception, _anything)
