"""Work that is past the time in which a date had to be set: the office's list and the action's own page agree."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.support.builders.people import a_body, a_meeting, a_person
from tests.support.builders.plans import a_day, a_milestone, a_plan, an_action
from tests.support.checked_client import CheckedClient
from tests.support.queries import queries_of
from tracker.people.rules import BodyKind, Role
from tracker.plans.commands.outlook import refresh_outlook
from tracker.plans.models import Action, DateChange, MilestoneStep, Plan
from tracker.plans.rules.states import DateChangeKind, DateChangeState, StepKind
from tracker.plans.rules.vocabulary import MilestoneKind, MilestoneState, Precision

Make = Callable[[Session, Action], None]
TOO_LONG = "more than 56 days after"


def undated(session: Session, action: Action) -> None:
    a_milestone(session, action, due=None)


def waits(body: str) -> Make:
    def make(session: Session, action: Action) -> None:
        a_milestone(session, action, due=None, kind=MilestoneKind.WAITING, waits_on=body)

    return make


def lost_its_date(session: Session, action: Action) -> None:
    milestone = a_milestone(session, action, due=None)
    session.add(
        DateChange(
            milestone_id=milestone.id,
            number=1,
            kind=DateChangeKind.TO_BE_CONFIRMED,
            from_kind=MilestoneKind.DATED,
            from_text="30 Sep 2026",
            from_precision=Precision.DAY,
            from_due=date(2026, 9, 30),
            to_kind=MilestoneKind.UNDATED,
            to_text="TBC",
            to_precision=Precision.NONE,
            reason="The supplier gave up",
            state=DateChangeState.APPROVED,
            asked_on=a_day("-12d"),
            decided_on=a_day("-10d"),
        )
    )
    refresh_outlook(session, action)


def done(session: Session, action: Action) -> None:
    a_milestone(session, action, due="+90d")
    milestone = a_milestone(session, action, due=None, state=MilestoneState.DONE, done_on=a_day("-5d"))
    session.add(MilestoneStep(milestone_id=milestone.id, kind=StepKind.DONE, effective_on=a_day("-5d")))
    refresh_outlook(session, action)


def dated(session: Session, action: Action) -> None:
    a_milestone(session, action, due="+90d")


def one_of_two(session: Session, action: Action) -> None:
    dated(session, action)
    undated(session, action)


def nothing(session: Session, action: Action) -> None:
    """Leave the action without any milestone."""


@dataclass(frozen=True)
class Case:
    """An action as `make` completes it, approved with its plan or on a day, and whether a date is due for too long."""

    make: Make
    is_late: bool
    approved_on: str | None = None


CASES = {
    "a step without a date": Case(undated, is_late=True),
    "no milestone at all": Case(nothing, is_late=True),
    "two steps, of which one has a date": Case(one_of_two, is_late=True),
    "it waits for a body that met long ago": Case(waits("Met long ago"), is_late=True),
    "it waits for a body that nobody knows": Case(waits("Somebody"), is_late=True),
    "it waits for a body that met of late": Case(waits("Met of late"), is_late=False),
    "it waits for a body that meets next week": Case(waits("Meets next week"), is_late=False),
    "its date was taken away ten days ago": Case(lost_its_date, is_late=False),
    "it was approved after the plan, ten days ago": Case(undated, is_late=False, approved_on="-10d"),
    "what had no date is done": Case(done, is_late=False),
    "it has a date": Case(dated, is_late=False),
}


@pytest.fixture
def plan(session: Session, today: date) -> Plan:
    """Approved 100 days ago; of three bodies one met 80 and one 20 days ago, and one meets next week."""
    for name, day in (("Met long ago", "-80d"), ("Met of late", "-20d"), ("Meets next week", "+7d")):
        a_meeting(session, a_body(session, name, kind=BodyKind.PARTNERSHIP), a_day(day) or today)
    return a_plan(session, approved_on="-100d")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_list_of_the_office_says_what_the_page_of_the_action_says(
    client: CheckedClient, session: Session, plan: Plan, case: Case
) -> None:
    approved_on = a_day(case.approved_on)
    action = an_action(session, plan, title="The one in question", due=None, approved_on=approved_on)
    case.make(session, action)
    office = a_person(session, Role.OFFICE, "Daniel Hughes")
    session.commit()
    client.sign_in(office)
    assert ("Get dates for 1 action" in client.text) is case.is_late
    client.get("/office/waiting/undated")
    assert ("The one in question" in client.text) is case.is_late
    client.get(f"/plans/{plan.slug}/{action.ref}")
    assert (TOO_LONG in client.text) is case.is_late


def test_the_list_is_read_in_as_many_queries_for_many_as_for_few(
    client: CheckedClient, session: Session, engine: Engine, plan: Plan
) -> None:
    person = a_person(session, Role.OFFICE, "Daniel Hughes")
    session.commit()
    client.sign_in(person)
    asked = []
    for number in (2, 30):
        for _ in range(number):
            waits("Met long ago")(session, an_action(session, plan, due=None))
        session.commit()
        with queries_of(engine) as queries:
            client.get("/office/waiting/undated")
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 12
