"""A plan approved for a day ahead is live from that day on, with nobody to press anything."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_plan, an_action
from tests.support.checked_client import CheckedClient
from tracker.people.models import Person
from tracker.people.queries import person as person_with_roles
from tracker.people.rules import Role
from tracker.plans.exports.plan_document import plan_document
from tracker.plans.imports.text_plan import import_plan
from tracker.plans.models import Plan
from tracker.plans.queries.jump import actions_by_number, newest_plans
from tracker.plans.rules.states import PlanStatus

RIVERTON = Path(__file__).parents[2] / "support" / "plans" / "riverton.txt"
APPROVAL = date(2026, 12, 4)
HoldClock = Callable[[date | datetime], datetime]

pytestmark = pytest.mark.both_databases


@pytest.fixture
def office(session: Session, today: date) -> Person:
    return a_person(session, Role.OFFICE)


@pytest.fixture
def plan(session: Session, office: Person) -> Plan:
    made = import_plan(
        session, raw=RIVERTON.read_bytes(), name="riverton.txt", title="Plan of December", approved_on=APPROVAL
    ).plan
    assert made is not None
    session.commit()
    return made


@pytest.mark.parametrize(
    ("day", "status", "word"),
    [
        (date(2026, 11, 26), "approved", "Approved"),
        (date(2026, 12, 3), "approved", "Approved"),
        (date(2026, 12, 4), "live", "Live"),
        (date(2027, 3, 1), "live", "Live"),
    ],
)
def test_it_is_live_from_its_approval_on(
    *,
    session: Session,
    client: CheckedClient,
    plan: Plan,
    office: Person,
    clock_at: HoldClock,
    day: date,
    status: str,
    word: str,
) -> None:
    clock_at(day)
    assert plan_document(session, plan)["plan"]["status"] == status
    client.sign_in(office)
    client.get("/plans")
    states = ["".join(cell.itertext()) for cell in client.page.iter("td") if cell.get("data-label") == "State"]
    assert states == [word]


def test_a_number_is_looked_for_in_live_plans_first(
    session: Session, plan: Plan, office: Person, clock_at: HoldClock
) -> None:
    now = a_plan(session, title="Plan of last year", approved_on="2026-01-13")
    an_action(session, now, ref="1.1")
    session.commit()
    reader = person_with_roles(session, office.id)
    assert reader is not None
    for day, first in ((date(2026, 12, 3), now), (date(2026, 12, 4), plan)):
        clock_at(day)
        assert newest_plans(session, reader, limit=1)[0].id == first.id
        assert actions_by_number(session, reader, "1.1")[0].plan_id == first.id


@pytest.mark.parametrize("status", [PlanStatus.DRAFT, PlanStatus.CLOSING, PlanStatus.CLOSED, PlanStatus.REPLACED])
def test_no_other_status_goes_by_the_day(status: PlanStatus) -> None:
    assert status.on(date(2026, 12, 4), approved_on=date(2026, 1, 13)) is status
