"""Reading the units of the authority and its partners."""

from datetime import date

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from tracker.people.models import Organisation, Unit
from tracker.people.rules import UnitKind, holds_on


def units(session: Session) -> list[Unit]:
    """Return all units by name."""
    return list(session.scalars(select(Unit).order_by(Unit.name, Unit.id)))


def open_teams(session: Session, on: date) -> list[Unit]:
    """Return the teams that there are on a day, by name: neither services and partners nor teams that have ended."""
    return [one for one in units(session) if one.kind is UnitKind.TEAM and holds_on(on, one.starts_on, one.ends_on)]


def own_names(session: Session) -> list[str]:
    """Return what the council and its units are called, in one query: names that tell of no person."""
    return list(session.scalars(union_all(select(Unit.name), select(Organisation.name))))


def unit_by_name(session: Session, name: str) -> Unit | None:
    """Return the unit of a name."""
    return session.scalar(select(Unit).where(Unit.name == name))


def unit(session: Session, unit_id: int) -> Unit | None:
    """Return a unit."""
    return session.get(Unit, unit_id)
