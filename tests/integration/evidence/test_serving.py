"""Getting a file: as an attachment that nothing can run, for whom it is, and only as it was added."""

from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.integration.evidence.conftest import A_PDF, Desk, add, kept
from tests.support.builders.people import a_person
from tests.support.checked_client import CheckedClient
from tests.support.files import honest
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.models import Evidence


def address(session: Session, place: str) -> str:
    session.expire_all()
    return f"{place}/{session.scalars(select(Evidence.code)).one()}/file"


@pytest.fixture
def file(client: CheckedClient, session: Session, tom: Person, place: str, folder: Path) -> str:
    client.sign_in(tom)
    add(client, place, A_PDF)
    return address(session, place)


def test_a_file_comes_back_as_an_attachment_that_nothing_can_run(client: CheckedClient, file: str) -> None:
    answer = client.get(file)
    assert answer.status_code == 200
    assert answer.data == honest.pdf()
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Vacancy report.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script-src" not in policy


def test_a_name_in_any_script_travels_safely(
    client: CheckedClient, session: Session, tom: Person, place: str, folder: Path
) -> None:
    client.sign_in(tom)
    add(client, place, (honest.pdf(), "Żółć b=1.pdf"))
    answer = client.get(address(session, place))
    assert "\n" not in answer.headers["Content-Disposition"]
    assert "b%3D1" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("harm", ["altered", "cut", "gone"])
def test_a_file_changed_outside_the_service_is_not_sent_and_is_logged(
    client: CheckedClient, session: Session, folder: Path, file: str, harm: str
) -> None:
    (path,) = kept(folder)
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(b"%PDF-1.4 another" if harm == "altered" else path.read_bytes()[:-1])
    answer = client.get(file)
    assert answer.status_code == 502
    assert client.heading == "This file was changed outside the service"
    acts = session.scalars(text("SELECT act FROM log_entry ORDER BY number DESC LIMIT 1")).all()
    assert acts == ["altered"]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.OFFICE, 200),
        (Role.LEAD, 200),
        (Role.AUDITOR, 200),
        (Role.ASSURANCE, 200),
        (Role.VIEWER, 403),
        (Role.ADMIN, 403),
    ],
)
def test_files_are_for_everybody_inside_and_for_no_viewer(desk: Desk, file: str, role: Role, status: int) -> None:
    client, session, place, _folder = desk
    other = a_person(session, role)
    session.commit()
    client.sign_in(other)
    assert client.get(file).status_code == status
    assert client.get(place).status_code == status


@pytest.mark.parametrize(("role", "status"), [(Role.OFFICE, 200), (Role.LEAD, 403), (Role.ASSURANCE, 403)])
def test_a_restricted_file_is_for_the_office_and_the_leads_of_the_action(
    desk: Desk, tom: Person, role: Role, status: int
) -> None:
    client, session, place, _folder = desk
    client.sign_in(tom)
    add(client, place, A_PDF, sensitivity="restricted")
    file = address(session, place)
    assert client.get(file).status_code == 200
    other = a_person(session, role)
    session.commit()
    client.sign_in(other)
    assert client.get(file).status_code == status
    client.get(place)
    assert ("Only the programme office and the leads of this action may open it" in client.text) == (status == 403)
    client.get(place.removesuffix("/evidence"))
    assert (file in (client.answer.text if client.answer else "")) == (status == 200)


def test_a_restricted_link_is_shown_to_nobody_else(
    client: CheckedClient, session: Session, tom: Person, place: str
) -> None:
    client.sign_in(tom)
    add(client, place, evidence_url="https://secret.example/r", evidence="The report", sensitivity="restricted")
    other = a_person(session, Role.ASSURANCE)
    session.commit()
    client.sign_in(other)
    for page in (place, place.removesuffix("/evidence")):
        assert "secret.example" not in client.get(page).text


def test_a_file_of_one_action_is_not_found_under_another(client: CheckedClient, file: str) -> None:
    assert client.get(file.replace("/1.1/", "/1.2/")).status_code == 404
    assert client.get(f"{file.rsplit('/', 2)[0]}/{'X' * 300}/file").status_code == 404


def test_nobody_gets_a_file_without_signing_in(client: CheckedClient, file: str) -> None:
    client.delete_cookie("tracker")
    assert client.get(file).status_code == 302
