"""What a plan answers of an inspection: items with no action, actions with no item, and choosing areas for an item."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import an_action, an_area
from tests.support.checked_client import CheckedClient
from tests.support.queries import queries_of
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands.inspection_items import add_item, answer_item
from tracker.plans.commands.inspections import InspectionFacts, answer_inspection, record_inspection
from tracker.plans.models import Area, AreaItem, Inspection, InspectionItem, Plan
from tracker.plans.rules.states import ActionState, InspectionKind, ItemClass
from tracker.plans.rules.vocabulary import ActionKind

Read = Callable[..., str]


@dataclass
class Stand:
    """What every test here needs: the page's reader, the plan and its inspection, and who looks."""

    client: CheckedClient
    session: Session
    plan: Plan
    inspection: Inspection
    office: Person

    def see(self, path: str = "/coverage", person: Person | None = None) -> str:
        self.session.commit()
        self.client.sign_in(person or self.office)
        assert self.client.get(f"/plans/{self.plan.slug}{path}").status_code == 200
        return self.client.text

    def asked(self, words: str, kind: str = "area_for_improvement", by: Inspection | None = None) -> InspectionItem:
        return add_item(self.session, by or self.inspection, item_class=ItemClass(kind), words=words, by=0)

    def area(self, number: int) -> Area:
        return self.session.scalars(select(Area).where(Area.plan_id == self.plan.id, Area.number == number)).one()

    def answer(self, area: Area, item: InspectionItem) -> None:
        answer_item(self.session, area, item, by=self.office)


@pytest.fixture
def stand(client: CheckedClient, session: Session, plan: Plan, inspection: Inspection, office: Person) -> Stand:
    return Stand(client, session, plan, inspection, office)


@pytest.fixture
def inspection(session: Session, plan: Plan, office: Person) -> Inspection:
    made = record_inspection(session, InspectionFacts(title="Inspection of 2025"), by=office.id)
    answer_inspection(session, plan, made, by=office.id)
    return made


def test_items_without_action_stand_first_and_actions_without_item_below(stand: Stand) -> None:
    answered = stand.asked("Lower the caseloads.")
    stand.answer(stand.area(1), answered)
    stand.asked("Nobody answers this.")
    stand.asked("Staff are praised.", "strength")
    waiting = stand.asked("Only promised.")
    area = an_area(stand.session, stand.plan, title="Later")
    an_action(
        stand.session,
        stand.plan,
        area=area,
        title="Further actions to be agreed",
        kind=ActionKind.PLACEHOLDER,
        due=None,
    )
    stand.answer(area, waiting)
    text = stand.see()
    assert "2 of 3 items have no action. 1 action answers no item." in text
    assert text.index("Nobody answers this.") < text.index("Lower the caseloads.")
    assert "Only actions still to be agreed" in text
    assert "Staff are praised." not in text
    assert "2.1 Agree the early help model" in text


def test_a_withdrawn_action_answers_nothing(stand: Stand) -> None:
    area = an_area(stand.session, stand.plan, title="Given up")
    an_action(stand.session, stand.plan, area=area, title="Tried", state=ActionState.WITHDRAWN)
    stand.answer(area, stand.asked("Do it."))
    assert "Its area has no action" in stand.see()


def test_what_a_visit_asks_for_counts_for_the_plan_of_its_inspection(stand: Stand) -> None:
    facts = InspectionFacts(title="Visit of 2026", kind=InspectionKind.FOCUSED_VISIT, follows_id=stand.inspection.id)
    visit = record_inspection(stand.session, facts, by=stand.office.id)
    urgent = stand.asked("Act now.", "priority_action", by=visit)
    assert "Act now." in stand.see()
    stand.answer(stand.area(2), urgent)
    assert "Priority area." in stand.see("/areas/2")


