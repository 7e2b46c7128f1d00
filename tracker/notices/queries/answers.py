"""The audits that wait for the answer of their worker, for the letters: references and days, nothing of any case."""

from collections import defaultdict

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.audits.models import Audit, AuditSending, CaseReference
from tracker.audits.rules.vocabulary import AuditState
from tracker.core import clock
from tracker.notices.rules.answer_news import AnswerDue


def answers_awaited(session: Session) -> dict[int, list[AnswerDue]]:
    """Return the audits that may still be answered, by their worker, the first to be answered first."""
    last = select(func.max(AuditSending.id)).group_by(AuditSending.audit_id)
    query = (
        select(Audit.worker_id, Audit.public_id, CaseReference.code, AuditSending.id)
        .add_columns(AuditSending.sent_at, AuditSending.response_due)
        .join(CaseReference, CaseReference.id == Audit.case_id)
        .join(AuditSending, AuditSending.audit_id == Audit.id)
        .where(AuditSending.id.in_(last), Audit.state == AuditState.WORKER_RESPONSE)
        .where(Audit.worker_id.is_not(None), AuditSending.response_due >= clock.today())
        .order_by(AuditSending.response_due, Audit.id)
    )
    found: defaultdict[int, list[AnswerDue]] = defaultdict(list)
    for worker, public_id, code, sending, sent_at, due_on in session.execute(query):
        asked_on = sent_at.astimezone(clock.LONDON).date()
        found[worker].append(AnswerDue(public_id, code, sending, asked_on, due_on))
    return dict(found)
