"""Asking leads by e-mail: chosen, shown, confirmed, once a week, and harmless when sent twice or too late."""

from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_body, a_meeting, a_person
from tests.support.builders.plans import a_plan, an_action, an_update
from tests.support.checked_client import CheckedClient
from tests.support.queries import queries_of
from tracker.core import clock
from tracker.core.changelog import acting
from tracker.extensions import mail_desk
from tracker.notices.commands.chasing import chase
from tracker.notices.models import Notice
from tracker.notices.rules.vocabulary import NoticeKind, NoticeState
from tracker.people import queries
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.models import Action, Plan

SEND = "/office/chase/send"


@pytest.fixture
def town(client: CheckedClient, session: Session) -> dict[str, Person]:
    """Two leads who owe updates, and the office signed in, a week before updates close."""
    body = a_body(session)
    a_meeting(session, body, date(2026, 8, 27), is_held=True)
    a_meeting(session, body, date(2026, 12, 10), updates_close_at=datetime(2026, 12, 4, 17, tzinfo=UTC))
    plan = a_plan(session, approved_on="2026-07-01")
    people = {"Tom": a_person(session, Role.LEAD, "Tom Whitcombe"), "Grace": a_person(session, Role.LEAD, "Grace Ade")}
    for person in people.values():
        an_action(session, plan, title=f"Work of {person.name}", lead=person)
    people["office"] = a_person(session, Role.OFFICE, "Daniel Hughes")
    session.commit()
    client.sign_in(people["office"])
    return people


def chased(session: Session) -> list[Notice]:
    session.expire_all()
    return list(session.scalars(select(Notice).where(Notice.kind == NoticeKind.CHASE).order_by(Notice.id)))


def ask(client: CheckedClient, *people: Person, again: bool = False) -> None:
    client.get(SEND, query_string={"person": [person.id for person in people], "again": "1" if again else ""})


def test_everybody_who_owes_something_is_chosen_shown_confirmed_and_asked(
    client: CheckedClient, session: Session, town: dict[str, Person]
) -> None:
    client.get("/office/chase")
    assert "The e-mail to Grace Ade" in client.text
    assert "Subject: 1.2 Work of Grace Ade: your update is due by 5pm on Friday 4 December" in client.text
    client.submit(button="Go on to send")
    assert client.heading == "Send 2 e-mails?"
    assert chased(session) == []
    client.submit(button="Send 2 e-mails")
    assert "2 e-mails on the way" in client.text
    assert "Asked so far: 2" in client.text
    assert "Daniel Hughes" in client.text
    assert [(one.person_id, one.state, one.created_by) for one in chased(session)] == [
        (person.id, NoticeState.WAITING, town["office"].id) for person in (town["Grace"], town["Tom"])
    ]


def test_the_mail_shown_is_the_mail_sent(client: CheckedClient, session: Session, town: dict[str, Person]) -> None:
    client.get(f"/office/chase?shown={town['Tom'].id}")
    shown = client.text
    ask(client, town["Tom"])
    client.submit(button="Send 1 e-mail")
    assert " ".join(chased(session)[0].text.split()) in shown


def test_the_same_form_twice_asks_once(client: CheckedClient, session: Session, town: dict[str, Person]) -> None:
    ask(client, town["Tom"])
    sending = client.form("form_token").filled({})
    for _ in range(2):
        assert client.post(SEND, data=sending).status_code == 303
    assert len(chased(session)) == 1


def test_nobody_is_asked_twice_in_a_week_unless_it_is_meant(
    client: CheckedClient, session: Session, town: dict[str, Person]
) -> None:
    ask(client, town["Tom"])
    client.submit(button="Send 1 e-mail")
    ask(client, town["Tom"])
    assert "Asked within the last week: Tom Whitcombe" in client.text
    client.submit(button="Send 1 e-mail")
    assert client.answer is not None
    assert client.answer.status_code == 422
    assert "Tick the box to ask again" in client.text
    assert len(chased(session)) == 1
    client.submit({"again": "1"}, button="Send 1 e-mail")
    assert len(chased(session)) == 2
    assert chased(session)[1].subject == "Reminder: 1 of your 1 update is still missing"


def test_after_a_week_they_may_be_asked_again(client: CheckedClient, session: Session, town: dict[str, Person]) -> None:
    ask(client, town["Tom"])
    client.submit(button="Send 1 e-mail")
    with clock.at(clock.now() + timedelta(days=7)):
        client.sign_in(town["office"])
        ask(client, town["Tom"])
        client.submit(button="Send 1 e-mail")
    assert len(chased(session)) == 2


def test_who_has_answered_meanwhile_is_not_asked(
    client: CheckedClient, session: Session, town: dict[str, Person]
) -> None:
    ask(client, town["Tom"])
    action = session.scalars(select(Action).where(Action.ref == "1.1")).one()
    an_update(session, action, by=town["Tom"])
    session.commit()
    client.submit(button="Send 1 e-mail")
    assert "Tom Whitcombe has nothing due any more" in client.text
    assert chased(session) == []


@pytest.mark.both_databases
def test_two_of_the_office_at_once_ask_a_lead_once(
    client: CheckedClient, app: Flask, session: Session, town: dict[str, Person]
) -> None:
    ask(client, town["Tom"])
    sending = client.form("form_token").filled({})
    olive = a_person(session, Role.OFFICE, "Olive Ward").id
    session.commit()
    other = queries.person(session, olive)
    assert other is not None
    with app.app_context(), acting(f"person:{other.id}"):
        chase(session, [town["Tom"].id], mail_desk(None), again=False, form_token="of-another-form", by=other)
        pressed = Thread(target=client.post, args=[SEND], kwargs={"data": sending})
        pressed.start()
        pressed.join(0.7)  # it waits for the other now, having read what it reads before that
        session.commit()
    pressed.join()
    assert client.answer is not None
    assert client.answer.status_code == 422
    assert "Tom Whitcombe was asked within the last week" in client.text
    assert len(chased(session)) == 1


def test_asking_many_reads_no_more_than_asking_few(
    client: CheckedClient, session: Session, engine: Engine, town: dict[str, Person]
) -> None:
    plan = session.scalars(select(Plan)).one()
    others = [a_person(session, Role.LEAD, f"Lead {number:02}") for number in range(20)]
    for person in others:
        an_action(session, plan, lead=person)
    session.commit()
    reads = []
    for people in (others[:2], others[2:]):
        ask(client, *people)
        sending = client.form("form_token").filled({"person": [str(person.id) for person in people]})
        with queries_of(engine) as asked:
            assert client.post(SEND, data=sending).status_code == 303
        reads.append(sum(statement.lstrip().startswith("SELECT") for statement in asked))
    assert len(chased(session)) == 20
    assert reads[0] == reads[1]
    assert reads[0] <= 12


@pytest.mark.parametrize("person", ["", "0", "-1", "x", "9" * 30, "\x00", "999999"])
def test_who_is_nobody_gets_no_mail(
    client: CheckedClient, session: Session, town: dict[str, Person], person: str
) -> None:
    client.get(SEND, query_string={"person": person}, follow_redirects=True)
    assert "Nobody was chosen, so nothing was sent" in client.text
    assert chased(session) == []


def test_a_server_without_mail_says_so(client: CheckedClient, town: dict[str, Person]) -> None:
    client.get("/office/chase")
    assert "E-mail is not set up on this server" in client.text
