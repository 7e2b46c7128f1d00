"""Counts each guess at a password before it is looked at, and says when the next may be made; the limit is people's."""

from datetime import datetime

from flask import Response, current_app, request

from tracker.core import clock
from tracker.people import commands
from tracker.people.commands import Guess
from tracker.web.forms import Form
from tracker.web.saving import saving


def counted_guess(form: Form, email: str) -> Guess | None:
    """Count and commit a guess for an address from this network; None when it could not be stored."""
    with saving(form) as session:
        secret = str(current_app.config["SECRET_KEY"])
        return commands.note_guess(session, email=email, address=request.remote_addr or "", secret=secret)
    return None


def too_soon_sentence(until: datetime) -> str:
    """Say when to try again, in the words for everybody, whether there is such an account or not."""
    minute = until.astimezone(clock.LONDON).strftime("%H:%M:%S")
    return f"There were too many tries. Try again after {minute}, or contact the programme office"


def retry_later(page: str, until: datetime) -> Response:
    """Answer 429 with a page and the seconds to wait."""
    response = Response(page, 429, mimetype="text/html")
    response.headers["Retry-After"] = str(max(1, int((until - clock.now()).total_seconds()) + 1))
    return response
