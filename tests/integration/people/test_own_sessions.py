"""Where one is signed in: listed under my settings, ended one by one or together, written at most once a minute."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from tests.conftest import A_THURSDAY
from tests.support.builders.people import a_person
from tests.support.checked_client import CheckedClient
from tests.support.queries import queries_of
from tracker.people.models import Person, PersonSession
from tracker.people.rules import Role

ClockAt = Callable[[date | datetime], datetime]
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def priya(session: Session, clock_at: ClockAt) -> Person:
    clock_at(A_THURSDAY)
    person = a_person(session, Role.VIEWER, "Priya Nair")
    session.commit()
    return person


@pytest.fixture
def two(app: Flask, priya: Person) -> tuple[CheckedClient, CheckedClient]:
    """Two browsers of the same person."""
    browsers = CheckedClient(app), CheckedClient(app)
    browsers[1].environ_base["HTTP_USER_AGENT"] = FIREFOX
    for browser in browsers:
        browser.sign_in(priya)
    return browsers


def is_signed_in(client: CheckedClient) -> bool:
    return client.get("/my/settings").status_code == 200


def test_a_new_sign_in_ends_no_other_and_both_are_listed(two: tuple[CheckedClient, CheckedClient]) -> None:
    first, _ = two
    assert is_signed_in(first)
    for words in ("Where you are signed in", "This browser", "Firefox on Windows", "127.0.0.…"):
        assert words in first.text


def test_one_other_session_is_ended(two: tuple[CheckedClient, CheckedClient]) -> None:
    first, second = two
    assert is_signed_in(first)
    first.submit(button="Sign out there")
    assert "Signed out: Firefox on Windows" in first.text
    assert not is_signed_in(second)
    assert is_signed_in(first)


def test_all_other_sessions_are_ended_at_once(two: tuple[CheckedClient, CheckedClient]) -> None:
    first, second = two
    assert is_signed_in(first)
    first.submit(button="Sign out everywhere else")
    assert "Signed out of 1 other browser" in first.text
    assert not is_signed_in(second)
    assert is_signed_in(first)


def test_signing_out_ends_this_session_on_the_server_and_no_other(two: tuple[CheckedClient, CheckedClient]) -> None:
    first, second = two
    is_signed_in(first)
    kept = first.get_cookie("tracker")
    assert kept is not None
    first.post("/sign-out", data={"csrf_token": first.form("new_password").sent["csrf_token"][0]})
    first.set_cookie("tracker", kept.value)
    assert not is_signed_in(first)
    assert is_signed_in(second)


def test_nobody_ends_a_session_of_somebody_else(
    app: Flask, session: Session, two: tuple[CheckedClient, CheckedClient]
) -> None:
    stranger = CheckedClient(app)
    stranger.sign_in(a_stranger(session))
    is_signed_in(stranger)
    sending = {"csrf_token": stranger.form("new_password").sent["csrf_token"][0]}
    for number in session.scalars(select(PersonSession.id)).all():
        stranger.post(f"/my/sessions/{number}/end", data=sending)
    assert all(is_signed_in(browser) for browser in two)


def a_stranger(session: Session) -> Person:
    person = a_person(session, Role.VIEWER, "Some Stranger")
    session.commit()
    return person


def test_only_a_hash_of_the_key_is_stored(client: CheckedClient, session: Session, priya: Person) -> None:
    client.sign_in(priya)
    with client.session_transaction() as kept:
        key = kept["key"]
    assert len(key) >= 43
    assert key not in str(session.execute(select(PersonSession.__table__)).all())


def test_being_seen_is_written_once_a_minute_at_most(
    client: CheckedClient, session: Session, engine: Engine, priya: Person, clock_at: ClockAt
) -> None:
    client.sign_in(priya)
    writes = []
    for seconds in (30, 59, 60, 90, 119, 120):
        clock_at(A_THURSDAY + timedelta(seconds=seconds))
        with queries_of(engine) as asked:
            client.get("/my/settings")
        writes.append(sum("UPDATE person_session" in one for one in asked))
    assert writes == [0, 0, 1, 0, 0, 1]
    assert session.scalars(select(PersonSession.seen_at)).one() == A_THURSDAY + timedelta(seconds=120)


def test_reading_goes_on_when_being_seen_cannot_be_written(
    client: CheckedClient, engine: Engine, priya: Person, clock_at: ClockAt
) -> None:
    client.sign_in(priya)
    refusal = "CREATE TRIGGER no_writing BEFORE UPDATE ON person_session BEGIN SELECT RAISE(ABORT, 'read only'); END"
    with engine.begin() as connection:
        connection.execute(text(refusal))
    clock_at(A_THURSDAY + timedelta(minutes=5))
    assert is_signed_in(client)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER no_writing"))
