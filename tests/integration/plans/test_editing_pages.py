"""Editing a plan through pages: areas, what they want, actions and milestones; in a draft, and in an approved plan."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_milestone, a_plan, an_action, an_area, an_update
from tests.support.checked_client import CheckedClient
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.models import Action, ActionLead, Area, FormerWording, Milestone, Objective, Plan
from tracker.plans.rules.states import PlanStatus

Read = Callable[..., str]


@pytest.fixture
def draft(session: Session, today: date) -> Plan:
    plan = a_plan(session, approved_on=None, title="Draft plan")
    first = an_action(session, plan, area=an_area(session, plan), due=None, title="Review every caseload")
    a_milestone(session, first, title="New structure live", due="2026-12-10")
    session.add(Objective(area_id=first.area_id, position=1, text="Keep caseloads safe"))
    return plan


def status(client: CheckedClient) -> int:
    assert client.answer is not None
    return client.answer.status_code


def count(session: Session, kind: type) -> int:
    session.rollback()
    return session.scalars(select(func.count()).select_from(kind)).one()


def test_an_area_with_action_and_milestone_is_added_page_by_page(
    read: Read, client: CheckedClient, session: Session, office: Person, draft: Plan
) -> None:
    read(office, draft, "/areas/new")
    client.submit({"title": "Early help"}, button="Save and add another")
    assert "Area 2 added" in client.text
    assert client.heading == "Add an area"
    read(office, draft, "/areas/2/actions/new")
    client.submit({"title": "Agree the model", "kind": "standard"})
    assert "Action 2.1 added" in client.text
    client.follow("Add a milestone")
    client.submit({"title": "The board agrees it", "date": "Mar 2027"})
    assert "The board agrees it Mar 2027" in client.text.replace("itMar", "it Mar")
    session.rollback()
    milestone = session.scalars(select(Milestone).where(Milestone.title == "The board agrees it")).one()
    assert (milestone.due, milestone.first_due) == (date(2027, 3, 31), date(2027, 3, 31))
    assert "Action added" in read(office, draft, "/2.1")


def test_a_new_action_stands_after_the_last_of_its_area(
    read: Read, client: CheckedClient, session: Session, office: Person, plan: Plan
) -> None:
    read(office, plan, "/areas/1/actions/new")
    client.submit({"title": "Share what was learnt", "kind": "standard"})
    session.rollback()
    query = select(Action.ref, Action.approved_on).where(Action.plan_id == plan.id).order_by(Action.position)
    assert [tuple(row) for row in session.execute(query)] == [
        ("1.1", None),
        ("1.2", None),
        ("1.3", None),
        ("1.4", date(2026, 11, 26)),
        ("2.1", None),
    ]


def test_old_words_stay_in_the_history(read: Read, client: CheckedClient, office: Person, plan: Plan) -> None:
    read(office, plan, "/1.1/edit")
    client.submit({"title": "Start both stages"})
    assert "1.1 saved" in client.text
    text = read(office, plan, "/1.1")
    assert client.heading == "1.1 Start both stages"
    assert "Action changed" in text
    assert "Start stage 1" in text
    read(office, plan, "/areas/1/edit")
    client.submit({"title": "Fair workloads"})
    assert "Area changed. Before: Reasonable workloads After: Fair workloads" in client.text


@pytest.mark.parametrize("kind", ["objective", "outcome", "measure"])
def test_what_an_area_wants_is_added_changed_and_taken_out(
    read: Read, client: CheckedClient, office: Person, plan: Plan, kind: str
) -> None:
    read(office, plan, f"/areas/1/{kind}/new")
    client.submit({"text": "Children know their worker"})
    assert f"{kind.capitalize()} added" in client.text
    client.follow("Children know their worker")
    client.submit({"text": "Children keep their worker"}, button="Save")
    assert f"{kind.capitalize()} changed. Before: Children know their worker" in client.text
    client.follow("Children keep their worker")
    client.submit(button="Take it out")
    assert f"{kind.capitalize()} taken out" in client.text
    read(office, plan, f"/areas/1/{kind}/new")
    assert client.get(f"/plans/{plan.slug}/areas/1/{kind}/999").status_code == 404


def test_a_drafts_dates_are_edited_and_its_things_removed(
    read: Read, client: CheckedClient, session: Session, office: Person, draft: Plan
) -> None:
    key = session.scalars(select(Milestone.id)).one()
    read(office, draft, f"/1.1/milestones/{key}/edit")
    client.submit({"title": "New structure live", "date": "Jan 2027"})
    session.rollback()
    assert session.get_one(Milestone, key).first_due == date(2027, 1, 31)
    read(office, draft, f"/1.1/milestones/{key}/edit")
    client.submit(button="Remove this milestone")
    assert "Milestone removed from 1.1" in client.text
    assert count(session, Milestone) == 0
    client.submit(button="Remove action 1.1")
    assert "Removed: 1.1" in client.text
    assert "Action taken out. Before: 1.1 Review every caseload" in client.text
    assert count(session, Action) == 0


def test_in_an_approved_plan_no_date_is_edited_and_nothing_removed_even_by_hand(
    read: Read, client: CheckedClient, session: Session, office: Person, plan: Plan
) -> None:
    key = session.scalars(select(Milestone.id).join(Milestone.action).where(Action.ref == "1.1")).one()
    at = f"/1.1/milestones/{key}/edit"
    assert "its dates are moved with an update" in read(office, plan, at)
    sent = client.form("title").filled({"title": "New structure live"})
    assert "Remove" not in client.text
    client.post(f"/plans/{plan.slug}{at}", data={**sent, "title": "All live", "date": "Jan 2030"})
    session.rollback()
    milestone = session.get_one(Milestone, key)
    assert (milestone.title, milestone.due) == ("All live", date(2026, 10, 20))
    assert client.post(f"/plans/{plan.slug}{at}", data={**sent, "answer": "remove"}).status_code == 409
    read(office, plan, at)
    fresh = client.form("title").filled({})
    assert client.post(f"/plans/{plan.slug}{at}", data={**fresh, "answer": "remove"}).status_code == 409
    assert "Withdraw the action instead" in client.text
    read(office, plan, "/1.1/edit")
    assert "Withdraw it, with a reason" in client.text
    fresh = client.form("title").filled({})
    assert client.post(f"/plans/{plan.slug}/1.1/edit", data={**fresh, "answer": "remove"}).status_code == 409
    assert count(session, Action) == 4


def test_a_drafts_action_with_updates_is_not_removed(
    read: Read, client: CheckedClient, session: Session, office: Person, draft: Plan
) -> None:
    tom = a_person(session, Role.LEAD, "Tom Whitcombe")
    an_update(session, an_action(session, draft, lead=tom), by=tom)
    read(office, draft, "/1.2/edit")
    client.submit(button="Remove action 1.2")
    assert status(client) == 409
    assert "so it is withdrawn and not removed" in client.text
    assert count(session, Action) == 2


def test_an_older_page_is_told_and_its_words_are_kept(
    read: Read, client: CheckedClient, session: Session, office: Person, plan: Plan
) -> None:
    assert "Stored now" not in read(office, plan, "/1.1/edit")
    sent = client.form("title").filled({"title": "Mine"})
    client.submit({"title": "Theirs"})
    client.post(f"/plans/{plan.slug}/1.1/edit", data=sent)
    assert status(client) == 409
    assert "Stored now: Theirs" in client.text
    assert "Mine" in client.text
    read(office, plan, "/areas/1/actions/new")
    twice = client.form("title").filled({"title": "Only once"})
    address = f"/plans/{plan.slug}/areas/1/actions/new"
    assert [client.post(address, data=twice).status_code for _ in range(2)] == [303, 409]


PAGES = (
    "/areas/new",
    "/areas/1/edit",
    "/areas/1/measure/new",
    "/areas/1/actions/new",
    "/1.1/edit",
    "/1.1/milestones/new",
)


@pytest.mark.parametrize("page", PAGES)
def test_no_words_and_too_many_are_refused_beside_their_field(
    read: Read, client: CheckedClient, office: Person, plan: Plan, page: str
) -> None:
    read(office, plan, page)
    form = client.form("version", button="Save")
    field = "text" if "text" in form.known else "title"
    for words in ("", "  ", "x" * 2001, "\x00"):
        assert client.post(f"/plans/{plan.slug}{page}", data=form.filled({field: words})).status_code == 422


@pytest.mark.parametrize("typed", ["spring 2027", "31 Feb 2027", "x" * 201, "ongoing"])
def test_a_date_that_cannot_be_read_is_refused(
    read: Read, client: CheckedClient, office: Person, plan: Plan, typed: str
) -> None:
    read(office, plan, "/1.1/milestones/new")
    client.submit({"title": "A step", "date": typed})
    assert status(client) == 422
    assert "A step" not in read(office, plan, "/1.1")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICE])
def test_nobody_else_edits_a_plan(client: CheckedClient, session: Session, plan: Plan, role: Role, today: date) -> None:
    other, slug = a_person(session, role, "Wren Other"), plan.slug
    session.commit()
    client.sign_in(other)
    client.get("/my/settings")
    token = client.form("csrf_token", button="Sign out").filled({})["csrf_token"]
    for page in (*PAGES, "/edit", "/order", "/renumber", "/1.1/place"):
        assert client.get(f"/plans/{slug}{page}").status_code == 403
        if page not in {"/edit", "/order"}:
            sent = {"csrf_token": token, "title": "Forged", "text": "Forged", "version": "1"}
            assert client.post(f"/plans/{slug}{page}", data=sent).status_code == 403
    assert count(session, FormerWording) == 0


def test_a_plan_that_is_over_is_not_edited(
    read: Read, client: CheckedClient, session: Session, office: Person, plan: Plan
) -> None:
    read(office, plan, "/areas/1/edit")
    plan.status = PlanStatus.CLOSED
    session.commit()
    client.submit({"title": "Fair workloads"})
    assert status(client) == 409
    assert "is closed, so nothing in it is changed any more" in client.text
    session.rollback()
    assert session.scalars(select(Area.title).where(Area.number == 1)).one() == "Reasonable workloads"


def test_a_new_action_has_its_lead(
    read: Read, client: CheckedClient, session: Session, office: Person, plan: Plan
) -> None:
    read(office, plan, "/areas/2/actions/new")
    lead = next(value for value in sorted(client.form("lead").choices["lead"]) if value)
    client.submit({"title": "Tell every school", "kind": "placeholder", "lead": lead})
    session.rollback()
    made = session.scalars(select(Action).where(Action.title == "Tell every school")).one()
    assert made.ref == "2.2"
    assert session.scalars(select(ActionLead.party_id).where(ActionLead.action_id == made.id)).one() == int(lead)
