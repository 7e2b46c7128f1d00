"""The table of all actions: filters, sorting, long lists, and the file."""

import csv
import io
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_lead, an_action, an_area
from tests.support.checked_client import CheckedClient
from tests.support.pages import words
from tracker.core.changelog.tables import log_entry, log_payload
from tracker.people.models import LeadParty, Person
from tracker.people.rules import PartyKind, Role
from tracker.plans.models import Area, Plan
from tracker.plans.rules.vocabulary import ActionKind

Read = Callable[..., str]
FILTERS = {
    "rag=R": "1.1 2.1 2.2",
    "rag=A": "1.2 2.3",
    "area=2": "2.1 2.2 2.3",
    "due=overdue": "1.1 1.2 2.1",
    "due=next30": "",
    "due=tbc": "2.2",
    "changed=yes": "1.1 1.2 1.3 2.1",
    "updated=no": "1.2 2.1 2.2 2.3",
    "placeholder=yes": "2.2",
    "partner=yes": "2.3",
    "rag=R&area=1": "1.1",
    "rag=Z&area=99&lead=x&due=%00&sort=nothing&page=999999999": "1.1 1.2 1.3 2.1 2.2 2.3",
    "sort=due": "2.1 1.1 1.2 2.3 1.3 2.2",
    "sort=rag": "1.1 2.1 2.2 1.2 2.3 1.3",
    "sort=action&direction=descending": "1.1 2.3 2.2 1.3 1.2 2.1",
}


@pytest.fixture
def full(session: Session, plan: Plan, meetings: None) -> Plan:
    """The plan with a placeholder, and an action that a partner leads, in area 2."""
    area = session.scalars(select(Area).where(Area.plan_id == plan.id, Area.number == 2)).one()
    an_action(session, plan, area=area, title="Further work", due=None, kind=ActionKind.PLACEHOLDER, lead="Joanne Pike")
    police = a_lead(session, "Local police", kind=PartyKind.PARTNER)
    an_action(session, plan, area=area, title="Share alerts", due="2027-01-31", lead=police)
    return plan


def refs(client: CheckedClient) -> str:
    return " ".join(words(cell) for cell in client.page.iter("td") if cell.get("data-label") == "No.")


def downloaded(client: CheckedClient, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def exports_logged(session: Session) -> list[str]:
    session.rollback()
    query = select(log_payload.c.after).join(log_entry, log_entry.c.number == log_payload.c.entry_number)
    return [str(after) for after in session.scalars(query.where(log_entry.c.act == "exported"))]


def test_filters_and_sorting_choose_the_rows_and_say_how_many(
    read: Read, client: CheckedClient, office: Person, full: Plan
) -> None:
    found = {}
    for query, expected in FILTERS.items():
        text = read(office, full, f"/actions?{query}")
        found[query] = refs(client)
        number = len(expected.split())
        assert f"{number} action" in text
    assert found == FILTERS


def test_filters_in_force_are_named_and_can_be_taken_off(
    read: Read, client: CheckedClient, office: Person, full: Plan
) -> None:
    read(office, full, "/actions?rag=R&due=overdue")
    assert client.heading == "2 actions of 6"
    client.follow("Red ✕: remove")
    assert client.heading == "3 actions of 6"
    assert refs(client) == "1.1 1.2 2.1"


def test_the_list_can_be_filtered_by_lead(
    read: Read, client: CheckedClient, session: Session, office: Person, full: Plan
) -> None:
    party = session.scalars(select(LeadParty.id).where(LeadParty.name == "Joanne Pike")).one()
    read(office, full, f"/actions?lead={party}")
    assert refs(client) == "2.1 2.2"


def test_columns_say_how_they_sort(read: Read, client: CheckedClient, office: Person, full: Plan) -> None:
    read(office, full, "/actions?sort=rag&direction=descending")
    sorts = {words(cell): cell.get("aria-sort") for cell in client.page.iter("th") if cell.get("aria-sort")}
    assert sorts == {"RAG now ▼": "descending"}


def test_more_than_a_hundred_actions_come_in_pages(
    read: Read, client: CheckedClient, session: Session, office: Person, full: Plan
) -> None:
    area = an_area(session, full)
    for _ in range(100):
        an_action(session, full, area=area, due=None, lead=None)
    assert "106 actions" in read(office, full, "/actions")
    assert len(refs(client).split()) == 100
    read(office, full, "/actions?page=2")
    assert len(refs(client).split()) == 6


def test_the_file_holds_what_the_page_shows_and_the_log_knows(
    read: Read, client: CheckedClient, session: Session, office: Person, full: Plan
) -> None:
    slug = full.slug
    an_action(session, full, title="=HYPERLINK(1)", due=None, lead="@someone")
    read(office, full, "/actions?area=1")
    shown = refs(client).split()
    rows = downloaded(client, f"/plans/{slug}/actions.csv?area=1")
    assert [row["No."] for row in rows] == shown
    first, last = rows[0], rows[-1]
    assert (first["RAG now"], first["RAG then"], first["Change"], first["RAG declared"]) == (
        "Red",
        "Green",
        "worse",
        "Red",
    )
    assert (first["Due"], first["Due precision"], first["Due start"], first["Due end"]) == (
        "20 Oct 2026",
        "day",
        "2026-10-20",
        "2026-10-20",
    )
    assert (last["Action"], last["Lead"]) == ("'=HYPERLINK(1)", "'@someone")
    assert exports_logged(session) == ['{"list":"actions","rows":4}']


def test_a_lead_takes_own_actions_away_and_an_assurance_member_none(
    read: Read, client: CheckedClient, session: Session, tom: Person, full: Plan
) -> None:
    slug = full.slug
    read(tom, full)
    assert [row["No."] for row in downloaded(client, f"/plans/{slug}/actions.csv")] == ["1.1", "1.2", "1.3"]
    assert {row["No."] for row in downloaded(client, f"/plans/{slug}/changes.csv")} == {"1.1", "1.2", "1.3"}
    member = a_person(session, Role.ASSURANCE, "Anne Member")
    read(member, full)
    for path in ("actions.csv", "changes.csv"):
        assert client.get(f"/plans/{slug}/{path}").status_code == 403
    assert len(exports_logged(session)) == 2
