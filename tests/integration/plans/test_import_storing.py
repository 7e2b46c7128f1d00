"""The last step of a long import says how far the storing is, to whose import it is, until it leads on to the plan."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.checked_client import CheckedClient
from tests.support.incoming import address_of, import_it, send_plan
from tests.support.queries import queries_of
from tracker.core.plain_values import value_of
from tracker.core.uploads.notes import Note
from tracker.core.uploads.waiting import WaitingFile
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands.importing import steps_of
from tracker.plans.imports.finishing import finish_import
from tracker.plans.imports.whole_reading import WholeReading
from tracker.plans.models import Plan
from tracker.plans.queries.imports import own_import

ROWS = 250
HALF_A_MINUTE = "takes up to half a minute. Do not close this page"


def rows_of(number: int) -> str:
    """Return a plan of so many rows as somebody pastes it."""
    cells = (f"{one // 50 + 1}.{one % 50 + 1}\tDo {one}\tMar 2027\tHannah Osei" for one in range(number))
    return "\n".join(["No\tAction\tTarget date\tLead", *cells])


@pytest.fixture
def begun(client: CheckedClient, session: Session, office: Person) -> str:
    """An import of many rows that may be stored; its address."""
    session.commit()
    client.sign_in(office)
    send_plan(client, text=rows_of(ROWS))
    return address_of(client)


@pytest.fixture
def folder(app: Flask, begun: str) -> Path:
    """Where the document of the import lies."""
    found: Path = app.config["SETTINGS"].instance / "imports" / begun.rpartition("/")[2]
    return found


@contextmanager
def at_each_flush(note: Note) -> Iterator[list[tuple[int, int] | None]]:
    """Give a list that fills with what the note says whenever something is written within the block."""
    said: list[tuple[int, int] | None] = []

    def look(*_: Any) -> None:
        said.append(note.read())

    event.listen(Session, "after_flush", look)
    try:
        yield said
    finally:
        event.remove(Session, "after_flush", look)


def rises(said: list[int]) -> bool:
    return said == sorted(set(said))


def test_storing_tells_how_far_it_is_and_the_address_passes_it_on(
    client: CheckedClient, session: Session, office: Person, begun: str, folder: Path
) -> None:
    kept = own_import(session, folder.name, office)
    found = value_of(WholeReading, WaitingFile(folder).answer())
    assert kept is not None
    assert steps_of(found.reading) == 2 * ROWS
    note, told, answers = Note(folder / "storing"), list[int](), list[Any]()

    def progress(done: int) -> None:
        told.append(done)
        note.write(done, steps_of(found.reading))
        answers.append(client.get(f"{begun}/stored").get_json())

    raw = WaitingFile(folder).content()
    report = finish_import(session, kept, found, raw=raw, version=kept.version, by=office, progress=progress)
    assert report.counts["actions"] == ROWS
    assert told == [100, 200, 250, 350, 450, 500]
    assert [answer["done"] for answer in answers] == told
    assert {answer["of"] for answer in answers} == {500}
    assert answers[0]["words"] == "Storing 250 actions: 20 per cent is done"
    assert answers[-1]["words"] == "All actions are stored. The change log is being written"


def test_the_last_step_notes_how_far_it_is_as_long_as_it_stores(
    client: CheckedClient, session: Session, begun: str, folder: Path
) -> None:
    note = Note(folder / "storing")
    assert client.get(f"{begun}/stored").get_json() == {}
    client.get(f"{begun}/confirm")
    with at_each_flush(note) as said:
        client.submit(button="Import ")
    done = list(dict.fromkeys(one[0] for one in said if one is not None))
    assert len(done) > 3
    assert rises(done)
    assert note.read() is None
    assert f"Imported {ROWS} actions" in client.text
    onward = client.get(f"{begun}/stored").get_json()["onward"]
    assert onward == f"/plans/{session.scalars(select(Plan.slug)).one()}/checks"
    assert client.get(onward).status_code == 200


def test_storing_that_is_refused_notes_nothing_any_more(
    client: CheckedClient, session: Session, begun: str, folder: Path
) -> None:
    client.get(f"{begun}/confirm")
    token = client.form("version").filled({})["csrf_token"]
    client.get(begun)
    client.submit({"title": "Meanwhile called so"})
    answer = client.post(f"{begun}/confirm", data={"csrf_token": token, "version": "1"})
    assert answer.status_code == 409
    assert Note(folder / "storing").read() is None
    assert session.scalars(select(Plan)).all() == []
    assert client.submit(button="Import ").status_code == 200
    assert f"Imported {ROWS} actions" in client.text


def test_nobody_else_hears_how_far_an_import_is(
    client: CheckedClient, session: Session, app: Flask, begun: str, folder: Path
) -> None:
    Note(folder / "storing").write(100, 500)
    ann = a_person(session, Role.OFFICE, "Ann Able")
    lead = a_person(session, Role.LEAD, "Tom Whitcombe")
    session.commit()
    address = f"{begun}/stored"
    for person, status in ((ann, 404), (lead, 403), (None, 302)):
        other = CheckedClient(app)
        if person is not None:
            other.sign_in(person)
        assert other.get(address).status_code == status
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert client.post(address).status_code == 405


def test_asking_costs_the_same_however_long_the_plan_is(
    client: CheckedClient, engine: Engine, app: Flask, begun: str, folder: Path
) -> None:
    send_plan(client, text=rows_of(3), title="Three rows")
    short = address_of(client)
    asked = []
    for here in (begun, short):
        place = app.config["SETTINGS"].instance / "imports" / here.rpartition("/")[2]
        Note(place / "storing").write(100, 500)
        with queries_of(engine) as found:
            assert client.get(f"{here}/stored").get_json()["done"] == 100
        asked.append(len(found))
    assert asked[0] == asked[1] <= 3


@pytest.mark.parametrize(("rows", "says"), [(300, False), (301, True)])
def test_only_a_long_plan_says_before_that_it_takes_a_while(
    *, client: CheckedClient, session: Session, office: Person, rows: int, says: bool
) -> None:
    session.commit()
    client.sign_in(office)
    send_plan(client, text=rows_of(rows))
    page = client.get(f"{address_of(client)}/confirm").text
    assert (HALF_A_MINUTE in page) is says
    assert re.search(r'<script type="module" nonce="[^"]+" src="[^"]*storing[^"]*\.js', page)


def test_a_draft_tells_as_much(client: CheckedClient, session: Session, office: Person) -> None:
    session.commit()
    client.sign_in(office)
    send_plan(client, text=rows_of(120), approved_on="")
    assert import_it(client) == 200
    assert "Imported 120 actions" in client.text
