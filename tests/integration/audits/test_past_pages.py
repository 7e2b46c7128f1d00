"""Bringing past audits in through pages, as a moderator and nobody else; taking them back, and when that is refused."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_theme, a_tool
from tests.support.builders.people import a_person
from tests.support.checked_client import CheckedClient
from tests.support.pages import words
from tracker.audits.models import (
    Answer,
    Audit,
    AuditImport,
    AuditRound,
    CaseReference,
    ImmediateConcern,
    ImportedAudit,
    UnfinishedPast,
)
from tracker.audits.queries.retention import DueCounts, due_counts
from tracker.audits.rules.vocabulary import AuditState
from tracker.core import clock
from tracker.people.models import Person
from tracker.people.rules import Role

PAST = Path(__file__).parents[2] / "support" / "audits" / "past.csv"
MAPS = {
    "Round": "field:round",
    "Audit no": "field:ref",
    "Child's code": "field:case",
    "Help": "field:category",
    "Team": "field:unit",
    "Auditor": "field:auditor",
    "Form": "field:tool",
    "How": "field:mode",
    "Chosen": "field:selection",
    "Done on": "field:date",
    "Overall": "field:grade",
    "After moderation": "field:moderated_grade",
    "At risk?": "field:immediate_concern",
    "Child seen and heard?": "theme:voice",
    "Plan up to date?": "theme:plan",
    "Steps have dates?": "theme:plan",
    "Supervision on file?": "theme:supervision",
    "Risk": "theme:risk",
}


@pytest.fixture
def mia(session: Session, client: CheckedClient) -> Person:
    """The moderator, signed in."""
    a_theme(session)
    a_tool(session)
    mia = a_person(session, Role.MODERATOR, "Mia Kane")
    session.commit()
    client.sign_in(mia)
    return mia


def send(client: CheckedClient, raw: bytes, name: str = "past.csv") -> str:
    """Choose a file, and return the address of the page that follows."""
    client.get("/audits/imports/new")
    token = client.form("file").filled({})["csrf_token"]
    data = {"csrf_token": token, "file": (io.BytesIO(raw), name)}
    client.post("/audits/imports/new", data=data, follow_redirects=True)
    assert client.answer is not None
    return client.answer.request.path


def folder_of(app: Flask, address: str) -> Path:
    """Return where a file lies while it comes in."""
    instance: Path = app.config["SETTINGS"].instance
    return instance / "past-audits" / address.rpartition("/")[2]


def say(client: CheckedClient, holds: dict[str, str], **more: str) -> None:
    """Say what columns hold, by their headings, and go on to the preview."""
    labels = {words(label): label.get("for", "") for label in client.page.iter("label")}
    fields = {labels[f"What “{heading}” holds"]: answer for heading, answer in holds.items()}
    client.submit(fields | more, button="Save and see the preview")


def bring_in(client: CheckedClient) -> None:
    send(client, PAST.read_bytes())
    say(client, MAPS)
    client.submit(button="Bring in 13 audits")


def number(session: Session, kind: type) -> int:
    session.expire_all()
    return session.scalar(select(func.count()).select_from(kind)) or 0


def test_a_file_comes_in_step_by_step(client: CheckedClient, mia: Person, session: Session, app: Flask) -> None:
    address = send(client, PAST.read_bytes())
    assert folder_of(app, address).is_dir()
    assert "What “Child seen and heard?” holds" in client.text
    say(client, MAPS)
    assert "20 rows: 13 can come in, 7 refused. Nothing is stored yet." in client.text
    assert "They come in as final audits. Final audits of files chosen at random count in themes" in client.text
    assert number(session, Audit) == 0
    for word in ("Jane", "Smith", "943 476", "PL4", "home.example", "C-201", "Osei"):
        assert word not in client.text
    client.submit(button="Bring in 13 audits")
    assert "Brought in: 13 past audits" in client.text
    assert (number(session, Audit), number(session, UnfinishedPast)) == (13, 0)
    assert not folder_of(app, address).exists()


def test_what_versions_asked_is_offered_and_can_be_corrected(
    client: CheckedClient, mia: Person, session: Session
) -> None:
    address = send(client, PAST.read_bytes())
    say(client, MAPS)
    client.get(address)
    ticked = [box.get("name") for box in client.page.iter("input") if box.get("checked") is not None]
    assert "What did version “v1” ask?" in client.text
    # Of five questions v1 used four, as one of its audits answers what it did not ask; v2 all, v3 one.
    assert len(ticked) == 4 + 5 + 1
    client.submit({"asked_0_3": None}, button="Save and see the preview")
    assert "Answers to what its tool did not ask, left out: 1" in client.text


def test_a_second_window_and_a_second_press_change_nothing(
    client: CheckedClient, mia: Person, session: Session
) -> None:
    address = send(client, PAST.read_bytes())
    say(client, MAPS)
    token = client.form("version").filled({})
    client.submit(button="Bring in 13 audits")
    assert client.post(f"{address}/preview", data=token).status_code == 404
    assert number(session, Audit) == 13


def test_a_stale_form_is_refused(client: CheckedClient, mia: Person, session: Session) -> None:
    address = send(client, PAST.read_bytes())
    stale = client.form("version").filled({})
    say(client, MAPS)
    assert client.post(address, data=stale).status_code in {409, 422}
    stale_import = {"csrf_token": stale["csrf_token"], "version": "1"}
    assert client.post(f"{address}/preview", data=stale_import).status_code == 409
    assert number(session, Audit) == 0


@pytest.mark.parametrize(
    ("raw", "name", "sentence"),
    [
        (b"", "past.csv", "no rows"),
        (b"Ref,Date\n", "past.csv", "no rows"),
        (b"%PDF-1.4", "past.csv", "not text"),
        (b"PK\x03\x04 no workbook", "past.xlsx", ""),
        (b"Ref,Date\n" + b"A-1,2013-06-12\n" * 2_001, "past.csv", "more than 2,000 rows"),
        (b",".join(b"c%d" % one for one in range(81)) + b"\n1\n", "past.csv", "more than 80 columns"),
        (b'Ref,Date\n"' + b"x" * 200_000, "past.csv", "quotation marks"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_a_sentence(
    client: CheckedClient, mia: Person, raw: bytes, name: str, sentence: str
) -> None:
    assert send(client, raw, name) == "/audits/imports/new"
    assert client.answer is not None
    assert client.answer.status_code == 422
    assert sentence in client.text
    client.get("/audits/imports")
    assert "Begun and not finished" not in client.text


def test_columns_that_lack_a_day_or_name_one_thing_twice_are_refused(client: CheckedClient, mia: Person) -> None:
    send(client, PAST.read_bytes())
    say(client, {**MAPS, "Done on": ""})
    assert "Say which column holds the day of the audit" in client.text
    say(client, {**MAPS, "Help": "field:date"})
    assert "Two columns are said to hold “Day of the audit”" in client.text


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MODERATOR])
def test_nobody_else_may_bring_in_see_or_take_back(
    client: CheckedClient, mia: Person, session: Session, role: Role
) -> None:
    bring_in(client)
    address = send(client, PAST.read_bytes())
    made = session.scalars(select(AuditImport)).one()
    somebody = a_person(session, role, "Somebody Else")
    session.commit()
    client.sign_in(somebody)
    for path in ("/audits/imports", "/audits/imports/new", address, f"/audits/imports/{made.id}/undo"):
        assert client.get(path).status_code == 403
    assert client.post(f"/audits/imports/{made.id}/undo").status_code in {400, 403}
    assert number(session, Audit) == 13


def test_a_moderator_of_one_team_has_no_part_in_past_audits(
    client: CheckedClient, mia: Person, session: Session, app: Flask
) -> None:
    bring_in(client)
    made = session.scalars(select(AuditImport)).one()
    address = send(client, PAST.read_bytes())
    session.refresh(mia, ["grants"])
    mia.grants[0].unit_id = session.scalars(select(CaseReference.unit_id)).first()
    session.commit()
    for path in (
        "/audits/imports",
        "/audits/imports/new",
        f"/audits/imports/{made.id}/undo",
        address,
        f"{address}/preview",
    ):
        assert client.get(path).status_code == 403, path
    client.get("/my/settings")
    token = client.form("csrf_token", button="Sign out").filled({})
    for path in ("/audits/imports/new", address, f"{address}/preview", f"{address}/discard"):
        assert client.post(path, data=token).status_code == 403, path
    assert folder_of(app, address).is_dir()
    assert number(session, AuditImport) == 1


def test_where_only_moderated_ones_are_final_the_others_are_sent_and_hidden_from_nobody(
    client: CheckedClient, mia: Person, session: Session
) -> None:
    send(client, PAST.read_bytes())
    say(client, MAPS, moderated_only="y")
    assert "Those with a grade after moderation come in as final audits, the others as sent ones" in client.text
    client.submit(button="Bring in 13 audits")
    sent = session.scalars(select(Audit).where(Audit.state == AuditState.SUBMITTED)).all()
    assert len(sent) == 13 - len(session.scalars(select(Audit).where(Audit.state == AuditState.FINAL)).all())
    client.get(f"/audits/{sent[0].public_id}")
    assert "came in with past audits" in client.text
    assert "What the auditor wrote is shown when" not in client.text
    assert due_counts(session, as_at=clock.today(), years=3) == DueCounts(due=13, held=0, unfinished=0)


def test_another_moderators_file_is_not_there(client: CheckedClient, mia: Person, session: Session) -> None:
    address = send(client, PAST.read_bytes())
    noor = a_person(session, Role.MODERATOR, "Noor Ali")
    session.commit()
    client.sign_in(noor)
    assert client.get(address).status_code == 404
    assert client.get(f"{address}/preview").status_code == 404


def test_a_file_left_alone_for_a_day_is_gone(
    client: CheckedClient, mia: Person, clock_at: Callable[[date], object], app: Flask
) -> None:
    address = send(client, PAST.read_bytes())
    clock_at(clock.today() + timedelta(days=2))
    client.sign_in(mia)
    assert client.get(address).status_code == 404
    assert "1 unfinished import" in app.test_cli_runner().invoke(args=["tidy"]).output
    assert not folder_of(app, address).exists()


def test_an_imported_audit_says_where_it_comes_from(client: CheckedClient, mia: Person, session: Session) -> None:
    bring_in(client)
    flagged = session.scalars(select(ImportedAudit).where(ImportedAudit.is_concern)).one()
    audit = session.get_one(Audit, flagged.audit_id)
    client.get(f"/audits/{audit.public_id}")
    for said in ("came in with past audits", "A-118", "Flagged at the time", "After moderation", "Inadequate"):
        assert said in client.text


def test_what_came_in_is_taken_back_whole(client: CheckedClient, mia: Person, session: Session) -> None:
    before = {kind: number(session, kind) for kind in (Audit, Answer, ImportedAudit, CaseReference, AuditRound)}
    bring_in(client)
    made = session.scalars(select(AuditImport)).one()
    client.get(f"/audits/imports/{made.id}/undo")
    client.submit(button="Undo this import")
    assert "Taken back: 13 past audits" in client.text
    assert {kind: number(session, kind) for kind in before} == before
    bring_in(client)
    assert number(session, Audit) == 13


def test_what_somebody_has_worked_on_stays(client: CheckedClient, mia: Person, session: Session) -> None:
    bring_in(client)
    made, audit = session.scalars(select(AuditImport)).one(), session.scalars(select(Audit)).first()
    assert audit is not None
    told = {"told_to": "Team manager", "told_at": clock.now(), "what": "Look again"}
    session.add(
        ImmediateConcern(public_id="C" * 16, audit_id=audit.id, raised_by_id=mia.id, raised_at=clock.now(), **told)
    )
    session.commit()
    client.get(f"/audits/imports/{made.id}/undo")
    assert "Somebody has worked on these audits" in client.text
    assert number(session, Audit) == 13


def test_after_thirty_days_it_stays(
    client: CheckedClient, mia: Person, session: Session, clock_at: Callable[[date], object]
) -> None:
    bring_in(client)
    made = session.scalars(select(AuditImport)).one()
    clock_at(clock.today() + timedelta(days=31))
    client.sign_in(mia)
    client.get(f"/audits/imports/{made.id}/undo")
    assert "more than 30 days ago" in client.text
