"""Auditing side by side with the worker of the file: when it begins, when it ends; what they say is the sections'."""

from sqlalchemy.orm import Session

from tracker.audits.commands.drafts import CLOSED
from tracker.audits.models import Audit
from tracker.audits.rules.limits import WORKER_ROLE_LENGTH
from tracker.audits.rules.names import identifiers_in
from tracker.audits.rules.vocabulary import Mode
from tracker.core import clock
from tracker.core.answers import keep_to
from tracker.core.problems import Conflict, Invalid
from tracker.core.text import one_line
from tracker.people.models import Person
from tracker.people.queries import own_names

# Which audits become collaborative by it; an observation stays one, whoever sits beside the observer.
_AT_A_DESK = (Mode.DESK, Mode.COLLABORATIVE)


def begin_side_by_side(
    session: Session, audit: Audit, *, worker_role: str, has_large_text: bool, version: int, by: Person
) -> Audit:
    """Say who sits beside the auditor from now on, by role, and whether they read better in large letters.

    Raises `Invalid` without a role or with what looks like a name (domain A13), `Conflict` on an audit that is no
    longer open or was changed since.
    """
    _check_open(audit, version)
    worker_role = one_line(worker_role)
    if not worker_role:
        raise Invalid("worker_role", "Say who is here by their role, for example social worker")
    keep_to("worker_role", worker_role, what="Who is here", most=WORKER_ROLE_LENGTH)
    if any(identifiers_in(worker_role, today=clock.today(), known=own_names(session))):
        raise Invalid("worker_role", "Give the role and no name, for example social worker")
    if audit.mode in _AT_A_DESK:
        audit.mode = Mode.COLLABORATIVE
    audit.worker_role, audit.is_side_by_side, audit.has_large_text = worker_role, True, has_large_text
    audit.changed_by = by.id
    session.flush()
    return audit


def end_side_by_side(session: Session, audit: Audit, *, version: int, by: Person) -> Audit:
    """Say that the auditor goes on alone; what the worker said stays, and so does the audit's having been shared.

    Raises as `begin_side_by_side` does.
    """
    _check_open(audit, version)
    audit.is_side_by_side, audit.has_large_text = False, False
    audit.changed_by = by.id
    session.flush()
    return audit


def _check_open(audit: Audit, version: int) -> None:
    if not audit.state.is_open:
        raise Conflict(None, CLOSED)
    if audit.version != version:
        raise Conflict(None, "This audit was changed while you were writing. What is stored now is shown")
