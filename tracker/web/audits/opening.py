"""Opening an audit for its pages: written down first, then loaded whole; what a page shows of it is not here."""

from flask import abort, request

from tracker.audits import queries
from tracker.audits.models import Audit
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import current_person, refuse_unless
from tracker.web.opening import note_opening


def opened(subject: Audit) -> Audit:
    """Log the opening of an audit and return it with all that its pages show.

    Whoever may be asked to grade it blind is refused here, whatever page it is (`tracker.audits.rules.blindness`).
    """
    refuse_unless(not queries.is_blind(db_session(), subject, current_person()), Permission.AUDIT_READ, subject)
    return opened_unread(subject)


def opened_unread(subject: Audit) -> Audit:
    """Log the opening of an audit and return it for a page that shows no word of it while that is hidden."""
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
