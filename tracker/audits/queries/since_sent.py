"""Reading what others have done with an audit since it was sent; what follows from it is a rule's."""

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from tracker.audits.models import Audit, AuditSending, Dispute, Moderation, ReAudit
from tracker.audits.rules.moderating import Outcome
from tracker.audits.rules.recall import SinceSent
from tracker.audits.rules.remedials import BECAUSE_INADEQUATE
from tracker.audits.rules.vocabulary import SET_ASIDE_STATES

_ASKED = ("is_taken", "is_moderated", "is_disputed", "has_answered", "has_asked_again", "is_given_again")


def since_sent(session: Session, audit: Audit) -> SinceSent:
    """Return what others have done with an audit since it was last sent; one query.

    A second look by which it was returned is not one of them: it was sent anew after it.
    """
    last = select(AuditSending.id).where(AuditSending.audit_id == audit.id).order_by(AuditSending.id.desc()).limit(1)
    answered = (AuditSending.id == last.scalar_subquery()) & AuditSending.response_ended_at.is_not(None)
    again = and_(Audit.re_audit_of_id == audit.id, Audit.state.not_in(SET_ASIDE_STATES))
    of_audit = Moderation.audit_id == audit.id
    asked = (
        select(Moderation.id).where(of_audit, Moderation.outcome.is_(None), Moderation.moderator_id.is_not(None)),
        select(Moderation.id).where(of_audit, Moderation.outcome.in_([Outcome.AGREED, Outcome.CHANGED])),
        select(Dispute.id).join(Dispute.moderation).where(of_audit),
        select(AuditSending.id).where(answered),
        select(ReAudit.id).where(ReAudit.audit_id == audit.id, ReAudit.why != BECAUSE_INADEQUATE),
        select(Audit.id).where(again),
    )
    found = session.execute(select(*(one.exists() for one in asked))).one()
    return SinceSent(**dict(zip(_ASKED, map(bool, found), strict=True)))
