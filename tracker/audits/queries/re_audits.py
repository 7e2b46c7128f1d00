"""Reading which cases are to be audited again, and the audits before and after; nothing is written here."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from tracker.audits.models import Audit, CaseReference, Finding, ReAudit
from tracker.audits.queries.standings import counted_overall
from tracker.audits.rules.vocabulary import FINAL_STATES, SET_ASIDE_STATES, AuditState, Category, Grade
from tracker.core import clock
from tracker.people.models import Person, Unit
from tracker.people.policy import Permission, visible

_AFTER = aliased(Audit)


@dataclass(frozen=True, slots=True)
class ReAuditRow:
    """A case to be audited again: its audit before, by when, and the audit after as far as there is one.

    The grades are those that count; that of the audit after is to be shown once it is final.
    """

    code: str
    category: Category
    team: str
    before: str
    before_grade: Grade | None
    due_on: date
    after: str | None
    after_state: AuditState | None
    after_grade: Grade | None


def re_audit_of(session: Session, audit: Audit) -> ReAudit | None:
    """Return what is planned for the case of an audit."""
    return session.scalar(select(ReAudit).where(ReAudit.audit_id == audit.id))


def planned_re_audit(session: Session, audit: Audit) -> ReAudit | None:
    """Return what is planned for the case of an audit, with that audit and its case and unit."""
    case = joinedload(ReAudit.audit).joinedload(Audit.case).joinedload(CaseReference.unit)
    return session.scalar(select(ReAudit).where(ReAudit.audit_id == audit.id).options(case))


def repeated_by(session: Session, audit: Audit) -> Audit | None:
    """Return the audit that repeats another one and is neither void nor exempt."""
    query = select(Audit).where(Audit.re_audit_of_id == audit.id, Audit.state.not_in(SET_ASIDE_STATES))
    return session.scalar(query.order_by(Audit.id.desc()).limit(1))


def audit_by_id(session: Session, audit_id: int) -> Audit | None:
    """Return an audit of a number, with nothing beside it."""
    return session.get(Audit, audit_id)


def re_audits(session: Session, *, reader: Person, limit: int = 100, offset: int = 0) -> list[ReAuditRow]:
    """Return the cases to be audited again that a person may read: those not done first, by their day."""
    query = _readable(
        reader,
        CaseReference.code,
        CaseReference.category,
        Unit.name,
        Audit.public_id,
        counted_overall(Audit),
        ReAudit.due_on,
        _AFTER.public_id,
        _AFTER.state,
        counted_overall(_AFTER),
    )
    is_done = func.coalesce(_AFTER.state.in_(FINAL_STATES), False)
    query = query.order_by(is_done, ReAudit.due_on, ReAudit.id)
    found = (ReAuditRow(*row) for row in session.execute(query.limit(limit).offset(offset)))
    # The database says a grade that may come from either of two columns as a plain word.
    return [
        replace(
            row,
            before_grade=Grade(row.before_grade) if row.before_grade else None,
            after_grade=Grade(row.after_grade) if row.after_grade else None,
        )
        for row in found
    ]


def re_audit_count(session: Session, *, reader: Person) -> int:
    """Return how many cases are to be audited again, or were."""
    return session.scalar(_readable(reader, func.count(ReAudit.id.distinct()))) or 0


def late_re_audit_count(session: Session, *, reader: Person) -> int:
    """Return how many re-audits are past their day and not final."""
    is_open = or_(_AFTER.id.is_(None), _AFTER.state.not_in(FINAL_STATES))
    query = _readable(reader, func.count(ReAudit.id.distinct()))
    return session.scalar(query.where(is_open, ReAudit.due_on < clock.today())) or 0


def _readable(reader: Person, *columns: Any) -> Select[Any]:
    after = and_(_AFTER.re_audit_of_id == Audit.id, _AFTER.state.not_in(SET_ASIDE_STATES))
    return (
        select(*columns)
        .select_from(ReAudit)
        .join(Audit, Audit.id == ReAudit.audit_id)
        .join(CaseReference, CaseReference.id == Audit.case_id)
        .join(Unit, Unit.id == CaseReference.unit_id)
        .outerjoin(_AFTER, after)
        .where(visible(reader, Permission.ROUND_MANAGE, Audit))
    )


def audits_to_compare(session: Session, *audit_ids: int) -> dict[int, Audit]:
    """Return audits by their id with case and unit, the grades of their sections and what they found."""
    query = select(Audit).where(Audit.id.in_(audit_ids))
    found = session.scalars(
        query.options(
            joinedload(Audit.case).joinedload(CaseReference.unit),
            selectinload(Audit.sections),
            selectinload(Audit.findings).joinedload(Finding.theme),
        )
    )
    return {audit.id: audit for audit in found}
