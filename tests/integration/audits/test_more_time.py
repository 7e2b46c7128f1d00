"""Asking for more time for an audit and deciding on it, through HTTP (ux 8.14)."""

import pytest
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_theme, an_audit, loaded
from tests.support.builders.people import a_person, an_organisation
from tests.support.checked_client import CheckedClient
from tracker.audits.models import Audit
from tracker.people.models import Person
from tracker.people.rules import Role


@pytest.fixture
def ruth(session: Session) -> Person:
    an_organisation(session)
    a_theme(session)
    return a_person(session, Role.AUDITOR, "Ruth Osei", also=(Role.MODERATOR,))


@pytest.fixture
def audit(session: Session, ruth: Person) -> Audit:
    made = an_audit(session, auditor=ruth, code="CP-104", due="-1d")
    session.commit()
    return made


@pytest.fixture
def decider(session: Session, audit: Audit) -> Person:
    assert audit.id
    made = a_person(session, Role.MODERATOR, "Grace Adeyemi")
    session.commit()
    return made


def due(session: Session, audit: Audit) -> str:
    session.expire_all()
    return str(loaded(session, audit).due_on)


def ask(client: CheckedClient, audit: Audit, until: str = "3 dec 2026", why: str = "The file is away") -> int:
    client.get(f"/audits/{audit.public_id}/section/1")
    client.follow("Ask for more time")
    return client.submit({"until": until, "why": why}, button="Ask for more time").status_code


def test_a_late_audit_is_due_later_once_somebody_else_agrees(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit, decider: Person
) -> None:
    client.sign_in(ruth)
    ask(client, audit)
    assert "Nobody has decided yet" in client.text
    assert "Why does it take longer?" not in client.text
    client.get("/audits/more-time")
    assert "Nobody waits for more time." in client.text
    client.sign_in(decider)
    client.get("/audits")
    client.follow("More time for audits")
    client.follow("CP-104")
    assert "The file is away" in client.text
    client.submit(button="Agree to 3 Dec 2026")
    assert "Nobody waits for more time." in client.text
    assert due(session, audit) == "2026-12-03"


def test_staying_due_needs_a_reason_that_the_auditor_reads(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit, decider: Person
) -> None:
    client.sign_in(ruth)
    ask(client, audit)
    client.sign_in(decider)
    client.get("/audits/more-time")
    client.follow("CP-104")
    assert client.submit(button="Leave it due").status_code == 422
    assert "Say why it stays due when it is" in client.text
    older = client.form("note").filled({"note": "Too late"}) | {"go": "agree"}
    client.submit({"note": "The board meets on Monday"}, button="Leave it due")
    assert client.post("/audits/more-time/1", data=older).status_code == 409
    assert due(session, audit) == "2026-11-25"
    client.sign_in(ruth)
    client.get(f"/audits/{audit.public_id}/more-time")
    assert "The board meets on Monday" in client.text


def test_nobody_decides_on_what_they_asked_for(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    client.sign_in(ruth)
    ask(client, audit)
    assert client.get("/audits/more-time/1").status_code == 403
    assert due(session, audit) == "2026-11-25"


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (("", "The file is away"), "Enter a day after 26 November 2026"),
        (("26 nov 2026", "The file is away"), "Enter a day after 26 November 2026"),
        (("1 dec 2027", "The file is away"), "at most three months from now"),
        (("3 dec 2026", " "), "Say why it takes longer"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(
    client: CheckedClient, ruth: Person, audit: Audit, said: tuple[str, str], problem: str
) -> None:
    client.sign_in(ruth)
    assert ask(client, audit, *said) == 422
    assert problem in client.text


def test_asking_twice_asks_once(client: CheckedClient, ruth: Person, audit: Audit) -> None:
    client.sign_in(ruth)
    address = f"/audits/{audit.public_id}/more-time"
    client.get(address)
    data = client.form("why").filled({"until": "3 dec 2026", "why": "The file is away"})
    assert [client.post(address, data=data).status_code for _ in range(2)] == [303, 409]
