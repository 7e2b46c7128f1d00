"""The command that loads the demonstration: when it does, when it refuses, and what it says."""

import gc
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_plan
from tests.support.houses import application, engine_of
from tracker.audits.models import AuditRound
from tracker.cli import demo
from tracker.core.changelog.tables import log_entry
from tracker.people import queries
from tracker.people.commands.passwords import matches
from tracker.people.models import Organisation, Person
from tracker.people.rules import Role
from tracker.plans.models import Plan


def run(app: Flask, *words: str) -> tuple[int, str, str]:
    done = app.test_cli_runner().invoke(args=["demo", *words])
    return done.exit_code, done.stdout, done.stderr


def counted(session: Session) -> list[int]:
    session.expire_all()
    tables = (Person, Plan, Organisation, AuditRound)
    return [session.scalars(select(func.count()).select_from(kind)).one() for kind in (*tables, log_entry)]


@pytest.mark.both_databases
def test_loading_says_who_is_in_it_and_again_keeps_it(app: Flask, session: Session) -> None:
    code, said, told = run(app, "--if-empty")
    assert (code, told) == (0, "Loading the demonstration …\n")
    for role in Role:
        assert f"{role.value}@demo.example" in said
    assert "Ruth Osei" in said
    assert said.endswith("Password of them all: tracker-demonstration\n")
    assert gc.isenabled()
    before = counted(session)
    assert before[0] > len(Role)
    assert run(app, "--if-empty") == (0, said, "There is data already; it is kept as it is.\n")
    code, said, told = run(app)
    assert (code, said) == (1, "")
    assert told.startswith("Error: There are people or plans already, so nothing was loaded.")
    assert counted(session) == before


@pytest.mark.parametrize("make", [a_person, a_plan])
def test_a_database_in_use_is_left_as_it_is(app: Flask, session: Session, make: Callable[[Session], object]) -> None:
    make(session)
    session.commit()
    before = counted(session)
    code, said, told = run(app)
    assert (code, said) == (1, "")
    assert "needs an empty database" in told
    assert run(app, "--if-empty") == (0, "", "There is data already; it is kept as it is.\n")
    assert counted(session) == before


def test_a_weak_password_is_refused_in_a_sentence_and_nothing_is_written(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], demo_password="short"))
    before = counted(session)
    code, said, told = run(app)
    assert (code, said) == (1, "")
    sentence = "TRACKER_DEMO_PASSWORD cannot be used: Your password must be 12 characters or more."
    assert told.endswith(f"Error: {sentence}\n")
    assert counted(session) == before
    assert gc.isenabled()


def test_another_password_is_used_and_one_given_too_late_is_not_shown(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = replace(app.config["SETTINGS"], demo_password="three random words")
    monkeypatch.setitem(app.config, "SETTINGS", given)
    assert run(app)[1].endswith("Password of them all: three random words\n")
    office = queries.person_by_email(session, "office@demo.example")
    assert office is not None
    assert matches(office.password_hash, "three random words")
    assert not matches(office.password_hash, demo.DOCUMENTED)
    monkeypatch.setitem(app.config, "SETTINGS", replace(given, demo_password="another three words"))
    said = run(app, "--if-empty")[1]
    assert "another three words" not in said
    assert said.endswith("the one given when the demonstration was loaded\n")


def test_a_database_that_is_not_set_up_is_said_in_a_sentence(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("none")
    app = application(f"sqlite:///{folder / 'none.db'}", folder)
    assert run(app) == (1, "", "Error: The database is not set up for this version: run tracker setup first.\n")
    engine_of(app).dispose()
