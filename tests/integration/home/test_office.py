"""The home of the programme office: what waits, how far the updates are, who may see it, and at what cost."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_concern, an_audit
from tests.support.builders.people import a_body, a_meeting, a_person
from tests.support.builders.plans import a_lead, a_plan, an_action, an_update
from tests.support.checked_client import CheckedClient
from tests.support.queries import queries_of
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.models import Plan
from tracker.plans.rules.states import ActionState

Office = Callable[..., Person]


@pytest.fixture
def plan(session: Session) -> Plan:
    body = a_body(session)
    a_meeting(session, body, date(2026, 8, 27), is_held=True)
    a_meeting(session, body, date(2026, 12, 4), updates_close_at=datetime(2026, 11, 27, 17, tzinfo=UTC))
    return a_plan(session, approved_on="2026-07-01")


@pytest.fixture
def office(client: CheckedClient, session: Session) -> Office:
    """Sign somebody of the office in."""

    def come(**how: Any) -> Person:
        person = a_person(session, Role.OFFICE, "Daniel Hughes", **how)
        session.commit()
        client.sign_in(person)
        return person

    return come


def leads(session: Session, plan: Plan, number: int) -> None:
    for one in range(number):
        an_action(session, plan, lead=a_person(session, Role.LEAD, f"Lead {plan.id}.{one:03}"))


def test_the_office_lands_on_its_home_and_an_empty_town_says_what_will_be_there(
    client: CheckedClient, office: Office
) -> None:
    office()
    assert client.heading == "Programme office"
    assert "Bring in a plan" in client.text
    assert "Nothing waits for you." not in client.text
    assert "No open action has a lead who can sign in yet." in client.text
    assert "No meeting is in the calendar." in client.text


def test_with_a_plan_brought_in_nothing_waits(client: CheckedClient, plan: Plan, office: Office) -> None:
    assert plan.approved_on
    office()
    assert "Nothing waits for you." in client.text
    assert "Bring in a plan" not in client.text


def test_what_waits_stands_there_in_plain_words_with_the_way_to_it(
    client: CheckedClient, session: Session, plan: Plan, office: Office
) -> None:
    tom, grace = (a_person(session, Role.LEAD, name) for name in ("Tom Whitcombe", "Grace Adeyemi"))
    an_action(session, plan, lead=tom)
    an_update(session, an_action(session, plan, lead=grace), by=grace)
    an_action(session, plan, title="Work that is done", lead=grace, state=ActionState.CLAIMED, due="-1d")
    an_action(session, plan, title="Work without a date", lead=grace, due=None)
    left = a_lead(session, "Old Lead")
    left.left_on = date(2026, 11, 1)
    an_action(session, plan, lead=left)
    an_action(session, plan, lead="Nobody Linked")
    auditor = a_person(session, Role.AUDITOR, "Ruth Osei")
    a_concern(session, an_audit(session, auditor=auditor, due="-1d"), by=auditor, what="A private matter")
    office()
    for words in (
        "The next assurance meeting is on Friday 4 December 2026. Updates close at 5pm on Friday 27 November.",
        "Chase 2 leads",
        "3 updates missing",
        "Say who follows Old Lead",
        "Link 1 lead to people",
        "Check 1 action said to be complete",
        "Get dates for 1 action",
        "1 immediate concern not acknowledged",
        "1 audit late",
        "Updates by lead: 1 of 4 updates in; 3 missing",
    ):
        assert words in client.text
    assert "private" not in client.text
    client.get("/office/waiting/checks")
    assert client.heading == "Said to be complete: 1 action"
    assert "Work that is done" in client.text
    client.get("/office/waiting/undated")
    assert "Work without a date" in client.text
    assert client.get("/office/waiting/everything").status_code == 404


def test_a_meeting_without_a_closing_time_closes_on_the_working_day_before(
    client: CheckedClient, session: Session, office: Office
) -> None:
    a_meeting(session, a_body(session), date(2026, 12, 1))
    office()
    words = "The next assurance meeting is on Tuesday 1 December 2026. Updates close on Monday 30 November."
    assert words in client.text


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICE])
@pytest.mark.parametrize("address", ["/office", "/office/chase", "/office/chase/send", "/office/waiting/checks"])
def test_nobody_else_sees_it(client: CheckedClient, session: Session, role: Role, address: str) -> None:
    person = a_person(session, role, "Somebody Else")
    session.commit()
    client.sign_in(person)
    assert client.get(address).status_code == 403


def test_an_office_of_one_plan_sees_that_plan_alone(
    client: CheckedClient, session: Session, plan: Plan, office: Office
) -> None:
    other = a_plan(session, title="Another plan", approved_on="2026-07-01")
    leads(session, plan, 1)
    an_action(session, other, lead=a_person(session, Role.LEAD, "Zoe Quill"))
    office(scope={"plan_id": plan.id})
    assert "Chase 1 lead" in client.text
    assert "Zoe Quill" not in client.text
    client.get("/office/chase")
    assert "Zoe Quill" not in client.text


def test_its_pages_ask_as_often_for_ten_leads_as_for_a_hundred_and_fifty(
    client: CheckedClient, session: Session, engine: Engine, plan: Plan, office: Office
) -> None:
    addresses = ["/office", "/office/chase", "/office/waiting/undated"]

    def asked() -> list[int]:
        numbers = []
        for address in addresses:
            with queries_of(engine) as queries:
                client.get(address)
            numbers.append(len(queries))
        return numbers

    leads(session, plan, 10)
    office()
    few = asked()
    leads(session, a_plan(session, title="Large", approved_on="2026-07-01"), 140)
    session.commit()
    assert asked() == few
    assert max(few) <= 12
    for address in addresses[:2]:
        client.get(address)
        assert "1 to 100 of 150" in client.text
