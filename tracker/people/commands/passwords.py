"""Passwords: how they are kept, checked and changed; when somebody may try one is the sign-in's concern."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.problems import Invalid
from tracker.core.text import random_code
from tracker.people.commands.facts import author_id
from tracker.people.models import Person
from tracker.people.queries import organisation
from tracker.people.rules import TEMPORARY_PASSWORD, password_fault

_hasher = PasswordHasher(memory_cost=19456, time_cost=2, parallelism=1)
# Checked when there is no password to check, so that nobody can tell by the time it takes who has an account.
_OF_NOBODY = _hasher.hash("the password of nobody")


def hash_password(password: str) -> str:
    """Return what is kept of a password: argon2id with the parameters of libraries.md."""
    return _hasher.hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Say whether a password is the kept one; the work is the same when none is kept."""
    try:
        _hasher.verify(kept or _OF_NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Say whether a hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(kept)


def set_password(session: Session, person: Person, *, password: str, by: Person | None) -> None:
    """Give a person a password to keep; it ends their sessions. Raises `Invalid` for one that is too weak."""
    ours = organisation(session)
    fault = password_fault(password, email=person.email, organisation=ours.name if ours else "", name=person.name)
    if fault:
        raise Invalid("new_password", fault)
    _keep(person, password, by)
    person.password_expires_at = None
    session.flush()


def reset_password(session: Session, person: Person, *, by: Person | None) -> str:
    """Give a person a password made by chance and return it, to be shown once; it ends their sessions.

    It must be changed at the first sign-in and is worthless after seven days: whoever hands it over has seen it.
    """
    password = "-".join(random_code(4) for _ in range(4))
    _keep(person, password, by)
    person.password_expires_at = clock.now() + TEMPORARY_PASSWORD
    session.flush()
    return password


def _keep(person: Person, password: str, by: Person | None) -> None:
    person.password_hash = hash_password(password)
    person.session_epoch += 1
    person.changed_by = author_id(by)
