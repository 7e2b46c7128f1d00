"""The command that compares stored files with their records, as an operator reads it."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.integration.evidence.conftest import A_PDF, add
from tests.support.checked_client import CheckedClient
from tests.support.files import honest
from tracker.people.models import Person
from tracker.plans.models import Evidence


@pytest.fixture
def stored(client: CheckedClient, session: Session, tom: Person, place: str, folder: Path) -> list[str]:
    client.sign_in(tom)
    add(client, place, A_PDF, (honest.png(), "chart.png"))
    return [name for name in session.scalars(select(Evidence.stored_as).order_by(Evidence.id)) if name]


def test_whole_files_are_counted(app: Flask, stored: list[str]) -> None:
    said = app.test_cli_runner().invoke(args=["check-files"])
    assert said.exit_code == 0
    assert said.output == "2 files are whole, 0 missing, 0 altered, 0 surplus.\n"


def test_what_was_changed_outside_is_named(app: Flask, folder: Path, stored: list[str]) -> None:
    (folder / stored[0]).write_bytes(b"another")
    (folder / stored[1]).rename(folder / "ab")
    said = app.test_cli_runner().invoke(args=["check-files"])
    assert said.exit_code == 1
    assert said.output.splitlines() == [
        f"missing {stored[1]}",
        f"altered {stored[0]}",
        "surplus ab",
        "0 files are whole, 1 missing, 1 altered, 1 surplus.",
    ]


def test_a_surplus_file_alone_is_no_failure(app: Flask, folder: Path, stored: list[str]) -> None:
    (folder / "cd").write_bytes(b"left over")
    assert app.test_cli_runner().invoke(args=["check-files"]).exit_code == 0
