"""Reading sessions of people, and the links by which passwords are set."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.people.models import Invitation, Person, PersonSession


def sessions_of(session: Session, person: Person, *, since: datetime, idle_since: datetime) -> list[PersonSession]:
    """Return a person's sessions that still hold, begun and seen after two moments, the latest seen first."""
    query = select(PersonSession).where(
        PersonSession.person_id == person.id,
        PersonSession.epoch == person.session_epoch,
        PersonSession.ended_at.is_(None),
        PersonSession.began_at >= since,
        PersonSession.seen_at >= idle_since,
    )
    return list(session.scalars(query.order_by(PersonSession.seen_at.desc(), PersonSession.id.desc()).limit(100)))


def own_session(session: Session, person: Person, session_id: int) -> PersonSession | None:
    """Return one session when it is this person's."""
    query = select(PersonSession).where(PersonSession.id == session_id, PersonSession.person_id == person.id)
    return session.scalar(query)


def invitation_by_code(session: Session, code_hash: str) -> Invitation | None:
    """Return the invitation of a code, whatever became of it, with its person."""
    query = select(Invitation).where(Invitation.code_hash == code_hash).options(joinedload(Invitation.person))
    return session.scalar(query)


def invitation(session: Session, invitation_id: int) -> Invitation | None:
    """Return an invitation with its person."""
    query = select(Invitation).where(Invitation.id == invitation_id).options(joinedload(Invitation.person))
    return session.scalar(query)


def open_invitations(session: Session, person: Person | None = None) -> list[Invitation]:
    """Return the invitations that were neither used nor withdrawn, of everybody or of one, the newest first."""
    query = select(Invitation).where(Invitation.used_at.is_(None), Invitation.withdrawn_at.is_(None))
    if person is not None:
        query = query.where(Invitation.person_id == person.id)
    query = query.options(joinedload(Invitation.person)).order_by(Invitation.expires_at.desc(), Invitation.id.desc())
    return list(session.scalars(query))
