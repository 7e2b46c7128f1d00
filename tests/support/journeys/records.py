"""Reads what a walk through the pages has stored, by the names that people use."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.audits.models import Audit, CaseReference, Finding, ImmediateConcern
from tracker.audits.rules.vocabulary import AuditState, Mode
from tracker.people.models import Person
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


def draft_of(session: Session, email: str) -> Audit:
    """Return the one audit at a desk that somebody has begun and not sent, with its case reference."""
    _look_anew(session)
    query = select(Audit).join(Person, Audit.auditor_id == Person.id).options(joinedload(Audit.case))
    is_begun = (Audit.state == AuditState.IN_PROGRESS) & (Audit.mode == Mode.DESK)
    return session.scalars(query.where(Person.email == email, is_begun)).one()


def audit(session: Session, public_id: str) -> Audit:
    """Return an audit as it is stored now, with its sections and findings."""
    _look_anew(session)
    query = select(Audit).options(selectinload(Audit.sections), selectinload(Audit.findings).joinedload(Finding.theme))
    return session.scalars(query.where(Audit.public_id == public_id)).one()


def words_of_cases(session: Session) -> list[str]:
    """Return what nobody may read who sees counts alone: codes and addresses of files, and the words about them."""
    _look_anew(session)
    columns = (CaseReference.code, Audit.public_id, ImmediateConcern.public_id, Finding.text)
    words = [word for column in columns for word in session.scalars(select(column)) if word]
    assert len(words) > len(columns), "the demonstration holds no case, so looking for one would prove nothing"
    return words


def _look_anew(session: Session) -> None:
    # A transaction that began before the page wrote would go on showing what stood there then.
    session.rollback()
