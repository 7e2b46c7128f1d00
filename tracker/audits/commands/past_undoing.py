"""Taking past audits back: only while nothing hangs on them, so that nothing of anybody's work is lost."""

from sqlalchemy import ColumnElement, Select, func, inspect, literal, select, union_all
from sqlalchemy.orm import Session

from tracker.audits.commands.spent_references import spend
from tracker.audits.models import Answer, Audit, AuditImport, AuditRound, CaseReference, ImportedAudit
from tracker.audits.rules.past.keeping import PAST_UNDONE
from tracker.core import clock
from tracker.core.changelog import record_event, write_noted
from tracker.core.database import Base
from tracker.core.problems import Conflict
from tracker.people.models import Person

_GONE = "These audits were taken back already"
_TOO_LATE = "These audits came in more than 30 days ago, so they can no longer be taken back"
_WORKED_ON = "Somebody has worked on these audits since they came in, or other work hangs on them"
_CAME_WITH = frozenset({"answer", "imported_audit"})
_AT_A_TIME = 500


def why_past_stays(session: Session, made: AuditImport) -> str:
    """Return in a sentence why past audits cannot be taken back, empty when nothing would be lost by it."""
    if made.undone_at is not None:
        return _GONE
    if made.imported_at < clock.now() - PAST_UNDONE:
        return _TOO_LATE
    return _WORKED_ON if _is_worked_on(session, made) else ""


def undo_past(session: Session, made: AuditImport, *, by: Person) -> None:
    """Take back all audits of a file, with the cases and rounds that were made for them and hold nothing else.

    Teams, auditors and tools stay. Raises `Conflict` with a sentence when it is too late or somebody has worked on
    them.
    """
    if reason := why_past_stays(session, made):
        raise Conflict(None, reason)
    cases = set(session.scalars(select(Audit.case_id).where(Audit.id.in_(_audits_of(made)))))
    rounds = set(session.scalars(select(Audit.round_id).where(Audit.id.in_(_audits_of(made)))))
    _take_audits(session, made)
    _take_unused(session, made, cases, rounds)
    made.undone_at, made.undone_by, made.changed_by = clock.now(), by.id, by.id
    record_event(session, "import_undone", subject=made, detail={"audits": made.accepted})
    session.flush()


def _take_audits(session: Session, made: AuditImport) -> None:
    """Delete the later audits first: a re-audit names the one before it."""
    order = select(ImportedAudit).where(ImportedAudit.import_id == made.id).order_by(ImportedAudit.audit_id.desc())
    while some := session.scalars(order.limit(_AT_A_TIME)).all():
        ids = [one.audit_id for one in some]
        beside = [*some, *session.scalars(select(Answer).where(Answer.audit_id.in_(ids)))]
        for record in beside:
            session.delete(record)
        session.flush()
        audits = select(Audit).where(Audit.id.in_(ids)).order_by(Audit.id.desc())
        for audit in session.scalars(audits).all():
            session.delete(audit)
            if audit.re_audit_of_id is not None:
                session.flush()
        write_noted(session)
        session.expire_all()


def _take_unused(session: Session, made: AuditImport, cases: set[int], rounds: set[int]) -> None:
    """Delete the cases and rounds that came with the file and that nothing else names."""
    of_cases = select(CaseReference).where(CaseReference.id.in_(cases)).order_by(CaseReference.id)
    of_rounds = select(AuditRound).where(AuditRound.id.in_(rounds)).order_by(AuditRound.id)
    came: list[CaseReference | AuditRound] = [*session.scalars(of_cases), *session.scalars(of_rounds)]
    naming = {kind: _columns_naming(kind) for kind in (CaseReference, AuditRound)}
    for record in came:
        held = naming[type(record)]
        is_held = any(session.scalar(select(column).where(column == record.id).limit(1)) for column in held)
        if record.created_at >= made.began_at and not is_held:
            if isinstance(record, CaseReference):
                spend(session, record.code)
            session.delete(record)
    session.flush()


def _columns_naming(kind: type[CaseReference | AuditRound]) -> list[ColumnElement[int]]:
    """Return the columns of all tables that name a record of the kind."""
    keys = [key for table in Base.metadata.sorted_tables for key in table.foreign_keys]
    return [key.parent for key in keys if key.column.table is kind.__table__]


def _is_worked_on(session: Session, made: AuditImport) -> bool:
    """Say in one query whether an audit was changed since, or a row of any other table hangs on one."""
    ids = _audits_of(made)
    asked: list[Select[int]] = [_number(Audit.id.in_(ids), Audit.changed_at > made.imported_at)]
    audits = inspect(Audit).local_table
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table is audits and table.name not in _CAME_WITH:
                own = table.c.id.in_(ids) if table is audits else literal(1) == 0
                asked.append(select(func.count()).select_from(table).where(key.parent.in_(ids), ~own))
    numbers = union_all(*asked).subquery()
    return bool(session.scalar(select(func.sum(numbers.c[0]))))


def _number(*conditions: ColumnElement[bool]) -> Select[int]:
    return select(func.count(Audit.id)).where(*conditions)


def _audits_of(made: AuditImport) -> Select[int]:
    return select(ImportedAudit.audit_id).where(ImportedAudit.import_id == made.id)
