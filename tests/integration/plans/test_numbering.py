"""Ordering and numbering a plan through pages: previewed, applied in one go, and old numbers lead on."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_plan, an_action
from tests.support.checked_client import CheckedClient
from tracker.core import clock
from tracker.core.problems import Conflict
from tracker.people.models import LeadParty, LeadPartyMember, Person
from tracker.people.rules import Role
from tracker.plans.commands.numbering import move_action, renumber_plan
from tracker.plans.exports.rag_document import rag_document
from tracker.plans.models import Action, Area, FormerNumber, Plan
from tracker.plans.rules.states import PlanStatus

Read = Callable[..., str]


def numbers(session: Session, plan: Plan) -> list[str]:
    session.rollback()
    query = select(Action.ref, Action.title).where(Action.plan_id == plan.id).order_by(Action.position)
    return [f"{row.ref} {row.title}" for row in session.execute(query)]


def action(session: Session, plan: Plan, ref: str) -> Action:
    return session.scalars(select(Action).where(Action.plan_id == plan.id, Action.ref == ref)).one()


def renumber(session: Session, plan: Plan, by: Person, *, move: str, to: str) -> None:
    move_action(session, plan, action(session, plan, move), to=to, by=by, version=plan.version)
    renumber_plan(session, plan, by=by, version=plan.version)
    session.commit()


def test_an_action_is_moved_previewed_and_numbered(
    read: Read, client: CheckedClient, session: Session, office: Person, plan: Plan
) -> None:
    read(office, plan, "/1.3/place")
    client.submit({"to": "1.1"})
    assert "1.3 takes the place of 1.1" in client.text
    assert numbers(session, plan)[0] == "1.3 Analyse caseloads"
    client.follow("See what would be renumbered: 3 numbers")
    assert "Analyse caseloads1.3 becomes 1.1" in client.text.replace("Action", "")
    client.submit(button="Change 3 numbers")
    assert "3 numbers changed" in client.text
    assert numbers(session, plan) == [
        "1.1 Analyse caseloads",
        "1.2 Start stage 1",
        "1.3 Agree the framework",
        "2.1 Agree the early help model",
    ]


def test_buttons_move_an_action_by_one_place(
    read: Read, client: CheckedClient, session: Session, office: Person, plan: Plan
) -> None:
    read(office, plan, "/order")
    client.submit(button="Down 1.1")
    assert "Moved down: 1.1" in client.text
    assert [name[:3] for name in numbers(session, plan)] == ["1.2", "1.1", "1.3", "2.1"]


def test_two_people_put_a_plan_in_order_at_once_and_the_second_is_told(
    session: Session, office: Person, plan: Plan
) -> None:
    seen = plan.version
    move_action(session, plan, action(session, plan, "1.3"), to="1.1", by=office, version=seen)
    with pytest.raises(Conflict, match="Somebody else changed the order"):
        move_action(session, plan, action(session, plan, "1.2"), to="1.1", by=office, version=seen)
    with pytest.raises(Conflict, match="Somebody else changed the order"):
        renumber_plan(session, plan, by=office, version=seen)


def test_an_old_page_of_the_order_changes_nothing_through_http(
    read: Read, client: CheckedClient, session: Session, office: Person, plan: Plan
) -> None:
    read(office, plan, "/order")
    sent = client.form("way", button="Down 1.1").filled({"way": "down"})
    renumber(session, plan, office, move="1.3", to="1.1")
    before = numbers(session, plan)
    assert client.post(f"/plans/{plan.slug}/1.1/place", data=sent).status_code == 409
    assert numbers(session, plan) == before


def test_an_old_address_leads_on_and_says_so(
    read: Read, client: CheckedClient, session: Session, office: Person, plan: Plan
) -> None:
    action(session, plan, "1.3").ref = "1.7"
    session.flush()
    renumber_plan(session, plan, by=office, version=plan.version)
    session.commit()
    client.sign_in(office)
    answer = client.get(f"/plans/{plan.slug}/1.7?rag=red&to=x&_external=1")
    assert (answer.status_code, answer.location) == (303, f"/plans/{plan.slug}/1.3?rag=red")
    client.get(answer.location)
    assert "1.7 is now 1.3 since 26 Nov 2026" in client.text
    assert client.get(f"/plans/{plan.slug}/1.7/evidence").location == f"/plans/{plan.slug}/1.3/evidence"
    assert client.get(f"/plans/{plan.slug}/1.8").status_code == 404
    history = read(office, plan, "/1.3")
    assert "Renumbered" in history
    assert "It was 1.7 until then" in history


def test_who_holds_an_old_number_now_says_who_held_it(
    read: Read, client: CheckedClient, session: Session, office: Person, plan: Plan
) -> None:
    renumber(session, plan, office, move="1.3", to="1.1")
    text = read(office, plan, "/1.3")
    assert "1.3 was another action until 26 Nov 2026: it is now 1.1 Analyse caseloads" in text
    assert "Earlier number 1.2" in text.replace("Earlier number1.2", "Earlier number 1.2")


def test_searching_an_old_number_finds_what_had_it(
    client: CheckedClient, session: Session, office: Person, plan: Plan
) -> None:
    action(session, plan, "1.3").ref = "1.7"
    session.flush()
    renumber_plan(session, plan, by=office, version=plan.version)
    session.commit()
    client.sign_in(office)
    assert client.get("/search?q=1.7").location == f"/plans/{plan.slug}/1.3"


def test_an_area_moves_with_its_actions_and_its_address_leads_on(
    read: Read, client: CheckedClient, session: Session, office: Person, plan: Plan
) -> None:
    assert "2.1 becomes 1.1" in read(office, plan, "/renumber?area=2&to=1")
    client.submit(button="Change 6 numbers")
    assert numbers(session, plan)[0] == "1.1 Agree the early help model"
    area = session.scalars(select(Area).where(Area.plan_id == plan.id, Area.number == 1)).one()
    assert (area.title, area.label) == ("Early help", "1")
    client.get(f"/plans/{plan.slug}/areas/2")
    assert client.heading == "2 Reasonable workloads"


@pytest.mark.parametrize("asked", ["area=9&to=1", "area=1&to=9", "area=x&to=%00", "area=1", "to=99999999999999"])
def test_an_area_or_place_that_is_not_there_is_said(read: Read, office: Person, plan: Plan, asked: str) -> None:
    assert "Enter a place from 1 to 2" in read(office, plan, f"/renumber?{asked}")


def test_ratings_stay_with_their_actions_under_the_present_numbers(
    session: Session, office: Person, plan: Plan
) -> None:
    day = plan.approved_on
    assert day is not None
    before = {one["title"]: one["effective"] for one in titled(session, plan)}
    renumber(session, plan, office, move="1.3", to="1.1")
    after = titled(session, plan)
    assert {one["title"]: one["effective"] for one in after} == before
    assert [one["ref"] for one in after] == ["1.1", "1.2", "1.3", "2.1"]


def titled(session: Session, plan: Plan) -> list[dict[str, str]]:
    rated = rag_document(session, plan, as_at=clock.today())["actions"]
    return [
        {"ref": ref, "title": action(session, plan, ref).title, "effective": one["effective"]}
        for ref, one in rated.items()
    ]


def test_a_second_numbering_has_nothing_to_do_and_keeps_what_was(session: Session, office: Person, plan: Plan) -> None:
    renumber(session, plan, office, move="1.3", to="1.1")
    with pytest.raises(Conflict, match="in order already"):
        renumber_plan(session, plan, by=office, version=plan.version)
    kept = session.execute(select(FormerNumber.number, Action.title).join(FormerNumber.action))
    assert sorted(map(tuple, kept)) == [
        ("1.1", "Start stage 1"),
        ("1.2", "Agree the framework"),
        ("1.3", "Analyse caseloads"),
    ]


def test_a_plan_that_is_over_is_not_put_in_order(session: Session, office: Person, plan: Plan) -> None:
    plan.status = PlanStatus.CLOSED
    session.flush()
    with pytest.raises(Conflict, match="nothing in it is changed"):
        renumber_plan(session, plan, by=office, version=plan.version)


def test_the_lead_of_a_partner_is_led_on_only_to_own_actions(
    client: CheckedClient, session: Session, office: Person, plan: Plan
) -> None:
    other = a_plan(session, slug="other")
    mine, theirs = an_action(session, other, ref="1.5", lead="Own partner"), an_action(session, other, ref="1.9")
    partner = a_person(session, Role.LEAD, "Pat Partner", scope={"is_partner": True})
    party = session.scalars(select(LeadParty).where(LeadParty.name == "Own partner")).one()
    session.add(LeadPartyMember(party_id=party.id, person_id=partner.id))
    session.flush()
    assert [mine.ref, theirs.ref] == ["1.5", "1.9"]
    renumber_plan(session, other, by=office, version=other.version)
    session.commit()
    client.sign_in(partner)
    assert client.get("/plans/other/1.5").location == "/plans/other/1.1"
    assert client.get("/plans/other/1.9").status_code == 404
