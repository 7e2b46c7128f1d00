"""Putting the items of an inspection right on its pages: adding, changing, taking out and putting back."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.checked_client import CheckedClient
from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands.inspection_items import add_item, answer_item, set_answers
from tracker.plans.commands.inspections import InspectionFacts, answer_inspection, record_inspection
from tracker.plans.commands.item_changes import take_out_item
from tracker.plans.models import Area, Inspection, InspectionItem, Plan
from tracker.plans.rules.states import ItemClass

WORDS = "Make sure that each child is seen."


@pytest.fixture
def inspection(session: Session, plan: Plan, office: Person) -> Inspection:
    made = record_inspection(session, InspectionFacts(title="Inspection of 2025"), by=office.id)
    answer_inspection(session, plan, made, by=office.id)
    return made


@pytest.fixture
def item(session: Session, inspection: Inspection, office: Person) -> InspectionItem:
    found = add_item(session, inspection, item_class=ItemClass.AREA_FOR_IMPROVEMENT, words=WORDS, by=office.id)
    session.commit()
    return found


@pytest.fixture
def at_office(client: CheckedClient, item: InspectionItem, office: Person) -> CheckedClient:
    client.sign_in(office)
    return client


def page_of(item: InspectionItem, act: str = "change") -> str:
    return f"/inspections/{item.inspection_id}/items/{item.id}/{act}"


def first_area(session: Session, plan: Plan) -> Area:
    return session.scalars(select(Area).where(Area.plan_id == plan.id, Area.number == 1)).one()


def stored(session: Session, item: InspectionItem) -> InspectionItem:
    session.expire_all()
    return session.get_one(InspectionItem, item.id)


def test_an_item_that_the_reading_missed_is_added_once(
    at_office: CheckedClient, session: Session, item: InspectionItem
) -> None:
    address = f"/inspections/{item.inspection_id}/items/new"
    at_office.get(address)
    said = {"words": "Record visits.", "points": "on the day\n\n by the worker ", "item_class": "priority_action"}
    sent = at_office.form("words").filled({**said, "heading": "Visits", "number": "4", "paragraph": "40 and 41"})
    at_office.post(address, data=sent, follow_redirects=True)
    assert "Inspection item added" in at_office.text
    assert "Priority actions: Visits" in at_office.text
    assert "See paragraph 40 and 41" in at_office.text
    assert at_office.post(address, data=sent).status_code == 409
    assert "This inspection has that item already" in at_office.text
    made = session.scalars(select(InspectionItem).order_by(InspectionItem.position.desc())).first()
    assert made is not None
    assert (made.position, made.points) == (2, "on the day\nby the worker")


def test_a_changed_class_makes_its_area_a_priority(
    at_office: CheckedClient, session: Session, plan: Plan, item: InspectionItem, office: Person
) -> None:
    answer_item(session, first_area(session, plan), item, by=office)
    session.commit()
    at_office.get(page_of(item))
    assert "It can be taken out when no area answers it any more." in at_office.text
    sent = at_office.form("words").filled({"item_class": "priority_and_immediate_action", "words": "See each child."})
    at_office.post(page_of(item), data=sent, follow_redirects=True)
    assert "Inspection item saved" in at_office.text
    at_office.get(f"/plans/{plan.slug}/areas/1")
    assert "See each child." in at_office.text
    assert "Priority area." in at_office.text


def test_an_older_page_keeps_its_words_and_saves_nothing(
    at_office: CheckedClient, session: Session, item: InspectionItem
) -> None:
    at_office.get(page_of(item))
    older = at_office.form("words").filled({"words": "Mine."})
    at_office.post(page_of(item), data={**older, "words": "Theirs."})
    assert at_office.post(page_of(item), data=older).status_code == 409
    assert "This item has changed since you opened the page" in at_office.text
    assert "Mine." in at_office.text
    assert stored(session, item).words == "Theirs."


def test_what_was_taken_out_asks_for_nothing_and_comes_back(
    at_office: CheckedClient, session: Session, plan: Plan, item: InspectionItem
) -> None:
    at_office.get(page_of(item, "remove"))
    form = at_office.form("why")
    assert at_office.post(page_of(item, "remove"), data=form.filled({"why": " "})).status_code == 422
    assert "Say why it is taken out" in at_office.text
    at_office.post(page_of(item, "remove"), data=form.filled({"why": "A heading"}), follow_redirects=True)
    assert "0 items" in at_office.text
    assert "Taken out: 1" in at_office.text
    assert ": A heading" in at_office.text
    back = at_office.form(button="Put it back").filled({})
    at_office.get(f"/plans/{plan.slug}/coverage")
    assert WORDS not in at_office.text
    at_office.get("/inspections")
    assert "No items" in at_office.text
    for said in ("Put back", "This item has changed since you opened the page"):
        at_office.post(page_of(item, "restore"), data=back, follow_redirects=True)
        assert said in at_office.text
    assert "Taken out" not in at_office.text
    at_office.get(f"/plans/{plan.slug}/coverage")
    assert WORDS in at_office.text


def test_an_item_that_an_area_answers_is_not_taken_out(
    at_office: CheckedClient, session: Session, plan: Plan, item: InspectionItem, office: Person
) -> None:
    at_office.get(page_of(item, "remove"))
    sent = at_office.form("why").filled({"why": "A heading"})
    answer_item(session, first_area(session, plan), item, by=office)
    session.commit()
    assert at_office.post(page_of(item, "remove"), data=sent).status_code == 409
    assert "Area 1 answers this item. Take the area from it first" in at_office.text


def test_what_was_taken_out_is_answered_by_nothing(
    session: Session, plan: Plan, item: InspectionItem, office: Person
) -> None:
    take_out_item(session, item, why="A heading", by=office, version=item.version)
    with pytest.raises(Invalid, match="this plan answers"):
        answer_item(session, first_area(session, plan), item, by=office)


def test_two_people_who_choose_areas_at_once_do_not_undo_each_other(
    session: Session, plan: Plan, item: InspectionItem, office: Person
) -> None:
    seen = item.version
    set_answers(session, plan, item, [first_area(session, plan)], by=office, version=seen)
    with pytest.raises(Conflict, match="changed since"):
        set_answers(session, plan, item, [], by=office, version=seen)


@pytest.mark.parametrize("role", [Role.LEAD, Role.ASSURANCE, Role.MODERATOR, Role.AUDITOR, Role.VIEWER, Role.ADMIN])
def test_only_the_office_changes_items(
    client: CheckedClient, session: Session, item: InspectionItem, role: Role
) -> None:
    person = a_person(session, role, "Vera Other")
    session.commit()
    client.sign_in(person)
    seen = client.get(f"/inspections/{item.inspection_id}")
    assert (seen.status_code, "Add an item" in client.text) == (403 if role is Role.ADMIN else 200, False)
    token = client.form(button="Sign out").filled({})["csrf_token"]
    made_by_hand = {"csrf_token": token, "words": "x", "why": "x", "version": str(item.version)}
    for address in (f"/inspections/{item.inspection_id}/items/new", page_of(item), page_of(item, "remove")):
        assert client.get(address).status_code == 403
        assert client.post(address, data=made_by_hand).status_code == 403
    assert client.post(page_of(item, "restore"), data=made_by_hand).status_code == 403
    assert stored(session, item).words == WORDS
