"""What follows when an audit is sent: the worker's response, a second look, or nothing; the rule of it is elsewhere."""

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, selectinload

from tracker.audits.commands.re_audits import follow_up
from tracker.audits.models import Audit, AuditSending, ImmediateConcern, Moderation
from tracker.audits.rules.choosing import MODERATE_AS_AGREED, Choice, ChoosingRule, Sent, choice_of
from tracker.audits.rules.moderating import response_ends, target_day
from tracker.audits.rules.vocabulary import SENT_STATES, AuditState
from tracker.core import clock
from tracker.core.problems import Conflict
from tracker.core.text import random_code
from tracker.people.models import Person

_SEED_LENGTH = 16


def put_onward(session: Session, audit: Audit, *, rule: ChoosingRule, seed: str | None, by: Person) -> AuditSending:
    """Put a complete audit where it goes on being sent, and keep why, with the seed of the draw (domain A3).

    It waits for its worker where one is named, however it was done: nobody else can answer it.
    Sent again, it keeps the seed and the second look of before: whoever takes an audit back cannot draw anew.
    """
    # What is read here hangs on nothing that sending has set so far: one change of the audit is written, not two.
    with session.no_autoflush:
        earlier = last_sending(session, audit)
        facts = _facts(session, audit)
    seed = earlier.seed if earlier else seed or random_code(_SEED_LENGTH)
    reason = choice_of(facts, rule, seed)
    is_awaited = audit.worker_id is not None
    sending = AuditSending(
        audit_id=audit.id,
        sent_at=clock.now(),
        chosen=reason,
        seed=seed,
        share=rule.share,
        response_due=response_ends(clock.today()) if is_awaited else None,
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(sending)
    if reason.is_moderated:
        _open_moderation(session, audit, reason, by)
    audit.state = AuditState.WORKER_RESPONSE if is_awaited else _next(is_moderated=reason.is_moderated)
    return sending


def end_response(session: Session, audit: Audit, *, by: Person | None) -> Audit:
    """Go on from the worker's response, because it was given or its last day has passed.

    Whether it is moderated was decided when it was sent, unless a concern was raised from it. The audit comes with its
    remedial actions. Raises `Conflict` when no response is waited for.
    """
    sending = _awaiting(session, audit)
    sending.response_ended_at = clock.now()
    return _go_on(session, audit, sending, by)


def stop_waiting(session: Session, audit: Audit, *, by: Person) -> Audit:
    """Go on from a response that nobody can give, as no worker is named any more; raises as `end_response` does."""
    sending = _awaiting(session, audit)
    sending.response_due = None
    return _go_on(session, audit, sending, by)


def moderate_for_concern(
    session: Session, audit: Audit, *, rule: ChoosingRule = MODERATE_AS_AGREED, by: Person | None
) -> None:
    """Have an audit moderated that was passed over when it was sent, because a concern was raised from it (domain A3).

    With its worker it stays there until they answered; one that was final counts no longer until it is moderated.
    """
    sending = last_sending(session, audit)
    is_over = audit.state.is_final
    if sending is None or sending.chosen.is_moderated or not rule.of_concern:
        return
    if not is_over and audit.state is not AuditState.WORKER_RESPONSE:
        return
    sending.chosen = Choice.CONCERN
    sending.changed_by = by.id if by else 0
    _open_moderation(session, audit, Choice.CONCERN, by)
    if is_over:
        audit.state, audit.changed_by = AuditState.MODERATION, sending.changed_by
    session.flush()


def end_due_responses(session: Session) -> int:
    """End every response whose last day has passed; return how many."""
    last = select(func.max(AuditSending.id)).group_by(AuditSending.audit_id)
    query = (
        select(Audit)
        .join(AuditSending, AuditSending.audit_id == Audit.id)
        .where(AuditSending.id.in_(last))
        .where(Audit.state == AuditState.WORKER_RESPONSE, AuditSending.response_due < clock.today())
        .options(selectinload(Audit.remedials))
    )
    ended = [end_response(session, audit, by=None) for audit in session.scalars(query.order_by(Audit.id)).all()]
    return len(ended)


def last_sending(session: Session, audit: Audit) -> AuditSending | None:
    """Return what was decided when the audit was last sent."""
    query = select(AuditSending).where(AuditSending.audit_id == audit.id).order_by(AuditSending.id.desc())
    return session.scalar(query.limit(1))


def _awaiting(session: Session, audit: Audit) -> AuditSending:
    sending = last_sending(session, audit)
    if audit.state is not AuditState.WORKER_RESPONSE or sending is None:
        raise Conflict(None, "No response is waited for any more")
    return sending


def _go_on(session: Session, audit: Audit, sending: AuditSending, by: Person | None) -> Audit:
    if session.scalar(select(ImmediateConcern.id).where(ImmediateConcern.audit_id == audit.id).limit(1)):
        moderate_for_concern(session, audit, by=by)
    audit.state = _next(is_moderated=sending.chosen.is_moderated)
    sending.changed_by = audit.changed_by = by.id if by else 0
    session.flush()
    follow_up(session, audit, by=by)
    return audit


def _facts(session: Session, audit: Audit) -> Sent:
    others = select(func.count(Audit.id)).where(
        Audit.auditor_id == audit.auditor_id, Audit.id != audit.id, Audit.state.in_(SENT_STATES)
    )
    raised = exists().where(ImmediateConcern.audit_id == audit.id)
    # Whether there is a second look now says nothing: one that nobody had begun goes with an audit taken back.
    chosen = exists().where(AuditSending.audit_id == audit.id, AuditSending.chosen != Choice.NOT_DRAWN)
    row = session.execute(select(raised, others.scalar_subquery(), chosen)).one()
    return Sent(grade=audit.grade, has_concern=bool(row[0]), before=row[1], was_chosen=bool(row[2]))


def _open_moderation(session: Session, audit: Audit, reason: Choice, by: Person | None) -> None:
    """Ask for a second look, or keep the one that was asked for and not begun, due from today."""
    author = by.id if by else 0
    query = select(Moderation).where(Moderation.audit_id == audit.id, Moderation.outcome.is_(None))
    waiting = session.scalar(query)
    if waiting is None:
        waiting = Moderation(audit_id=audit.id, auditor_id=audit.auditor_id, chosen=reason, created_by=author)
        session.add(waiting)
    waiting.due_on = target_day(clock.today())
    waiting.changed_by = author


def _next(*, is_moderated: bool) -> AuditState:
    return AuditState.MODERATION if is_moderated else AuditState.FINAL
