"""The Versions page and the pages by which the office approves a plan and moves it on, through HTTP as each role."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_body, a_person
from tests.support.builders.plans import a_milestone, a_plan, an_action, an_area
from tests.support.checked_client import CheckedClient
from tests.support.queries import queries_of
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands.versions import Approval, keep_version
from tracker.plans.models import Action, ActionLead, Plan, PlanVersion
from tracker.plans.rules.states import PlanStatus

Read = Callable[..., str]
LIMIT = 12


@pytest.fixture
def draft(session: Session, today: date) -> Plan:
    a_body(session, "Improvement board")
    plan = a_plan(session, approved_on=None)
    an_action(session, plan, area=an_area(session, plan), due="2026-12-10", title="Review every caseload")
    return plan


def bound(session: Session) -> Engine:
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    return engine


def body_id(client: CheckedClient) -> str:
    return next(value for value in sorted(client.form("body").choices["body"]) if value)


def test_the_office_approves_a_draft_and_sees_its_first_version(
    read: Read, client: CheckedClient, office: Person, draft: Plan
) -> None:
    assert "Draft" in read(office, draft, "/versions")
    assert "is kept when a body approves it" in client.text
    read(office, draft, "/approve")
    client.submit({"body": body_id(client), "approved_on": "26 Nov 2026", "note": ""})
    assert "Approved: version 1 of Improvement plan 2026" in client.text
    assert "Live." in client.text
    assert "Version 1" in client.text
    assert "Improvement board" in client.text
    assert "nothing differs" in client.text


def test_a_draft_is_not_approved_without_body_or_day(
    read: Read, client: CheckedClient, office: Person, draft: Plan
) -> None:
    read(office, draft, "/approve")
    client.submit({"body": "", "approved_on": "", "note": ""})
    assert client.answer is not None
    assert client.answer.status_code == 422
    assert "Enter the day of the approval" in client.text
    client.submit({"body": "", "approved_on": "26 Nov 2026", "note": ""})
    assert "Choose the body that approved the plan" in client.text


def test_an_approval_sent_twice_makes_one_version(
    read: Read, client: CheckedClient, session: Session, office: Person, draft: Plan
) -> None:
    read(office, draft, "/approve")
    sent = {**client.form("body").filled({}), "body": body_id(client), "approved_on": "26 Nov 2026"}
    address = f"/plans/{draft.slug}/approve"
    assert client.post(address, data=sent).status_code == 303
    assert client.post(address, data=sent).status_code == 409
    assert "has changed since you opened the page" in client.text
    session.rollback()
    assert len(session.scalars(select(PlanVersion)).all()) == 1


def test_the_difference_is_told_in_words(
    read: Read, client: CheckedClient, session: Session, office: Person, plan: Plan
) -> None:
    keep_version(session, plan, Approval(date(2026, 1, 13), note="As brought in"), by=0)
    action = session.scalars(select(Action).where(Action.plan_id == plan.id, Action.ref == "1.1")).one()
    action.title = "Start both stages"
    text = read(office, plan, "/versions")
    assert "From version 1, 13 Jan 2026 to now: 1 difference" in text
    assert "Action 1.1RewordedStart stage 1Start both stages" in text
    assert "nothing differs" in read(office, plan, "/versions?old=1&new=1")
    assert "From version 1" in read(office, plan, "/versions?old=%00&new=99999999999999999999")


def test_a_viewer_compares_without_names(read: Read, session: Session, office: Person, plan: Plan, tom: Person) -> None:
    keep_version(session, plan, Approval(date(2026, 1, 13), "Improvement board"), by=office.id)
    for lead in session.scalars(select(ActionLead)).all():
        session.delete(lead)
    assert "Lead changed" in read(office, plan, "/versions")
    viewer = a_person(session, Role.VIEWER, "Vera Lint")
    text = read(viewer, plan, "/versions")
    assert "Improvement board" in text
    assert all(hidden not in text for hidden in ("Lead changed", "Daniel Hughes", "Tom Whitcombe", "Approve as"))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICE])
def test_nobody_else_approves_or_moves_a_plan(
    client: CheckedClient, session: Session, plan: Plan, role: Role, today: date
) -> None:
    other, slug = a_person(session, role, "Wren Other"), plan.slug
    session.commit()
    client.sign_in(other)
    token = client.get("/my/settings") and client.form("csrf_token").filled({})["csrf_token"]
    for page in ("approve", "status"):
        assert client.get(f"/plans/{slug}/{page}").status_code == 403
        assert client.post(f"/plans/{slug}/{page}", data={"csrf_token": token, "to": "closing"}).status_code == 403


def test_a_plan_is_moved_on_with_a_reason(
    read: Read, client: CheckedClient, session: Session, office: Person, plan: Plan
) -> None:
    read(office, plan, "/status")
    client.submit({"to": "closing", "reason": ""})
    assert "Say why" in client.text
    client.submit({"to": "closing", "reason": "The board ends it in March"})
    assert "26 Nov 2026: Closing. The board ends it in March" in client.text
    read(office, plan, "/status")
    client.submit({"to": "closed", "reason": "All is done"})
    assert client.answer is not None
    assert client.answer.status_code == 409
    assert "4 actions are still open: 1.1, 1.2, 1.3, 2.1" in client.text
    session.expire_all()
    assert session.get_one(Plan, plan.id).status is PlanStatus.CLOSING


@pytest.mark.parametrize("to", ["", "closed", "draft", "none", "x" * 5000, "\x00"])
def test_a_step_that_does_not_follow_is_refused(
    read: Read, client: CheckedClient, office: Person, plan: Plan, to: str
) -> None:
    read(office, plan, "/status")
    sent = {**client.form("to").filled({}), "reason": "It is over", "to": to}
    assert client.post(f"/plans/{plan.slug}/status", data=sent).status_code in {409, 422}
    assert "Live." in read(office, plan, "/versions")


def test_the_queries_do_not_grow_with_the_plan(
    read: Read, client: CheckedClient, session: Session, office: Person, plan: Plan
) -> None:
    def asked() -> int:
        keep_version(session, plan, Approval(date(2026, 1, 13)), by=0)
        read(office, plan, "/versions")
        with queries_of(bound(session)) as statements:
            client.get(f"/plans/{plan.slug}/versions")
        return len(statements)

    few = asked()
    for number in range(30):
        a_milestone(session, an_action(session, plan, title=f"Action {number}"))
    assert asked() == few <= LIMIT
