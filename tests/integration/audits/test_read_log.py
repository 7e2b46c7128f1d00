"""Who opened what of audits, through HTTP: each way of reading is in it, and nobody but the QA lead reads it."""

import csv
from io import StringIO

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_concern, a_round, a_sent_audit, a_theme
from tests.support.builders.people import a_person, an_organisation
from tests.support.builders.plans import a_plan
from tests.support.checked_client import CheckedClient
from tests.support.houses import House
from tests.support.pages import words
from tests.support.queries import queries_of
from tracker.audits.models import Audit
from tracker.people.models import Person
from tracker.people.rules import Role

LOG = "/audits/read-log"


@pytest.fixture
def ruth(session: Session) -> Person:
    an_organisation(session)
    a_theme(session)
    a_round(session)
    return a_person(session, Role.AUDITOR, "Ruth Osei")


@pytest.fixture
def qa_lead(session: Session, ruth: Person) -> Person:
    return a_person(session, Role.MODERATOR, "Grace Adeyemi")


@pytest.fixture
def audits(session: Session, ruth: Person, qa_lead: Person) -> list[Audit]:
    made = [a_sent_audit(session, auditor=ruth, code=code) for code in ("CP-104", "CP-105")]
    session.commit()
    return made


def rows(client: CheckedClient, address: str = LOG) -> list[str]:
    assert client.get(address).status_code == 200
    return [" ".join(words(cell) for cell in line) for line in client.page.iter("tr")][1:]


def test_each_way_of_reading_is_an_entry_with_who_and_what(
    client: CheckedClient, session: Session, ruth: Person, qa_lead: Person, audits: list[Audit]
) -> None:
    viewer = a_person(session, Role.VIEWER, "Vera Viewer")
    concern = a_concern(session, audits[1], by=ruth)
    session.commit()
    client.sign_in(ruth)
    client.get(f"/audits/{audits[0].public_id}")
    client.sign_in(viewer)
    assert client.get(f"/audits/{audits[0].public_id}").status_code == 403
    client.sign_in(qa_lead)
    client.get(f"/concerns/{concern.public_id}")
    client.get("/moderation/agreement.csv")
    found = rows(client)
    assert "Grace Adeyemi Opened Read log" in found[0]
    assert "Grace Adeyemi Taken away as a file Agreement" in found[1]
    assert "Grace Adeyemi Opened Immediate concern CP-105" in found[2]
    assert "Vera Viewer Refused Read a case-level audit (audit) CP-104" in found[3]
    assert "Ruth Osei Opened Audit CP-104" in found[4]


def test_it_is_narrowed_by_case_person_act_and_day(
    client: CheckedClient, ruth: Person, qa_lead: Person, audits: list[Audit], today: object
) -> None:
    client.sign_in(ruth)
    for audit in audits:
        client.get(f"/audits/{audit.public_id}")
    client.sign_in(qa_lead)
    client.get(LOG)
    answer = client.submit({"code": " cp-104 "}, follow=False)
    assert answer.status_code == 303
    assert "104" not in answer.headers["Location"]
    of_case = rows(client, answer.headers["Location"])
    assert [("CP-104" in row, "CP-105" in row) for row in of_case] == [(True, False)]
    assert len(rows(client, f"{LOG}?person={ruth.id}")) == 2
    assert rows(client, f"{LOG}?act=refused") == []
    assert rows(client, f"{LOG}?until=1 Nov 2026") == []
    assert len(rows(client, f"{LOG}?since={today}&person={ruth.id}")) == 2


def test_the_file_holds_all_that_the_page_shows_and_leaving_with_it_is_an_entry(
    client: CheckedClient, ruth: Person, qa_lead: Person, audits: list[Audit]
) -> None:
    client.sign_in(ruth)
    client.get(f"/audits/{audits[0].public_id}")
    client.sign_in(qa_lead)
    answer = client.get(f"{LOG}.csv?person={ruth.id}")
    read = list(csv.DictReader(StringIO(answer.text.lstrip("\ufeff"))))
    assert [(row["who"], row["act"], row["what"], row["case"]) for row in read] == [
        ("Ruth Osei", "Opened", "Audit", "CP-104")
    ]
    assert "Grace Adeyemi Taken away as a file Read log" in rows(client)[1]


@pytest.mark.parametrize("sent", ["person=x&act=y&since=z", "audit=NOTHING&person=999999", "since=1 Jan 2020&until=x"])
def test_an_address_that_means_nothing_breaks_nothing(
    client: CheckedClient, qa_lead: Person, audits: list[Audit], sent: str
) -> None:
    client.sign_in(qa_lead)
    assert client.get(f"{LOG}?{sent}").status_code == 200
    assert client.get(f"{LOG}.csv?{sent}").status_code == 200


def test_a_case_that_nobody_audited_is_not_found(client: CheckedClient, qa_lead: Person, audits: list[Audit]) -> None:
    client.sign_in(qa_lead)
    client.get(LOG)
    assert client.submit({"code": "CP-999"}).status_code == 422
    assert "No audit has this case reference" in client.text


def test_a_moderator_for_one_plan_and_the_administrator_do_not_read_it(
    client: CheckedClient, session: Session, audits: list[Audit]
) -> None:
    scoped = a_person(session, Role.MODERATOR, "Sam Reader", scope={"plan_id": a_plan(session).id})
    admin = a_person(session, Role.ADMIN, "Ada Min")
    session.commit()
    for person in (scoped, admin):
        client.sign_in(person)
        for address in (LOG, f"{LOG}.csv"):
            assert client.get(address).status_code == 403


def test_it_asks_as_often_however_much_there_is(
    *, client: CheckedClient, session: Session, database: House, ruth: Person, qa_lead: Person, audits: list[Audit]
) -> None:
    counts = []
    for _ in range(2):
        client.sign_in(ruth)
        for audit in session.scalars(select(Audit)):
            client.get(f"/audits/{audit.public_id}")
        client.sign_in(qa_lead)
        with queries_of(database.engine) as statements:
            rows(client)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 12
