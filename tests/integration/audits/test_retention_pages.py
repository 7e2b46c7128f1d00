"""Retention and legal holds through pages: the administrator asks, the moderator approves, and a hold keeps words."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.integration.audits.test_access import acts
from tests.support.builders.audits import a_case, a_round, a_sent_audit, a_theme
from tests.support.builders.people import a_person, an_organisation
from tests.support.checked_client import CheckedClient
from tests.support.houses import House
from tests.support.queries import queries_of
from tracker.audits.models import Audit, LegalHold, RetentionRun
from tracker.core import clock
from tracker.people.models import Organisation, Person
from tracker.people.rules import Role

LONG_AGO = datetime(2023, 6, 1, 10, 0, tzinfo=UTC)
WHY = "An inquiry has asked for it to be kept"
People = dict[str, Person]


@pytest.fixture
def people(session: Session) -> People:
    """Three people, and two audits that are old enough."""
    with clock.at(LONG_AGO):
        an_organisation(session)
        a_theme(session)
        a_round(session)
        ruth = a_person(session, Role.AUDITOR, "Ruth Osei")
        for code in ("CP-104", "CP-105"):
            case = a_case(session, code=code)
            a_sent_audit(session, auditor=ruth, case=case, strengths={"voice": f"Quorblatt of {code}"})
    made = {
        "grace": a_person(session, Role.MODERATOR, "Grace Adeyemi"),
        "ada": a_person(session, Role.ADMIN, "Ada Min"),
        "both": a_person(session, Role.ADMIN, "Bo Both", also=(Role.MODERATOR,)),
    }
    session.commit()
    return made


def ask(client: CheckedClient, person: Person) -> None:
    client.sign_in(person)
    client.get("/settings/retention")
    client.submit(button="Ask that they go")
    assert "Asked for: run 1" in client.text


def test_asked_for_by_one_approved_by_another_and_gone_for_good(
    client: CheckedClient, session: Session, people: People
) -> None:
    ask(client, people["ada"])
    assert "CP-104" not in client.text
    assert "Quorblatt" not in client.text
    client.sign_in(people["grace"])
    client.get("/audits/retention")
    assert "2 audits would go today" in client.text
    client.follow("Run 1: Waits to be approved")
    assert "CP-104" in client.text
    client.submit({"decision": "approve"})
    assert "Run 1: Ended: 2 audits have lost words and reference" in client.text
    public_id = session.scalars(select(Audit.public_id).order_by(Audit.id)).first()
    assert client.get(f"/audits/{public_id}").status_code == 200
    assert "Quorblatt" not in client.text
    assert "kept for 3 years]" in client.text
    assert "Good" in client.text


def test_who_asked_does_not_approve_and_is_refused_by_the_log(
    client: CheckedClient, session: Session, people: People
) -> None:
    ask(client, people["both"])
    assert client.get("/audits/retention/1").status_code == 403
    assert acts(session, "refused") == [(f"person:{people['both'].id}", "retention_run", "1")]


def test_what_is_declined_stays(client: CheckedClient, session: Session, people: People) -> None:
    ask(client, people["ada"])
    client.sign_in(people["grace"])
    client.get("/audits/retention/1")
    client.submit({"decision": "decline"})
    assert "Run 1: Declined" in client.text
    assert session.scalars(select(RetentionRun.taken)).one() == 0
    assert set(session.scalars(select(Audit.erased_at))) == {None}


def test_a_hold_is_set_by_reference_by_audit_or_on_all_and_lifted_with_a_reason(
    client: CheckedClient, session: Session, people: People
) -> None:
    client.sign_in(people["grace"])
    client.get("/audits/holds")
    assert client.submit({"code": "CP-999", "why": WHY}).status_code == 422
    client.submit({"code": "cp-104", "why": WHY})
    assert "On hold: Every audit of CP-104" in client.text
    public_id = session.scalars(select(Audit.public_id).order_by(Audit.id.desc())).first()
    client.get(f"/audits/{public_id}")
    client.follow("Put on legal hold")
    client.submit({"what": "audit", "why": WHY})
    assert "On hold: One audit of CP-105" in client.text
    client.get("/audits/retention")
    assert "0 audits would go today, 2 on legal hold" in client.text
    client.get("/audits/holds")
    client.follow("Every audit of CP-104")
    assert client.submit({"why": "Over"}).status_code == 422
    client.submit({"why": "The inquiry has ended"})
    assert "No longer on hold: Every audit of CP-104" in client.text
    client.get("/audits/retention")
    assert "1 audit would go today, 1 on legal hold" in client.text
    assert session.scalars(select(LegalHold.lifted_why).where(LegalHold.lifted_at.is_not(None))).one()


def test_the_years_are_set_within_bounds_and_decide_what_is_old_enough(
    client: CheckedClient, session: Session, people: People
) -> None:
    client.sign_in(people["ada"])
    for wrong in ("0", "26", "x", ""):
        client.get("/settings/retention")
        assert client.submit({"years": wrong}).status_code == 422
    client.get("/settings/retention")
    client.submit({"years": "4"})
    assert session.scalars(select(Organisation.audit_years)).one() == 4
    assert "To go 0 audits" in client.text
    client.get("/settings/retention")
    client.submit(button="Ask that they go")
    assert "No audit is old enough" in client.text


def test_the_pages_ask_as_often_however_much_there_is(
    *, client: CheckedClient, session: Session, database: House, people: People
) -> None:
    ask(client, people["ada"])
    counts: list[list[int]] = []
    for turn in range(2):
        if turn:
            with clock.at(LONG_AGO):
                ruth = a_person(session, Role.AUDITOR, "Ruth Osei")
                for code in ("CP-204", "CP-205", "CP-206"):
                    a_sent_audit(session, auditor=ruth, case=a_case(session, code=code))
            session.commit()
        client.sign_in(people["grace"])
        found = []
        for page in ("/audits/retention", "/audits/retention/1", "/audits/holds"):
            with queries_of(database.engine) as statements:
                client.get(page)
            found.append(len(statements))
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 12
