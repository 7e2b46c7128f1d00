"""An office for one plan or one area: it sees, counts and asks for what is in its care, and learns of nothing else."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_concern, an_audit
from tests.support.builders.people import a_body, a_meeting, a_person
from tests.support.builders.plans import a_lead, a_plan, an_action, an_area
from tests.support.checked_client import CheckedClient
from tracker.notices.models import Notice
from tracker.notices.rules.vocabulary import NoticeKind
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.models import Plan
from tracker.plans.rules.states import ActionState

Come = Callable[[str], Person]
ADDRESSES = ("/office", "/office/chase", "/office/waiting/checks", "/office/waiting/undated")


@pytest.fixture
def scopes(session: Session) -> dict[str, dict[str, Any]]:
    """Two plans, the first with two areas, each with work of its own that waits for the office."""
    body = a_body(session)
    a_meeting(session, body, date(2026, 8, 27), is_held=True)
    a_meeting(session, body, date(2026, 12, 4), updates_close_at=datetime(2026, 11, 27, 17, tzinfo=UTC))
    first, other = (a_plan(session, title=title, approved_on="2026-07-01") for title in ("First", "Other"))
    near, far = an_area(session, first, title="Near"), an_area(session, first, title="Far")
    beyond = an_area(session, other, title="Beyond")
    for plan, area in ((first, near), (first, far), (other, beyond)):
        lead = a_person(session, Role.LEAD, f"{area.title} Lead")
        an_action(session, plan, area=area, title=f"{area.title} work", lead=lead)
        an_action(
            session, plan, area=area, title=f"{area.title} claim", lead=lead, state=ActionState.CLAIMED, due="-1d"
        )
        an_action(session, plan, area=area, title=f"{area.title} undated", lead=lead, due=None)
        an_action(session, plan, area=area, lead=f"{area.title} Nobody")
        left = a_lead(session, f"{area.title} Gone")
        left.left_on = date(2026, 11, 1)
        an_action(session, plan, area=area, lead=left)
    auditor = a_person(session, Role.AUDITOR, "Ruth Osei")
    a_concern(session, an_audit(session, auditor=auditor, due="-1d"), by=auditor)
    session.commit()
    return {"whole": {}, "plan": {"plan_id": first.id}, "area": {"area_id": near.id}, "unit": {"unit_id": 1}}


@pytest.fixture
def come(client: CheckedClient, session: Session, scopes: dict[str, dict[str, Any]]) -> Come:
    """Sign somebody of the office in whose role is for so much."""

    def arrive(scope: str) -> Person:
        person = a_person(session, Role.OFFICE, f"Office of {scope}", scope=scopes[scope])
        session.commit()
        client.sign_in(person)
        return person

    return arrive


REACHES = {"whole": {"Near", "Far", "Beyond"}, "plan": {"Near", "Far"}, "area": {"Near"}, "unit": set[str]()}


@pytest.mark.parametrize(("scope", "reached"), REACHES.items(), ids=list(REACHES))
def test_each_office_sees_the_leads_and_the_work_in_its_care(
    client: CheckedClient, come: Come, scope: str, reached: set[str]
) -> None:
    come(scope)
    seen = ""
    for address in ADDRESSES:
        assert client.get(address).status_code == 200
        seen += client.text
    for words in ("{} Lead", "{} Gone", "{} claim", "{} undated"):
        assert {area for area in REACHES["whole"] if words.format(area) in seen} == reached, words


@pytest.mark.parametrize(("scope", "reached"), REACHES.items(), ids=list(REACHES))
def test_each_office_counts_what_is_in_its_care(
    client: CheckedClient, come: Come, scope: str, reached: set[str]
) -> None:
    come(scope)
    client.get("/office")
    number = len(reached)
    for words in (
        f"Chase {number} lead",
        f"{3 * number} updates missing",
        f"Link {number} lead",
        f"Check {number} action",
        f"Get dates for {number} action",
    ):
        assert (words in client.text) == bool(number), words
    for words in ("1 immediate concern not acknowledged", "1 audit late"):
        assert (words in client.text) == (scope == "whole"), words


def test_who_may_not_set_leads_is_not_sent_to_a_page_that_is_closed_to_them(client: CheckedClient, come: Come) -> None:
    come("plan")
    client.get("/office")
    addresses = [link.get("href", "") for link in client.page.iter("a")]
    assert not [address for address in addresses if address.startswith("/settings/leads")]


def test_a_lead_outside_its_care_cannot_be_asked_and_the_others_are_asked_for_what_is_in_it(
    client: CheckedClient, session: Session, come: Come
) -> None:
    come("area")
    people = {person.name: person for person in session.scalars(select(Person))}
    beyond, near = people["Beyond Lead"], people["Near Lead"]
    client.get("/office/chase/send", query_string={"person": [beyond.id]}, follow_redirects=True)
    assert "Nobody was chosen, so nothing was sent" in client.text
    client.get("/office/chase/send", query_string={"person": [near.id, beyond.id]})
    client.submit({"person": [str(near.id)]}, button="Send 1 e-mail")
    form_token = "a form of their own"
    fields = {"person": [str(beyond.id)], "form_token": form_token, "csrf_token": _guard(client)}
    client.post("/office/chase/send", data=fields, follow_redirects=True)
    asked = session.scalars(select(Notice).where(Notice.kind == NoticeKind.CHASE)).all()
    assert [one.person_id for one in asked] == [near.id]
    assert "Near work" in asked[0].text


def test_a_mail_tells_a_lead_of_two_plans_only_what_is_owed_in_the_one(
    client: CheckedClient, session: Session, scopes: dict[str, dict[str, Any]], come: Come
) -> None:
    both = a_person(session, Role.LEAD, "Both Plans")
    first = scopes["plan"]["plan_id"]
    for plan in (a_plan(session, title="Third", approved_on="2026-07-01"), _plan(session, first)):
        an_action(session, plan, title=f"Work of {plan.title}", lead=both)
    come("plan")
    client.get(f"/office/chase?shown={both.id}")
    assert "Work of First" in client.text
    assert "Work of Third" not in client.text


def test_the_log_of_who_was_asked_holds_those_in_its_care(client: CheckedClient, session: Session, come: Come) -> None:
    come("whole")
    client.get("/office/chase")
    client.submit(button="Go on to send")
    client.submit(button="Send 3 e-mails")
    assert "Asked so far: 3" in client.text
    come("area")
    client.get("/office/chase")
    assert "Asked so far: 1" in client.text
    assert "Far Lead" not in client.text
    come("unit")
    client.get("/office/chase")
    assert "Nobody was asked yet." in client.text


def _guard(client: CheckedClient) -> str:
    return next(field.get("value", "") for field in client.page.iter("input") if field.get("name") == "csrf_token")


def _plan(session: Session, plan_id: int) -> Plan:
    return session.get_one(Plan, plan_id)
