"""Bringing a plan with tables in through the page: files, pasted cells, the key to colours, other headings."""

import io

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.checked_client import CheckedClient
from tests.support.files.hostile import with_password
from tests.support.plan_forms import as_csv, as_excel, as_pasted, as_word
from tracker.people.models import Person
from tracker.plans.models import Plan, Update

KEY = "Green = G\nAmber = A\nRed = R"


def send(client: CheckedClient, raw: bytes = b"", name: str = "plan.xlsx", **fields: str) -> int:
    client.get("/plans/new")
    token = client.form("title").filled({})["csrf_token"]
    file = {"file": (io.BytesIO(raw), name)} if raw else {}
    data = {"csrf_token": token, "title": "Improvement plan", "approved_on": "13/1/2026", **fields, **file}
    return client.post("/plans/new", data=data, follow_redirects=True).status_code


@pytest.mark.parametrize(("name", "raw"), [("a.docx", as_word()), ("a.xlsx", as_excel()), ("a.csv", as_csv())])
def test_a_file_with_tables_comes_in(
    client: CheckedClient, session: Session, office: Person, name: str, raw: bytes
) -> None:
    session.commit()
    client.sign_in(office)
    assert send(client, raw, name, rag_key=KEY) == 200
    assert "Imported 5 actions" in client.text
    assert {update.author_id for update in session.scalars(select(Update))} == {office.id}


def test_pasted_cells_come_in(client: CheckedClient, session: Session, office: Person) -> None:
    session.commit()
    client.sign_in(office)
    assert send(client, text=as_pasted().decode().replace("\n", "\r\n"), rag_key=KEY) == 200
    assert "Imported 5 actions" in client.text


def test_without_the_key_the_page_asks_for_it_word_by_word(
    client: CheckedClient, session: Session, office: Person
) -> None:
    session.commit()
    client.sign_in(office)
    assert send(client, as_excel()) == 422
    assert "Say what the words in the column “rag” (Green: 2, Amber: 1, Red: 1) mean" in client.text
    assert "Choose the file again: it was not kept" in client.text
    assert client.answer is not None
    assert "Green = \nAmber = \nRed = " in client.answer.text
    assert session.scalars(select(Plan)).all() == []


def test_other_headings_are_said_on_the_page(client: CheckedClient, session: Session, office: Person) -> None:
    session.commit()
    client.sign_in(office)
    text = "Ziel;Bis;Durch\nCount;Mar 2027;Hannah Osei"
    assert send(client, text=text) == 422
    assert send(client, text=text, columns="Ziel = action\nBis = target\nDurch = leads") == 200


def test_what_cannot_be_taken_is_explained(client: CheckedClient, session: Session, office: Person) -> None:
    session.commit()
    client.sign_in(office)
    for raw, name, fields, words in (
        (with_password(), "a.xlsx", {}, "protected by a password"),
        (as_excel(), "a.xlsm", {}, "This file holds macros"),
        (as_excel(), "a.xlsx", {"text": "x"}, "not both"),
        (b"", "", {}, "Choose the file of the plan, or paste the plan"),
        (as_excel(), "a.xlsx", {"rag_key": "Green = Q"}, "The key is given as"),
        (as_excel(), "a.xlsx", {"columns": "x"}, "The columns are given as"),
        (b"", "", {"text": "x" * 200_001}, "must be 200,000 characters or fewer"),
    ):
        assert send(client, raw, name, **fields) == 422, words
        assert words in client.text
