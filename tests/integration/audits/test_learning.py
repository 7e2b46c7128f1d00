"""Practice alerts, learning messages and "you said, we did" through HTTP, with what each refuses."""

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_theme
from tests.support.builders.other_evidence import a_message, an_alert, something_said
from tests.support.builders.people import a_person, a_unit, an_organisation
from tests.support.checked_client import CheckedClient
from tracker.audits.models import PracticeAlert
from tracker.audits.rules.other_words import AlertState
from tracker.people.models import Person
from tracker.people.rules import Role, UnitKind

SECRET = "The same step was not begun twice."


@pytest.fixture
def marcus(client: CheckedClient, session: Session) -> Person:
    an_organisation(session)
    a_theme(session)
    person = a_person(session, Role.MODERATOR, "Marcus Bell")
    session.commit()
    client.sign_in(person)
    return person


def state(session: Session) -> AlertState:
    session.expire_all()
    return session.scalars(select(PracticeAlert.state)).one()


def test_an_alert_is_recorded_answered_sent_back_answered_again_and_closed(
    client: CheckedClient, marcus: Person, session: Session
) -> None:
    team, theme = a_unit(session, "South Team", kind=UnitKind.TEAM), a_theme(session, "drift")
    session.commit()
    client.get("/alerts/new")
    asked = {"source": "iro", "theme": str(theme.id), "unit": str(team.id), "raised_on": "25 nov 2026", "words": SECRET}
    assert client.submit({**asked, "raised_on": "1 jan 2099"}).status_code == 422
    client.submit(asked)
    assert client.heading == "Practice alert: Drift, delay and permanence, South Team"
    address = client.answer.request.path if client.answer else ""
    assert client.submit({"answer": ""}, button="Keep this answer").status_code == 422
    client.submit({"answer": "A plan is begun."}, button="Keep this answer")
    assert state(session) is AlertState.ANSWERED
    client.get(address)
    client.submit({}, button="No, ask for another answer")
    assert state(session) is AlertState.OPEN
    client.get(address)
    assert "The answer that was not enough" in client.text
    client.submit({"answer": "It is done."}, button="Keep this answer")
    client.get(address)
    client.submit({}, button="Yes, close the alert")
    assert state(session) is AlertState.CLOSED
    assert "Closed 26 Nov 2026" in client.text


def test_alerts_are_the_moderators_alone_and_opening_one_is_logged(
    app: Flask, client: CheckedClient, marcus: Person, session: Session
) -> None:
    alert = an_alert(session, by=marcus)
    people = {role: a_person(session, role, f"Person {role}") for role in Role if role is not Role.MODERATOR}
    session.commit()
    for role, person in people.items():
        other = CheckedClient(app)
        other.sign_in(person)
        for page in ("/alerts", "/alerts.csv", "/alerts/new", f"/alerts/{alert.public_id}"):
            assert other.get(page).status_code == 403, (role, page)
        if role not in {Role.VIEWER, Role.ADMIN}:
            other.get("/themes/drift")
            assert "Practice alert" not in other.text
            assert SECRET not in other.text
    assert SECRET not in client.get("/alerts").text
    assert SECRET in client.get(f"/alerts/{alert.public_id}").text
    last = session.execute(text("SELECT act, subject_kind FROM log_entry ORDER BY number DESC LIMIT 1")).one()
    assert tuple(last) == ("opened", "practice_alert")
    client.get("/themes/drift")
    assert "Practice alert: Team of drift Waiting for an answer" in client.text


def test_a_learning_message_gets_what_changed_after_it(client: CheckedClient, marcus: Person, session: Session) -> None:
    message = a_message(session, by=marcus)
    session.commit()
    client.get("/learning")
    assert "What changed is not known yet" in client.text
    client.get(f"/learning/{message.public_id}")
    assert client.submit({"changed": "More plans quote the child."}).status_code == 422
    assert "Say what, and since which day: both or neither" in client.text
    client.submit({"changed": "More plans quote the child.", "changed_day": "20 nov 2026"})
    assert "What changed, since 20 Nov 2026" in client.text
    client.get("/themes/voice")
    assert "Learning message: practitioners" in client.text


def test_what_people_said_waits_for_what_was_done(client: CheckedClient, marcus: Person, session: Session) -> None:
    kept = something_said(session, by=marcus)
    session.commit()
    client.get("/you-said")
    assert "We are still working on this." in client.text
    client.get(f"/you-said/{kept.public_id}")
    assert client.submit({"did": "One form went.", "did_on": "1 jan 2026"}).status_code == 422
    assert "This day must not be before the other" in client.text
    client.submit({"did": "One form went.", "did_on": "20 nov 2026"})
    assert "One form went." in client.text
    assert "We are still working on this." not in client.text


def test_an_older_page_writes_nothing_over(client: CheckedClient, marcus: Person, app: Flask, session: Session) -> None:
    kept = something_said(session, by=marcus)
    session.commit()
    address = f"/you-said/{kept.public_id}"
    second = CheckedClient(app)
    second.sign_in(marcus)
    client.get(address)
    second.get(address)
    client.submit({"said": "Three forms ask the same."})
    assert second.submit({"said": "Four forms ask the same."}).status_code == 409
    assert "What is stored now" in second.text
    assert "Three forms ask the same." in second.text