def test_the_office_chooses_several_areas_for_an_item_and_takes_one_back(stand: Stand) -> None:
    item = stand.asked("Lower the caseloads.")
    stand.see(f"/items/{item.id}/areas")
    first, second = stand.area(1).id, stand.area(2).id
    stand.session.rollback()
    address = f"/plans/{stand.plan.slug}/items/{item.id}/areas"
    for chosen in ([str(first), str(second), "999"], [str(second)]):
        stand.client.get(address)
        sent = stand.client.form(button="Save").filled({})
        stand.client.post(address, data={**sent, "areas": chosen}, follow_redirects=True)
        assert "Areas saved" in stand.client.text
        held = set(stand.session.scalars(select(AreaItem.area_id).where(AreaItem.item_id == item.id)))
        stand.session.rollback()
        assert held == {int(one) for one in chosen} - {999}
    assert "Every item is answered by an action. 3 actions answer no item." in stand.client.text


def test_a_plan_without_an_inspection_is_given_one_that_is_here(
    client: CheckedClient, read: Read, session: Session, office: Person, plan: Plan
) -> None:
    assert "No inspection is recorded that this plan answers." in read(office, plan, "/coverage")
    made = record_inspection(session, InspectionFacts(title="Inspection of 2025"), by=office.id)
    session.commit()
    address = f"/plans/{plan.slug}/inspection"
    client.get(address)
    sent = client.form("inspection").filled({"inspection": ""})
    assert client.post(address, data=sent).status_code == 422
    client.post(address, data={**sent, "inspection": str(made.id)}, follow_redirects=True)
    assert "The inspection asks for nothing that is recorded here." in client.text
    assert client.post(address, data={**sent, "inspection": str(made.id)}).status_code == 409


def test_the_file_holds_every_item_and_every_stray_action(stand: Stand) -> None:
    item = stand.asked("=Lower the caseloads.")
    item.points = "one\ntwo"
    stand.answer(stand.area(1), item)
    stand.see()
    rows = stand.client.get(f"/plans/{stand.plan.slug}/coverage.csv").get_data(as_text=True).splitlines()
    assert len(rows) == 3
    assert '\'=Lower the caseloads.,one; two,1,"1.1, 1.2 and 1.3",Answered' in rows[1]
    assert "Agree the early help model,,,2.1,Answers no item" in rows[2]


def test_viewers_read_the_coverage_and_only_the_office_changes_it(stand: Stand) -> None:
    item = stand.asked("Lower the caseloads.")
    viewer = a_person(stand.session, Role.VIEWER, "Vera Viewer")
    assert "Lower the caseloads." in stand.see(person=viewer)
    assert "Choose areas" not in stand.client.text
    token = stand.client.form(button="Sign out").filled({})["csrf_token"]
    assert stand.client.get(f"/plans/{stand.plan.slug}/coverage.csv").status_code == 403
    for address in (f"/plans/{stand.plan.slug}/items/{item.id}/areas", f"/plans/{stand.plan.slug}/inspection"):
        assert stand.client.get(address).status_code == 403
        assert stand.client.post(address, data={"areas": "1", "csrf_token": token}).status_code == 403


def test_items_that_the_plan_is_not_asked_are_not_found(stand: Stand) -> None:
    other = record_inspection(stand.session, InspectionFacts(title="Elsewhere"), by=stand.office.id)
    strange = stand.asked("Not for this stand.plan.", by=other)
    stand.see()
    for number in (strange.id, 999_999, 99_999_999_999):
        assert stand.client.get(f"/plans/{stand.plan.slug}/items/{number}/areas").status_code == 404
    assert stand.client.get("/plans/none/coverage").status_code == 404


def test_the_page_asks_the_database_no_more_for_many_items(stand: Stand, engine: Engine) -> None:
    counts = []
    for more in (3, 40):
        for number in range(more):
            item = stand.asked(f"Item {number} of {more}")
            stand.answer(stand.area(1 + number % 2), item)
        stand.see()
        with queries_of(engine) as statements:
            stand.client.get(f"/plans/{stand.plan.slug}/coverage")
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 12
