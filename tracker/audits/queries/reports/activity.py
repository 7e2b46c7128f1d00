"""Counting how far audits are, how they were audited and who took part; one row for all that are alike."""

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from tracker.audits.models import Audit, AuditRound, CaseReference, Moderation, WorkerResponse
from tracker.audits.queries.reports.scope import CHOSEN, audits_wanted, england
from tracker.audits.rules.moderating import Outcome
from tracker.audits.rules.reporting.activity import ActivityRow, Planned, Progress
from tracker.audits.rules.reporting.tables import Wanted
from tracker.audits.rules.vocabulary import FINAL_STATES, OPEN_STATES, SENT_STATES, AuditState, Selection
from tracker.core import clock
from tracker.core.working_days import working_days_between
from tracker.people.models import Person, Unit
from tracker.people.policy import Permission, visible


def report_to_be(session: Session) -> AuditRound:
    """Return a round that is not there, about which the policy is asked: reports are of the whole service."""
    del session
    return AuditRound()


def activity(session: Session, wanted: Wanted, *, reader: Person) -> list[ActivityRow]:
    """Return the audits of a report, counted; the void ones are among them."""
    # Beside the auditor, or by an answer of their own; what they only began to answer is none.
    took_part = case((or_(Audit.worker_role != "", WorkerResponse.sent_at.is_not(None)), 1), else_=0)
    alike = (
        Unit.name.label("team"),
        CaseReference.category.label("category"),
        Audit.mode.label("mode"),
        CHOSEN.label("chosen"),
        _progress().label("progress"),
        took_part.label("took_part"),
        Audit.family_part.label("family"),
    )
    query = (
        select(*alike, func.count(Audit.id).label("number"))
        .join(AuditRound, Audit.round_id == AuditRound.id)
        .join(CaseReference, Audit.case_id == CaseReference.id)
        .join(Unit, CaseReference.unit_id == Unit.id)
        .outerjoin(WorkerResponse, WorkerResponse.audit_id == Audit.id)
        .where(*audits_wanted(wanted, reader))
        .group_by(*alike)
    )
    return [
        ActivityRow(
            row.team,
            row.category,
            row.mode,
            Selection(row.chosen),
            Progress(row.progress),
            bool(row.took_part),
            row.family,
            row.number,
        )
        for row in session.execute(query)
    ]


def _progress() -> ColumnElement[str]:
    is_late = Audit.state.in_(OPEN_STATES) & (Audit.due_on < clock.today())
    return case(
        (Audit.state == AuditState.VOID, Progress.VOID.value),
        (Audit.state == AuditState.EXEMPT, Progress.EXEMPT.value),
        (Audit.state.in_(FINAL_STATES), Progress.FINAL.value),
        (Audit.state.in_(SENT_STATES), Progress.SENT.value),
        (is_late, Progress.LATE.value),
        else_=Progress.OPEN.value,
    )


def planned(session: Session, wanted: Wanted, *, reader: Person) -> Planned:
    """Return what the rounds that are due in the time were planned to have, and how many of their files are done.

    An audit of another round that was done in the time, as a re-audit, is none of these.
    """
    is_meant = (
        AuditRound.id == wanted.round_id
        if wanted.round_id is not None
        else AuditRound.due_on.between(wanted.since, wanted.until)
    )
    may_read = visible(reader, Permission.AUDIT_REPORT_READ, AuditRound)
    is_done = Audit.state.in_((*SENT_STATES, AuditState.EXEMPT))
    done = select(func.count(Audit.id)).join(AuditRound).where(is_meant, may_read, is_done).scalar_subquery()
    query = select(func.count(AuditRound.id), func.coalesce(func.sum(AuditRound.sample_target), 0), done)
    return Planned(*session.execute(query.where(is_meant, may_read)).one())


def days_to_moderation(session: Session, wanted: Wanted, *, reader: Person) -> list[int]:
    """Return the working days from sending to the outcome of each audit of the report that was moderated."""
    query = (
        select(Audit.sent_at, Moderation.decided_at)
        .join(Moderation, Moderation.audit_id == Audit.id)
        .join(CaseReference, Audit.case_id == CaseReference.id)
        .where(*audits_wanted(wanted, reader), Moderation.outcome.in_([Outcome.AGREED, Outcome.CHANGED]))
        .order_by(Moderation.id)
    )
    return [
        working_days_between(england(sent), england(decided))
        for sent, decided in session.execute(query)
        if sent is not None and decided is not None
    ]
