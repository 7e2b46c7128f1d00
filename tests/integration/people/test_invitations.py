"""Links by which people set a password: once, for 72 hours, and never revealing whom they are for."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import A_THURSDAY
from tests.support.builders.people import a_person
from tests.support.checked_client import CheckedClient
from tracker.core.changelog.tables import log_payload
from tracker.core.problems import Conflict, Invalid
from tracker.people import commands, queries
from tracker.people.models import Invitation, Person
from tracker.people.rules import InvitationKind, Role

ClockAt = Callable[[date | datetime], datetime]
GOOD = "three invented words of mine"
NEW = InvitationKind.INVITATION


@pytest.fixture
def tom(session: Session) -> Person:
    person = a_person(session, Role.VIEWER, "Tom Baker", email="tom@council.example", password_hash=None)
    session.commit()
    return person


def a_link(session: Session, person: Person, kind: InvitationKind = NEW) -> str:
    code = commands.invite(session, person, kind=kind, by=None)
    session.commit()
    return code


def test_the_link_lets_its_person_choose_a_password_and_in_at_once(
    client: CheckedClient, session: Session, tom: Person
) -> None:
    code = a_link(session, tom)
    client.get(f"/join/{code}")
    assert client.heading == "Choose your password"
    client.submit({"new_password": GOOD})
    assert "Your password is set" in client.text
    assert client.get("/my/settings").status_code == 200


def test_the_password_works_from_then_on_and_the_link_no_more(
    app: Flask, client: CheckedClient, session: Session, tom: Person
) -> None:
    code = a_link(session, tom)
    client.get(f"/join/{code}")
    client.submit({"new_password": GOOD})
    other = CheckedClient(app)
    other.sign_in(tom, GOOD)
    assert other.get("/my/settings").status_code == 200
    assert other.get(f"/join/{code}").status_code == 410
    assert "has been used already" in other.text


def test_opening_a_link_ten_times_uses_nothing_up(client: CheckedClient, session: Session, tom: Person) -> None:
    code = a_link(session, tom)
    for _ in range(10):
        assert client.get(f"/join/{code}").status_code == 200
    session.expire_all()
    assert session.scalars(select(Invitation.used_at)).all() == [None]


@pytest.mark.parametrize("what", ["expired", "withdrawn", "renewed", "deactivated", "unknown"])
def test_a_link_that_is_over_says_so_and_names_nobody(
    client: CheckedClient, session: Session, tom: Person, clock_at: ClockAt, what: str
) -> None:
    clock_at(A_THURSDAY)
    code = a_link(session, tom)
    if what == "expired":
        clock_at(A_THURSDAY + timedelta(hours=72))
    elif what == "withdrawn":
        commands.withdraw_invitation(session, queries.open_invitations(session)[0], by=None)
    elif what == "renewed":
        commands.invite(session, tom, kind=NEW, by=None)
    elif what == "deactivated":
        a_person(session, Role.ADMIN, "Neil Foster")
        commands.deactivate(session, tom, by=None)
    else:
        code = "x" * 43
    session.commit()
    assert client.get(f"/join/{code}").status_code == (404 if what in {"deactivated", "unknown"} else 410)
    assert client.heading == "This link does not work"
    assert "Tom" not in client.text
    assert "tom@" not in client.text
    with pytest.raises(Conflict):
        commands.accept_invitation(session, code, password=GOOD)


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "Enter a password"),
        ("short", "12 characters or more"),
        ("passwordpassword", "too easy to guess"),
        ("tom tom tom baker", "too easy to guess"),
        ("x" * 300, "200 characters or fewer"),
    ],
)
def test_a_weak_password_is_refused_beside_its_field_and_the_link_stays(
    client: CheckedClient, session: Session, tom: Person, password: str, words: str
) -> None:
    code = a_link(session, tom)
    client.get(f"/join/{code}")
    answer = client.submit({"new_password": password})
    assert answer.status_code == 422
    assert words in client.text
    assert client.get(f"/join/{code}").status_code == 200


def test_a_password_of_64_characters_with_spaces_and_accents_is_taken(session: Session, tom: Person) -> None:
    password = ("žluťoučký kůň " * 6)[:64]
    person = commands.accept_invitation(session, a_link(session, tom), password=password)
    assert person.password_expires_at is None


def test_only_a_hash_of_the_code_is_stored_anywhere(session: Session, tom: Person) -> None:
    code = a_link(session, tom)
    assert code not in set(session.scalars(select(Invitation.code_hash)))
    assert not any(code in str(payload) for payload in session.execute(select(log_payload)).all())


def test_a_reset_keeps_the_old_password_until_the_link_is_used_and_then_ends_all_sessions(
    app: Flask, client: CheckedClient, session: Session
) -> None:
    priya = a_person(session, Role.VIEWER, "Priya Nair")
    session.commit()
    client.sign_in(priya)
    code = a_link(session, priya, InvitationKind.RESET)
    assert client.get("/my/settings").status_code == 200
    other = CheckedClient(app)
    other.get(f"/join/{code}")
    other.submit({"new_password": GOOD})
    assert client.get("/my/settings").status_code == 302


def test_nobody_is_invited_who_is_not_active(session: Session) -> None:
    person = a_person(session, Role.VIEWER, "Gone Away", is_active=False)
    with pytest.raises(Invalid, match="not active"):
        commands.invite(session, person, kind=NEW, by=None)


def test_a_used_link_cannot_be_taken_back(session: Session, tom: Person) -> None:
    commands.accept_invitation(session, a_link(session, tom), password=GOOD)
    with pytest.raises(Conflict, match="used already"):
        commands.withdraw_invitation(session, session.scalars(select(Invitation)).one(), by=None)


def test_passwords_cannot_be_tried_on_a_link_without_limit(
    client: CheckedClient, session: Session, tom: Person
) -> None:
    code = a_link(session, tom)
    client.get(f"/join/{code}")
    statuses = [client.submit({"new_password": "short"}).status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]
