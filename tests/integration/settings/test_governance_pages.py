"""The settings' pages about units, bodies, their meetings, leads named in plans, and the organisation."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_body, a_meeting, a_person, a_unit, an_organisation
from tests.support.checked_client import CheckedClient
from tests.support.queries import queries_of
from tracker.people import commands, queries
from tracker.people.models import Body, BodyMeeting, LeadParty, Organisation, Person, Unit
from tracker.people.rules import PartyKind, Role


@pytest.fixture
def admin(session: Session, client: CheckedClient) -> Person:
    person = a_person(session, Role.ADMIN, "Neil Foster")
    session.commit()
    client.sign_in(person)
    return person


def a_party(session: Session, name: str = "Chair of the Partnership") -> LeadParty:
    party = commands.make_lead_party(session, name=name, kind=PartyKind.UNKNOWN, by=None)
    session.commit()
    session.refresh(party, ["id", "name", "members"])
    return party


def test_units_stand_below_the_one_they_belong_to(client: CheckedClient, session: Session, admin: Person) -> None:
    client.get("/settings/units")
    assert "No units yet" in client.text
    client.submit({"name": "Northmoor Council", "kind": "authority"})
    assert "Unit added: Northmoor Council" in client.text
    top = session.scalars(select(Unit)).one()
    client.submit({"name": "Care Service", "kind": "service", "parent": str(top.id), "starts_on": "1 april 2025"})
    service = session.scalars(select(Unit).where(Unit.name == "Care Service")).one()
    assert (service.parent_id, service.starts_on) == (top.id, date(2025, 4, 1))
    client.submit({"name": "A Team", "parent": str(service.id)})
    assert "Northmoor Council › Care Service" in client.text
    assert "from 1 Apr 2025" in client.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "Enter the unit's name"),
        ({"name": "North Team"}, "There is already a unit with this name"),
        ({"kind": "club"}, "Choose one from the list"),
        ({"parent": "77"}, "Choose one from the list"),
        ({"starts_on": "tomorrow-ish"}, "Enter one day, for example 15 Jan 2027"),
        ({"starts_on": "2 Jan 2026", "ends_on": "1 Jan 2026"}, "The last day must be on or after the first"),
    ],
)
def test_a_unit_that_cannot_be_says_why(
    client: CheckedClient, session: Session, admin: Person, typed: dict[str, str], words: str
) -> None:
    a_unit(session, "North Team")
    session.commit()
    client.get("/settings/units")
    answer = client.post("/settings/units", data={**client.form("name").filled({"name": "South Team"}), **typed})
    assert answer.status_code in {409, 422}
    assert words in client.text
    assert len(list(session.scalars(select(Unit)))) == 1


@pytest.mark.both_databases
def test_a_body_gets_its_calendar(client: CheckedClient, session: Session, admin: Person) -> None:
    client.get("/settings/bodies")
    assert "No bodies yet" in client.text
    client.submit({"name": "Assurance meeting", "kind": "assurance", "cycle": "quarterly"})
    assert client.heading == "Assurance meeting"
    assert "No meetings yet" in client.text
    client.submit({"day": "3 dec 2026", "updates_close_on": "30 nov 2026"})
    assert "Meeting added: 3 Dec 2026" in client.text
    assert "5pm on Monday 30 November" in client.text
    client.submit({"day": "20 nov 2026"})
    client.submit(button="It was held")
    assert "Held: Assurance meeting, 20 Nov 2026" in client.text
    held = {meeting.day: meeting.is_held for meeting in session.scalars(select(BodyMeeting))}
    assert held == {date(2026, 12, 3): False, date(2026, 11, 20): True}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"day": ""}, "Enter the day of the meeting"),
        ({"day": "dec 2026"}, "Enter one day, for example 15 Jan 2027"),
        ({"day": "TBC"}, "Enter one day, for example 15 Jan 2027"),
        ({"day": "26 Nov 2026"}, "meets on this day already"),
        ({"day": "1 Dec 2026", "updates_close_on": "2 Dec 2026"}, "Updates must close on or before the meeting's day"),
        ({"day": "1 Jan 2090"}, "within ten years"),
    ],
)
def test_a_meeting_that_cannot_be_says_why(
    client: CheckedClient, session: Session, admin: Person, typed: dict[str, str], words: str
) -> None:
    body = a_body(session)
    a_meeting(session, body, date(2026, 11, 26))
    session.commit()
    client.get(f"/settings/bodies/{body.id}")
    answer = client.post(f"/settings/bodies/{body.id}", data={**client.form("day").filled({}), **typed})
    assert answer.status_code in {409, 422}
    assert words in client.text
    assert len(list(session.scalars(select(BodyMeeting)))) == 1


def test_a_meeting_to_come_cannot_be_held(client: CheckedClient, session: Session, admin: Person, today: date) -> None:
    body = a_body(session)
    meeting = a_meeting(session, body, today + timedelta(days=1))
    session.commit()
    client.get(f"/settings/bodies/{body.id}")
    answer = client.post(f"/settings/meetings/{meeting.id}/held", data=client.form("day").filled({}))
    assert answer.status_code == 422
    assert "A meeting in the future has not been held yet" in client.text


def test_leads_without_anybody_come_first_and_are_linked(
    client: CheckedClient, session: Session, admin: Person
) -> None:
    person = a_person(session, Role.LEAD)
    commands.link_member(session, a_party(session, "A linked lead"), person, by=None)
    party = a_party(session, "Z unlinked lead")
    client.get("/settings/leads")
    assert client.text.index("Z unlinked lead") < client.text.index("A linked lead")
    assert "For 1 lead nobody may update yet" in client.text
    client.follow("Z unlinked lead")
    assert "Nobody yet" in client.text
    client.submit({"person_id": str(person.id)})
    assert "Priya Nair may now update for Z unlinked lead" in client.text
    client.submit(button="End now")
    assert "Priya Nair may no longer update for Z unlinked lead" in client.text
    client.submit({"kind": "post", "post": "Chair"})
    session.expire_all()
    stored = queries.lead_party(session, party.id)
    assert stored is not None
    assert (stored.kind, stored.post) == (PartyKind.POST, "Chair")
    assert [member.ends_on for member in stored.members] == [date(2026, 11, 25)]


@pytest.mark.parametrize(
    ("number", "words"),
    [("", "Choose a person from the list"), ("999", "Choose one from the list"), ("x", "Choose one from the list")],
)
def test_only_a_person_of_the_list_is_linked(
    client: CheckedClient, session: Session, admin: Person, number: str, words: str
) -> None:
    party = a_party(session)
    client.get(f"/settings/leads/{party.id}")
    sending = {**client.form("person_id").filled({}), "person_id": number}
    answer = client.post(f"/settings/leads/{party.id}/people", data=sending)
    assert answer.status_code == 422
    assert words in client.text


def test_a_person_is_not_linked_twice(client: CheckedClient, session: Session, admin: Person) -> None:
    party = a_party(session)
    commands.link_member(session, party, admin, by=None)
    session.commit()
    client.get(f"/settings/leads/{party.id}")
    assert client.submit({"person_id": str(admin.id)}).status_code == 409
    assert "Neil Foster may already update for this lead" in client.text


def test_the_organisation_is_named_and_two_changes_at_once_lose_no_words(
    client: CheckedClient, session: Session, admin: Person
) -> None:
    client.get("/settings/organisation")
    client.submit({"name": "Northmoor", "urgent_contact": "Duty desk\n01632 960000"})
    ours = session.scalars(select(Organisation)).one()
    assert (ours.name, ours.urgent_contact) == ("Northmoor", "Duty desk\n01632 960000")
    client.get("/settings/organisation")
    commands.set_organisation(session, name="Northmoor Council", by=None)
    session.commit()
    answer = client.submit({"name": "North Moor"})
    assert answer.status_code == 409
    assert "Northmoor Council" in client.text
    assert client.form("name").sent["name"] == ["North Moor"]
    client.submit({})
    assert "Saved: North Moor" in client.text


@pytest.mark.parametrize(("name", "contact"), [("", ""), ("x" * 121, ""), ("Northmoor", "x" * 1001)])
def test_an_organisation_that_cannot_be_is_not_saved(
    client: CheckedClient, session: Session, admin: Person, name: str, contact: str
) -> None:
    an_organisation(session, "Northmoor Council")
    session.commit()
    client.get("/settings/organisation")
    assert client.submit({"name": name, "urgent_contact": contact}).status_code == 422
    session.expire_all()
    assert session.scalar(select(Organisation.name)) == "Northmoor Council"


@pytest.mark.parametrize("address", ["bodies", "leads", "units"])
def test_a_page_of_the_settings_asks_the_same_of_the_database_for_few_and_many(
    client: CheckedClient, session: Session, admin: Person, engine: Engine, address: str
) -> None:
    counts = []
    for many in (3, 60):
        for number in range(many):
            a_party(session, f"Lead {many} {number}")
            session.add(Unit(name=f"Unit {many} {number}", kind=a_unit(session, f"U {many} {number}").kind))
            a_body(session, f"Body {many} {number}")
        session.commit()
        with queries_of(engine) as asked:
            client.get(f"/settings/{address}")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12
    assert len(list(session.scalars(select(Body)))) == 63
