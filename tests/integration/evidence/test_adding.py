"""Adding evidence through its page and with an update: files, links and sentences, once and with their own day."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.integration.evidence.conftest import A_PDF, Desk, a_file, add, kept
from tests.support.checked_client import CheckedClient
from tests.support.files import honest
from tracker.people.models import Person
from tracker.plans.models import Action, Evidence, Update


def evidence(session: Session) -> list[Evidence]:
    session.expire_all()
    return list(session.scalars(select(Evidence).order_by(Evidence.id)))


def test_a_lead_adds_two_files_and_a_link_at_once(
    client: CheckedClient, session: Session, tom: Person, place: str, folder: Path
) -> None:
    client.sign_in(tom)
    files = [A_PDF, (honest.png(), "chart.png")]
    answer = add(client, place, *files, evidence_url="https://intranet.example/r", evidence="11 of 31 posts are vacant")
    assert answer.status_code == 303
    client.get(place)
    assert "Evidence added to 1.1: 3 pieces" in client.text
    assert "Vacancy report.pdf" in client.text
    assert client.text.count("Not verified yet") == 3
    rows = evidence(session)
    assert [row.kind for row in rows] == ["file", "file", "link"]
    assert {row.text for row in rows} == {"11 of 31 posts are vacant"}
    assert len(kept(folder)) == 2


def test_a_sentence_alone_is_evidence_too(client: CheckedClient, session: Session, tom: Person, place: str) -> None:
    client.sign_in(tom)
    add(client, place, evidence="The board saw the chart", title="Board of 3 November", evidence_on="3 Nov 2026")
    (row,) = evidence(session)
    assert (row.kind, row.title, row.effective_on) == ("sentence", "Board of 3 November", date(2026, 11, 3))


def test_the_file_is_kept_under_a_name_of_our_own_for_its_owner_alone(
    client: CheckedClient, session: Session, tom: Person, place: str, folder: Path
) -> None:
    client.sign_in(tom)
    add(client, place, (honest.pdf(), "../../etc/\u202ereport.pdf"))
    (row,), (path,) = evidence(session), kept(folder)
    assert row.file_name == "report.pdf"
    assert row.stored_as == str(path.relative_to(folder))
    assert "report" not in str(path.relative_to(folder))
    assert path.read_bytes() == honest.pdf()
    assert oct(path.stat().st_mode)[-3:] == "600"
    assert oct(folder.stat().st_mode)[-3:] == "700"
    assert row.file_size == len(honest.pdf())


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Say what the evidence shows"),
        ({"evidence_url": "https://intranet.example/r"}, "Say what the evidence shows"),
        ({"evidence": "x", "evidence_url": "javascript:alert(1)"}, "The link must begin with https://"),
        ({"evidence": "x", "evidence_on": "27 Nov 2026"}, "Evidence cannot be from the future"),
        ({"evidence": "x", "evidence_on": "some day"}, "Enter a day with its year"),
        ({"evidence": "x" * 401}, "What it shows must be 400 characters or fewer"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(desk: Desk, tom: Person, fields: dict[str, str], said: str) -> None:
    client, session, place, _folder = desk
    client.sign_in(tom)
    assert add(client, place, **fields).status_code == 422
    assert said in client.text
    assert evidence(session) == []


def test_when_one_file_is_refused_none_is_kept_and_its_name_is_said(
    client: CheckedClient, session: Session, tom: Person, place: str, folder: Path
) -> None:
    client.sign_in(tom)
    answer = add(client, place, A_PDF, (b"<html></html>", "page.html"), evidence="My words stay")
    assert answer.status_code == 422
    assert "page.html: The file must be a PDF, Word, Excel, image or e-mail file" in client.text
    assert "My words stay" in answer.text
    assert evidence(session) == []
    assert kept(folder) == []


def test_eleven_files_are_too_many(client: CheckedClient, tom: Person, place: str, folder: Path) -> None:
    client.sign_in(tom)
    assert add(client, place, *[A_PDF] * 11).status_code == 422
    assert "Add at most 10 files at a time" in client.text


def test_the_same_form_sent_twice_adds_its_files_once(
    client: CheckedClient, session: Session, tom: Person, place: str, folder: Path
) -> None:
    client.sign_in(tom)
    client.get(f"{place}/add")
    hidden = {name: client.form("form_token").sent[name][0] for name in ("csrf_token", "form_token")}
    for _ in range(2):
        fields = {"evidence": "", "evidence_url": "", "title": "", "evidence_on": "", "sensitivity": "ordinary"}
        data = fields | hidden | {"files": [a_file()]}
        assert client.post(f"{place}/add", data=data, content_type="multipart/form-data").status_code == 303
    assert len(evidence(session)) == 1
    assert len(kept(folder)) == 1


def test_an_update_takes_files_and_sent_twice_keeps_them_once(desk: Desk, tom: Person, action: Action) -> None:
    client, session, place, folder = desk
    client.sign_in(tom)
    address = place.removesuffix("/evidence")
    client.get(address)
    sending = client.form("declared").filled(
        {"declared": "G", "happened": "Posts advertised", "evidence": "The report"}
    )
    for _ in range(2):
        data = sending | {"evidence_files": [a_file()]}
        answer = client.post(f"{address}/update", data=data, content_type="multipart/form-data")
        assert answer.status_code == 303
    (row,) = evidence(session)
    assert row.update_id == session.scalars(select(Update.id)).one()
    assert (row.kind, row.text) == ("file", "The report")
    assert len(kept(folder)) == 1
    client.get(address)
    assert "Evidence: The report (not verified)" in client.text
    assert "1 piece, not verified" in client.text


def test_an_update_that_is_refused_keeps_no_file(desk: Desk, tom: Person, action: Action) -> None:
    client, _session, place, folder = desk
    client.sign_in(tom)
    address = place.removesuffix("/evidence")
    client.get(address)
    sending = client.form("declared").filled({"declared": "R", "why": "", "evidence": "The report"})
    data = sending | {"evidence_files": [a_file()]}
    answer = client.post(f"{address}/update", data=data, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "Say why it is red" in client.text
    assert kept(folder) == []


def test_a_file_in_a_box_for_words_is_no_fault_of_ours(client: CheckedClient, tom: Person, place: str) -> None:
    client.sign_in(tom)
    client.get(f"{place}/add")
    token = client.form("form_token").sent["csrf_token"][0]
    names = ("evidence", "evidence_url", "title", "evidence_on", "sensitivity", "form_token")
    data = {"csrf_token": token, **{name: a_file() for name in names}, "files": "words"}
    answer = client.post(f"{place}/add", data=data, content_type="multipart/form-data")
    assert answer.status_code == 422


def test_a_form_of_70_megabytes_is_not_read(client: CheckedClient, app: Flask, tom: Person, place: str) -> None:
    client.sign_in(tom)
    answer = client.post(
        f"{place}/add",
        data=b"x",
        content_type="multipart/form-data; boundary=a",
        environ_overrides={"CONTENT_LENGTH": "73400320"},
    )
    assert answer.status_code == 413
