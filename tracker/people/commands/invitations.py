"""Links by which people set a password of their own, once: made, taken back and used; how they travel is not here."""

import secrets
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.changelog import record_event
from tracker.core.problems import Conflict, Invalid
from tracker.people import queries
from tracker.people.commands.facts import author_id
from tracker.people.commands.passwords import set_password
from tracker.people.models import Invitation, Person
from tracker.people.rules import LINK_LASTS, InvitationKind

_OVER = {
    "used": "This link has been used already. Sign in with the password that was set by it",
    "withdrawn": "This link was taken back. Ask an administrator for a new one",
    "expired": "This link has run out after 72 hours. Ask an administrator for a new one",
    "unknown": "This link cannot be used. Check that it is whole, or ask an administrator for a new one",
}


@dataclass(frozen=True)
class Opened:
    """What a link leads to: its person while it may be used, else the sentence that says why not, naming nobody."""

    person: Person | None
    why_not: str = ""
    is_known: bool = True


def invite(session: Session, person: Person, *, kind: InvitationKind, by: Person | None) -> str:
    """Make a link's code for a person and return it, to be shown once; earlier links of theirs end (security 6.4.1).

    It works once and for 72 hours, and only its hash is stored. A reset leaves the password as it is until the link is
    used. Raises `Invalid` for somebody who cannot sign in.
    """
    if not person.is_active:
        raise Invalid(None, f"{person.name} is not active, so there is nothing to sign in to")
    for earlier in queries.open_invitations(session, person):
        withdraw_invitation(session, earlier, by=by)
    code = secrets.token_urlsafe(32)
    session.add(
        Invitation(
            person_id=person.id,
            kind=kind,
            code_hash=_hash(code),
            expires_at=clock.now() + LINK_LASTS,
            created_by=author_id(by),
            changed_by=author_id(by),
        )
    )
    session.flush()
    return code


def withdraw_invitation(session: Session, invitation: Invitation, *, by: Person | None) -> None:
    """Take a link back; raises `Conflict` for one that was used."""
    if invitation.used_at is not None:
        raise Conflict(None, "This link has been used already")
    invitation.withdrawn_at = invitation.withdrawn_at or clock.now()
    invitation.changed_by = author_id(by)
    session.flush()


def open_link(session: Session, code: str) -> Opened:
    """Say what a link leads to, changing nothing: whatever opens links on the way to a person does no harm."""
    found = queries.invitation_by_code(session, _hash(code))
    state = _state(found)
    is_known = state != "unknown"
    return Opened(None, _OVER[state], is_known) if state else Opened(found.person if found else None)


def accept_invitation(session: Session, code: str, *, password: str) -> Person:
    """Set the password of whoever was given the link, which is used up by it; all earlier sessions end.

    Raises `Conflict` for a link that no longer works, `Invalid` for a password that is too weak.
    """
    found = queries.invitation_by_code(session, _hash(code))
    state = _state(found)
    if state or found is None:
        raise Conflict(None, _OVER[state or "unknown"])
    set_password(session, found.person, password=password, by=found.person)
    found.used_at = clock.now()
    found.changed_by = found.person_id
    record_event(session, "signed_in", subject=found.person, actor=f"person:{found.person_id}")
    session.flush()
    return found.person


def _state(found: Invitation | None) -> str:
    """Return why a link no longer works, empty when it does; nobody learns from it who was invited."""
    if found is None or not found.person.is_active:
        return "unknown"
    if found.used_at is not None:
        return "used"
    if found.withdrawn_at is not None:
        return "withdrawn"
    return "expired" if clock.now() >= found.expires_at else ""


def _hash(code: str) -> str:
    return sha256(code.encode()).hexdigest()
