"""What an operator types: setting up, adding the first people, serving; and how wrong input is answered."""

import os
import socket
import stat
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from tests.support.builders.people import a_unit
from tests.support.builders.plans import a_plan
from tests.support.checked_client import CheckedClient
from tests.support.houses import application, engine_of
from tracker.audits.models import Theme
from tracker.cli import main
from tracker.core.changelog.tables import log_entry
from tracker.people import queries
from tracker.people.models import Organisation, Person
from tracker.people.rules import Role

ADD = ["person", "add", "--name", "Neil Foster", "--email", "neil@council.example", "--role", "admin"]


def run(app: Flask, *words: str, typed: str | None = None) -> tuple[int, str, str]:
    done = app.test_cli_runner().invoke(args=list(words), input=typed)
    return done.exit_code, done.stdout, done.stderr


def test_the_first_administrator_is_added_and_signs_in_with_the_printed_password(
    app: Flask, client: CheckedClient, session: Session
) -> None:
    code, said, told = run(app, *ADD, "--post", "Systems administrator")
    assert code == 0
    assert said.startswith("First password: ")
    assert "Added: Neil Foster, Administrator, neil@council.example" in told
    person = queries.person_by_email(session, "neil@council.example")
    assert person is not None
    assert [grant.role for grant in person.grants] == [Role.ADMIN]
    client.sign_in(person, said.removeprefix("First password: ").strip())
    assert client.heading == "My settings"


def test_what_the_operator_does_is_logged_as_the_command_s(app: Flask, session: Session) -> None:
    run(app, *ADD)
    assert set(session.scalars(select(log_entry.c.actor))) == {"command:person-add"}


def test_a_person_is_added_for_one_plan_and_unit_with_a_typed_password(app: Flask, session: Session) -> None:
    plan, unit = a_plan(session, slug="plan-2026"), a_unit(session)
    session.commit()
    words = ["--name", "Ann", "--email", "ann@council.example", "--role", "lead", "--ask-password"]
    typed = "three random words\nthree random words\n"
    code, said, _ = run(app, "person", "add", *words, "--plan", "plan-2026", "--unit", unit.name, typed=typed)
    assert code == 0
    assert "First password" not in said
    person = queries.person_by_email(session, "ann@council.example")
    assert person is not None
    assert (person.grants[0].plan_id, person.unit_id, person.password_expires_at) == (plan.id, unit.id, None)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--email", "no address"], "Error: Enter an e-mail address, like name@council.example."),
        (["--name", " "], "Error: Enter a name."),
        (["--plan", "no-plan"], "Error: There is no plan 'no-plan'."),
        (["--unit", "No unit"], "Error: There is no unit 'No unit'."),
        (["--role", "king"], "'king' is not one of"),
    ],
)
def test_wrong_input_is_one_sentence_and_adds_nobody(
    app: Flask, session: Session, words: list[str], sentence: str
) -> None:
    code, said, told = run(app, *ADD, *words)
    assert code != 0
    assert said == ""
    assert sentence in told
    assert session.scalar(select(func.count()).select_from(Person)) == 0


def test_a_person_who_is_there_and_a_weak_password_are_refused(app: Flask) -> None:
    assert run(app, *ADD)[0] == 0
    assert run(app, *ADD)[2] == "Error: There is already a person with this e-mail address.\n"
    other = [*ADD, "--email", "other@council.example", "--ask-password"]
    assert "12 characters or more" in run(app, *other, typed="short\nshort\n")[2]


def test_setting_up_makes_a_private_database_with_themes_and_again_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "made" / "tracker.db"
    app = application(f"sqlite:///{file}", tmp_path)
    assert run(app, "setup", "--organisation", "Northmoor Council")[0] == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with Session(engine_of(app)) as session:
        themes = session.scalar(select(func.count()).select_from(Theme))
        assert themes
        assert session.scalar(select(Organisation.name)) == "Northmoor Council"
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        entries = session.scalar(select(func.count()).select_from(log_entry))
    assert run(app, "setup")[0] == 0
    with Session(engine_of(app)) as session:
        assert session.scalar(select(func.count()).select_from(Theme)) == themes
        assert session.scalar(select(func.count()).select_from(log_entry)) == entries
    engine_of(app).dispose()


def test_a_database_newer_than_the_program_is_left_alone(app: Flask, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for command in ("setup", "serve"):
        code, _, told = run(app, command)
        assert code == 1
        assert told == "Error: The database is newer than this program (revision 9999): install the newest version.\n"


@pytest.mark.parametrize("command", ["serve", "check-files", "send-notices"])
def test_a_command_needs_a_database_that_is_set_up(tmp_path: Path, command: str) -> None:
    app = application(f"sqlite:///{tmp_path / 'none.db'}", tmp_path)
    code, _, told = run(app, command)
    assert (code, told) == (1, "Error: The database is not set up for this version: run tracker setup first.\n")
    assert not (tmp_path / "none.db").exists()


def test_a_port_in_use_is_said_in_a_sentence(app: Flask) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        code, _, told = run(app, "serve", "--port", port)
    assert code == 1
    assert told.startswith(f"Error: Port {port} of 127.0.0.1 cannot be used (")


@pytest.mark.parametrize("host", ["::", "192.0.2.7", "council.example"])
def test_others_than_this_machine_are_served_only_with_keys_of_one_s_own(app: Flask, host: str) -> None:
    code, _, told = run(app, "serve", "--host", host)
    assert code == 1
    assert told.startswith(f"Error: Others could reach {host}: set SECRET_KEY and TRACKER_LOG_KEY first; make one with")


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_a_port_that_is_none_is_refused(app: Flask, port: str) -> None:
    assert run(app, "serve", "--port", port)[0] == 2


def test_a_production_start_without_a_key_says_how_to_make_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name in [name for name in os.environ if name.startswith(("TRACKER_", "SECRET_KEY", "DATABASE_URL"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TRACKER_INSTANCE", str(tmp_path))
    monkeypatch.setenv("TRACKER_ENV", "production")
    monkeypatch.setattr("sys.argv", ["tracker", "setup"])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 2
    assert "tracker: SECRET_KEY is not set; make one with: python3 -c" in capsys.readouterr().err
