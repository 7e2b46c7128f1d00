"""What a later version of a plan does to what stands around it: numbers, pages that are open, a plan that is over."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.integration.plans.test_reimport_pages import bring, bring_in, take
from tests.support.checked_client import CheckedClient
from tests.support.later_versions import LATER
from tests.support.plan_forms import as_text
from tracker.people.models import Person
from tracker.plans.models import Action, FormerNumber, Plan, Reimport
from tracker.plans.rules.states import PlanStatus


@pytest.fixture
def plan(session: Session, today: date, office: Person) -> Plan:
    return bring_in(session)


def test_an_old_number_leads_on_after_a_later_version_gave_a_new_one(
    client: CheckedClient, session: Session, plan: Plan, office: Person
) -> None:
    client.sign_in(office)
    bring(client, plan, as_text(LATER))
    take(client, ["renumbered-2.1"])
    client.get(f"/plans/{plan.slug}/2.1", follow_redirects=True)
    assert "2.1 is now 2.3 since 26 Nov 2026" in client.text
    assert client.heading.startswith("2.3 ")
    former = session.scalars(select(FormerNumber)).one()
    assert (former.number, former.until_on, former.created_by) == ("2.1", date(2026, 11, 26), office.id)


@pytest.mark.parametrize("code", ["renumbered-2.1", "new-1.4"])
def test_numbers_looked_at_before_a_later_version_came_are_not_given(
    *, code: str, client: CheckedClient, app: Flask, session: Session, plan: Plan, office: Person
) -> None:
    client.sign_in(office)
    bring(client, plan, as_text(LATER))
    other = CheckedClient(app)
    other.sign_in(office)
    other.get(f"/plans/{plan.slug}/renumber?area=2&to=1")
    take(client, [code])
    assert other.submit(button="Change").status_code == 409
    assert "Somebody else changed the order or the numbers of this plan" in other.text
    session.expire_all()
    titles = select(Action.title).where(Action.ref == "1.1")
    assert session.scalar(titles) == "Count caseloads in every team"


@pytest.mark.parametrize("status", [PlanStatus.CLOSED, PlanStatus.REPLACED])
def test_nothing_comes_into_a_plan_that_is_over(
    status: PlanStatus, client: CheckedClient, session: Session, plan: Plan, office: Person
) -> None:
    client.sign_in(office)
    bring(client, plan, as_text(LATER))
    session.get_one(Plan, plan.id).status = status
    session.commit()
    words = take(client, ["new-1.4"])
    assert f"The plan is {status.value}, so nothing in it is changed any more" in words
    assert client.get(f"/plans/{plan.slug}/later-versions/new").status_code == 409
    assert f"The plan is {status.value}, so nothing in it is changed any more" in client.text
    session.rollback()
    assert session.scalar(select(func.count(Reimport.id))) == 0
