"""The steps of an import: answered now or left, left and come back to, shown before anything is stored."""

import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.conftest import A_THURSDAY
from tests.support.builders.people import a_person
from tests.support.checked_client import CheckedClient
from tests.support.incoming import address_of, import_it, say_key, send_plan
from tests.support.plan_forms import as_excel
from tests.support.queries import queries_of
from tracker.core import clock
from tracker.people.models import LeadParty, LeadPartyMember, Person
from tracker.people.rules import PartyKind, Role
from tracker.plans.commands.mappings import keep_mapping
from tracker.plans.models import Action, ImportDoubt, KeptMapping, Milestone, Plan, UnfinishedImport
from tracker.plans.rules.states import ActionState

BOOK = as_excel()


@pytest.fixture
def begun(client: CheckedClient, session: Session, office: Person) -> str:
    """An import whose colours are explained; its address."""
    session.commit()
    client.sign_in(office)
    send_plan(client, BOOK)
    say_key(client)
    return address_of(client)


def test_doubts_are_answered_now_or_left_for_after_the_import(
    client: CheckedClient, session: Session, begun: str
) -> None:
    client.get(f"{begun}/checks")
    assert client.heading == "Things to check first: 6"
    assert "Row 4" in client.text
    boxes = sorted(client.form("settled").choices["settled"])
    client.submit({"settled": boxes[:1]})
    assert "2 Things to check: 5" in client.text
    client.submit({"settled": boxes[1:2]})
    assert "2 Things to check: 5" in client.text
    import_it(client)
    settled = [doubt.settled_on for doubt in session.scalars(select(ImportDoubt))]
    assert sorted(settled, key=str) == [clock.today(), *[None] * 5]


def test_an_action_is_put_right_before_it_comes_in(client: CheckedClient, session: Session, begun: str) -> None:
    client.get(f"{begun}/actions/1.3")
    assert "This stands for actions that are still to be agreed" in client.text
    said = {"title": "Agree the rest", "leads": "Ines Duarte\nHannah Osei", "step_0": "Agreed", "date_0": "May 2027"}
    client.submit(said)
    assert "1.3 comes in as you wrote it" in client.text
    assert "Agree the rest" in client.get(f"{begun}/preview").text
    assert "May 2027" in client.text
    import_it(client)
    action = session.scalars(select(Action).where(Action.ref == "1.3")).one()
    assert (action.title, action.kind.value) == ("Agree the rest", "standard")
    assert action.source_cells["action"] == "Further actions to be agreed"
    milestone = session.scalars(select(Milestone).where(Milestone.action_id == action.id)).one()
    assert milestone.due == date(2027, 5, 31)
    assert {doubt.settled_on for doubt in session.scalars(select(ImportDoubt).where(ImportDoubt.ref == "1.3"))} == {
        clock.today()
    }


def test_leads_are_suggested_by_name_and_linked_only_by_the_import(
    client: CheckedClient, session: Session, office: Person
) -> None:
    hannah = a_person(session, Role.LEAD, "Hannah Osei")
    a_person(session, Role.LEAD, "Marek Other")
    session.commit()
    client.sign_in(office)
    send_plan(client, BOOK)
    say_key(client)
    here = address_of(client)
    client.get(f"{here}/leads")
    assert client.heading == "Who leads: 4 leads"
    sent = client.form("kind_0").sent
    assert sent["person_0"] == [str(hannah.id)]
    assert sent["person_1"] == [""]
    client.submit({"kind_1": "partner"})
    assert session.scalars(select(LeadPartyMember)).all() == []
    session.rollback()
    assert client.heading == "Import Improvement plan"
    client.submit(button="Import ")
    parties = {party.name: party for party in session.scalars(select(LeadParty))}
    assert parties["Marek Nowak"].kind is PartyKind.PARTNER
    [member] = session.scalars(select(LeadPartyMember)).all()
    assert (member.person_id, member.party_id) == (hannah.id, parties["Hannah Osei"].id)
    session.rollback()
    send_plan(client, text="Action;When;Who\nCount;Mar 2027;Hannah Osei\nShare;May 2027;Ola Berg", title="Next plan")
    client.get(f"{address_of(client)}/leads")
    assert "Who else updates for Hannah Osei" in client.text
    assert "Who updates for Ola Berg" in client.text


