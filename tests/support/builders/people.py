"""Makes people with roles, units, bodies and meetings for tests; everybody has the password that tests sign in with."""

from datetime import date, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from tests.support.checked_client import PASSWORD
from tracker.core import clock
from tracker.people.commands import hash_password
from tracker.people.models import Body, BodyMeeting, Organisation, Person, RoleGrant, Unit
from tracker.people.rules import BodyKind, Cycle, Role, UnitKind

_numbers = count(1)


@cache
def _hash() -> str:
    return hash_password(PASSWORD)


def a_person(
    session: Session,
    role: Role | None = Role.LEAD,
    name: str = "Priya Nair",
    *,
    also: tuple[Role, ...] = (),
    email: str | None = None,
    scope: dict[str, Any] | None = None,
    **columns: Any,
) -> Person:
    """Make somebody who can sign in, with a role that began a month ago (none when None); `also` gives more roles.

    `scope` holds columns of the grant, such as `{"plan_id": plan.id}` or `{"ends_on": yesterday}`.
    """
    since = clock.today() - timedelta(days=30)
    roles = (role, *also) if role else also
    person = Person(
        email=email or f"{name.lower().replace(' ', '.')}.{next(_numbers)}@council.example",
        name=name,
        password_hash=columns.pop("password_hash", _hash()),
        grants=[RoleGrant(role=each, **{"starts_on": since, **(scope or {})}) for each in roles],
        holdings=[],
        covers=[],
        **columns,
    )
    session.add(person)
    session.flush()
    return person


def a_unit(session: Session, name: str = "North Team", *, kind: UnitKind = UnitKind.TEAM, **columns: Any) -> Unit:
    """Make a unit."""
    unit = Unit(name=name, kind=kind, **columns)
    session.add(unit)
    session.flush()
    return unit


def a_body(
    session: Session, name: str = "Assurance meeting", *, kind: BodyKind = BodyKind.ASSURANCE, **columns: Any
) -> Body:
    """Make a body that meets every quarter."""
    body = Body(name=name, kind=kind, cycle=columns.pop("cycle", Cycle.QUARTERLY), **columns)
    session.add(body)
    session.flush()
    return body


def a_meeting(
    session: Session, body: Body, day: date, *, is_held: bool = False, updates_close_at: datetime | None = None
) -> BodyMeeting:
    """Make a meeting of a body."""
    meeting = BodyMeeting(body=body, day=day, is_held=is_held, updates_close_at=updates_close_at)
    session.add(meeting)
    session.flush()
    return meeting


def an_organisation(session: Session, name: str = "Northmoor Council", **columns: Any) -> Organisation:
    """Make the one organisation."""
    organisation = Organisation(name=name, **columns)
    session.add(organisation)
    session.flush()
    return organisation
