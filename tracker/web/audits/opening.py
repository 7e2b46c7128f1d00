"""Opening an audit for its pages: written down first, then loaded whole; what a page shows of it is not here."""

from flask import abort, request

from tracker.audits import queries
from tracker.audits.models import Audit
from tracker.extensions import db_session
from tracker.web.opening import note_opening


def opened(subject: Audit) -> Audit:
    """Log the opening of an audit and return it with all that its pages show."""
    note_opening(subject)
    return whole(subject)


def whole(subject: Audit) -> Audit:
    """Return an audit with all that commands and pages need; 404 when it is gone."""
    audit = queries.audit(db_session(), subject.public_id)
    if audit is None:
        abort(404)
    return audit


def number_in_address() -> int:
    """Return the section's number of the address that was asked for."""
    return int((request.view_args or {})["number"])
