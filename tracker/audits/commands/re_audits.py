"""Planning that a case is audited again, and giving that audit out; what follows when an audit becomes final."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.audits.commands.allocation import allocate_audit, make_round
from tracker.audits.commands.remedials import settle_audit
from tracker.audits.models import Audit, AuditRound, AuditTool, ReAudit
from tracker.audits.queries.moderation import moderated_grades
from tracker.audits.queries.re_audits import re_audit_of, repeated_by
from tracker.audits.queries.tools import live_tool
from tracker.audits.rules.limits import REASON_LENGTH
from tracker.audits.rules.remedials import BECAUSE_INADEQUATE, Unplanned, re_audit_due
from tracker.audits.rules.vocabulary import SET_ASIDE_STATES, Mode, Selection
from tracker.core import clock
from tracker.core.answers import keep_to
from tracker.core.changelog import record_event
from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Person

_SHORTEST_REASON = 10


def follow_up(session: Session, audit: Audit, *, by: Person | None) -> None:
    """Do what follows when an audit becomes final: plan a re-audit of an inadequate one, close one with all put right.

    What counts is the grade after moderation. Where it is no longer inadequate, a re-audit that was planned for it and
    given to nobody is taken off the list. The audit comes with its remedial actions; `by` is None where a day that has
    passed made it final. Called again it does nothing twice.
    """
    if not audit.state.is_final:
        return
    session.flush()
    grade = moderated_grades(session, [audit]).get(audit.id, audit.grade)
    due_on = re_audit_due(grade, clock.today())
    if due_on is None:
        unplan_re_audit(session, audit, because=Unplanned.NOT_INADEQUATE)
    elif re_audit_of(session, audit) is None:
        _add(session, audit, due_on, BECAUSE_INADEQUATE, by)
    settle_audit(audit, by=by)


def unplan_re_audit(session: Session, audit: Audit, *, because: Unplanned) -> None:
    """Take the re-audit of an audit off the list and note why; one that was given out stays.

    So does one that somebody asked for, unless the audit is void: then there is nothing to repeat.
    """
    planned = re_audit_of(session, audit)
    if planned is None or repeated_by(session, audit) is not None:
        return
    if not planned.is_automatic and because is not Unplanned.VOID:
        return
    record_event(session, "re_audit_unplanned", subject=audit, detail={"because": because.value})
    session.delete(planned)
    session.flush()


def plan_re_audit(session: Session, audit: Audit, *, due_on: date, why: str, by: Person) -> ReAudit:
    """Plan that the case of a final audit is audited again by a day, and say why.

    Raises `Conflict` when the audit is not final or one is planned already, `Invalid` for a day that has passed or
    without a reason.
    """
    if not audit.state.is_final:
        raise Conflict(None, "Only an audit that is final can be done again")
    if re_audit_of(session, audit) is not None:
        raise Conflict(None, "A re-audit of this case is planned already")
    why = why.strip()
    if len(why) < _SHORTEST_REASON:
        raise Invalid("why", f"Say why in {_SHORTEST_REASON} characters or more")
    keep_to("why", why, what="Why", most=REASON_LENGTH)
    if due_on < clock.today():
        raise Invalid("due_on", "The day it is due must be today or later")
    return _add(session, audit, due_on, why, by)


def allocate_re_audit(
    session: Session,
    planned: ReAudit,
    *,
    auditor: Person,
    due_on: date | None = None,
    tool: AuditTool | None = None,
    by: Person,
) -> Audit:
    """Give a planned re-audit to an auditor, in this year's round of re-audits, which no count of themes takes in.

    So that both can be compared it is done in the way of the audit that it repeats and points to, and asked what the
    same tool asks now, or another that is given. `planned` comes with that audit and its case. Raises `Conflict` when
    it was given out already, `Invalid` as `allocate_audit` does.
    """
    repeated = select(Audit.id).where(Audit.re_audit_of_id == planned.audit_id, Audit.state.not_in(SET_ASIDE_STATES))
    if session.scalar(repeated):
        raise Conflict(None, "This re-audit was given to an auditor already")
    due_on = due_on or planned.due_on
    if due_on < clock.today():
        raise Invalid("due_on", "The day it is due must be today or later")
    audit_round, tool = _round_for(session, planned, by), tool or _same_tool(session, planned.audit)
    audit = allocate_audit(session, audit_round, planned.audit.case, auditor=auditor, due_on=due_on, tool=tool, by=by)
    audit.re_audit_of_id = planned.audit_id
    # An audit is done together with the worker once they sit down to it or are named, and not from the start.
    if planned.audit.mode is not Mode.COLLABORATIVE:
        audit.mode = planned.audit.mode
    given = select(func.count(Audit.id)).where(Audit.round_id == audit_round.id)
    session.flush()
    audit_round.sample_target = max(audit_round.sample_target, session.scalar(given) or 0)
    session.flush()
    return audit


def _add(session: Session, audit: Audit, due_on: date, why: str, by: Person | None) -> ReAudit:
    author = by.id if by else 0
    planned = ReAudit(audit=audit, due_on=due_on, why=why, created_by=author, changed_by=author)
    session.add(planned)
    session.flush()
    return planned


def _same_tool(session: Session, audit: Audit) -> AuditTool | None:
    """Return the version in use of the tool of an audit, or of the usual one where that tool is no longer in use."""
    return live_tool(session, session.get_one(AuditTool, audit.tool_id).slug) or live_tool(session)


def _round_for(session: Session, planned: ReAudit, by: Person) -> AuditRound:
    """Return a round of re-audits of this year that has no audit of the case yet, made when there is none.

    It takes in cases one by one: a round on a theme, one that draws its files from a list or is done in another way
    than at the desk is about something else.
    """
    today = clock.today()
    holds_case = select(Audit.id).where(Audit.round_id == AuditRound.id, Audit.case_id == planned.audit.case_id)
    query = select(AuditRound).where(
        AuditRound.selection == Selection.RE_AUDIT,
        AuditRound.starts_on <= today,
        AuditRound.due_on >= today,
        AuditRound.closed_on.is_(None),
        AuditRound.theme_id.is_(None),
        AuditRound.mode == Mode.DESK,
        # A round has a seed from its first list on, and so has every one with a sample.
        AuditRound.seed.is_(None),
    )
    found = session.scalar(query.where(~holds_case.exists()).order_by(AuditRound.id).limit(1))
    if found is not None:
        return found
    name = f"Re-audits {today.year}"
    taken = session.scalar(select(func.count(AuditRound.id)).where(AuditRound.name.startswith(name))) or 0
    return make_round(
        session,
        name=f"{name}, part {taken + 1}" if taken else name,
        starts_on=date(today.year, 1, 1),
        due_on=date(today.year, 12, 31),
        selection=Selection.RE_AUDIT,
        sample_target=1,
        by=by,
    )
