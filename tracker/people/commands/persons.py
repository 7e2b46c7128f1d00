"""Adding, changing and stopping persons; their roles and passwords have their own files."""

from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.changelog import record_event
from tracker.core.problems import Conflict, Invalid
from tracker.people import queries
from tracker.people.commands.administrators import keep_one, lock_all
from tracker.people.commands.facts import allowed, author_id, needed
from tracker.people.commands.invitations import withdraw_invitation
from tracker.people.models import Person, Unit
from tracker.people.rules import is_email, tidy_email


def add_person(
    session: Session,
    *,
    email: str,
    name: str,
    post: str = "",
    unit: Unit | None = None,
    is_demonstration: bool = False,
    by: Person | None,
) -> Person:
    """Add somebody, who cannot sign in before a password is set; `by` is None for the operator's commands.

    Raises `Invalid` for an address or a name that cannot be one, `Conflict` for an address that somebody has.
    """
    address = tidy_email(email)
    if not is_email(address):
        raise Invalid("email", "Enter an e-mail address, like name@council.example")
    if queries.person_by_email(session, address):
        raise Conflict("email", "There is already a person with this e-mail address")
    person = Person(
        email=address,
        name=needed("name", name, what="a name", most=120),
        post=allowed("post", post, what="post", most=120),
        unit=unit,
        is_demonstration=is_demonstration,
        session_epoch=0,
        grants=[],
        holdings=[],
        covers=[],
        created_by=author_id(by),
        changed_by=author_id(by),
    )
    session.add(person)
    session.flush()
    return person


def change_person(
    session: Session, person: Person, *, name: str, post: str, unit: Unit | None, version: int, by: Person
) -> None:
    """Change a person's name, post and unit; raises `Conflict` when somebody else was quicker."""
    if person.version != version:
        raise Conflict(
            None, f"Somebody else changed {person.name} while you were writing. What is stored now is shown."
        )
    person.name = needed("name", name, what="a name", most=120)
    person.post = allowed("post", post, what="post", most=120)
    person.unit_id = unit.id if unit else None
    person.changed_by = author_id(by)
    session.flush()


def deactivate(session: Session, person: Person, *, by: Person | None) -> None:
    """Stop a person from signing in; their sessions end at once. Raises `Conflict` for the last administrator.

    Their links to leads stay, so that it is known who led what; open links by which a password is set end.
    """
    if not person.is_active:
        return
    lock_all(session)
    person.is_active = False
    person.left_on = clock.today()
    for link in queries.open_invitations(session, person):
        withdraw_invitation(session, link, by=by)
    end_sessions(session, person, by=by)
    keep_one(session)


def reactivate(session: Session, person: Person, *, by: Person | None) -> None:
    """Let a person sign in again, with the roles that still hold."""
    person.is_active = True
    person.left_on = None
    person.changed_by = author_id(by)
    session.flush()


def end_sessions(session: Session, person: Person, *, by: Person | None) -> None:
    """End all sessions of a person on the server, wherever they were begun (security.md, "sessions")."""
    person.session_epoch += 1
    person.changed_by = author_id(by)
    if by is person:
        record_event(session, "signed_out", subject=person, actor=f"person:{person.id}")
    session.flush()
