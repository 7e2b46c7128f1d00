"""What follows from audits and is not done yet, for the letters: references and days, nothing of what was written."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased, joinedload

from tracker.audits.models import Audit, CaseReference, ImmediateConcern, ReAudit, RemedialAction
from tracker.audits.queries import days_of
from tracker.audits.rules.remedials import VERIFIED_STATES
from tracker.audits.rules.vocabulary import FINAL_STATES
from tracker.core import clock
from tracker.notices.rules.remedial_news import ConcernWaits, ReAuditDue, RemedialDue
from tracker.people.models import Unit


def remedials_due(session: Session) -> dict[int, list[RemedialDue]]:
    """Return the remedial actions that nobody has verified, by who sees to them."""
    query = (
        select(RemedialAction, CaseReference.code, Unit.name)
        .join(Audit, Audit.id == RemedialAction.audit_id)
        .join(CaseReference, CaseReference.id == Audit.case_id)
        .join(Unit, Unit.id == CaseReference.unit_id)
        .where(RemedialAction.state.not_in(VERIFIED_STATES))
        .order_by(RemedialAction.due_on, RemedialAction.id)
    )
    found: defaultdict[int, list[RemedialDue]] = defaultdict(list)
    for one, code, team in session.execute(query):
        given_on, since = (at.astimezone(clock.LONDON).date() for at in (one.created_at, one.changed_at))
        found[one.owner_id].append(
            RemedialDue(one.public_id, code, team, one.state, given_on, one.due_on, since, one.version)
        )
    return dict(found)


def concerns_waiting(session: Session) -> list[ConcernWaits]:
    """Return the concerns that were acknowledged and are not closed, the oldest first."""
    query = select(ImmediateConcern).where(
        ImmediateConcern.acknowledged_at.is_not(None), ImmediateConcern.closed_at.is_(None)
    )
    loaded = query.options(joinedload(ImmediateConcern.audit).joinedload(Audit.case))
    found = session.scalars(loaded.order_by(ImmediateConcern.raised_at, ImmediateConcern.id))
    return [ConcernWaits(one.public_id, one.audit.case.code, days_of(one)) for one in found]


def re_audits_due(session: Session) -> list[ReAuditDue]:
    """Return the cases to be audited again of which no later audit is final, by their day."""
    later = aliased(Audit)
    is_done = select(later.id).where(later.re_audit_of_id == ReAudit.audit_id, later.state.in_(FINAL_STATES))
    query = (
        select(Audit.public_id, CaseReference.code, ReAudit.due_on)
        .select_from(ReAudit)
        .join(Audit, Audit.id == ReAudit.audit_id)
        .join(CaseReference, CaseReference.id == Audit.case_id)
        .where(~is_done.exists())
        .order_by(ReAudit.due_on, ReAudit.id)
    )
    return [ReAuditDue(*row) for row in session.execute(query)]
