"""Bringing a plan with tables in through the pages: files, pasted cells, the key to colours, other headings."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.checked_client import CheckedClient
from tests.support.files.hostile import REFUSED, with_password
from tests.support.incoming import address_of, import_it, say_columns, say_key, send_plan
from tests.support.plan_forms import as_csv, as_excel, as_pasted, as_word
from tracker.people.models import Person
from tracker.plans.models import Plan, UnfinishedImport, Update


@pytest.mark.parametrize(("name", "raw"), [("a.docx", as_word()), ("a.xlsx", as_excel()), ("a.csv", as_csv())])
def test_a_file_with_tables_comes_in(
    client: CheckedClient, session: Session, office: Person, name: str, raw: bytes
) -> None:
    session.commit()
    client.sign_in(office)
    assert send_plan(client, raw, name) == 200
    assert "2 areas, 5 actions, 6 milestones, 4 leads" in client.text
    assert say_key(client) == 200
    assert import_it(client) == 200
    assert "Imported 5 actions" in client.text
    assert {update.author_id for update in session.scalars(select(Update))} == {office.id}


def test_pasted_cells_come_in(client: CheckedClient, session: Session, office: Person) -> None:
    session.commit()
    client.sign_in(office)
    assert send_plan(client, text=as_pasted().decode().replace("\n", "\r\n")) == 200
    say_key(client)
    assert import_it(client) == 200
    assert "Imported 5 actions" in client.text


def test_without_the_key_the_page_asks_for_it_word_by_word_and_no_step_goes_past_it(
    client: CheckedClient, session: Session, office: Person
) -> None:
    session.commit()
    client.sign_in(office)
    send_plan(client, as_excel())
    assert "Say what the words in the column “rag” (Green: 2, Amber: 1, Red: 1) mean" in client.text
    here = address_of(client)
    for step in ("checks", "preview", "leads", "confirm", "actions/1.1"):
        assert client.get(f"{here}/{step}", follow_redirects=True).request.path == here
    assert client.submit({"title": "A plan"}, button="Save and").status_code == 422
    assert "Say what “Amber” means" in client.text
    assert session.scalars(select(Plan)).all() == []


def test_green_may_mean_complete(client: CheckedClient, session: Session, office: Person) -> None:
    session.commit()
    client.sign_in(office)
    send_plan(client, as_excel())
    say_key(client, {"Green": "C", "Amber": "G", "Red": "R"})
    assert "Says complete: comes in as a claim" in client.get(f"{address_of(client)}/preview").text
    import_it(client)
    assert sorted(update.declared.value for update in session.scalars(select(Update))) == ["C", "C", "G", "R"]


def test_headings_that_nobody_knows_are_shown_with_samples_and_said(
    client: CheckedClient, session: Session, office: Person
) -> None:
    session.commit()
    client.sign_in(office)
    assert send_plan(client, text="Ziel;Bis;Durch\nCount;Mar 2027;Hannah Osei") == 200
    assert "We could not find any actions in this file" in client.text
    assert "For example: Hannah Osei" in client.text
    assert say_columns(client, {"Ziel": "action", "Bis": "target", "Durch": "leads"}) == 200
    assert import_it(client) == 200
    assert "Imported 1 action" in client.text


def test_what_cannot_be_taken_is_explained(client: CheckedClient, session: Session, office: Person) -> None:
    session.commit()
    client.sign_in(office)
    for raw, name, fields, words in (
        (with_password(), "a.xlsx", {}, "protected by a password"),
        (as_excel(), "a.xlsm", {}, "This file holds macros"),
        (as_excel(), "a.xlsx", {"text": "x"}, "not both"),
        (b"", "plan.xlsx", {}, "Choose the file of the plan, or paste the plan"),
        (b"", "plan.xlsx", {"text": "x" * 200_001}, "must be 200,000 characters or fewer"),
    ):
        assert send_plan(client, raw, name, **fields) == 422, words
        assert words in client.text


@pytest.mark.parametrize("what", ["bomb", "nested bomb", "XXE", "entities"])
def test_hostile_files_are_refused_beside_the_field_and_nothing_of_them_stays(
    client: CheckedClient, session: Session, app: Flask, office: Person, what: str
) -> None:
    name, made, words = next(case[1:] for case in REFUSED if case[0] == what)
    session.commit()
    client.sign_in(office)
    folder: Path = app.config["SETTINGS"].instance / "imports"
    before = sorted(folder.glob("*"))
    assert send_plan(client, made(), name) == 422
    assert words in client.text
    assert sorted(folder.glob("*")) == before
    assert session.scalars(select(UnfinishedImport)).all() == []
