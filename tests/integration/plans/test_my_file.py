"""What a lead takes away of their own: a file and a workbook, for the lead of a partner too, and nobody else's rows."""

import csv
import io
import json
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_lead, a_plan, an_action, an_update
from tests.support.checked_client import CheckedClient
from tests.support.queries import queries_of
from tracker.core.changelog.tables import log_entry, log_payload
from tracker.people.models import Person
from tracker.people.rules import PartyKind, Role
from tracker.plans.models import Plan

FILE, WORKBOOK = "/my/actions.csv", "/my/actions/workbook.xlsx"


@pytest.fixture
def plan(session: Session) -> Plan:
    return a_plan(session, title="Improvement plan", slug="plan")


@pytest.fixture(params=[True, False], ids=["of a partner", "of the council"])
def lead(request: pytest.FixtureRequest, session: Session, client: CheckedClient, plan: Plan) -> Person:
    """A lead, signed in, with work in two plans beside that of others."""
    person = a_person(session, Role.LEAD, "Pat Lead", scope={"is_partner": request.param})
    action = an_action(session, plan, title="=Read the guide", lead=person, due="2027-01-15")
    an_update(session, action, by=person, on="2026-11-20")
    an_action(session, plan, title="Council secret step", lead=a_lead(session, "Zed", kind=PartyKind.TEAM))
    an_action(session, a_plan(session, title="Second plan"), title="Set dates", lead=person, due=None)
    session.commit()
    client.sign_in(person)
    return person


def downloaded(client: CheckedClient) -> list[dict[str, str]]:
    answer = client.get(FILE)
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-actions-2026-11-26.csv"'
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_the_file_holds_one_s_own_actions_of_all_plans_and_no_other(client: CheckedClient, lead: Person) -> None:
    client.get("/my/actions")
    client.follow("Download all my actions as a file (CSV)")
    first, second = sorted(downloaded(client), key=lambda row: row["Plan"])
    assert first == {
        "Plan": "Improvement plan",
        "No.": "1.1",
        "Action": "'=Read the guide",
        "Area": "1 Reasonable workloads",
        "My part": "Lead",
        "In place of": "",
        "RAG now": "Green",
        "Nearest open date": "2027-01-15",
        "Without a date": "",
        "Last update": "2026-11-20",
    }
    assert (second["Plan"], second["Action"], second["Without a date"]) == ("Second plan", "Set dates", "Yes")


def test_the_workbook_holds_one_s_own_actions_and_no_other(client: CheckedClient, lead: Person) -> None:
    sheets = load_workbook(BytesIO(client.get(WORKBOOK).data)).worksheets
    cells = {str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"Set dates"} <= cells
    assert not [cell for cell in cells if "secret" in cell]


def test_each_is_logged_with_its_number_of_rows(client: CheckedClient, session: Session, lead: Person) -> None:
    for address in (FILE, WORKBOOK):
        client.get(address)
    query = select(log_entry.c.actor, log_payload.c.after).where(log_entry.c.act == "exported")
    query = query.join(log_payload, log_entry.c.number == log_payload.c.entry_number).order_by(log_entry.c.number)
    entries = [(actor, json.loads(after)) for actor, after in session.execute(query)]
    assert [actor for actor, _ in entries] == [f"person:{lead.id}"] * 2
    assert [(detail["list"], detail["rows"]) for _, detail in entries] == [("my-actions", 2), ("workbook", 2)]


def test_a_lead_of_one_plan_takes_away_what_that_role_reaches(
    client: CheckedClient, session: Session, plan: Plan
) -> None:
    person = a_person(session, Role.LEAD, "Sam Lead", scope={"plan_id": plan.id})
    for place in (plan, a_plan(session, title="Second plan")):
        an_action(session, place, title=f"Work of {place.title}", lead=person)
    session.commit()
    client.sign_in(person)
    assert [row["Plan"] for row in downloaded(client)] == ["Improvement plan"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.LEAD])
def test_nobody_without_own_actions_has_the_file(client: CheckedClient, session: Session, role: Role) -> None:
    person = a_person(session, role, "Somebody Else")
    session.commit()
    client.sign_in(person)
    assert client.get(FILE).status_code == 403


def test_many_actions_cost_no_more_queries_than_few(
    client: CheckedClient, session: Session, engine: Engine, lead: Person, plan: Plan
) -> None:
    def asked() -> int:
        with queries_of(engine) as queries:
            downloaded(client)
        return len(queries)

    few = asked()
    for _ in range(20):
        an_action(session, plan, lead=lead, due=str(date(2027, 2, 1)))
    session.commit()
    assert asked() == few
    assert few <= 12
