"""`tracker verify-log` and `tracker checkpoint`, as an operator runs them."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import Engine, update

from tests.integration.core.shelves import KEY, add_books, tampering
from tracker.cli import log
from tracker.core.changelog import drop_triggers
from tracker.core.changelog.tables import log_entry
from tracker.extensions import db


def run(engine: Engine, *words: str | Path) -> Result:
    app = Flask("operator")
    app.config["SQLALCHEMY_DATABASE_URI"] = engine.url
    app.config["SETTINGS"] = SimpleNamespace(log_key=KEY)
    db.init_app(app)
    log.register(app)
    result = app.test_cli_runner().invoke(args=[str(word) for word in words])
    with app.app_context():
        db.engine.dispose()
    return result


def test_a_whole_log_is_said_to_be_so(library: Engine, tmp_path: Path) -> None:
    add_books(library, "One", "Two")
    kept = tmp_path / "head.txt"
    kept.write_text(run(library, "checkpoint").stdout)
    result = run(library, "verify-log", "--checkpoint", kept)
    assert (result.exit_code, result.stdout, result.stderr) == (
        0,
        "The change log is whole: 2 entries, 0 payloads erased.\n",
        "",
    )


def test_a_broken_entry_is_named_in_one_sentence(library: Engine) -> None:
    add_books(library, "One", "Two")
    with tampering(library) as connection:
        connection.execute(update(log_entry).where(log_entry.c.number == 2).values(act="insort"))
    result = run(library, "verify-log")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: Entry 2 of the change log was altered, moved or made without the key.\n"


def test_a_log_without_its_triggers_is_said_to_be_unguarded(library: Engine) -> None:
    add_books(library, "One")
    with library.begin() as connection:
        drop_triggers(connection)
    result = run(library, "verify-log")
    assert result.exit_code == 1
    assert "whole but unguarded; triggers are missing: log_entry_" in result.stderr


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"tracker-log v1 1 " + b"0" * 64, b"x" * 5_000_000, json.dumps({}).encode()]
)
def test_a_file_that_is_no_checkpoint_is_refused(sqlite_library: Engine, tmp_path: Path, content: bytes) -> None:
    kept = tmp_path / "head.txt"
    kept.write_bytes(content)
    result = run(sqlite_library, "verify-log", "--checkpoint", kept)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: This is not a checkpoint of the change log")


def test_a_checkpoint_altered_by_hand_is_refused(sqlite_library: Engine, tmp_path: Path) -> None:
    add_books(sqlite_library, "One")
    kept = tmp_path / "head.txt"
    kept.write_text(run(sqlite_library, "checkpoint").stdout.replace("v1 1 ", "v1 0 "))
    result = run(sqlite_library, "verify-log", "--checkpoint", kept)
    assert (result.exit_code, result.stderr) == (1, "Error: The checkpoint was altered, or made with another key.\n")


def test_a_missing_file_is_named(sqlite_library: Engine, tmp_path: Path) -> None:
    result = run(sqlite_library, "verify-log", "--checkpoint", tmp_path / "none")
    assert result.exit_code == 2
    assert "does not exist" in result.stderr
