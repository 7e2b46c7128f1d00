"""The button for "no change" is offered exactly where pressing it is not refused."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.integration.plans.conftest import Read
from tests.support.builders.plans import a_plan, an_action, an_update
from tests.support.checked_client import CheckedClient
from tracker.core.problems import Invalid
from tracker.people.models import Person
from tracker.plans.commands import signoffs
from tracker.plans.commands.answers import Way
from tracker.plans.commands.updates import confirm_no_change
from tracker.plans.models import Action, Plan, Update


@pytest.fixture
def plan(session: Session) -> Plan:
    return a_plan(session, slug="plan", approved_on="-40d")


@pytest.fixture
def claimed(session: Session, plan: Plan, tom: Person) -> Action:
    action = an_action(session, plan, due=None, lead=tom)
    an_update(session, action, by=tom, declared="C", on="-30d")
    return action


def is_offered(read: Read, client: CheckedClient, tom: Person, plan: Plan) -> list[bool]:
    """Whether the action's page, the page that mails link to, and the lead's own list have the button."""
    on_page = "No change since" in read(tom, plan, "/1.1")
    client.get("/plans/plan/1.1/no-change")
    asked = "Has nothing changed?" in client.text
    client.get("/my/actions?show=all")
    return [on_page, asked, "No change: still" in client.text]


def test_no_change_is_one_press(read: Read, session: Session, client: CheckedClient, tom: Person, plan: Plan) -> None:
    action = an_action(session, plan, due="+90d", lead=tom)
    an_update(session, action, by=tom, on=date(2026, 11, 3))
    read(tom, plan, "/1.1")
    client.submit(button="No change since 3 Nov 2026")
    assert "Confirmed, no change: 1.1" in client.text
    assert list(session.scalars(select(Update.is_no_change).order_by(Update.id))) == [False, True]


def test_a_claim_that_waits_may_be_repeated(
    *, read: Read, client: CheckedClient, tom: Person, plan: Plan, claimed: Action
) -> None:
    assert claimed.ref == "1.1"
    assert is_offered(read, client, tom, plan) == [True, True, True]


@pytest.mark.parametrize("decisions", [("confirm_complete", "reopen"), ("hold",)], ids=["taken up again", "on hold"])
def test_a_claim_that_was_answered_is_not_offered_for_repeating(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    tom: Person,
    office: Person,
    plan: Plan,
    claimed: Action,
    decisions: tuple[str, ...],
) -> None:
    for decide in decisions:
        more = {"review_on": date(2026, 12, 31)} if decide == "hold" else {}
        decision = getattr(signoffs, decide)
        decision(session, claimed, reason="The audit found that the work is not done", by=office, **more)
    with pytest.raises(Invalid):
        confirm_no_change(session, claimed, by=tom, way=Way())
    assert is_offered(read, client, tom, plan) == [False, False, False]


def test_what_a_draft_says_may_be_repeated(session: Session, tom: Person, read: Read, client: CheckedClient) -> None:
    draft = a_plan(session, slug="draft", approved_on=None)
    action = an_action(session, draft, due="+90d", lead=tom)
    an_update(session, action, by=tom, on="-30d")
    assert "No change since" in read(tom, draft, "/1.1")
    client.get("/plans/draft/1.1/no-change")
    client.submit(button="No change")
    assert "Confirmed, no change: 1.1" in client.text
