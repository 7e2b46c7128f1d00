"""A round of more files than a page shows, as past audits without a column for their round make; through HTTP."""

import json

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_theme
from tests.support.builders.people import a_person, an_organisation
from tests.support.checked_client import CheckedClient
from tests.support.houses import House
from tests.support.queries import queries_of
from tracker.audits.imports.past_audits import PastFile, bring_in
from tracker.audits.models import AuditRound
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.web.audits.rounds import MOST_SQUARES

ROUND = "/audits/rounds/past-audits"
MAPPING = json.dumps({"columns": {"Ref": "ref", "Date": "date", "Chosen": "selection", "Grade": "grade"}})


@pytest.fixture
def moderator(session: Session, client: CheckedClient) -> Person:
    an_organisation(session)
    a_theme(session)
    mia = a_person(session, Role.MODERATOR, "Mia Kane")
    session.commit()
    client.sign_in(mia)
    return mia


def past(session: Session, *, first: int, last: int) -> None:
    """Bring audits in by their numbers, of which every fourth is inadequate and the others are good."""
    rows = [f"A-{one:03},2013-06-12,random,{'Good' if one % 4 else 'Inadequate'}" for one in range(first, last + 1)]
    raw = "\n".join(["Ref,Date,Chosen,Grade", *rows]).encode()
    assert bring_in(session, PastFile(raw, f"past-{first}.csv", MAPPING, None), by=0).accepted == len(rows)
    session.commit()


def shown(client: CheckedClient, address: str) -> tuple[list[str], int]:
    """Return the codes in the table of files, and how many squares there are."""
    assert client.get(address).status_code == 200
    links = list(client.page.iter("a"))
    squares = [link for link in links if "square" in link.get("class", "")]
    codes = [link.text or "" for link in links if (link.text or "").startswith("A-")]
    return codes, len(squares)


@pytest.mark.both_databases
def test_files_come_in_pages_and_the_picture_of_grades_gives_way_to_words(
    client: CheckedClient, session: Session, moderator: Person, database: House
) -> None:
    past(session, first=1, last=MOST_SQUARES)
    assert session.scalars(select(AuditRound.slug)).all() == ["past-audits"]
    codes, squares = shown(client, ROUND)
    assert (codes, squares) == ([f"A-{one:03}" for one in range(1, 101)], MOST_SQUARES)
    assert "Of 200 final audits: 150 Good, 50 Inadequate." in client.text
    with queries_of(database.engine) as few:
        client.get(ROUND)
    past(session, first=201, last=250)
    codes, squares = shown(client, f"{ROUND}?page=3")
    assert (codes, squares) == ([f"A-{one:03}" for one in range(201, 251)], 0)
    assert "Of 250 final audits: 188 Good, 62 Inadequate." in client.text
    assert "250 of 250 allocated files sent" in client.text
    assert "201 to 250 of 250" in client.text
    with queries_of(database.engine) as many:
        client.get(ROUND)
    assert len(many) <= len(few)
