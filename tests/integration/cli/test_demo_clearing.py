"""Clearing the demonstration: one command leaves the service as set up, and nothing else is ever cleared."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person, an_organisation
from tests.support.builders.plans import a_plan
from tests.support.checked_client import PASSWORD, CheckedClient
from tracker.core.changelog import missing_triggers, verify
from tracker.core.changelog.tables import log_entry
from tracker.core.database import Base
from tracker.extensions import file_store
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.models import Plan
from tracker.plans.queries.first_run import first_run_checklist

CLEARED = "Cleared: the service is as it was set up. Add its first administrator with tracker person add.\n"
LEFT = {"theme", "audit_tool", "tool_section", "tool_question", "log_entry", "log_payload"}


def run(app: Flask, *words: str, answer: str = "") -> tuple[int, str, str]:
    done = app.test_cli_runner().invoke(args=["demo", *words], input=answer)
    return done.exit_code, done.stdout, done.stderr


def filled(session: Session) -> set[str]:
    session.rollback()
    tables = Base.metadata.sorted_tables
    found = {table.name for table in tables if session.scalar(select(func.count()).select_from(table))}
    # On PostgreSQL whoever has read a table keeps others from altering it.
    session.rollback()
    return found


def indexed(session: Session, word: str) -> int:
    if session.get_bind().dialect.name != "sqlite":
        return 0
    shown = session.connection().exec_driver_sql(
        "SELECT count(*) FROM progress_update_fts WHERE happened MATCH ?", (word,)
    )
    return int(shown.scalar_one())


@pytest.mark.both_databases
def test_clearing_leaves_the_service_as_set_up(app: Flask, session: Session, client: CheckedClient) -> None:
    before = filled(session)
    with app.app_context():
        store = file_store()
    others = store.names()
    assert run(app)[0] == 0
    assert len(store.names() - others) == 12
    assert filled(session) > before
    assert run(app, "--clear", "--yes") == (0, CLEARED, "")
    assert filled(session) == LEFT
    assert store.names() == others
    assert indexed(session, "attendance") == 0
    verdict = verify(session, app.config["SETTINGS"].log_key)
    assert verdict.whole, verdict.problem
    assert missing_triggers(session.connection()) == []
    assert not any(step.is_done for step in first_run_checklist(session))
    assert "@demo.example" not in client.get("/sign-in").text
    admin = a_person(session, Role.ADMIN, "Ada Moss", email="ada@council.example")
    session.commit()
    client.sign_in(admin, PASSWORD)
    shown = client.get("/settings/first-run").text
    assert "demonstration data" not in shown
    assert "A plan is brought in" in shown


def test_it_asks_first_keeps_everything_on_a_no_and_loads_again_after_a_yes(app: Flask, session: Session) -> None:
    run(app)
    people = session.scalar(select(func.count(Person.id)))
    session.rollback()
    code, said, told = run(app, "--clear", answer="n\n")
    assert (code, said) == (1, "")
    assert f"Clear the demonstration? {people} people, 1 plan, 189 audits and 12 files of evidence go for good." in told
    session.rollback()
    assert session.scalar(select(func.count(Person.id))) == people
    assert run(app, "--clear", answer="y\n")[:2] == (0, CLEARED)
    session.rollback()
    assert session.scalar(select(func.count(Person.id))) == 0
    code, said, _ = run(app)
    assert code == 0
    assert "Ruth Osei" in said
    assert verify(session, app.config["SETTINGS"].log_key).whole


@pytest.mark.parametrize("is_named", [False, True])
def test_what_is_no_demonstration_is_left_as_it_is(app: Flask, session: Session, *, is_named: bool) -> None:
    if is_named:
        an_organisation(session)
    a_plan(session)
    session.commit()
    entries = session.scalar(select(func.count()).select_from(log_entry))
    assert run(app, "--clear", "--yes", "--everybody") == (
        1,
        "",
        "Error: There is no demonstration here, so nothing was cleared.\n",
    )
    assert session.scalar(select(func.count(Plan.id))) == 1
    assert session.scalar(select(func.count()).select_from(log_entry)) == entries


def test_people_added_since_go_only_when_that_is_said(app: Flask, session: Session) -> None:
    an_organisation(session, is_demonstration=True)
    a_person(session, Role.LEAD, email="zoe@council.example")
    session.commit()
    code, said, told = run(app, "--clear", "--yes")
    assert (code, said) == (1, "")
    assert told.startswith("Error: 1 person was added to the demonstration since, so nothing was cleared.")
    session.rollback()
    assert session.scalar(select(func.count(Person.id))) == 1
    assert run(app, "--clear", "--yes", "--everybody") == (0, CLEARED, "")
    session.rollback()
    assert session.scalar(select(func.count(Person.id))) == 0


@pytest.mark.parametrize("words", [("--clear", "--if-empty"), ("--yes",), ("--everybody",)])
def test_options_that_contradict_each_other_are_refused(app: Flask, words: tuple[str, ...]) -> None:
    code, said, told = run(app, *words)
    assert (code, said) == (2, "")
    assert "Error: " in told


def test_the_banner_names_the_command_to_administrators_alone(client: CheckedClient, session: Session) -> None:
    an_organisation(session, is_demonstration=True)
    neil, daniel = a_person(session, Role.ADMIN, "Neil Foster"), a_person(session, Role.OFFICE, "Daniel Hughes")
    session.commit()
    client.sign_in(neil)
    page = client.get("/settings").text
    assert "You are looking at demonstration data" in page
    assert "tracker demo --clear" in page
    client.sign_in(daniel)
    page = client.get("/plans").text
    assert "You are looking at demonstration data" in page
    assert "tracker demo --clear" not in page
