"""Reads what a walk through the pages has stored, by the names that people use."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.audits.models import Audit, CaseReference
from tracker.core.changelog.tables import log_entry
from tracker.plans.models import Action, DateChange, Milestone, Update


def action(session: Session, ref: str) -> Action:
    """Return an action as it is stored now."""
    _look_anew(session)
    return session.scalars(select(Action).where(Action.ref == ref)).one()


def latest_update(session: Session, ref: str) -> Update:
    """Return the update of an action that was stored last, taken back or not."""
    _look_anew(session)
    query = select(Update).join(Action, Update.action_id == Action.id).where(Action.ref == ref)
    return session.scalars(query.order_by(Update.id.desc()).limit(1)).one()


def latest_date_change(session: Session, ref: str) -> DateChange:
    """Return the change of a date of an action's milestones that was asked for last."""
    _look_anew(session)
    query = select(DateChange).join(Milestone, DateChange.milestone_id == Milestone.id)
    query = query.join(Action, Milestone.action_id == Action.id).where(Action.ref == ref)
    return session.scalars(query.order_by(DateChange.id.desc()).limit(1)).one()


def milestone(session: Session, ref: str, title: str) -> Milestone:
    """Return a milestone of an action."""
    _look_anew(session)
    query = select(Milestone).join(Action, Milestone.action_id == Action.id)
    return session.scalars(query.where(Action.ref == ref, Milestone.title == title)).one()


def audit_of(session: Session, code: str) -> Audit:
    """Return the audit of a case reference."""
    _look_anew(session)
    query = select(Audit).join(CaseReference, Audit.case_id == CaseReference.id)
    return session.scalars(query.where(CaseReference.code == code)).one()


def entries(session: Session, act: str) -> int:
    """Return how many entries of the change log tell of an act."""
    _look_anew(session)
    return session.scalar(select(func.count()).where(log_entry.c.act == act)) or 0


def _look_anew(session: Session) -> None:
    # A transaction that began before the page wrote would go on showing what stood there then.
    session.rollback()
