"""Reading people, units, bodies, meetings and lead parties; nothing is written here."""

from datetime import date

from sqlalchemy import select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.people.models import (
    Body,
    BodyMeeting,
    LeadParty,
    LeadPartyMember,
    Organisation,
    Person,
    RoleGrant,
    Unit,
)
from tracker.people.rules import DEMONSTRATION_HOST, BodyKind, Role


def person_and_organisation(session: Session, person_id: int) -> tuple[Person, Organisation | None] | None:
    """Return a person with roles and the one organisation, in a single query: every page asks it first."""
    query = (
        select(Person, Organisation)
        .outerjoin(Organisation, true())
        .where(Person.id == person_id)
        .options(joinedload(Person.grants))
    )
    row = session.execute(query).unique().first()
    return None if row is None else (row[0], row[1])


def organisation(session: Session) -> Organisation | None:
    """Return the one organisation, or None before the service was set up."""
    return session.scalar(select(Organisation).order_by(Organisation.id).limit(1))


def person_by_email(session: Session, email: str) -> Person | None:
    """Return the person with an address, whatever its case, with roles."""
    query = select(Person).where(Person.email == email.strip().lower()).options(selectinload(Person.grants))
    return session.scalar(query)


def person(session: Session, person_id: int) -> Person | None:
    """Return a person with roles and unit."""
    query = select(Person).where(Person.id == person_id)
    return session.scalar(query.options(selectinload(Person.grants), joinedload(Person.unit)))


def people(session: Session) -> list[Person]:
    """Return everybody with roles, by name."""
    query = select(Person).options(selectinload(Person.grants), joinedload(Person.unit))
    return list(session.scalars(query.order_by(Person.name, Person.id)))


def active_people(session: Session) -> list[Person]:
    """Return everybody who may sign in, by name, without roles."""
    return list(session.scalars(select(Person).where(Person.is_active).order_by(Person.name, Person.id)))


def grant(session: Session, grant_id: int) -> RoleGrant | None:
    """Return a grant of a role with its person and all that person's grants."""
    query = select(RoleGrant).where(RoleGrant.id == grant_id)
    return session.scalar(query.options(joinedload(RoleGrant.person).selectinload(Person.grants)))


def demonstration_people(session: Session) -> list[Person]:
    """Return the active people of the demonstration who are named after their role, with roles, in order of entry."""
    addresses = [f"{role.value}@{DEMONSTRATION_HOST}" for role in Role]
    query = select(Person).where(Person.is_demonstration, Person.is_active, Person.email.in_(addresses))
    return list(session.scalars(query.options(selectinload(Person.grants)).order_by(Person.id)))


def units(session: Session) -> list[Unit]:
    """Return all units by name."""
    return list(session.scalars(select(Unit).order_by(Unit.name, Unit.id)))


def unit_by_name(session: Session, name: str) -> Unit | None:
    """Return the unit of a name."""
    return session.scalar(select(Unit).where(Unit.name == name))


def unit(session: Session, unit_id: int) -> Unit | None:
    """Return a unit."""
    return session.get(Unit, unit_id)


def body(session: Session, body_id: int) -> Body | None:
    """Return a body with the one it reports to."""
    return session.scalar(select(Body).where(Body.id == body_id).options(joinedload(Body.reports_to)))


def bodies(session: Session) -> list[Body]:
    """Return all bodies by name, each with the body it reports to."""
    return list(session.scalars(select(Body).options(joinedload(Body.reports_to)).order_by(Body.name, Body.id)))


def body_by_name(session: Session, name: str) -> Body | None:
    """Return the body of a name."""
    return session.scalar(select(Body).where(Body.name == name))


def meetings(session: Session) -> list[BodyMeeting]:
    """Return the calendar of every body, latest first."""
    query = select(BodyMeeting).options(joinedload(BodyMeeting.body))
    return list(session.scalars(query.order_by(BodyMeeting.day.desc(), BodyMeeting.id)))


def meeting(session: Session, meeting_id: int) -> BodyMeeting | None:
    """Return a meeting with its body."""
    return session.scalar(select(BodyMeeting).where(BodyMeeting.id == meeting_id).options(joinedload(BodyMeeting.body)))


def meeting_of(session: Session, body: Body, day: date) -> BodyMeeting | None:
    """Return the meeting of a body on a day."""
    return session.scalar(select(BodyMeeting).where(BodyMeeting.body_id == body.id, BodyMeeting.day == day))


def meetings_of(session: Session, body: Body) -> list[BodyMeeting]:
    """Return the calendar of one body, latest first."""
    return list(
        session.scalars(select(BodyMeeting).where(BodyMeeting.body_id == body.id).order_by(BodyMeeting.day.desc()))
    )


def assurance_meetings(session: Session) -> list[BodyMeeting]:
    """Return the assurance bodies' meetings, earliest first; they set what plans are compared with."""
    query = select(BodyMeeting).join(BodyMeeting.body).where(Body.kind == BodyKind.ASSURANCE)
    return list(session.scalars(query.options(joinedload(BodyMeeting.body)).order_by(BodyMeeting.day, BodyMeeting.id)))


def next_meeting_of(session: Session, body_name: str, *, after: date) -> date | None:
    """Return the first day after another on which a body meets, or None when its calendar says nothing."""
    query = select(BodyMeeting.day).join(BodyMeeting.body).where(Body.name == body_name, BodyMeeting.day > after)
    return session.scalar(query.order_by(BodyMeeting.day).limit(1))


def lead_parties(session: Session) -> list[LeadParty]:
    """Return all lead parties by name with the people who may update for them."""
    members = selectinload(LeadParty.members).joinedload(LeadPartyMember.person)
    return list(session.scalars(select(LeadParty).options(members).order_by(LeadParty.name, LeadParty.id)))


def lead_party_by_name(session: Session, name: str) -> LeadParty | None:
    """Return the lead party of a text as a plan writes it, with the people who may update for it."""
    members = selectinload(LeadParty.members).joinedload(LeadPartyMember.person)
    return session.scalar(select(LeadParty).where(LeadParty.name == name).options(members))


def lead_party_member(session: Session, member_id: int) -> LeadPartyMember | None:
    """Return a person's link to a lead party, with both."""
    query = select(LeadPartyMember).where(LeadPartyMember.id == member_id)
    return session.scalar(query.options(joinedload(LeadPartyMember.person), joinedload(LeadPartyMember.party)))


def lead_party(session: Session, party_id: int) -> LeadParty | None:
    """Return a lead party with the people who may update for it."""
    members = selectinload(LeadParty.members).joinedload(LeadPartyMember.person)
    return session.scalar(select(LeadParty).where(LeadParty.id == party_id).options(members))
