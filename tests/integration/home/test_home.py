"""The first page of each role, the sign of life, and help for everybody."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.checked_client import CheckedClient
from tests.support.queries import queries_of
from tracker.people.rules import Role

OPEN = ["/help", "/help/colours", "/help/dates", "/help/keys", "/help/verdicts", "/accessibility", "/privacy"]


@pytest.mark.parametrize(
    ("roles", "first"),
    [
        ((Role.LEAD,), "/my/actions"),
        ((Role.AUDITOR,), "/my/audits"),
        ((Role.MODERATOR,), "/audits"),
        ((Role.OFFICE,), "/office"),
        ((Role.ASSURANCE,), "/plans"),
        ((Role.VIEWER,), "/plans"),
        ((Role.ADMIN,), "/settings"),
        ((Role.ADMIN, Role.VIEWER), "/plans"),
        ((Role.ASSURANCE, Role.LEAD), "/my/actions"),
        ((), "/nothing-here"),
    ],
)
def test_everybody_lands_where_most_of_their_month_is_spent(
    client: CheckedClient, session: Session, roles: tuple[Role, ...], first: str
) -> None:
    person = a_person(session, None, also=roles)
    session.commit()
    client.get("/sign-in")
    client.submit({"email": person.email, "password": "an invented password, long enough"}, follow=False)
    assert client.get("/").location == first


def test_somebody_without_a_role_is_told_whom_to_ask(client: CheckedClient, session: Session) -> None:
    person = a_person(session, None)
    session.commit()
    client.sign_in(person)
    assert client.heading == "Nothing here yet"


def test_nobody_is_led_to_sign_in(client: CheckedClient) -> None:
    assert client.get("/").location == "/sign-in?next=/"


def test_a_monitor_learns_that_the_service_answers_and_nothing_else(client: CheckedClient, engine: Engine) -> None:
    with queries_of(engine) as asked:
        answer = client.get("/healthz")
    assert (answer.status_code, answer.text, asked) == (200, "ok\n", [])


@pytest.mark.parametrize("address", OPEN)
def test_help_and_statements_are_open_to_everybody(client: CheckedClient, address: str) -> None:
    assert client.get(address).status_code == 200
