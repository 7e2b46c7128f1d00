"""Reasons that people give for what they do to an audit: long enough, short enough, and without anybody's name."""

from sqlalchemy.orm import Session

from tracker.audits.rules.limits import REASON_LENGTH
from tracker.audits.rules.names import identifiers_in, longest
from tracker.core import clock
from tracker.core.answers import keep_to
from tracker.core.problems import Invalid
from tracker.core.text import joined
from tracker.people.queries import own_names

_SHORTEST_REASON = 10


def checked_reason(session: Session, reason: str, *, field: str = "reason") -> str:
    """Return a reason as it is stored; raises `Invalid` beside its field when it may not be (domain A13)."""
    reason = reason.strip()
    if len(reason) < _SHORTEST_REASON:
        raise Invalid(field, f"Say why in {_SHORTEST_REASON} characters or more")
    keep_to(field, reason, what="Why", most=REASON_LENGTH)
    refuse_names(session, reason, field=field)
    return reason


def refuse_names(session: Session, text: str, *, field: str) -> None:
    """Raise `Invalid` when words of a text look like they tell who somebody is."""
    found = longest(identifiers_in(text, today=clock.today(), known=own_names(session)))
    if found:
        words = joined([f"“{one.words}”" for one in found[:3]])
        raise Invalid(field, f"Write it without names or dates of birth. These words look like one: {words}")
