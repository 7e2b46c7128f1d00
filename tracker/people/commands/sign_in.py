"""Signing in with a password, and the limit on guessing one; sessions and cookies are the page's."""

import hmac
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.changelog import record_event
from tracker.core.problems import Invalid
from tracker.people import queries
from tracker.people.commands import passwords
from tracker.people.models import Person, SignInGuess
from tracker.people.rules import GUESS_WINDOW, network_of, tidy_email, wait_until


@dataclass(frozen=True)
class Guess:
    """A guess at a password that has been counted before the password is looked at."""

    keys: tuple[str, ...]
    ids: tuple[int, ...]


@dataclass(frozen=True)
class SignIn:
    """How a try to sign in ended: with a person, or without; `wait_until` is set when it came too soon to be tried."""

    person: Person | None = None
    wait_until: datetime | None = None


def note_guess(session: Session, *, email: str, address: str, secret: str) -> Guess:
    """Count a guess for the account and for the network that it comes from; commit it before it is checked.

    A guess that is counted and committed first cannot slip by in a crowd of others. Only keyed hashes are kept, and
    only for the five minutes that they count.
    """
    now = clock.now()
    session.execute(delete(SignInGuess).where(SignInGuess.at <= now - GUESS_WINDOW))
    keys = (_key(secret, "account", tidy_email(email)), _key(secret, "network", network_of(address)))
    rows = [SignInGuess(key=key, at=now) for key in keys]
    session.add_all(rows)
    session.flush()
    return Guess(keys, tuple(row.id for row in rows))


def too_soon(session: Session, guess: Guess) -> datetime | None:
    """Return until when to wait, or None when the guess may be checked; one that comes too soon is not counted."""
    waits = [wait_until(_others(session, key, guess)) for key in guess.keys]
    until = max((wait for wait in waits if wait), default=None)
    if until is not None:
        forget(session, guess)
    return until


def forget(session: Session, guess: Guess) -> None:
    """Take a guess back: it was right, or was never checked."""
    session.execute(delete(SignInGuess).where(SignInGuess.id.in_(guess.ids)))


def check_sign_in(session: Session, guess: Guess, *, email: str, password: str, is_from_here: bool) -> SignIn:
    """Check an address and a password, with the same work whoever is tried, and log how it ended.

    Demonstration people sign in only on the machine that serves them, since their password is no secret.
    """
    until = too_soon(session, guess)
    if until is not None:
        return SignIn(wait_until=until)
    person = queries.person_by_email(session, email)
    is_right = passwords.matches(person.password_hash if person else None, password)
    if person is None or not is_right or not _may_enter(person, is_from_here=is_from_here):
        record_event(session, "sign_in_refused", subject=person)
        return SignIn()
    forget(session, guess)
    if person.password_hash and passwords.is_outdated(person.password_hash):
        person.password_hash = passwords.hash_password(password)
    record_event(session, "signed_in", subject=person, actor=f"person:{person.id}")
    session.flush()
    return SignIn(person)


def change_own_password(
    session: Session, guess: Guess, person: Person, *, present: str, new: str
) -> tuple[datetime | None, bool]:
    """Change one's own password, the present one being asked first, which is a guess like any other.

    Returns until when to wait when it came too soon to be tried, and whether the present password was right. Raises
    `Invalid` for a new one that is too weak or no other.
    """
    until = too_soon(session, guess)
    if until is not None:
        return until, False
    if not passwords.matches(person.password_hash, present):
        return None, False
    if new == present:
        raise Invalid("new_password", "Choose a password that you do not have now")
    passwords.set_password(session, person, password=new, by=person)
    forget(session, guess)
    return None, True


def _may_enter(person: Person, *, is_from_here: bool) -> bool:
    expires = person.password_expires_at
    in_time = expires is None or clock.now() < expires
    return person.is_active and in_time and (is_from_here or not person.is_demonstration)


def _others(session: Session, key: str, guess: Guess) -> list[datetime]:
    query = select(SignInGuess.at).where(
        SignInGuess.key == key, SignInGuess.at > clock.now() - GUESS_WINDOW, SignInGuess.id.not_in(guess.ids)
    )
    return list(session.scalars(query))


def _key(secret: str, kind: str, text: str) -> str:
    return hmac.new(secret.encode(), f"sign-in {kind} {text}".encode(), sha256).hexdigest()
