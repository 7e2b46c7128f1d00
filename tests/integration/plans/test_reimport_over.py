"""A plan that is over, or that was put in order meanwhile, takes in nothing of a later version."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.later_versions import LATER
from tests.support.plan_forms import as_text
from tracker.core.problems import Conflict
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands.numbering import renumber_plan
from tracker.plans.commands.reimport import LaterVersion, differences, keep_reimport, take_in
from tracker.plans.imports.later_version import read_later_version
from tracker.plans.imports.plan_file import PlanFile
from tracker.plans.imports.text_plan import import_plan
from tracker.plans.models import Plan, Reimport
from tracker.plans.rules.states import PlanStatus

KEY = '{"Green": "G", "Amber": "A", "Red": "R"}'


@pytest.fixture
def office(session: Session, today: date) -> Person:
    return a_person(session, Role.OFFICE, "Daniel Hughes")


@pytest.fixture
def plan(session: Session, today: date) -> Plan:
    approved_on = date(2026, 11, 2)
    report = import_plan(session, raw=as_text(), name="plan.txt", title="Plan 2027", approved_on=approved_on, key=KEY)
    assert report.plan is not None
    return report.plan


@pytest.fixture
def later(plan: Plan) -> LaterVersion:
    return read_later_version(PlanFile(as_text(LATER), "plan-2.txt"), plan)


@pytest.mark.parametrize("over", [PlanStatus.CLOSED, PlanStatus.REPLACED])
def test_a_plan_that_is_over_takes_in_nothing(
    session: Session, plan: Plan, office: Person, later: LaterVersion, over: PlanStatus
) -> None:
    changes = differences(session, plan, later.content)
    plan.status = over
    with pytest.raises(Conflict, match="nothing in it is changed any more"):
        keep_reimport(session, plan, later, by=office)
    with pytest.raises(Conflict, match="nothing in it is changed any more"):
        take_in(session, plan, later, changes, codes=["reworded-1.1"], by=office)
    assert session.scalar(select(func.count(Reimport.id))) == 0


def test_whoever_looked_at_the_numbers_before_is_told(
    session: Session, plan: Plan, office: Person, later: LaterVersion
) -> None:
    seen = plan.version
    take_in(session, plan, later, differences(session, plan, later.content), codes=["renumbered-2.1"], by=office)
    with pytest.raises(Conflict, match="Somebody else changed the order or the numbers"):
        renumber_plan(session, plan, by=office, version=seen)
