"""A PostgreSQL server that goes away and comes back: a plain page with the words, and no restart of the service."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support import houses, postgres
from tests.support.builders.people import a_person
from tests.support.builders.plans import a_plan, an_action
from tests.support.checked_client import CheckedClient
from tests.support.houses import House
from tests.support.postgres import Server
from tracker.people.rules import Role
from tracker.plans.models import Update

WORDS = "Two posts are filled, and the third is advertised"


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    """A server that no other test uses, since it is stopped."""
    with postgres.own_server() as server:
        yield server


@pytest.fixture(scope="module")
def house(own_server: Server) -> Iterator[House]:
    with houses.on_postgresql(own_server.address) as made:
        yield made


def test_words_stay_while_the_database_is_gone_and_it_heals_by_itself(
    house: House, own_server: Server, today: date
) -> None:
    with Session(house.engine) as session:
        tom = a_person(session, Role.LEAD, "Tom Whitcombe")
        plan = a_plan(session)
        action = an_action(session, plan, lead=tom)
        session.commit()
        email, address = tom.email, f"/plans/{plan.slug}/{action.ref}/update"
    client = CheckedClient(house.app)
    client.sign_in(email)
    client.get(address)
    typed = client.form("happened").filled({"happened": WORDS, "declared": "G"})
    own_server.stop()
    answer = client.post(address, data=typed)
    assert (answer.status_code, client.heading) == (503, "The service cannot save just now")
    assert WORDS in client.text
    assert client.post(address.replace("/update", "/draft"), data=typed).status_code == 503
    assert client.get("/help").status_code == 200
    own_server.start()
    assert client.post(address, data=typed).status_code == 303
    with Session(house.engine) as session:
        assert session.scalars(select(Update.happened)).all() == [WORDS]
