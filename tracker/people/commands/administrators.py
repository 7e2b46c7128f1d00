"""There is always somebody who can give roles: the guard against losing the last active administrator."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.problems import Conflict
from tracker.people.models import Person, RoleGrant
from tracker.people.rules import Role


def lock_all(session: Session) -> None:
    """Make another change of administrators wait for this one, where the database serves several writers at once."""
    session.execute(_active().with_for_update()).all()


def keep_one(session: Session) -> None:
    """Refuse what was just changed when it leaves no active administrator; called after the change is flushed."""
    if session.execute(_active().limit(1)).first() is None:
        raise Conflict(None, "This is the last active administrator. Make somebody else an administrator first")


def _active() -> Select[int, int]:
    """Select the administrators who stay so until somebody ends it; one whose role runs out does not count."""
    query = select(Person.id, RoleGrant.id).join(RoleGrant, RoleGrant.person_id == Person.id)
    return query.where(
        Person.is_active,
        RoleGrant.role == Role.ADMIN,
        RoleGrant.starts_on <= clock.today(),
        RoleGrant.ends_on.is_(None),
    )
