"""Which audits are to lose their words by a day, which keep them and why; nothing is erased here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from tracker.audits.models import (
    Audit,
    AuditRound,
    AuditSending,
    CaseReference,
    Dispute,
    ImmediateConcern,
    LegalHold,
    Moderation,
    ReAudit,
    RemedialAction,
    RetentionRun,
    SampleFile,
)
from tracker.audits.rules.remedials import VERIFIED_STATES
from tracker.audits.rules.retention import day_before
from tracker.audits.rules.vocabulary import FINAL_STATES, AuditState
from tracker.core import clock
from tracker.people.models import Person
from tracker.people.policy import Permission, visible

_SET_ASIDE = (AuditState.VOID, AuditState.EXEMPT)
# Nothing more comes of a past audit that was sent and never moderated.
_PAST_ENDED = (*FINAL_STATES, AuditState.SUBMITTED)


@dataclass(frozen=True, slots=True)
class DueAudit:
    """An audit whose words are to go: its case, its round and since when it is final."""

    id: int
    public_id: str
    code: str
    round: str
    state: AuditState
    ended: date | datetime | None


@dataclass(frozen=True, slots=True)
class DueCounts:
    """How many audits are old enough: those to lose their words, and those that keep them, and why."""

    due: int
    held: int
    unfinished: int


def due_counts(session: Session, *, as_at: date, years: int) -> DueCounts:
    """Return how many audits are old enough on a day, in one query."""
    held, unfinished = _is_held(), _is_unfinished()
    kind = case((held, "held"), (unfinished, "unfinished"), else_="due")
    found = select(kind.label("kind")).where(_is_old(as_at, years)).subquery()
    numbers = select(found.c.kind, func.count().label("number")).group_by(found.c.kind)
    counts = {row.kind: row.number for row in session.execute(numbers)}
    return DueCounts(counts.get("due", 0), counts.get("held", 0), counts.get("unfinished", 0))


def due_audits(session: Session, *, as_at: date, years: int, limit: int, offset: int = 0) -> list[DueAudit]:
    """Return the audits to lose their words on a day, the first that were made first, in one query."""
    decided = select(func.max(Moderation.decided_at)).where(Moderation.audit_id == Audit.id).scalar_subquery()
    aside = case((Audit.state.in_(_SET_ASIDE), Audit.changed_at))
    columns = Audit.id, Audit.public_id, CaseReference.code, AuditRound.name, Audit.state, Audit.audited_on
    query = select(*columns, Audit.is_imported, func.coalesce(aside, decided, Audit.sent_at).label("ended"))
    query = query.join(Audit.case).join(Audit.round).where(due_on(as_at, years)).order_by(Audit.id)
    return [
        DueAudit(row.id, row.public_id, row.code, row.name, row.state, row.audited_on if row.is_imported else row.ended)
        for row in session.execute(query.limit(limit).offset(offset))
    ]


def due_on(as_at: date, years: int) -> ColumnElement[bool]:
    """Return the condition under which an audit loses its words on a day."""
    return and_(_is_old(as_at, years), ~_is_held(), ~_is_unfinished())


def cases_without_words(session: Session, audits: Iterable[int]) -> list[int]:
    """Return the cases of audits of which no audit has its words any more, that nobody holds and that are not in use.

    In use is a file that is drawn again or to be audited again, and not given out yet: its reference finds it.
    """
    of_them = select(Audit.case_id).where(Audit.id.in_(audits))
    other = exists().where(Audit.case_id == CaseReference.id, Audit.erased_at.is_(None))
    held = exists().where(_in_force(), or_(LegalHold.case_id == CaseReference.id, _holds_all()))
    query = select(CaseReference.id).where(CaseReference.id.in_(of_them), ~other, ~held, ~_is_drawn(), ~_is_planned())
    return list(session.scalars(query.order_by(CaseReference.id)))


def _is_drawn() -> ColumnElement[bool]:
    """Hold for cases in the sample of an open round, or in its reserve, of which there is no audit of that round."""
    given_out = exists().where(Audit.round_id == SampleFile.round_id, Audit.case_id == SampleFile.case_id)
    in_use = and_(SampleFile.case_id == CaseReference.id, SampleFile.left_out_reason == "")
    return exists().where(in_use, AuditRound.id == SampleFile.round_id, AuditRound.closed_on.is_(None), ~given_out)


def _is_planned() -> ColumnElement[bool]:
    """Hold for cases with a re-audit that is planned and that nobody was given."""
    after = aliased(Audit)
    given_out = exists().where(after.re_audit_of_id == Audit.id, after.state.not_in(_SET_ASIDE))
    planned = and_(ReAudit.audit_id == Audit.id, Audit.case_id == CaseReference.id)
    return exists().where(planned, Audit.state != AuditState.VOID, ~given_out)


def open_run(session: Session) -> RetentionRun | None:
    """Return the run that was asked for and has not ended; there is one at most."""
    people = joinedload(RetentionRun.asked_by), joinedload(RetentionRun.decided_by)
    return session.scalar(select(RetentionRun).where(RetentionRun.ended_at.is_(None)).options(*people))


def retention_run(session: Session, number: int) -> RetentionRun | None:
    """Return a run with who asked for it and who decided."""
    people = joinedload(RetentionRun.asked_by), joinedload(RetentionRun.decided_by)
    return session.scalar(select(RetentionRun).where(RetentionRun.number == number).options(*people))


def retention_runs(session: Session, *, limit: int) -> list[RetentionRun]:
    """Return the latest runs with their people, the newest first."""
    people = joinedload(RetentionRun.asked_by), joinedload(RetentionRun.decided_by)
    return list(session.scalars(select(RetentionRun).options(*people).order_by(RetentionRun.id.desc()).limit(limit)))


def hold(session: Session, public_id: str) -> LegalHold | None:
    """Return a legal hold with what it is about and its people."""
    return session.scalar(_holds().where(LegalHold.public_id == public_id))


def holds(session: Session, *, reader: Person, limit: int, offset: int = 0) -> list[LegalHold]:
    """Return legal holds, those in force first, each part the newest first."""
    lifted = case((LegalHold.lifted_at.is_(None), 0), else_=1)
    query = _holds().where(visible(reader, Permission.HOLD_MANAGE, LegalHold))
    return list(session.scalars(query.order_by(lifted, LegalHold.id.desc()).limit(limit).offset(offset)))


def hold_count(session: Session, *, reader: Person) -> int:
    """Return how many legal holds there are, lifted ones included."""
    mine = visible(reader, Permission.HOLD_MANAGE, LegalHold)
    return session.scalar(select(func.count(LegalHold.id)).where(mine)) or 0


def _holds() -> Select[LegalHold]:
    return select(LegalHold).options(
        joinedload(LegalHold.audit).joinedload(Audit.case),
        joinedload(LegalHold.case),
        joinedload(LegalHold.set_by),
        joinedload(LegalHold.lifted_by),
    )


def _is_old(as_at: date, years: int) -> ColumnElement[bool]:
    """Hold for audits that ended so many years ago and have their words: nothing that was decided since counts less."""
    last = day_before(as_at, years)
    after = clock.moment_in_england(last + timedelta(days=1), time.min)
    moderated = exists().where(Moderation.audit_id == Audit.id, Moderation.decided_at >= after)
    disputed = exists().where(
        Moderation.audit_id == Audit.id, Dispute.moderation_id == Moderation.id, Dispute.decided_at >= after
    )
    answered = exists().where(AuditSending.audit_id == Audit.id, AuditSending.response_ended_at >= after)
    of_ours = and_(~Audit.is_imported, Audit.state.in_(FINAL_STATES))
    own = and_(of_ours, Audit.sent_at < after, ~moderated, ~disputed, ~answered)
    past = and_(Audit.is_imported, Audit.state.in_(_PAST_ENDED), Audit.audited_on <= last)
    aside = and_(Audit.state.in_(_SET_ASIDE), Audit.changed_at < after)
    return and_(Audit.erased_at.is_(None), or_(own, past, aside))


def _is_held() -> ColumnElement[bool]:
    about = or_(LegalHold.audit_id == Audit.id, LegalHold.case_id == Audit.case_id, _holds_all())
    return exists().where(_in_force(), about)


def _in_force() -> ColumnElement[bool]:
    return LegalHold.lifted_at.is_(None)


def _holds_all() -> ColumnElement[bool]:
    return and_(LegalHold.audit_id.is_(None), LegalHold.case_id.is_(None))


def _is_unfinished() -> ColumnElement[bool]:
    """Hold for audits that somebody is still to do something about for the child."""
    to_do = exists().where(RemedialAction.audit_id == Audit.id, RemedialAction.state.not_in(VERIFIED_STATES))
    at_risk = exists().where(ImmediateConcern.audit_id == Audit.id, ImmediateConcern.closed_at.is_(None))
    return or_(to_do, at_risk)
