"""What the first pages of people say of audits of their own work that wait for their answer; the list is a page."""

from dataclasses import dataclass

from flask import url_for

from tracker.audits.queries import awaited_answers
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.web.access import current_person
from tracker.web.templating import day


@dataclass(frozen=True)
class ToAnswer:
    """The words of what waits, and where it is."""

    words: str
    url: str


def to_answer() -> ToAnswer | None:
    """Return what waits for the signed-in person's answer, or None; one query."""
    found = awaited_answers(db_session(), current_person())
    if not found.count:
        return None
    what = counted(found.count, "audit of your work", "audits of your work")
    return ToAnswer(f"{what} to read and answer, by {day(found.first_on)}", url_for("audits.my_responses"))
