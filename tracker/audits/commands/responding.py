"""The worker of a file as a person of the service: who they are, and what they answer to an audit of their work."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from tracker.audits.commands.choosing import end_response, stop_waiting
from tracker.audits.models import Audit, ResponseSection, WorkerResponse
from tracker.audits.queries.remedials import naming_in
from tracker.audits.queries.responses import answer_due, is_possible_worker
from tracker.audits.queries.tools import asked_of
from tracker.audits.rules.limits import WORKER_WORDS_LENGTH
from tracker.audits.rules.responding import answer_fault, may_name_worker, shared_mode
from tracker.audits.rules.taking_part import WorkerView
from tracker.audits.rules.tool import Tool
from tracker.audits.rules.vocabulary import AuditState
from tracker.core import clock
from tracker.core.answers import keep_to
from tracker.core.problems import Conflict, Forbidden, Invalid
from tracker.people.models import Person

Views = Mapping[int, WorkerView]


def name_worker(session: Session, audit: Audit, *, worker: Person | None, version: int, by: Person) -> Audit:
    """Say which person of the service worked with the child, or that none of them did; they may answer this audit.

    The audit comes with all beside it. What somebody else had begun to answer goes; an audit that waits for an answer
    which nobody can give any more goes on. Raises `Invalid` for its auditor and for who oversees the service,
    `Conflict` once it was answered or has gone on, or was changed since.
    """
    if audit.version != version:
        raise Conflict(None, "This audit was changed while you were writing. What is stored now is shown")
    response = _response(session, audit)
    if not may_name_worker(audit.state, is_answered=response is not None and response.sent_at is not None):
        raise Conflict(None, "This audit has gone on, so nobody can be asked to answer it any more")
    if worker is not None and worker.id == audit.auditor_id:
        raise Invalid("worker", "The auditor cannot be the worker: choose somebody else")
    if worker is not None and not is_possible_worker(session, audit, worker):
        raise Invalid("worker", "Members of meetings and of scrutiny read no audit: choose who worked with the child")
    if response is not None and (worker is None or worker.id != response.worker_id):
        _discard(session, audit)
    audit.worker = worker
    if worker is not None:
        audit.mode = shared_mode(audit.mode)
    audit.changed_by = by.id
    session.flush()
    if worker is None and audit.state is AuditState.WORKER_RESPONSE:
        stop_waiting(session, audit, by=by)
    return audit


def save_answer(session: Session, audit: Audit, views: Views, *, version: int, by: Person) -> WorkerResponse:
    """Keep what the worker says of sections by number, complete or not; the audit comes with all beside it.

    `version` is that of the answer which they began from, 0 when nothing had been kept. What is kept already changes
    nothing. Raises `Forbidden` to anybody else, `Conflict` when no answer is awaited or it was saved since.
    """
    _check_awaited(session, audit, by)
    return _put(session, audit, views, version=version, by=by)


def send_answer(
    session: Session,
    audit: Audit,
    views: Views,
    *,
    has_read: bool,
    names_confirmed: bool = False,
    version: int,
    by: Person,
) -> WorkerResponse:
    """Keep what the worker says and give it to the auditor; the audit goes on (domain A3).

    Raises as `save_answer` does, and `Invalid` unless they say that they read it, or when words look like names and
    nobody confirmed that they are none.
    """
    _check_awaited(session, audit, by)
    response = _put(session, audit, views, version=version, by=by)
    if not has_read:
        raise Invalid("has_read", "Say that you have read this audit")
    if not names_confirmed and naming_in(session, "\n".join(view.words for view in views.values())):
        raise Invalid("names_confirmed", "Replace the words that look like names, or confirm that they name nobody")
    response.sent_at = clock.now()
    response.changed_by = by.id
    end_response(session, audit, by=by)
    return response


def reopen_answer(session: Session, audit: Audit, *, by: Person) -> None:
    """Let the worker answer again, from what they said before, when an audit that was taken back is sent anew."""
    response = _response(session, audit)
    if response is not None:
        response.sent_at, response.changed_by = None, by.id


def is_answered(audit: Audit) -> bool:
    """Say whether the worker has sent an answer to the audit as it stands."""
    return audit.response is not None and audit.response.sent_at is not None


def _response(session: Session, audit: Audit) -> WorkerResponse | None:
    return session.scalar(select(WorkerResponse).where(WorkerResponse.audit_id == audit.id))


def _check_awaited(session: Session, audit: Audit, by: Person) -> None:
    if audit.worker_id != by.id:
        raise Forbidden(None, "Only the worker of this file answers its audit")
    if fault := answer_fault(audit.state, answer_due(session, audit), clock.today()):
        raise Conflict(None, fault)


def _put(session: Session, audit: Audit, views: Views, *, version: int, by: Person) -> WorkerResponse:
    _check_views(asked_of(session, audit), views)
    wanted = {number: view for number, view in views.items() if not view.is_blank}
    response = audit.response
    if response is not None and response.views == wanted:
        return response
    if (response.version if response else 0) != version:
        raise Conflict(None, "This was saved somewhere else while you were writing. What is stored now is shown first")
    if response is None:
        response = WorkerResponse(worker_id=by.id, sections=[], created_by=by.id, changed_by=by.id)
        audit.response = response
        session.add(response)
    else:
        # Its version has to go up even when only a section of it changes.
        response.changed_at, response.changed_by = clock.now(), by.id
        flag_modified(response, "changed_at")
    _put_sections(session, response, wanted, by)
    session.flush()
    return response


def _put_sections(session: Session, response: WorkerResponse, wanted: Views, by: Person) -> None:
    rows = {row.number: row for row in response.sections}
    for number in sorted(rows.keys() - wanted.keys()):
        response.sections.remove(rows[number])
        session.delete(rows[number])
    for number, view in wanted.items():
        row = rows.get(number)
        if row is None:
            row = ResponseSection(number=number, created_by=by.id)
            response.sections.append(row)
            session.add(row)
        row.words, row.agrees, row.changed_by = view.words, view.agrees, by.id


def _check_views(tool: Tool, views: Views) -> None:
    asked = {section.number for section in tool.sections if section.is_graded} | {tool.overall_number}
    if views.keys() - asked:
        raise Invalid(None, "This section has no grade to answer")
    for number, view in views.items():
        keep_to(f"words_{number}", view.words, what="Your words", most=WORKER_WORDS_LENGTH)


def _discard(session: Session, audit: Audit) -> None:
    response = audit.response
    if response is None:
        return
    for row in list(response.sections):
        session.delete(row)
    session.flush()
    audit.response = None
    session.delete(response)
    session.flush()
