"""The organisation's colour and ways, several meetings at once, and the first steps of a new installation."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_body, a_meeting, a_person, an_organisation
from tests.support.builders.plans import a_plan
from tests.support.checked_client import CheckedClient
from tracker.core import clock
from tracker.people.models import Body, BodyMeeting, Organisation, Person
from tracker.people.rules import Role
from tracker.plans.queries.first_run import first_run_checklist
from tracker.plans.queries.window import update_window


@pytest.fixture
def admin(session: Session, client: CheckedClient, today: date) -> Person:
    person = a_person(session, Role.ADMIN, "Neil Foster")
    session.commit()
    client.sign_in(person)
    return person


def test_a_colour_is_checked_told_and_served_as_a_style_sheet(
    client: CheckedClient, session: Session, admin: Person
) -> None:
    an_organisation(session)
    session.commit()
    client.get("/settings/organisation")
    client.submit({"colour": "#7A1FA2"})
    assert "White on the colour has a contrast of 8.2 to 1; 4.5 to 1 is asked for." in client.text
    links = [link.get("href", "") for link in client.page.iter("link")]
    sheet = next(link for link in links if "organisation.css" in link)
    answer = client.get(sheet)
    assert answer.text == ":root { --brand: #7a1fa2; --on-brand-2: #ffffff; }\n"
    assert (answer.mimetype, answer.headers["X-Content-Type-Options"]) == ("text/css", "nosniff")
    again = client.get(sheet, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"colour": "#ffc21a"}, "White on #ffc21a has a contrast of 1.6 to 1. It must be 4.5 to 1 or more"),
        ({"colour": "red; } body {"}, "Enter a colour as # and six digits"),
        ({"updates_open_days": "2"}, "Enter a whole number from 3 to 40"),
        ({"updates_open_days": "many"}, "Enter a whole number from 3 to 40"),
    ],
)
def test_what_cannot_be_set_is_said_beside_its_field(
    client: CheckedClient, session: Session, admin: Person, typed: dict[str, str], words: str
) -> None:
    an_organisation(session)
    session.commit()
    client.get("/settings/organisation")
    answer = client.submit(typed)
    assert answer.status_code == 422
    assert words in client.text
    session.expire_all()
    assert session.scalars(select(Organisation.colour)).one() == ""


def test_updates_open_as_many_working_days_before_as_the_organisation_says(session: Session, today: date) -> None:
    a_meeting(session, a_body(session), date(2026, 12, 10))
    assert update_window(session).opens_on == date(2026, 11, 19)
    an_organisation(session, updates_open_days=5)
    assert update_window(session).opens_on is None
    session.scalars(select(Organisation)).one().updates_open_days = 10
    assert update_window(session).opens_on == today


def test_several_meetings_are_looked_at_and_then_added(client: CheckedClient, session: Session, admin: Person) -> None:
    body = a_body(session)
    a_meeting(session, body, date(2027, 2, 25))
    session.commit()
    client.get(f"/settings/bodies/{body.id}/meetings")
    client.submit({"first": "24 Dec 2026", "cycle": "monthly", "number": "3"})
    for words in (
        "3 meetings to add",
        "Thursday 28 January 2027",
        "In the calendar already",
        "5pm on Monday 21 December",
    ):
        assert words in client.text
    assert session.scalars(select(BodyMeeting.day)).all() == [date(2027, 2, 25)]
    client.submit({}, button="Add these meetings")
    assert "2 meetings of Assurance meeting added" in client.text
    session.expire_all()
    days = session.scalars(select(BodyMeeting.day).order_by(BodyMeeting.day)).all()
    assert days == [date(2026, 12, 24), date(2027, 1, 28), date(2027, 2, 25)]


def test_an_empty_service_is_set_up_step_by_step(client: CheckedClient, session: Session, admin: Person) -> None:
    client.get("/settings")
    assert "First steps: 4 steps still to do." in client.text
    client.get("/settings/first-run/organisation")
    assert "Step 2 of 5" in client.text
    client.submit({"name": "Northmoor Council", "colour": "#123c5a"})
    assert client.heading == "Invite the programme office"
    client.submit({"name": "Ola Berg", "email": "ola@council.example"})
    assert client.heading == "Invitation for Ola Berg"
    client.follow("I have passed it on")
    assert client.heading == "Your plan"
    client.submit()
    assert client.heading == "The next meeting"
    client.submit({"day": "15 Jan 2027"})
    assert client.heading == "First steps"
    session.expire_all()
    assert [step.is_done for step in first_run_checklist(session)] == [True, True, True, False, True]
    assert session.scalars(select(Body.name)).all() == ["Assurance meeting"]


def test_every_step_may_be_skipped(client: CheckedClient, session: Session, admin: Person) -> None:
    client.get("/settings/first-run/organisation")
    headings = [client.heading]
    for _ in range(4):
        client.follow("Skip this step")
        headings.append(client.heading)
    assert headings == [
        "Your organisation",
        "Invite the programme office",
        "Your plan",
        "The next meeting",
        "First steps",
    ]
    assert session.scalars(select(Organisation)).all() == []


def test_the_checklist_goes_when_all_is_done(client: CheckedClient, session: Session, admin: Person) -> None:
    an_organisation(session)
    a_person(session, Role.OFFICE, "Ola Berg")
    a_plan(session)
    a_meeting(session, a_body(session), clock.today())
    session.commit()
    client.get("/settings")
    assert "First steps" not in client.text
