"""An action with its lead, somebody of the office and others around it, and the folder of its files."""

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_plan, an_action
from tests.support.checked_client import CheckedClient
from tests.support.files import honest
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.models import Action


@pytest.fixture
def office(session: Session) -> Person:
    return a_person(session, Role.OFFICE, "Daniel Hughes")


@pytest.fixture
def tom(session: Session) -> Person:
    return a_person(session, Role.LEAD, "Tom Whitcombe")


@pytest.fixture
def action(session: Session, tom: Person, office: Person) -> Action:
    plan = a_plan(session, slug="improvement-plan")
    made = an_action(session, plan, title="Start stage 1", lead=tom)
    session.commit()
    return made


@pytest.fixture
def place(action: Action) -> str:
    return f"/plans/improvement-plan/{action.ref}/evidence"


@pytest.fixture
def folder(app: Flask) -> Iterator[Path]:
    """The folder in which the files of this test are kept."""
    kept: Path = app.config["SETTINGS"].instance / "files"
    shutil.rmtree(kept, ignore_errors=True)
    app.extensions.pop("file_store", None)
    yield kept
    shutil.rmtree(kept, ignore_errors=True)
    app.extensions.pop("file_store", None)


class Desk(NamedTuple):
    """What a test of files has before it."""

    client: CheckedClient
    session: Session
    place: str
    folder: Path


@pytest.fixture
def desk(client: CheckedClient, session: Session, place: str, folder: Path) -> Desk:
    return Desk(client, session, place, folder)


def sent(*files: tuple[bytes, str], **fields: str) -> dict[str, Any]:
    """Return what a form with files sends."""
    chosen = [(BytesIO(data), name) for data, name in files]
    return {
        "evidence": "",
        "evidence_url": "",
        "title": "",
        "evidence_on": "",
        "sensitivity": "ordinary",
        **fields,
        "files": chosen,
    }


def add(client: CheckedClient, place: str, *files: tuple[bytes, str], **fields: str) -> Any:
    """Open the form, choose files and send it."""
    client.get(f"{place}/add")
    hidden = {name: client.form("files").sent[name][0] for name in ("csrf_token", "form_token")}
    data = sent(*files, **fields) | hidden
    answer = client.post(f"{place}/add", data=data, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()  # a large form waits in a file, which the test's browser leaves open
    return answer


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


def a_file(name: str = "report.pdf") -> tuple[BytesIO, str]:
    """Return a file as a browser sends it."""
    return BytesIO(honest.pdf()), name


A_PDF = (honest.pdf(), "Vacancy report.pdf")
