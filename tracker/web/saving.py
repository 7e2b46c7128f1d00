"""One commit a request: `saving` ends what a form began, and turns problems into the form's error summary."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from flask import g, redirect, url_for
from flask import session as browser_session
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from tracker.core.changelog import LogUnavailableError, acting
from tracker.core.database import DATABASE_FAULTS, begin_writing
from tracker.core.problems import Conflict, Problem, Unavailable
from tracker.core.text import shortened
from tracker.extensions import db_session
from tracker.web.access import person_or_none
from tracker.web.forms import Form
from tracker.web.held import forget
from tracker.web.notice import Kind, notice

_QUICKER = "Somebody else saved this while you were writing. What is stored now is shown; your words are still below."
_NOT_NOW = "The service cannot save just now, so nothing was saved. Your words are still below: try again in a minute."
_LONGEST_TITLE, _LONGEST_TEXT = 160, 600
# Notices travel in the session's cookie; a browser drops one over 4 KB, and the person with it.
_LARGEST_NOTICES = 2200
_log = logging.getLogger("tracker")


class NotSavedError(Exception):
    """The database did not take what a form asked for, perhaps only at the very end; nothing of it was saved."""

    def __init__(self, problem: Problem) -> None:
        """Take what to say at the top of the form."""
        super().__init__(problem.message)
        self.problem = problem


@contextmanager
def saving(form: Form) -> Iterator[Session]:
    """Run commands for a form and commit them together; a problem undoes all and stands beside its field.

    What was loaded before stays readable afterwards, so that the page can be shown again with the person's words.
    A form that has a problem already may be tried all the same, to hear of every other one: nothing of it is saved.
    Raises `NotSavedError` when the database refuses: then a view that has its answer ready must not give it.
    """
    if g.get("not_saved"):
        raise NotSavedError(g.not_saved)  # this request only shows again what the database has just refused
    session, person = db_session(), person_or_none()
    told = list(browser_session.get("notices", []))
    try:
        with acting(f"person:{person.id}" if person else "nobody"):
            begin_writing(session.connection())
            yield session
            if form.problems:
                _undo(session, told)
                return
            forget(person)
            session.commit()
    except Problem as problem:
        _undo(session, told)
        form.refuse(problem)
    except (StaleDataError, IntegrityError) as error:
        _undo(session, told)
        raise NotSavedError(Conflict(None, _QUICKER)) from error
    except (*DATABASE_FAULTS, LogUnavailableError) as error:
        _log.error("not saved: %s", type(error).__name__)
        _undo(session, told)
        raise NotSavedError(Unavailable(None, _NOT_NOW)) from error


def _undo(session: Session, told: list[Any]) -> None:
    """Take back what was written, and what was to be said of it on the next page."""
    session.expunge_all()
    session.rollback()
    if told or "notices" in browser_session:
        browser_session["notices"] = told


def done(title: str, *, to: str, text: str = "", undo: str | None = None, **address: Any) -> ResponseReturnValue:
    """Go to a page and say there at the top what was done, with the address where it can be undone."""
    _say_next("saved", title, text, undo)
    return redirect(url_for(to, **address), 303)


def told(title: str, *, to: str, kind: Literal["info", "problem"], **address: Any) -> ResponseReturnValue:
    """Go to a page and say there at the top why nothing was done: as a problem where the person must act on it."""
    _say_next(kind, title)
    return redirect(url_for(to, **address), 303)


def say(title: str) -> None:
    """Say at the top of the page that comes next what its reader should know."""
    _say_next("info", title)


def _say_next(kind: Kind, title: str, text: str = "", undo: str | None = None) -> None:
    title, text = shortened(title, _LONGEST_TITLE), shortened(text, _LONGEST_TEXT)
    notices = [*browser_session.get("notices", []), notice(kind, title, text, undo=undo)]
    while _is_too_large(notices) and len(notices) > 1:
        notices.pop(0)
    browser_session["notices"] = [notice(kind, title, undo=undo)] if _is_too_large(notices) else notices


def _is_too_large(notices: list[Any]) -> bool:
    return len(json.dumps(notices)) > _LARGEST_NOTICES
