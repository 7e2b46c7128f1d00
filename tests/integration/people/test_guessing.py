"""The limit on guessing passwords: by account and by network, for five minutes, never for ever."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.conftest import A_THURSDAY
from tests.support.builders.people import a_person
from tests.support.checked_client import PASSWORD, CheckedClient
from tracker.people import commands
from tracker.people.models import Person, SignInGuess
from tracker.people.rules import MOST_GUESSES, Role

ClockAt = Callable[[date | datetime], datetime]

WRONG = "wrong, wrong, wrong"


@pytest.fixture
def priya(session: Session) -> Person:
    person = a_person(session, Role.VIEWER, email="priya@council.example")
    session.commit()
    return person


def guess(client: CheckedClient, email: str, password: str = WRONG, address: str = "192.0.2.7") -> int:
    here = {"REMOTE_ADDR": address}
    client.get("/sign-in", environ_overrides=here)
    sending = client.form("email").filled({"email": email, "password": password})
    return client.post("/sign-in", data=sending, environ_overrides=here).status_code


def test_the_eleventh_guess_at_an_account_is_not_even_looked_at(client: CheckedClient, priya: Person) -> None:
    codes = [guess(client, priya.email, address=f"192.0.2.{number}") for number in range(MOST_GUESSES)]
    assert codes == [422] * MOST_GUESSES
    assert guess(client, priya.email, PASSWORD, address="198.51.100.1") == 429
    assert "There were too many tries. Try again after 10:49:00" in client.text
    assert client.answer is not None
    assert client.answer.headers["Retry-After"] == "301"


def test_an_account_that_does_not_exist_is_limited_with_the_same_words(client: CheckedClient, priya: Person) -> None:
    codes = [guess(client, "no@council.example", address=f"192.0.2.{number}") for number in range(MOST_GUESSES + 1)]
    assert codes == [422] * MOST_GUESSES + [429]
    assert "Try again after 10:49:00" in client.text


def test_a_network_has_ten_guesses_whatever_the_accounts(client: CheckedClient, priya: Person) -> None:
    codes = [guess(client, f"p{number}@council.example") for number in range(MOST_GUESSES)]
    assert codes == [422] * MOST_GUESSES
    assert guess(client, priya.email, PASSWORD) == 429
    assert guess(client, priya.email, PASSWORD, address="198.51.100.1") == 303


def test_the_addresses_of_one_ipv6_customer_count_as_one_network(client: CheckedClient, priya: Person) -> None:
    for number in range(MOST_GUESSES):
        guess(client, f"p{number}@council.example", address=f"2001:db8:1:2::{number}")
    assert guess(client, priya.email, PASSWORD, address="2001:db8:1:2:ffff::1") == 429
    assert guess(client, priya.email, PASSWORD, address="2001:db8:1:3::1") == 303


def test_waiting_ends_after_five_minutes_even_if_one_goes_on_trying(
    client: CheckedClient, priya: Person, clock_at: ClockAt
) -> None:
    for _ in range(MOST_GUESSES):
        guess(client, priya.email)
    for minute in range(1, 5):
        clock_at(A_THURSDAY + timedelta(minutes=minute))
        assert guess(client, priya.email, PASSWORD) == 429
    clock_at(A_THURSDAY + timedelta(minutes=5))
    assert guess(client, priya.email, PASSWORD) == 303


def test_a_right_password_is_no_guess(client: CheckedClient, priya: Person, session: Session) -> None:
    for _ in range(MOST_GUESSES + 2):
        assert guess(client, priya.email, PASSWORD) == 303
        with client.session_transaction() as kept:
            kept.clear()
    assert session.scalar(select(func.count()).select_from(SignInGuess)) == 0


def test_guesses_are_kept_as_hashes_and_forgotten(
    client: CheckedClient, session: Session, priya: Person, clock_at: ClockAt
) -> None:
    guess(client, priya.email)
    keys = list(session.scalars(select(SignInGuess.key)))
    assert len(keys) == 2
    assert all(len(key) == 64 and "priya" not in key and "192" not in key for key in keys)
    clock_at(A_THURSDAY + timedelta(minutes=6))
    guess(client, "other@council.example", address="198.51.100.1")
    session.expire_all()
    assert set(keys).isdisjoint(session.scalars(select(SignInGuess.key)))


def test_a_crowd_of_guesses_at_once_gets_no_more_than_ten(session: Session, priya: Person) -> None:
    crowd = [commands.note_guess(session, email=priya.email, address=f"192.0.2.{n}", secret="s") for n in range(30)]
    session.commit()
    checked = [
        commands.check_sign_in(session, each, email=priya.email, password="wrong", is_from_here=False) for each in crowd
    ]
    assert sum(1 for outcome in checked if outcome.wait_until is None) <= MOST_GUESSES


def test_the_present_password_is_guessed_under_the_same_limit(client: CheckedClient, priya: Person) -> None:
    client.sign_in(priya)
    for _ in range(MOST_GUESSES):
        client.get("/my/settings")
        answer = client.submit({"present_password": "wrong, wrong", "new_password": "three random words"})
        assert answer.status_code == 422
    client.get("/my/settings")
    answer = client.submit({"present_password": PASSWORD, "new_password": "three random words"})
    assert answer.status_code == 429
