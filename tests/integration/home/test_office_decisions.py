"""What the office's home says of decisions on dates and overrides, of reviews and of overrides that end soon."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_body, a_meeting, a_person
from tests.support.builders.plans import a_plan, an_action
from tests.support.checked_client import CheckedClient
from tracker.notices.queries import waiting
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands import dates, signoffs
from tracker.plans.commands.evidence import add_evidence
from tracker.plans.models import Action, Milestone, Override, Plan
from tracker.plans.rules.dates import read_target_date
from tracker.plans.rules.overrides import OverrideState

Made = Callable[..., Action]


@pytest.fixture
def plan(session: Session, today: date) -> Plan:
    a_meeting(session, a_body(session, "Improvement board"), date(2026, 12, 4))
    return a_plan(session, approved_on="2026-07-01")


@pytest.fixture
def office(session: Session, today: date) -> Person:
    return a_person(session, Role.OFFICE, "Daniel Hughes")


@pytest.fixture
def tom(session: Session, today: date) -> Person:
    return a_person(session, Role.LEAD, "Tom Whitcombe")


def an_override(session: Session, action: Action, by: Person, **columns: Any) -> Override:
    override = Override(
        action_id=action.id,
        value="G",
        over="R",
        reason="Both posts are filled from Monday",
        evidence_id=add_evidence(session, action, text="Contracts", by=by).id,
        asked_on=date(2026, 11, 20),
        asked_by_id=by.id,
        **{"needs_body": False, "state": OverrideState.ASKED, **columns},
    )
    session.add(override)
    session.flush()
    return override


def approved(session: Session, action: Action, tom: Person, office: Person, until: date, **columns: Any) -> None:
    decided = {"decided_on": date(2026, 11, 21), "decided_by_id": office.id, "expires_on": until}
    an_override(session, action, tom, state=OverrideState.APPROVED, **decided, **columns)


def come(client: CheckedClient, session: Session, person: Person) -> str:
    session.commit()
    client.sign_in(person)
    return client.get("/office").text


def to_list(client: CheckedClient, what: str) -> None:
    """Open the list behind a task, which the page links to."""
    address = f"/office/waiting/{what}"
    assert address in {link.get("href") for link in client.page.iter("a")}
    client.get(address)


def test_what_waits_for_the_body_says_which_body_meets_when(
    *, client: CheckedClient, session: Session, plan: Plan, office: Person, tom: Person
) -> None:
    far, better = an_action(session, plan, title="Sign the lease", lead=tom), an_action(session, plan, lead=tom)
    step = session.scalars(select(Milestone).where(Milestone.action_id == far.id)).one()
    later = read_target_date("30 June 2027", today=date(2026, 11, 26))
    dates.ask_date(session, step, to=later, because="The landlord has not signed", by=tom)
    an_override(session, better, tom, needs_body=True)
    text = come(client, session, office)
    assert "Put 2 actions before the assurance body" in text
    assert "A date or an override waits. Next meeting of Improvement board: 4 Dec 2026" in text
    assert "Decide on new dates" not in text
    to_list(client, "body")
    assert client.heading == "For the assurance body: 2 actions"
    assert "Sign the lease" in client.text


def test_a_hold_whose_review_has_come_is_looked_at_again(
    *, client: CheckedClient, session: Session, plan: Plan, office: Person, tom: Person
) -> None:
    first, second = an_action(session, plan, title="Move the duty desk", lead=tom), an_action(session, plan, lead=tom)
    for action in (first, second):
        held = signoffs.hold(session, action, reason="Awaits the budget", review_on=date(2027, 1, 11), by=office)
        held.review_on = date(2026, 11, 26)
    signoffs.resume(session, second, reason="The budget came", by=office)
    signoffs.hold(session, second, reason="Awaits the board", review_on=date(2026, 11, 27), by=office)
    assert "Look again at 1 action on hold" in come(client, session, office)
    to_list(client, "reviews")
    assert "Move the duty desk" in client.text


@pytest.mark.parametrize(("days", "is_told"), [(-1, False), (0, True), (7, True), (8, False)])
def test_overrides_that_end_within_seven_days_are_told(
    *, client: CheckedClient, session: Session, plan: Plan, office: Person, tom: Person, days: int, is_told: bool
) -> None:
    action = an_action(session, plan, title="Start stage 1", lead=tom)
    approved(session, action, tom, office, date(2026, 11, 26) + timedelta(days=days))
    text = come(client, session, office)
    assert ("Overrides of 1 action end within 7 days" in text) is is_told
    client.get("/office/waiting/ending")
    assert ("Start stage 1" in client.text) is is_told


def test_an_override_that_somebody_ended_ends_no_second_time(
    *, session: Session, plan: Plan, office: Person, tom: Person
) -> None:
    action = an_action(session, plan, lead=tom)
    approved(session, action, tom, office, date(2026, 11, 28), ended_on=date(2026, 11, 25))
    assert waiting.counts(session, office).ending == 0


def test_another_offices_work_is_not_counted(session: Session, plan: Plan, office: Person, tom: Person) -> None:
    other = a_plan(session, approved_on="2026-07-01")
    approved(session, an_action(session, plan, lead=tom), tom, office, date(2026, 11, 28))
    narrow = a_person(session, Role.OFFICE, "Nora Narrow", scope={"plan_id": other.id})
    assert (waiting.counts(session, office).ending, waiting.counts(session, narrow).ending) == (1, 0)


def test_with_no_meeting_the_calendar_is_named(
    *, client: CheckedClient, session: Session, office: Person, tom: Person
) -> None:
    an_override(session, an_action(session, a_plan(session), lead=tom), tom, needs_body=True)
    assert "No meeting is in the calendar" in come(client, session, office)
