"""Making the units of the authority and its partners."""

from datetime import date

from sqlalchemy.orm import Session

from tracker.core.problems import Conflict, Invalid
from tracker.people import queries
from tracker.people.commands.facts import author_id, needed
from tracker.people.models import Person, Unit
from tracker.people.rules import UnitKind


def make_unit(
    session: Session,
    *,
    name: str,
    kind: UnitKind,
    parent: Unit | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    by: Person | None,
) -> Unit:
    """Make a unit, beneath another or at the top; raises `Invalid` or `Conflict` beside the field that is wrong."""
    name = needed("name", name, what="the unit's name", most=120)
    if starts_on and ends_on and ends_on < starts_on:
        raise Invalid("ends_on", "The last day must be on or after the first")
    if queries.unit_by_name(session, name):
        raise Conflict("name", "There is already a unit with this name")
    unit = Unit(
        name=name,
        kind=kind,
        parent_id=parent.id if parent else None,
        starts_on=starts_on,
        ends_on=ends_on,
        created_by=author_id(by),
        changed_by=author_id(by),
    )
    session.add(unit)
    session.flush()
    return unit
