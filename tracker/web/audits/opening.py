"""Opening a case-level record: the log's entry is written and committed before anything of it is read for a page."""

from flask import abort, request

from tracker.audits import queries
from tracker.audits.models import Audit, AuditRound, ImmediateConcern
from tracker.core.changelog import acting, record_event
from tracker.extensions import db
from tracker.web.access import current_person


def note_opening(record: Audit | AuditRound | ImmediateConcern) -> None:
    """Write down who opens a record, for good, before it is shown (security: reading of findings is logged).

    What was loaded before stays readable. A log that cannot be written raises `LogUnavailableError`, which answers 503.
    """
    session = db.session()
    person = current_person()
    session.expunge_all()
    with acting(f"person:{person.id}"):
        record_event(session, "opened", subject=record)
        session.commit()


def opened(subject: Audit) -> Audit:
    """Log the opening of an audit and return it with all that its pages show."""
    note_opening(subject)
    return whole(subject)


def whole(subject: Audit) -> Audit:
    """Return an audit with all that commands and pages need; 404 when it is gone."""
    audit = queries.audit(db.session(), subject.public_id)
    if audit is None:
        abort(404)
    return audit


def number_in_address() -> int:
    """Return the section's number of the address that was asked for."""
    return int((request.view_args or {})["number"])
