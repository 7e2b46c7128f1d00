"""What the office adds to an approved plan is there from today: days before are as they were, and clocks start now."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_plan, an_action, an_update
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands.agreeing import Agreed, agree_actions
from tracker.plans.commands.editing import add_action, add_milestone
from tracker.plans.models import Action, Area, Plan
from tracker.plans.queries.facts import outlooks
from tracker.plans.queries.records import load_records
from tracker.plans.rules.dates.target import undated
from tracker.plans.rules.vocabulary import ActionKind


@pytest.fixture
def office(session: Session, today: date) -> Person:
    return a_person(session, Role.OFFICE, "Daniel Hughes")


@pytest.fixture
def plan(session: Session, today: date) -> Plan:
    return a_plan(session, approved_on="-200d")


@pytest.fixture
def action(session: Session, plan: Plan, office: Person) -> Action:
    """On track for a year and updated yesterday."""
    found = an_action(session, plan, due="+365d", lead=a_person(session, Role.LEAD, "Tom Whitcombe"))
    an_update(session, found, by=office, on="-1d")
    return found


def test_a_milestone_without_a_date_counts_from_the_day_it_was_added(
    session: Session, plan: Plan, action: Action, office: Person, today: date
) -> None:
    yesterday = today - timedelta(days=1)
    before = outlooks(session, plan, day=yesterday)[action.id]
    step = add_milestone(
        session, action, title="Agree the model", date=undated("TBC"), by=office, version=action.version
    )
    assert step.agreed_on == today
    assert action.is_unscheduled
    assert (action.amber_from, action.red_from) == (today + timedelta(days=57), today + timedelta(days=113))
    assert outlooks(session, plan, day=yesterday)[action.id] == before


def test_a_milestone_of_an_action_that_came_today_goes_with_its_action(
    session: Session, plan: Plan, action: Action, office: Person, today: date
) -> None:
    area = session.get_one(Area, action.area_id)
    new = add_action(
        session, area, title="Tell it", kind=ActionKind.STANDARD, lead=None, by=office, version=area.version
    )
    step = add_milestone(session, new, title="Told", date=undated("TBC"), by=office, version=new.version)
    assert (new.approved_on, step.agreed_on) == (today, None)


def test_in_a_draft_nothing_has_a_day_of_its_own(session: Session, office: Person) -> None:
    draft = a_plan(session, approved_on=None)
    further = an_action(session, draft, title="Further actions to be agreed", kind=ActionKind.PLACEHOLDER, due=None)
    step = add_milestone(session, further, title="Agree them", date=undated("TBC"), by=office, version=1)
    agreed = Agreed("Open a second desk", lead=None, due=undated("TBC"))
    made = agree_actions(session, further, [agreed], reason="The board agreed it", by=office)
    assert (step.agreed_on, made[0].approved_on) == (None, None)
    draft.approved_on = date(2026, 1, 13)
    assert made[0].id in load_records(session, draft, day=date(2026, 1, 13)).in_plan
