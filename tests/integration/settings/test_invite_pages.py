"""Inviting from a pasted list: looked at first, then each link shown once; links are made anew and taken back."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.checked_client import CheckedClient
from tracker.people import queries
from tracker.people.models import Invitation, Person
from tracker.people.rules import Role

LIST = """Ann Lee <ann@council.example>
Bob Ray, bob@council.example, Head of service
No address
Neil Foster, neil@council.example"""


@pytest.fixture
def admin(session: Session, client: CheckedClient) -> Person:
    person = a_person(session, Role.ADMIN, "Neil Foster", email="neil@council.example")
    session.commit()
    client.sign_in(person)
    return person


def test_a_list_is_looked_at_and_adds_nobody(client: CheckedClient, session: Session, admin: Person) -> None:
    client.get("/settings/people/invite")
    client.submit({"people": LIST, "role": "lead"})
    for words in (
        "4 lines read, 2 without doubts",
        "There is no e-mail address",
        "Somebody with this address is here already",
        "Invite 2 people",
    ):
        assert words in client.text
    assert session.scalar(select(func.count(Person.id))) == 1


def test_who_is_without_doubts_is_added_with_the_role_and_a_link_each(
    client: CheckedClient, session: Session, admin: Person
) -> None:
    client.get("/settings/people/invite")
    client.submit({"people": LIST, "role": "lead", "is_partner": "y"})
    client.submit({}, button="Invite 2 people")
    assert client.heading == "Invitations for 2 people"
    assert "2 lines of the list had doubts and were left out" in client.text
    links = [code.text or "" for code in client.page.iter("code")]
    assert len(set(links)) == 2
    ann = queries.person_by_email(session, "ann@council.example")
    assert ann is not None
    assert [(grant.role, grant.is_partner) for grant in ann.grants] == [(Role.LEAD, True)]
    assert ann.password_hash is None
    assert client.get(links[0].removeprefix("http://localhost")).status_code == 200
    assert "ann@council.example" in client.answer.text if client.answer else False


def test_the_same_list_sent_twice_invites_nobody_twice(client: CheckedClient, session: Session, admin: Person) -> None:
    client.get("/settings/people/invite")
    client.submit({"people": LIST, "role": "lead"})
    sending = {**client.form("people").filled({}), "confirm": "yes"}
    client.post("/settings/people/invite", data=sending)
    answer = client.post("/settings/people/invite", data=sending)
    assert answer.status_code in {200, 422}
    assert session.scalar(select(func.count(Person.id))) == 3


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"people": ""}, "Paste the people to invite"),
        ({"role": ""}, "Choose a role"),
        ({"people": "nothing of use"}, "Nobody on this list can be invited as it stands"),
        ({"people": "x" * 60_001}, "List must be 60000 characters or fewer"),
        ({"role": "viewer", "is_partner": "y", "confirm": "yes"}, "Only a delivery lead is the lead of a partner"),
    ],
)
def test_a_list_that_cannot_be_taken_says_why(
    client: CheckedClient, session: Session, admin: Person, typed: dict[str, str], words: str
) -> None:
    client.get("/settings/people/invite")
    sending = {**client.form("people").filled({"people": LIST, "role": "lead"}), **typed}
    answer = client.post("/settings/people/invite", data=sending)
    assert answer.status_code == 422
    assert words in client.text.replace(",", "") or words in client.text
    assert session.scalar(select(func.count(Person.id))) == 1


def test_a_link_is_made_anew_and_taken_back_on_the_person_s_page(
    client: CheckedClient, session: Session, admin: Person
) -> None:
    person = a_person(session, Role.LEAD, "Priya Nair")
    session.commit()
    client.get(f"/settings/people/{person.id}")
    client.submit(button="Make a link to set a password")
    assert client.heading == "Link for Priya Nair"
    first = next(code.text or "" for code in client.page.iter("code")).removeprefix("http://localhost")
    client.get(f"/settings/people/{person.id}")
    assert "Works once until" in client.text
    client.submit(button="Make a link to set a password")
    assert client.get(first).status_code == 410
    client.get(f"/settings/people/{person.id}")
    client.submit(button="Take it back")
    assert "Link taken back: Priya Nair" in client.text
    assert session.scalars(select(Invitation.withdrawn_at)).all().count(None) == 0


def test_an_administrator_signs_somebody_out_everywhere(client: CheckedClient, session: Session, admin: Person) -> None:
    person = a_person(session, Role.LEAD, "Priya Nair")
    session.commit()
    other = CheckedClient(client.application)
    other.sign_in(person)
    client.get(f"/settings/people/{person.id}")
    client.submit(button="Sign out everywhere")
    assert "Signed out everywhere: Priya Nair" in client.text
    assert other.get("/my/settings").status_code == 302
    client.get(f"/settings/people/{admin.id}")
    client.submit(button="Sign out everywhere")
    assert client.get("/settings").status_code == 200
