"""What is taken out of a draft goes whole: what pointed to it points nowhere, and nothing else takes its place."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_plan, an_action
from tests.support.later_versions import LATER
from tests.support.plan_forms import as_text
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands.dates import ask_date
from tracker.plans.commands.editing import remove_action, remove_milestone
from tracker.plans.commands.links import add_dependency
from tracker.plans.commands.reimport import differences, take_in
from tracker.plans.imports.later_version import read_later_version
from tracker.plans.imports.plan_file import PlanFile
from tracker.plans.imports.text_plan import import_plan
from tracker.plans.models import Action, Mention, Milestone, Plan, ReimportChange
from tracker.plans.rules.dates.target import undated

KEY = '{"Green": "G", "Amber": "A", "Red": "R"}'


@pytest.fixture
def office(session: Session, today: date) -> Person:
    return a_person(session, Role.OFFICE, "Daniel Hughes")


@pytest.fixture
def draft(session: Session, today: date) -> Plan:
    """1.1, 1.2 and 1.3."""
    plan = a_plan(session, approved_on=None)
    for title in ("Count caseloads", "Open a second desk", "Tell the teams"):
        an_action(session, plan, title=title)
    return plan


def at(session: Session, ref: str) -> Action:
    return session.scalars(select(Action).where(Action.ref == ref)).one()


def test_an_action_goes_that_words_of_others_mean(session: Session, draft: Plan, office: Person) -> None:
    first, second, third = (at(session, ref) for ref in ("1.1", "1.2", "1.3"))
    add_dependency(session, first, on=second, why="As 1.3 says", by=office)
    add_dependency(session, third, on=first, why="After 1.2", by=office)
    remove_action(session, second, by=office, version=second.version)
    assert [(one.number, one.meant_id) for one in session.scalars(select(Mention))] == []


def test_a_milestone_goes_with_what_its_words_mean(session: Session, draft: Plan, office: Person) -> None:
    action = at(session, "1.1")
    milestone = session.scalars(select(Milestone).where(Milestone.action_id == action.id)).one()
    ask_date(session, milestone, to=undated("TBC"), because="It waits for 1.2", by=office)
    assert session.scalars(select(Mention.number)).all() == ["1.2"]
    remove_milestone(session, milestone, by=office, version=action.version)
    assert session.scalars(select(Mention.number)).all() == []


def test_an_action_goes_that_came_with_a_later_version(session: Session, office: Person) -> None:
    report = import_plan(session, raw=as_text(), name="plan.txt", title="Plan 2027", approved_on=None, key=KEY)
    assert report.plan is not None
    later = read_later_version(PlanFile(as_text(LATER), "plan-2.txt"), report.plan)
    take_in(session, report.plan, later, differences(session, report.plan, later.content), codes=["new-1.4"], by=office)
    new = at(session, "1.4")
    remove_action(session, new, by=office, version=new.version)
    told = session.scalars(select(ReimportChange)).one()
    assert (told.action_id, told.ref, told.title) == (None, "1.4", "Appoint a team for the front door")
