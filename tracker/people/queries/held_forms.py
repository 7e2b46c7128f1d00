"""Whose session a key belonged to, however it ended; for giving people back what they wrote in it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.people.models import PersonSession


def whose_session(session: Session, key_hash: str) -> int | None:
    """Return the id of the person whose session had this key, whether or not it goes on."""
    return session.scalar(select(PersonSession.person_id).where(PersonSession.key_hash == key_hash))
