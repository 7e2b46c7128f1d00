"""Pages of rounds through HTTP: making one, giving files to auditors, progress and grades."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_case, a_round, a_sent_audit, a_theme, an_audit
from tests.support.builders.people import a_person, a_unit, an_organisation
from tests.support.checked_client import CheckedClient
from tracker.audits.models import Audit, CaseReference
from tracker.audits.rules.vocabulary import AuditState, Grade
from tracker.people.models import Person, Unit
from tracker.people.rules import Role, UnitKind

ROUND = "/audits/rounds/november-audits"


@pytest.fixture
def ruth(session: Session) -> Person:
    return a_person(session, Role.AUDITOR, "Ruth Osei")


@pytest.fixture
def moderator(client: CheckedClient, session: Session, ruth: Person) -> Person:
    an_organisation(session)
    a_theme(session)
    a_unit(session, "South Team")
    a_round(session)
    marcus = a_person(session, Role.MODERATOR, "Marcus Bell 2")
    session.commit()
    client.sign_in(marcus)
    return marcus


def allocation(session: Session, ruth: Person, **changed: str) -> dict[str, str]:
    team = session.scalars(select(CaseReference.unit_id)).first() or 1
    return {"category": "child_in_need", "unit": str(team), "auditor": str(ruth.id), **changed}


def test_a_round_is_made_and_opens(client: CheckedClient, moderator: Person) -> None:
    client.get("/audits")
    client.follow("Make a round")
    client.submit(
        {
            "name": "Audits of December",
            "starts_on": "1 dec 2026",
            "due_on": "31/12/2026",
            "selection": "random",
            "sample_target": "22",
        }
    )
    assert client.heading == "Audits of December"
    assert "At random · due 31 December 2026 · 0 of 0 allocated files sent · 22 planned" in client.text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Enter a name"),
        ("name", "Emma Kowalska, file of December", "This could say who somebody is"),
        ("name", "Born 12/05/2014", "This could say who somebody is"),
        ("starts_on", "december", "Enter a day with its year, for example 15 Jan 2027"),
        ("due_on", "TBC", "Enter a day with its year, for example 15 Jan 2027"),
        ("due_on", "30 nov 2026", "The day it is due must not be before the day it starts"),
        ("selection", "", "Choose how the files are chosen"),
        ("sample_target", "many", "Enter a whole number from 1 to 1,000"),
    ],
)
def test_what_is_wrong_with_a_round_stands_beside_its_field(
    client: CheckedClient, moderator: Person, field: str, value: str, words: str
) -> None:
    right = {
        "name": "Audits of December",
        "starts_on": "1 dec 2026",
        "due_on": "31 dec 2026",
        "selection": "random",
        "sample_target": "22",
    }
    client.get("/audits/rounds/new")
    answer = client.submit(right | {field: value})
    assert answer.status_code == 422
    assert words in client.text


def test_a_file_with_no_code_gets_a_random_one_and_pressing_twice_makes_no_second(
    client: CheckedClient, session: Session, moderator: Person, ruth: Person
) -> None:
    client.get(ROUND)
    data = client.form("offered").filled(allocation(session, ruth))
    assert client.post(ROUND, data=data).status_code == 303
    assert client.post(ROUND, data=data).status_code == 409
    (audit,) = session.scalars(select(Audit))
    assert (audit.state, audit.auditor_id, audit.created_by) == (AuditState.ALLOCATED, ruth.id, moderator.id)


def test_a_given_code_is_taken_as_it_is(
    client: CheckedClient, session: Session, moderator: Person, ruth: Person
) -> None:
    client.get(ROUND)
    client.submit(allocation(session, ruth, code="cp-104", due_on="28 nov 2026"))
    assert "Allocated: CP-104 to Ruth Osei" in client.text
    assert "Due 28 November 2026" in client.text


@pytest.mark.parametrize("code", ["Emma Smith", "943 476 5919", "14/03/2011", "PL4 8AA"])
def test_a_code_that_tells_who_the_child_is_is_refused(
    client: CheckedClient, session: Session, moderator: Person, ruth: Person, code: str
) -> None:
    client.get(ROUND)
    answer = client.submit(allocation(session, ruth, code=code))
    assert answer.status_code == 422
    assert "Use a code that says nothing about the child" in client.text
    assert session.scalars(select(CaseReference)).all() == []


def test_a_code_that_is_too_long_is_named(
    client: CheckedClient, session: Session, moderator: Person, ruth: Person
) -> None:
    client.get(ROUND)
    assert client.submit(allocation(session, ruth, code="x" * 61)).status_code == 422
    assert "The case reference must be 60 characters or fewer (you have 61)" in client.text


def test_a_known_file_may_be_audited_again_in_another_round_only(
    client: CheckedClient, session: Session, moderator: Person, ruth: Person
) -> None:
    session.refresh(ruth, ["grants"])
    an_audit(session, auditor=ruth, audit_round=a_round(session, name="October audits"), code="CP-104")
    session.commit()
    client.get(ROUND)
    answer = client.submit(allocation(session, ruth, code="CP-104"))
    assert answer.status_code == 422
    assert "CP-104 was audited before as Child protection plan" in client.text
    client.submit({"category": "child_protection"})
    assert "Allocated: CP-104" in client.text
    client.submit(allocation(session, ruth, code="CP-104", category="child_protection"))
    assert "This file is in the round already" in client.text


def test_a_file_is_given_with_a_team_of_today_only(
    client: CheckedClient, session: Session, moderator: Person, ruth: Person
) -> None:
    a_unit(session, "Old Team", ends_on=date(2026, 11, 1))
    a_unit(session, "Team to come", starts_on=date(2027, 1, 1))
    a_unit(session, "Children's services", kind=UnitKind.SERVICE)
    session.commit()
    client.get(ROUND)
    select_box = next(field for field in client.page.iter("select") if field.get("name") == "unit")
    offered = ["".join(option.itertext()).strip() for option in select_box.iter("option")]
    assert "South Team" in offered
    assert not {"Old Team", "Team to come", "Children's services"} & set(offered)


def test_a_file_of_a_team_that_has_ended_may_be_audited_again(
    client: CheckedClient, session: Session, moderator: Person, ruth: Person
) -> None:
    old = a_unit(session, "Old Team", ends_on=date(2026, 11, 1))
    case = a_case(session, code="CP-7", unit=old)
    south = session.scalars(select(Unit).where(Unit.name == "South Team")).one()
    session.commit()
    client.get(ROUND)
    client.submit({**allocation(session, ruth, code="CP-7", unit=str(south.id)), "category": case.category.value})
    assert "Allocated: CP-7 to Ruth Osei" in client.text
    session.expire_all()
    assert case.unit_id == old.id


def test_a_round_shows_grades_as_squares_with_the_code_and_no_more(
    client: CheckedClient, session: Session, moderator: Person, ruth: Person
) -> None:
    session.refresh(ruth, ["grants"])
    a_sent_audit(session, auditor=ruth, code="CP-1", grade=Grade.GOOD)
    a_sent_audit(session, auditor=ruth, code="CP-2", grade=Grade.INADEQUATE)
    session.commit()
    client.get(ROUND)
    assert "Of 2 final audits: 1 Good, 1 Inadequate." in client.text
    names = [link.get("aria-label") for link in client.page.iter("a") if "square" in link.get("class", "")]
    assert names == ["CP-2 Inadequate", "CP-1 Good"]


def test_an_audit_of_the_wrong_file_is_made_void(
    client: CheckedClient, session: Session, moderator: Person, ruth: Person
) -> None:
    session.refresh(ruth, ["grants"])
    audit = a_sent_audit(session, auditor=ruth, code="CP-1")
    session.commit()
    client.get(f"/audits/{audit.public_id}")
    client.follow("Make this audit void")
    assert client.submit({"reason": "Wrong"}).status_code == 422
    client.submit({"reason": "The wrong file was read"})
    assert "Void: CP-1" in client.text
    client.get(f"/audits/{audit.public_id}")
    assert "This audit is void and is not counted: The wrong file was read" in client.text


def test_the_list_of_rounds_says_how_far_each_is(
    client: CheckedClient, session: Session, moderator: Person, ruth: Person
) -> None:
    session.refresh(ruth, ["grants"])
    a_sent_audit(session, auditor=ruth)
    an_audit(session, auditor=ruth, due="-1d")
    session.commit()
    client.get("/audits")
    assert "1 sent, 2 allocated, 20 planned 1 late" in client.text
