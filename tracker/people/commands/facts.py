"""Checks of typed facts that several commands on people share; what a fact is about is the command's."""

from tracker.core.answers import keep_to
from tracker.core.problems import Invalid
from tracker.core.text import one_line
from tracker.people.models import Person


def author_id(by: Person | None) -> int:
    """Return who is written down as having made or changed a record; nobody stands for the operator's commands."""
    return by.id if by else 0


def needed(field: str, typed: str, *, what: str, most: int) -> str:
    """Return the text without white space around it, as one line; raises `Invalid` when it is empty or too long."""
    text = allowed(field, typed, what=what, most=most)
    if not text:
        raise Invalid(field, f"Enter {what}")
    return text


def allowed(field: str, typed: str, *, what: str, most: int) -> str:
    """Return the text as one line, empty or not; raises `Invalid` when it is too long."""
    text = one_line(typed.replace("\x00", ""))
    keep_to(field, text, what=f"{what[0].upper()}{what[1:]}", most=most)
    return text
