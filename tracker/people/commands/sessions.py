"""Sessions as the server knows them: begun, seen, and ended one by one; how long one lasts is the settings'."""

import secrets
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.changelog import record_event
from tracker.people.models import Person, PersonSession
from tracker.people.rules import browser_family, network_prefix

SEEN_EVERY = timedelta(minutes=1)
_KEPT = timedelta(days=30)


def session_hash(key: str) -> str:
    """Return what is kept of a session's key: whoever reads the database cannot take a session over."""
    return sha256(key.encode()).hexdigest()


def begin_session(session: Session, person: Person, *, user_agent: str, address: str) -> str:
    """Note that a person signed in and return the key that the browser keeps; no other session ends by it.

    What is kept of old ones goes after thirty days.
    """
    now, key = clock.now(), secrets.token_urlsafe(32)
    old = delete(PersonSession).where(PersonSession.person_id == person.id, PersonSession.began_at < now - _KEPT)
    session.execute(old)
    session.add(
        PersonSession(
            person_id=person.id,
            key_hash=session_hash(key),
            epoch=person.session_epoch,
            began_at=now,
            seen_at=now,
            browser=browser_family(user_agent),
            network=network_prefix(address),
        )
    )
    session.flush()
    return key


def keep_session(session: Session, person: Person, *, key_hash: str) -> None:
    """Let one session live on after what ends all the others, such as a change of one's own roles."""
    kept = update(PersonSession).where(PersonSession.key_hash == key_hash, PersonSession.person_id == person.id)
    session.execute(kept.values(epoch=person.session_epoch))


def note_seen(session: Session, session_id: int) -> None:
    """Note that a session was used just now."""
    session.execute(update(PersonSession).where(PersonSession.id == session_id).values(seen_at=clock.now()))


def end_session(session: Session, ended: PersonSession, *, by: Person) -> None:
    """End one session of a person's own at once."""
    ended.ended_at = clock.now()
    record_event(session, "signed_out", subject=by, actor=f"person:{by.id}")
    session.flush()


def end_other_sessions(session: Session, person: Person, *, key_hash: str) -> int:
    """End all sessions of a person but one, and return how many there were."""
    others = update(PersonSession).where(
        PersonSession.person_id == person.id,
        PersonSession.key_hash != key_hash,
        PersonSession.epoch == person.session_epoch,
        PersonSession.ended_at.is_(None),
    )
    ended = len(session.execute(others.values(ended_at=clock.now()).returning(PersonSession.id)).all())
    record_event(session, "signed_out", subject=person, actor=f"person:{person.id}", detail={"sessions": ended})
    session.flush()
    return ended


def end_all_sessions(session: Session) -> None:
    """End every session of everybody, as after a restore, which would bring ended ones back."""
    session.execute(update(PersonSession).where(PersonSession.ended_at.is_(None)).values(ended_at=clock.now()))
