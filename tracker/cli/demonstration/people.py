"""Makes the invented council's organisation, units, people, bodies and calendar, and has its meetings held."""

from collections.abc import Iterator
from functools import partial

from sqlalchemy.orm import Session

from tracker.cli.demonstration.council import Council
from tracker.cli.demonstration.diary import Entry
from tracker.cli.demonstration.tables import Row, about_plan, listed, table
from tracker.people import commands, queries
from tracker.people.models import BodyMeeting, Organisation, Person, Unit
from tracker.people.rules import BodyKind, Cycle, Role, UnitKind


def make_organisation(session: Session) -> Organisation:
    """Make the organisation, marked as a demonstration."""
    about = about_plan()
    return commands.set_organisation(
        session,
        name=about["organisation"],
        urgent_contact=about["urgent_contact"],
        is_demonstration=True,
        by=None,
    )


def make_people(council: Council, password: str) -> None:
    """Make the organisation's units, everybody in it with roles, and the bodies with their calendar."""
    for row in table("units"):
        council.units[row["name"]] = _unit(council, row)
    for row in table("people"):
        council.people[row["email"]] = _person(council, row, password)
    for row in table("bodies"):
        council.bodies[row["name"]] = commands.make_body(
            council.session,
            name=row["name"],
            kind=BodyKind(row["kind"]),
            cycle=Cycle(row["cycle"]),
            reports_to=council.bodies.get(row["reports_to"]),
            by=None,
        )
    for row in table("meetings"):
        council.meetings.append(_plan_meeting(council, row))


def held_meetings(council: Council) -> Iterator[Entry]:
    """Say of each past meeting that it was held, on its day."""
    for row in table("meetings"):
        if row["held"] == "yes":
            day = council.offsets.working_day(row["day"])
            yield Entry(day, council.office, partial(_hold, council, row))


def _unit(council: Council, row: Row) -> Unit:
    begins, ends = (council.offsets.day(row[name]) if row[name] else None for name in ("from", "to"))
    return commands.make_unit(
        council.session,
        name=row["name"],
        kind=UnitKind(row["kind"]),
        parent=council.units.get(row["parent"]),
        starts_on=begins,
        ends_on=ends,
        by=None,
    )


def _person(council: Council, row: Row, password: str) -> Person:
    person = commands.add_person(
        council.session,
        email=row["email"],
        name=row["name"],
        post=row["post"],
        unit=council.units[row["unit"]],
        is_demonstration=True,
        by=None,
    )
    for given in listed(row["roles"]):
        role, _, mark = given.partition("+")
        commands.grant_role(
            council.session,
            person,
            Role(role),
            is_chair=mark == "chair",
            is_scribe=mark == "scribe",
            is_partner=mark == "partner",
            is_head=mark == "head",
            by=None,
        )
    if person.email in {f"{role.value}@demo.example" for role in Role}:
        commands.set_password(council.session, person, password=password, by=None)
    return person


def _plan_meeting(council: Council, row: Row) -> BodyMeeting:
    close = council.offsets.working_day(row["updates_close"]) if row["updates_close"] else None
    return commands.plan_meeting(
        council.session,
        council.bodies[row["body"]],
        day=council.offsets.working_day(row["day"]),
        updates_close_at=queries.closing_of(close) if close else None,
        by=None,
    )


def _hold(council: Council, row: Row) -> None:
    day = council.offsets.working_day(row["day"])
    meeting = queries.meeting_of(council.session, council.bodies[row["body"]], day)
    if meeting is not None:
        commands.record_held(council.session, meeting, by=council.office)