def test_an_import_is_its_owners_and_can_be_left_and_come_back_to(
    client: CheckedClient, session: Session, app: Flask, begun: str
) -> None:
    other = CheckedClient(app)
    ann = a_person(session, Role.OFFICE, "Ann Able")
    session.commit()
    other.sign_in(ann)
    for step in ("", "/checks", "/preview", "/leads", "/confirm"):
        assert other.get(begun + step).status_code == 404
    assert "Begun and not finished" not in other.get("/plans/new").text
    client.get("/plans/new")
    client.get(next(link.get("href", "") for link in client.page.iter("a") if begun in link.get("href", "")))
    assert client.heading == "What we found in plan.xlsx"


def test_a_step_from_an_older_page_is_refused_and_keeps_what_was_said(
    client: CheckedClient, session: Session, begun: str
) -> None:
    client.get(begun)
    old = client.form("title").filled({"title": "Mine"})
    client.submit({"title": "Theirs"}, button="Save and")
    answer = client.post(begun, data=old)
    assert answer.status_code == 409
    assert "This import was changed in another window" in client.text
    assert client.form("title").sent["title"] == ["Mine"]
    session.rollback()
    assert session.scalars(select(UnfinishedImport.title)).all() == ["Theirs"]
    client.get(f"{begun}/confirm")
    confirm = client.form("version").filled({})
    client.get(f"{begun}/leads")
    client.submit()
    assert client.post(f"{begun}/confirm", data=confirm).status_code == 409
    assert session.scalars(select(Plan)).all() == []


def test_sending_the_last_step_twice_makes_one_plan(client: CheckedClient, session: Session, begun: str) -> None:
    client.get(f"{begun}/confirm")
    confirm = client.form("version").filled({})
    for _ in range(2):
        answer = client.post(f"{begun}/confirm", data=confirm)
        assert (answer.status_code, answer.location) == (303, "/plans/improvement-plan/checks")
    assert len(session.scalars(select(Plan)).all()) == 1


def test_two_imports_of_the_same_document_make_one_plan(client: CheckedClient, session: Session, begun: str) -> None:
    send_plan(client, BOOK, title="Another title")
    say_key(client)
    second = address_of(client)
    assert second != begun
    import_it(client)
    client.get(f"{begun}/confirm")
    client.submit(button="Import ")
    assert "This document was imported before, so nothing was changed" in client.text
    assert session.scalars(select(Plan.title)).all() == ["Another title"]


def test_a_document_that_was_altered_on_the_way_is_not_imported(
    client: CheckedClient, session: Session, app: Flask, begun: str
) -> None:
    document = app.config["SETTINGS"].instance / "imports" / begun.rpartition("/")[2] / "file"
    document.write_bytes(b"something else")
    client.get(f"{begun}/confirm")
    assert client.submit(button="Import ").status_code == 409
    assert "The document is no longer what was read. Bring it again" in client.text
    assert session.scalars(select(Plan)).all() == []


def test_a_document_that_is_gone_says_so(client: CheckedClient, app: Flask, begun: str) -> None:
    (app.config["SETTINGS"].instance / "imports" / begun.rpartition("/")[2] / "answer").unlink()
    client.get(f"{begun}/confirm", follow_redirects=True)
    assert client.heading == "This file cannot be read"
    client.submit(button="Discard this import")
    assert "Import discarded" in client.text
    assert client.get(begun).status_code == 404


def test_a_mapping_is_kept_under_a_name_and_offered_for_the_same_headings(
    client: CheckedClient, session: Session, office: Person
) -> None:
    session.commit()
    client.sign_in(office)
    text = "Ziel;Bis;Durch;RAG\n{};Mar 2027;Hannah Osei;Green"
    send_plan(client, text=text.format("Count"))
    client.submit({"keep_as": "Our tracker", **_said(client)}, button="Save and")
    say_key(client, {"Green": "C"}, keep_as="Our tracker")
    kept = session.scalars(select(KeptMapping)).one()
    assert (kept.name, kept.headings) == ("Our tracker", "bis\ndurch\nrag\nziel")
    session.rollback()
    client.get(address_of(client))
    assert "These headings came before" not in client.text, "the page says already what the mapping says"
    send_plan(client, text=text.format("Count again"), title="Next plan")
    assert "These headings came before, in “Our tracker”" in client.text
    client.submit(button="Read it as Our tracker")
    assert "1 area, 1 action" in client.text
    import_it(client)
    assert "Imported 1 action" in client.text
    send_plan(client, text="Ziel;Bis;Wer\nCount;Mar 2027;Hannah Osei", title="Third plan")
    assert "These headings came before" not in client.text


