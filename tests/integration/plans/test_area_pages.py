"""One area on a page, and what the office says of it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_lead, a_milestone, an_action, an_area
from tests.support.checked_client import CheckedClient
from tests.support.pages import words
from tracker.people.models import LeadPartyMember, Person
from tracker.people.rules import PartyKind, Role
from tracker.plans.commands.links import add_dependency
from tracker.plans.models import Area, InspectionItem, Objective, Outcome, Plan, PlanMeasure
from tracker.plans.rules.vocabulary import MilestoneKind, Precision

Read = Callable[..., str]


@pytest.fixture
def area(session: Session, plan: Plan, meetings: None) -> Area:
    return session.scalars(select(Area).where(Area.plan_id == plan.id, Area.number == 1)).one()


def updates(client: CheckedClient) -> list[str]:
    return [words(link) for link in client.page.iter("a") if words(link).startswith("Update 1")]


def test_the_area_says_in_a_sentence_how_it_stands(
    read: Read, client: CheckedClient, office: Person, plan: Plan, area: Area
) -> None:
    text = read(office, plan, "/areas/1")
    assert client.heading == "1 Reasonable workloads"
    sentence = "None of its actions is complete yet. 1.1 went red since 27 August 2026. 2 milestones are overdue."
    assert sentence in text
    assert "Actions 1.1 to 1.3" in text
    assert "0 of 1 done. Overdue 37 days: New structure live, 20 Oct 2026" in text
    assert "Not updated for 115 days" in text
    assert "Area 2: Early help" in text
    assert "No inspection item is recorded for this area." in text


def test_milestones_are_said_in_words(read: Read, session: Session, office: Person, plan: Plan) -> None:
    area = an_area(session, plan, title="Pathway plans")
    monthly = an_action(session, plan, area=area, due=None)
    every_quarter: dict[str, Any] = {"kind": MilestoneKind.RECURRING, "every_months": 3, "precision": Precision.MONTH}
    a_milestone(session, monthly, title="Report", due=date(2026, 12, 31), **every_quarter)
    undated = an_action(session, plan, area=area, due=None)
    a_milestone(session, undated, title="Agree the model", due=None)
    a_milestone(session, undated, title="Staff it", due=None)
    month = an_action(session, plan, area=area, due=None)
    a_milestone(session, month, title="Publish", due=date(2027, 1, 31), precision=Precision.MONTH)
    text = read(office, plan, "/areas/3")
    assert "0 of 1 done. Next: Report, Every quarter, 31 Dec 2026" in text
    assert "0 of 2 done. 2 dates to be confirmed: Agree the model · Staff it" in text
    assert "0 of 1 done. Next: Publish, Jan 2027" in text


def test_only_who_may_gets_the_button_to_update(
    read: Read, client: CheckedClient, session: Session, tom: Person, plan: Plan
) -> None:
    team = a_lead(session, "Children's management team", kind=PartyKind.TEAM)
    grace = a_person(session, Role.LEAD, "Grace Adeyemi")
    session.add(LeadPartyMember(party_id=team.id, person_id=grace.id))
    an_action(session, plan, lead=team)
    text = read(grace, plan, "/areas/1")
    assert "Children's management team (updates: Grace Adeyemi)" in text
    assert updates(client) == ["Update 1.4"]
    read(tom, plan, "/areas/1")
    assert updates(client) == ["Update 1.1", "Update 1.2", "Update 1.3"]


def test_what_an_action_waits_for_is_said_with_its_rating(
    read: Read, session: Session, office: Person, plan: Plan, area: Area
) -> None:
    waiting = an_action(session, plan, area=area, due="2027-03-31")
    other = an_action(session, plan, area=an_area(session, plan), title="Model agreed", due="2027-03-31")
    add_dependency(session, waiting, on=other, by=office)
    assert "Waits for 3.1 Model agreed (Amber)" in read(office, plan, "/areas/1")


def test_the_plans_own_words_stand_on_the_page_and_on_paper(
    read: Read, session: Session, office: Person, plan: Plan, area: Area
) -> None:
    session.add_all(
        [
            Objective(area_id=area.id, position=1, text="Keep caseloads safe"),
            PlanMeasure(area_id=area.id, position=1, text="Children for each worker"),
        ]
    )
    top = Outcome(area_id=area.id, position=1, text="Children know their worker")
    session.add(top)
    session.flush()
    session.add(Outcome(area_id=area.id, parent_id=top.id, position=2, text="for a year"))
    text = read(office, plan, "/areas/1")
    assert "Objectives and outcomes in the published plan (1 objective, 1 outcome)" in text
    assert "Children for each workerNot measured" in text
    printed = read(office, plan, "/print")
    for said in ("Keep caseloads safe", "Children know their workerfor a year", "Children for each worker"):
        assert said in printed


def test_the_whole_plan_on_paper_says_every_milestone_and_reason(
    read: Read, client: CheckedClient, office: Person, plan: Plan, area: Area
) -> None:
    printed = read(office, plan, "/print")
    assert client.heading == "Improvement plan 2026: printable plan"
    assert "New structure live: 20 Oct 2026. Overdue 37 days" in printed
    assert "The lead says red: 11 of 31 posts are vacant" in printed


def test_the_office_records_an_inspection_item_which_makes_the_area_a_priority(
    read: Read, client: CheckedClient, session: Session, office: Person, plan: Plan
) -> None:
    read(office, plan, "/areas/1/items/new")
    item = {"item_class": "priority_action", "number": "12", "words": "Reduce caseloads now."}
    client.submit(item)
    assert "Inspection item added" in client.text
    assert "Priority action 12: Reduce caseloads now." in client.text
    assert "Priority area." in client.text
    read(office, plan, "/areas/1/items/new")
    client.submit({**item, "words": "Reduce  caseloads now."})
    assert client.answer is not None
    assert client.answer.status_code == 409
    read(office, plan, "/areas/2/items/new")
    client.submit(item)
    session.expire_all()
    assert len(session.scalars(select(InspectionItem)).all()) == 1


def test_faulty_items_are_refused_beside_their_fields(
    read: Read, client: CheckedClient, office: Person, plan: Plan, area: Area
) -> None:
    read(office, plan, "/areas/1/items/new")
    client.submit({"item_class": "priority_action", "number": "1" * 21, "words": "  "})
    assert client.answer is not None
    assert client.answer.status_code == 422
    assert "Enter the exact words of the inspection report" in client.text
    assert "The number must be 20 characters or fewer (you have 21)" in client.text


def test_priority_needs_a_reason_and_an_unchanged_area(
    read: Read, client: CheckedClient, session: Session, office: Person, plan: Plan
) -> None:
    read(office, plan, "/areas/1/priority")
    client.submit({"priority": "yes", "reason": ""})
    assert "Say why this area is or is not a priority" in client.text
    read(office, plan, "/areas/1/priority")
    area = session.scalars(select(Area).where(Area.number == 1)).one()
    area.title = "Fair workloads"
    session.commit()
    client.submit({"priority": "yes", "reason": "The board asked for it"})
    assert client.answer is not None
    assert client.answer.status_code == 409
    read(office, plan, "/areas/1/priority")
    client.submit({"priority": "yes", "reason": "The board asked for it"})
    assert "Priority area. The board asked for it" in client.text


def test_an_unknown_area_is_not_found(client: CheckedClient, session: Session, office: Person, plan: Plan) -> None:
    slug = plan.slug
    session.commit()
    client.sign_in(office)
    for number in ("99", "99999999999999999999999", "-1", "x"):
        assert client.get(f"/plans/{slug}/areas/{number}").status_code == 404


def test_only_the_office_may_edit_an_area(
    read: Read, client: CheckedClient, tom: Person, plan: Plan, area: Area
) -> None:
    slug = plan.slug
    assert "Set priority" not in read(tom, plan, "/areas/1")
    for page in ("items/new", "priority"):
        assert client.get(f"/plans/{slug}/areas/1/{page}").status_code == 403
