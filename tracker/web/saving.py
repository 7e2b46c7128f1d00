"""One commit a request: `saving` ends what a form began, and turns problems into the form's error summary."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import redirect, url_for
from flask import session as browser_session
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from tracker.core.changelog import acting
from tracker.core.problems import Conflict, Problem
from tracker.extensions import db_session
from tracker.web.access import person_or_none
from tracker.web.forms import Form

_QUICKER = "Somebody else saved this while you were writing. What is stored now is shown; your words are still below."


@contextmanager
def saving(form: Form) -> Iterator[Session]:
    """Run commands for a form and commit them together; a problem undoes all and stands beside its field.

    What was loaded before stays readable afterwards, so that the page can be shown again with the person's words.
    """
    session = db_session()
    person = person_or_none()
    try:
        with acting(f"person:{person.id}" if person else "nobody"):
            yield session
            session.commit()
    except Problem as problem:
        _undo(session)
        form.refuse(problem)
    except (StaleDataError, IntegrityError):
        _undo(session)
        form.refuse(Conflict(None, _QUICKER))


def _undo(session: Session) -> None:
    session.expunge_all()
    session.rollback()


def done(title: str, *, to: str, text: str = "", undo: str | None = None, **address: Any) -> ResponseReturnValue:
    """Go to a page and say there at the top what was done, with the address where it can be undone."""
    notice = {"kind": "saved", "title": title, "text": text, "undo": undo}
    browser_session["notices"] = [*browser_session.get("notices", []), notice]
    return redirect(url_for(to, **address), 303)