def test_the_command_takes_a_kept_mapping_by_its_name_with_its_key(
    app: Flask, session: Session, office: Person, tmp_path: Path
) -> None:
    columns = '{"columns": {"ziel": "action", "bis": "target", "durch": "leads"}}'
    keep_mapping(session, name="Our tracker", headings=["Ziel"], columns=columns, rag_key='{"green": "C"}', by=office)
    session.commit()
    file = tmp_path / "plan.csv"
    file.write_text("Ziel;Bis;Durch;RAG\nCount;Mar 2027;Hannah Osei;Green\n")
    said = ("import-plan", str(file), "--title", "A plan", "--approved-on", "2026-01-13")
    runner = app.test_cli_runner()
    assert runner.invoke(args=[*said, "--mapping", "Their tracker"]).exit_code == 1
    assert runner.invoke(args=[*said, "--mapping", "our tracker"]).exit_code == 1
    assert runner.invoke(args=[*said, "--mapping", "Our tracker"]).exit_code == 0
    assert session.scalars(select(Action.state)).all() == [ActionState.CLAIMED]


def _said(client: CheckedClient) -> dict[str, str]:
    columns = ("action", "target", "leads", "status")
    return {f"column_{place}": holds for place, holds in enumerate(columns)}


def test_a_long_reading_shows_how_far_it_is_without_a_script(
    client: CheckedClient, session: Session, app: Flask, office: Person
) -> None:
    session.commit()
    client.sign_in(office)
    patience = app.config["IMPORT_PATIENCE"]
    app.config["IMPORT_PATIENCE"] = 0.0
    try:
        rows = [["No", "Action", "Milestones", "Target date", "Lead"], *(_row(number) for number in range(800))]
        text = "\n".join("\t".join(row) for row in rows)
        send_plan(client, text=text)
        assert client.heading == "Reading pasted text"
        assert client.answer is not None
        assert client.answer.headers["Refresh"] == "2"
        here = address_of(client)
        assert client.get(f"{here}/checks").headers["Refresh"] == "2", "the step that was asked for waits, and is kept"
        assert client.heading == "Reading pasted text"
    finally:
        app.config["IMPORT_PATIENCE"] = patience
    for _ in range(200):
        if client.get(here).headers.get("Refresh") is None:
            break
        time.sleep(0.1)
    assert client.heading == "What we found in pasted text"
    assert "800 actions" in client.text


def _row(number: int) -> list[str]:
    return [f"{number // 50 + 1}.{number % 50 + 1}", f"Do {number}", "First", "Mar 2027", "Hannah Osei"]


def test_what_is_left_alone_for_14_days_goes_with_its_document(
    app: Flask, client: CheckedClient, session: Session, begun: str, clock_at: Callable[..., object]
) -> None:
    folder = app.config["SETTINGS"].instance / "imports" / begun.rpartition("/")[2]
    assert folder.is_dir()
    clock_at(A_THURSDAY + timedelta(days=14, minutes=1))
    assert "1 unfinished import." in app.test_cli_runner().invoke(args=["tidy"]).output
    assert session.scalars(select(UnfinishedImport)).all() == []
    assert not folder.exists()


@pytest.mark.parametrize("step", ["", "/checks", "/preview", "/leads", "/confirm"])
def test_the_steps_ask_the_database_no_more_for_a_longer_plan(
    client: CheckedClient, session: Session, engine: Engine, office: Person, step: str
) -> None:
    session.commit()
    client.sign_in(office)
    asked = []
    for size in (10, 120):
        rows = [["No", "Action", "Milestones", "Target date", "Lead"], *(_row(number) for number in range(size))]
        send_plan(client, text="\n".join("\t".join(row) for row in rows), title=f"Plan of {size}")
        here = address_of(client)
        with queries_of(engine) as found:
            client.get(here + step)
        asked.append(len(found))
    assert asked[0] == asked[1] <= 12
