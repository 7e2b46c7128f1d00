"""Recording what inspectors asked for, and which area of the plan answers it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_plan, an_area
from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands.inspection_items import add_item, answer_item
from tracker.plans.commands.inspections import InspectionFacts, answer_inspection, note_scope, record_inspection
from tracker.plans.models import Inspection, InspectionItem, Plan
from tracker.plans.queries.plan import plan_by_slug
from tracker.plans.rules.priority import is_priority
from tracker.plans.rules.states import ItemClass

WORDS = "Make sure that each child is seen."


@pytest.fixture
def office(session: Session) -> Person:
    return a_person(session, Role.OFFICE)


@pytest.fixture
def plan(session: Session) -> Plan:
    return a_plan(session)


@pytest.fixture
def inspection(session: Session, plan: Plan, office: Person, today: date) -> Inspection:
    made = record_inspection(session, InspectionFacts("Inspection of 2026", published_on=today), by=office.id)
    answer_inspection(session, plan, made, by=office.id)
    return made


def test_an_area_that_answers_a_priority_action_is_a_priority(
    session: Session, plan: Plan, office: Person, inspection: Inspection
) -> None:
    first, second = an_area(session, plan), an_area(session, plan)
    urgent = add_item(session, inspection, item_class=ItemClass.PRIORITY_ACTION, words=WORDS, number="1", by=office.id)
    answer_item(session, first, urgent, by=office)
    session.expire_all()
    found = plan_by_slug(session, plan.slug)
    assert found is not None
    answered = {area.id: [answer.item.item_class for answer in area.items] for area in found.areas}
    assert is_priority(None, answered[first.id])
    assert not is_priority(None, answered[second.id])


def test_items_keep_their_order_and_their_exact_words(session: Session, office: Person, inspection: Inspection) -> None:
    for words in ("First.", "Second,  with  two spaces."):
        add_item(session, inspection, item_class=ItemClass.STRENGTH, words=words, heading="Leadership", by=office.id)
    items = session.scalars(select(InspectionItem).order_by(InspectionItem.position)).all()
    assert [(item.position, item.words) for item in items] == [(1, "First."), (2, "Second,  with  two spaces.")]
    assert {item.created_by for item in items} == {office.id}


def test_a_plan_answers_one_inspection(session: Session, plan: Plan, office: Person, inspection: Inspection) -> None:
    assert plan.inspection_id == inspection.id
    other = record_inspection(session, InspectionFacts("Another"), by=office.id)
    with pytest.raises(Conflict, match="already answers"):
        answer_inspection(session, plan, other, by=office.id)
    assert plan.inspection_id == inspection.id


def test_an_item_of_another_inspection_and_a_second_answer_are_refused(
    session: Session, plan: Plan, office: Person, inspection: Inspection
) -> None:
    area = an_area(session, plan)
    other = record_inspection(session, InspectionFacts("Elsewhere"), by=office.id)
    strange = add_item(session, other, item_class=ItemClass.STRENGTH, words=WORDS, by=office.id)
    with pytest.raises(Invalid, match="this plan answers"):
        answer_item(session, area, strange, by=office)
    item = add_item(session, inspection, item_class=ItemClass.STRENGTH, words=WORDS, by=office.id)
    answer_item(session, area, item, by=office)
    with pytest.raises(Conflict, match="already"):
        answer_item(session, area, item, by=office)


def test_a_report_from_the_future_and_one_without_title_are_refused(
    session: Session, office: Person, today: date
) -> None:
    with pytest.raises(Invalid, match="in the future"):
        record_inspection(session, InspectionFacts("Too soon", published_on=today + timedelta(days=1)), by=office.id)
    with pytest.raises(Invalid, match="Enter the title"):
        record_inspection(session, InspectionFacts(" ", published_on=today), by=office.id)
    assert session.scalars(select(Inspection)).all() == []


@pytest.mark.parametrize(
    ("field", "given"),
    [("words", {"words": "x" * 4001}), ("number", {"number": "x" * 21}), ("heading", {"heading": "x" * 161})],
)
def test_an_item_that_is_too_long_is_refused(
    session: Session, office: Person, inspection: Inspection, field: str, given: dict[str, str]
) -> None:
    with pytest.raises(Invalid, match="characters or fewer") as refused:
        add_item(session, inspection, item_class=ItemClass.STRENGTH, by=office.id, **{"words": WORDS, **given})
    assert refused.value.field == field


def test_what_a_plan_leaves_out_is_kept_and_not_too_long(session: Session, plan: Plan, office: Person) -> None:
    note_scope(session, plan, note="Leaves out schools.", by=office)
    assert plan.scope_note == "Leaves out schools."
    with pytest.raises(Invalid, match="characters or fewer"):
        note_scope(session, plan, note="x" * 2001, by=office)
