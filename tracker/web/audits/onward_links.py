"""Where one goes on from an audit that is read; each link is there for who may follow it now."""

from dataclasses import dataclass

from flask import url_for

from tracker.audits.commands import is_answered, why_not_recalled
from tracker.audits.models import Audit
from tracker.audits.rules.responding import may_name_worker
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import allowed


@dataclass(frozen=True)
class OnwardLink:
    """A link under an audit, with its words."""

    label: str
    url: str


def links_of(audit: Audit, *, is_hidden: bool) -> list[OnwardLink]:
    """Return what can be done with an audit beside reading it, of what it says nothing where that is hidden."""
    links = []
    if not is_hidden:
        links.append(OnwardLink("Feedback on one page", url_for("audits.audit_feedback", public_id=audit.public_id)))
    if allowed(Permission.AUDIT_WRITE, audit) and why_not_recalled(db_session(), audit) is None:
        links.append(OnwardLink("Take it back", url_for("audits.audit_recall", public_id=audit.public_id)))
    if allowed(Permission.AUDIT_WRITE, audit) and may_name_worker(audit.state, is_answered=is_answered(audit)):
        links.append(OnwardLink(_worker_label(audit), url_for("audits.audit_worker", public_id=audit.public_id)))
    if allowed(Permission.AUDIT_WRITE, audit) and audit.state.is_open:
        links.append(OnwardLink("Ask for more time", url_for("audits.audit_more_time", public_id=audit.public_id)))
    if allowed(Permission.READLOG_READ):
        links.append(OnwardLink("Who opened this case", url_for("audits.read_log_index", audit=audit.public_id)))
    if allowed(Permission.HOLD_MANAGE):
        links.append(OnwardLink("Put on legal hold", url_for("audits.audit_hold", public_id=audit.public_id)))
    return links


def _worker_label(audit: Audit) -> str:
    return "Change who the worker is" if audit.worker_id else "Say who the worker is, so that they can answer it"
