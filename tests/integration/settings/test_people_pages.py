"""The settings' pages about people: adding them, their roles, their passwords, and who may look at all."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person, a_unit
from tests.support.builders.plans import a_plan, an_area
from tests.support.checked_client import CheckedClient
from tests.support.queries import queries_of
from tracker.people import queries
from tracker.people.models import Person, RoleGrant
from tracker.people.rules import Role

ClockAt = Callable[[date | datetime], datetime]


@pytest.fixture
def admin(session: Session, client: CheckedClient) -> Person:
    person = a_person(session, Role.ADMIN, "Neil Foster")
    session.commit()
    client.sign_in(person)
    return person


def again(session: Session, person_id: int) -> Person:
    session.expire_all()
    found = queries.person(session, person_id)
    assert found is not None
    return found


def test_the_list_names_everybody_with_roles_and_state(
    client: CheckedClient, session: Session, admin: Person, today: date
) -> None:
    a_person(session, Role.LEAD, "Priya Nair", also=(Role.AUDITOR,))
    a_person(session, Role.OFFICE, "Gone Away", is_active=False)
    a_person(session, Role.OFFICE, "Former Officer", scope={"ends_on": date(2026, 11, 25)})
    session.commit()
    client.get("/settings/people")
    assert client.heading == "People and roles"
    for words in ("4 people", "Delivery lead, Auditor", "Not active", "No role"):
        assert words in client.text


def test_somebody_is_added_with_a_role_and_gets_a_link_that_is_shown_once(
    app: Flask, client: CheckedClient, session: Session, admin: Person
) -> None:
    plan, unit = a_plan(session, title="Plan for 2026"), a_unit(session)
    session.commit()
    client.get("/settings/people/new")
    facts = {"name": "Ann Lee", "email": "ann@council.example", "post": "Head of service", "unit": str(unit.id)}
    client.submit({**facts, "role": "lead", "scope": f"plan:{plan.id}"})
    assert client.heading == "Invitation for Ann Lee"
    link = next(element.text for element in client.page.iter("code"))
    assert link
    person = queries.person_by_email(session, "ann@council.example")
    assert person is not None
    assert (person.unit_id, person.created_by) == (unit.id, admin.id)
    assert [(grant.role, grant.plan_id) for grant in person.grants] == [(Role.LEAD, plan.id)]
    client.get(f"/settings/people/{person.id}")
    assert link not in client.text
    other = CheckedClient(app)
    other.get(link.removeprefix("http://localhost"))
    assert other.heading == "Choose your password"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "Enter a name"),
        ({"name": "x" * 121}, "Name must be 120 characters or fewer (you have 121)"),
        ({"email": ""}, "Enter an e-mail address"),
        ({"email": "ann"}, "Enter an e-mail address, like name@council.example"),
        ({"email": "neil.taken@council.example"}, "There is already a person with this e-mail address"),
        ({"post": "x" * 121}, "Post must be 120 characters or fewer (you have 121)"),
        ({"role": "king"}, "Choose one from the list"),
        ({"role": ""}, "Choose a role"),
        ({"scope": "plan:999"}, "Choose one from the list"),
        ({"scope": "unit:x"}, "Choose one from the list"),
        ({"unit": "999"}, "Choose one from the list"),
        ({"is_chair": "y"}, "Only an assurance member is chair or scribe"),
        ({"ends_on": "31 Feb 2027"}, "31 Feb 2027 is not a real date"),
        ({"ends_on": "Q4"}, "Enter one day, for example 15 Jan 2027"),
        ({"ends_on": "1 Jan 2020"}, "The last day must be on or after the first"),
        ({"name": "A\x00" * 2_000}, "Name must be 120 characters or fewer"),
    ],
)
def test_wrong_answers_stand_beside_their_field_and_add_nobody(
    client: CheckedClient, session: Session, admin: Person, typed: dict[str, str], words: str
) -> None:
    a_person(session, Role.VIEWER, "Taken", email="neil.taken@council.example")
    session.commit()
    client.get("/settings/people/new")
    right = {"name": "Ann Lee", "email": "ann@council.example", "role": "lead"}
    answer = client.post("/settings/people/new", data={**client.form("name").filled(right), **typed})
    assert answer.status_code in {409, 422}
    assert words in client.text
    assert session.scalar(select(func.count()).select_from(Person)) == 2


def test_a_role_is_given_and_ended_on_the_person_s_page(client: CheckedClient, session: Session, admin: Person) -> None:
    person = a_person(session, Role.LEAD)
    session.commit()
    client.get(f"/settings/people/{person.id}")
    client.submit({"role": "assurance", "is_chair": "y", "ends_on": "15 jan 2027"})
    assert "Role given: Assurance member" in client.text
    assert "Assurance member, chair" in client.text
    assert "15 Jan 2027" in client.text
    client.post(f"/settings/roles/{again(session, person.id).grants[0].id}/end", data=client.form("role").filled({}))
    roles = {grant.role: grant.ends_on for grant in again(session, person.id).grants}
    assert roles == {Role.LEAD: date(2026, 11, 25), Role.ASSURANCE: date(2027, 1, 15)}


def test_a_role_that_is_held_already_is_said_beside_the_choice(
    client: CheckedClient, session: Session, admin: Person
) -> None:
    person = a_person(session, Role.LEAD)
    session.commit()
    client.get(f"/settings/people/{person.id}")
    answer = client.submit({"role": "lead"})
    assert answer.status_code == 409
    assert "Priya Nair has this role already" in client.text


def test_nobody_gives_a_role_to_themselves(client: CheckedClient, session: Session, admin: Person) -> None:
    client.get(f"/settings/people/{admin.id}")
    answer = client.submit({"role": "office"})
    assert answer.status_code == 422
    assert "You cannot give a role to yourself. Ask another administrator" in client.text
    assert [grant.role for grant in again(session, admin.id).grants] == [Role.ADMIN]


def test_whoever_ends_a_role_of_their_own_stays_signed_in(
    client: CheckedClient, session: Session, admin: Person
) -> None:
    a_person(session, Role.ADMIN, "Another Administrator")
    office = RoleGrant(person_id=admin.id, role=Role.OFFICE, starts_on=date(2026, 1, 1))
    session.add(office)
    session.commit()
    client.get(f"/settings/people/{admin.id}")
    client.post(f"/settings/roles/{office.id}/end", data=client.form("role").filled({}), follow_redirects=True)
    assert "Role ended: Programme office" in client.text
    assert client.get("/settings/people").status_code == 200


@pytest.mark.parametrize("act", ["deactivate", "role"])
def test_the_last_administrator_is_kept_with_a_sentence(
    client: CheckedClient, session: Session, admin: Person, act: str
) -> None:
    client.get(f"/settings/people/{admin.id}")
    sending = client.form("role").filled({})
    grant = f"/settings/roles/{again(session, admin.id).grants[0].id}/end"
    answer = client.post(grant if act == "role" else f"/settings/people/{admin.id}/deactivate", data=sending)
    assert answer.status_code == 409
    assert "This is the last active administrator" in client.text
    stored = again(session, admin.id)
    assert stored.is_active
    assert stored.grants[0].ends_on is None


def test_a_person_is_deactivated_and_let_in_again(client: CheckedClient, session: Session, admin: Person) -> None:
    person = a_person(session, Role.LEAD)
    session.commit()
    client.get(f"/settings/people/{person.id}")
    client.submit(button="Deactivate")
    assert "Deactivated: Priya Nair" in client.text
    assert not again(session, person.id).is_active
    client.submit(button="Let sign in again")
    assert "Active again: Priya Nair" in client.text
    assert again(session, person.id).is_active


@pytest.mark.parametrize("scope", ["area", "plan", "unit"])
def test_a_role_is_given_for_a_part_and_a_time(
    client: CheckedClient, session: Session, admin: Person, scope: str
) -> None:
    area, unit = an_area(session, a_plan(session, title="Plan for 2026")), a_unit(session)
    ids = {"area": area.id, "plan": area.plan_id, "unit": unit.id}
    person = a_person(session, None, "Ann Lee")
    session.commit()
    client.get(f"/settings/people/{person.id}")
    client.submit(
        {"role": "lead", "scope": f"{scope}:{ids[scope]}", "starts_on": "1 Dec 2026", "ends_on": "1 Dec 2027"}
    )
    names = {"area": "1 Reasonable workloads (Plan for 2026)", "plan": "Plan for 2026", "unit": "North Team"}
    assert names[scope] in client.text
    (grant,) = again(session, person.id).grants
    assert getattr(grant, f"{scope}_id") == ids[scope]
    assert (grant.starts_on, grant.ends_on) == (date(2026, 12, 1), date(2027, 12, 1))


def test_two_changes_at_once_lose_no_words(client: CheckedClient, session: Session, admin: Person) -> None:
    person = a_person(session, Role.LEAD, "Priya Nair")
    session.commit()
    client.get(f"/settings/people/{person.id}/change")
    again(session, person.id).post = "Assistant director"
    session.commit()
    answer = client.submit({"name": "Priya Nair-Jones"})
    assert answer.status_code == 409
    assert "Assistant director" in client.text
    assert client.form("name").sent["name"] == ["Priya Nair-Jones"]
    client.submit({})
    assert "Saved: Priya Nair-Jones" in client.text


@pytest.mark.parametrize("number", ["0", "999999999", "99999999999999999999", "x", "-1"])
@pytest.mark.parametrize("address", ["/settings/people/{}", "/settings/people/{}/change"])
def test_nobody_of_that_number_is_not_found(client: CheckedClient, admin: Person, address: str, number: str) -> None:
    assert client.get(address.format(number)).status_code == 404


def test_a_page_of_people_asks_the_same_of_the_database_for_few_and_many(
    client: CheckedClient, session: Session, admin: Person, engine: Engine
) -> None:
    counts = []
    for many in (5, 150):
        for number in range(many):
            a_person(session, Role.LEAD, f"Person {number}", email=f"p{many}.{number}@council.example")
        session.commit()
        with queries_of(engine) as asked:
            client.get("/settings/people")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12
    assert "1 to 100 of 156" in client.text
    client.get("/settings/people?page=2")
    assert "101 to 156 of 156" in client.text
    for page in ("99", "0", "x", "-1", "9" * 30):
        assert client.get(f"/settings/people?page={page}").status_code == 200
