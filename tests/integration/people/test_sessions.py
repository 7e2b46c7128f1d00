"""How long a session lasts and what ends it: time, a new password, a changed role, deactivation."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.conftest import A_THURSDAY
from tests.support.builders.people import a_person
from tests.support.checked_client import PASSWORD, CheckedClient
from tracker.people import commands, queries
from tracker.people.models import Person
from tracker.people.rules import Role

ClockAt = Callable[[date | datetime], datetime]
NEW = "three random words"


@pytest.fixture
def priya(session: Session) -> Person:
    a_person(session, Role.ADMIN, "Neil Foster")
    person = a_person(session, Role.VIEWER, email="priya@council.example")
    session.commit()
    return person


def is_signed_in(client: CheckedClient) -> bool:
    return client.get("/my/settings").status_code == 200


def test_half_an_hour_without_use_ends_a_session_and_says_so(
    client: CheckedClient, priya: Person, clock_at: ClockAt
) -> None:
    client.sign_in(priya)
    clock_at(A_THURSDAY + timedelta(minutes=30))
    assert is_signed_in(client)
    clock_at(A_THURSDAY + timedelta(minutes=61))
    client.get("/my/settings", follow_redirects=True)
    assert client.heading == "Sign in"
    assert "You were signed out. That happens after 30 minutes without use" in client.text


def test_eight_hours_end_a_session_that_is_used_all_the_time(
    client: CheckedClient, priya: Person, clock_at: ClockAt
) -> None:
    client.sign_in(priya)
    for minutes in range(25, 8 * 60, 25):
        clock_at(A_THURSDAY + timedelta(minutes=minutes))
        assert is_signed_in(client)
    clock_at(A_THURSDAY + timedelta(hours=8, seconds=1))
    assert not is_signed_in(client)


@pytest.mark.parametrize(("minutes", "warns"), [(7 * 60 + 44, False), (7 * 60 + 45, True), (7 * 60 + 59, True)])
def test_every_page_of_the_last_quarter_of_an_hour_says_when_it_ends_and_what_to_do(
    client: CheckedClient, priya: Person, clock_at: ClockAt, minutes: int, warns: bool
) -> None:
    client.sign_in(priya)
    for passed in [*range(25, minutes, 25), minutes]:
        clock_at(A_THURSDAY + timedelta(minutes=passed))
        assert is_signed_in(client)
    for address in ("/my/settings", "/help", "/plans"):
        client.get(address)
        assert ("You will be signed out at 18:44" in client.text) == warns
        assert ("That is 8 hours after you signed in. Save what you are writing" in client.text) == warns
    assert next(client.page.iter("body")).get("data-minutes-left") == str(480 - minutes)


def test_who_has_ended_the_session_is_warned_of_nothing(
    client: CheckedClient, priya: Person, clock_at: ClockAt
) -> None:
    client.sign_in(priya)
    clock_at(A_THURSDAY + timedelta(hours=7, minutes=50))
    client.get("/help")
    assert "You will be signed out" not in client.text


def test_a_session_of_no_known_age_is_none(client: CheckedClient, priya: Person) -> None:
    client.sign_in(priya)
    with client.session_transaction() as kept:
        kept["seen_at"] = "yesterday"
    assert not is_signed_in(client)


@pytest.mark.parametrize("what", ["deactivate", "role given", "role ended", "password reset"])
def test_what_changes_a_person_s_rights_ends_their_sessions_at_once(
    client: CheckedClient, session: Session, priya: Person, what: str
) -> None:
    client.sign_in(priya)
    assert is_signed_in(client)
    person = queries.person(session, priya.id)
    assert person is not None
    if what == "deactivate":
        commands.deactivate(session, person, by=None)
    elif what == "role given":
        commands.grant_role(session, person, Role.OFFICE, by=None)
    elif what == "role ended":
        commands.end_role(session, person.grants[0], by=None)
    else:
        commands.reset_password(session, person, by=None)
    session.commit()
    assert not is_signed_in(client)


def test_a_new_password_keeps_this_session_and_ends_the_others(
    app: Flask, client: CheckedClient, session: Session, priya: Person
) -> None:
    other = CheckedClient(app)
    for each in (client, other):
        each.sign_in(priya)
        assert is_signed_in(each)
    client.submit({"present_password": PASSWORD, "new_password": NEW})
    assert "Password changed" in client.text
    assert is_signed_in(client)
    assert not is_signed_in(other)
    other.sign_in(priya, NEW)
    assert is_signed_in(other)


@pytest.mark.parametrize(
    ("present", "new", "words"),
    [
        ("wrong, wrong, wrong", NEW, "Check your present password"),
        (PASSWORD, "short", "Your password must be 12 characters or more"),
        (PASSWORD, "passwordpassword", "This password is too easy to guess"),
        (PASSWORD, PASSWORD, "Choose a password that you do not have now"),
        (PASSWORD, "x" * 500, "Your password must be 200 characters or fewer"),
        ("", "", "Enter your present password"),
    ],
)
def test_a_password_that_cannot_be_changed_says_why(
    client: CheckedClient, priya: Person, present: str, new: str, words: str
) -> None:
    client.sign_in(priya)
    client.get("/my/settings")
    answer = client.submit({"present_password": present, "new_password": new})
    assert answer.status_code == 422
    assert words in client.text
    assert present not in answer.text or not present


def test_a_first_password_must_be_changed_before_anything_else_and_leads_home(
    client: CheckedClient, session: Session, priya: Person
) -> None:
    first = commands.reset_password(session, priya, by=None)
    session.commit()
    client.sign_in(priya, first)
    assert client.heading == "My settings"
    assert client.get("/search?q=1.1").location == "/my/settings"
    client.get("/my/settings")
    client.submit({"present_password": first, "new_password": NEW}, follow=True)
    assert client.heading == "Plans"
    assert "Password changed" in client.text
    assert client.get("/search?q=caseload").status_code == 200


def test_a_first_password_is_worthless_after_a_week(
    client: CheckedClient, session: Session, priya: Person, clock_at: ClockAt
) -> None:
    first = commands.reset_password(session, priya, by=None)
    session.commit()
    clock_at(A_THURSDAY + timedelta(days=7))
    client.sign_in(priya, first)
    assert "Check your e-mail address and password" in client.text
