"""A plan that is closed or replaced: it names where work goes on, is read, and takes nothing more by any way in."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_lead, a_plan, an_update
from tests.support.checked_client import CheckedClient
from tests.support.queries import queries_of
from tracker.core.problems import Conflict, Invalid
from tracker.impact.commands import ask_override
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands import areas, dates, editing, evidence, leads, numbering, signoffs
from tracker.plans.commands.undoing import record_import, why_not_undone
from tracker.plans.commands.versions import move_plan
from tracker.plans.models import Action, Area, Milestone, Plan, Update
from tracker.plans.rules.dates import read_target_date
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.states import EvidenceSensitivity, PlanStatus

Read = Callable[..., str]
pytestmark = pytest.mark.usefixtures("meetings")
COUNTS = {"areas": 0, "actions": 0, "milestones": 0, "warnings": 0}
SAID = "so nothing in it is changed any more"


@pytest.fixture
def successor(session: Session, plan: Plan) -> Plan:
    return a_plan(session, title="Improvement plan 2027", slug="plan-2027", approved_on=date(2026, 11, 2))


@pytest.fixture(params=[PlanStatus.CLOSED, PlanStatus.REPLACED])
def over(request: pytest.FixtureRequest, session: Session, plan: Plan) -> Plan:
    plan.status = request.param
    session.flush()
    return plan


def bound(session: Session) -> Engine:
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    return engine


def first(session: Session, kind: Any, plan: Plan) -> Any:
    return session.scalars(select(kind).where(kind.plan_id == plan.id).order_by(kind.id)).first()


def test_a_replaced_plan_names_the_one_that_replaces_it_and_that_one_names_it(
    *, read: Read, client: CheckedClient, session: Session, office: Person, plan: Plan, successor: Plan
) -> None:
    a_plan(session, title="Notes for 2028", approved_on=None)
    read(office, plan, "/status")
    assert "Notes for 2028" not in client.text
    client.submit({"to": "replaced", "successor": "", "reason": "A new inspection"})
    assert client.answer is not None
    assert client.answer.status_code == 422
    assert "Choose the plan that replaces this one" in client.text
    client.submit({"to": "replaced", "successor": str(successor.id), "reason": "A new inspection"})
    assert "Work goes on in Improvement plan 2027." in client.text
    assert "Work goes on in Improvement plan 2027." in read(office, plan)
    client.follow("Improvement plan 2027")
    assert "This plan replaced Improvement plan 2026." in client.text
    assert "Approve as a new version" not in read(office, plan, "/versions")


def test_no_plan_replaces_itself_nor_is_replaced_by_a_draft_or_one_that_is_over(
    session: Session, office: Person, plan: Plan, successor: Plan
) -> None:
    def replace(by: Plan | None) -> None:
        move_plan(
            session,
            plan,
            to=PlanStatus.REPLACED,
            reason="A new inspection",
            by=office,
            version=plan.version,
            successor=by,
        )

    successor.status = PlanStatus.CLOSED
    for refused in (None, plan, successor, a_plan(session, approved_on=None)):
        with pytest.raises(Invalid, match="Choose"):
            replace(refused)
    successor.status = PlanStatus.CLOSING
    replace(successor)
    assert plan.replaced_by_id == successor.id


@pytest.mark.both_databases
def test_the_database_holds_no_successor_of_a_plan_that_is_not_replaced(session: Session, today: date) -> None:
    plan, other = a_plan(session), a_plan(session)
    plan.replaced_by_id = other.id
    with pytest.raises(IntegrityError, match="replaced_by_another"):
        session.flush()
    session.rollback()


def test_who_may_not_read_the_successor_is_not_told_its_name(
    *, read: Read, session: Session, office: Person, plan: Plan, successor: Plan
) -> None:
    plan.status, plan.replaced_by_id = PlanStatus.REPLACED, successor.id
    narrow = a_person(session, Role.OFFICE, "Nora Narrow", scope={"plan_id": plan.id})
    text = read(narrow, plan)
    assert SAID in text
    assert "Improvement plan 2027" not in text


def test_an_import_that_replaced_another_plan_is_not_taken_back(
    session: Session, office: Person, plan: Plan, successor: Plan
) -> None:
    made = record_import(session, successor, file_name="plan.txt", counts=COUNTS, unread=0, by=office.id)
    session.flush()
    assert why_not_undone(session, made) == ""
    plan.status, plan.replaced_by_id = PlanStatus.REPLACED, successor.id
    session.flush()
    assert "it replaces another plan" in why_not_undone(session, made)


def test_pages_of_a_plan_that_is_over_say_why_and_offer_no_change(
    *, read: Read, client: CheckedClient, office: Person, tom: Person, over: Plan
) -> None:
    for person in (office, tom):
        text = read(person, over, "/1.1")
        assert f"The plan is {over.status.value}, {SAID}" in text
        for offered in ("Save update", "What you can do now", "Ask for a better rating", "Edit its words"):
            assert offered not in text, offered
        assert "11 of 31 posts are vacant" in text
    assert SAID in read(office, over, "/areas/1")
    assert "Edit the area" not in client.text
    assert SAID in read(office, over)
    assert "Edit the plan" not in client.text
    assert "Add evidence" not in read(office, over, "/1.1/evidence")


POSTS = (
    *("/1.1/update", "/1.1/evidence/add", "/1.1/override", "/1.1/edit", "/1.1/decide/hold", "/1.1/waits"),
    *("/1.1/embed", "/1.1/contributors", "/1.1/place", "/areas/1/edit", "/areas/1/priority", "/areas/1/actions/new"),
    *("/renumber", "/later-versions/new", "/references", "/approve", "/status"),
)


@pytest.mark.parametrize("path", POSTS)
def test_a_form_made_by_hand_is_refused_with_the_reason_and_its_page_too(
    *, read: Read, client: CheckedClient, session: Session, office: Person, over: Plan, path: str
) -> None:
    person = a_person(session, Role.ASSURANCE, "Asha Body") if path.endswith("/embed") else office
    read(person, over)
    token = client.get("/my/settings") and client.form("csrf_token").filled({})["csrf_token"]
    before = len(session.scalars(select(Update)).all())
    answer = client.post(f"/plans/{over.slug}{path}", data={"csrf_token": token, "declared": "G", "happened": "Done"})
    assert answer.status_code == 409
    assert f"The plan is {over.status.value}, {SAID}. Nothing was saved." in client.text
    session.expire_all()
    assert len(session.scalars(select(Update)).all()) == before


def test_no_command_changes_a_plan_that_is_over(session: Session, office: Person, tom: Person, over: Plan) -> None:
    action, area = first(session, Action, over), first(session, Area, over)
    milestone = session.scalars(select(Milestone).where(Milestone.action_id == action.id)).one()
    later = read_target_date("31 January 2027", today=date(2026, 11, 26))
    party = a_lead(session, "Ruth Okafor")
    for change in (
        lambda: an_update(session, action, by=tom),
        lambda: dates.ask_date(session, milestone, to=later, because="Two posts are vacant", by=tom),
        lambda: ask_override(session, action, value=Rag.AMBER, reason="x" * 20, evidence=None, by=tom),
        lambda: evidence.add_evidence(session, action, text="Both contracts", by=tom),
        lambda: signoffs.withdraw_action(session, action, reason="Over", by=office),
        lambda: leads.add_contributor(session, action, party, by=office),
        lambda: areas.set_priority(session, area, priority=True, reason="Why", by=office, version=area.version),
        lambda: editing.change_action(session, action, title="Other", by=office, version=action.version),
        lambda: numbering.renumber_plan(session, over, by=office, version=over.version),
    ):
        with pytest.raises(Conflict, match=SAID):
            change()


def test_a_closing_plan_still_takes_updates_and_dates(
    *, read: Read, client: CheckedClient, session: Session, tom: Person, plan: Plan
) -> None:
    plan.status = PlanStatus.CLOSING
    action = first(session, Action, plan)
    milestone = session.scalars(select(Milestone).where(Milestone.action_id == action.id)).one()
    an_update(session, action, by=tom)
    dates.ask_date(
        session,
        milestone,
        to=read_target_date("31 January 2027", today=date(2026, 11, 26)),
        because="Two posts are vacant",
        by=tom,
    )
    assert "Save update" in read(tom, plan, "/1.1")
    assert SAID not in client.text


def test_a_restricted_file_is_still_reached_by_who_may_open_it(
    *, read: Read, client: CheckedClient, session: Session, tom: Person, plan: Plan
) -> None:
    action = first(session, Action, plan)
    about = evidence.About(sensitivity=EvidenceSensitivity.RESTRICTED)
    evidence.add_evidence(session, action, text="Board paper", url="https://council.example/paper", about=about, by=tom)
    plan.status = PlanStatus.CLOSED
    read(tom, plan, "/1.1")
    assert "https://council.example/paper" in {link.get("href") for link in client.page.iter("a")}


def test_the_overview_asks_one_query_for_the_plans_around_it_however_many_it_replaced(
    *, read: Read, client: CheckedClient, session: Session, office: Person, plan: Plan
) -> None:
    def asked() -> int:
        read(office, plan)
        with queries_of(bound(session)) as queries:
            client.get(f"/plans/{plan.slug}")
        return len(queries)

    before = asked()
    for number in range(12):
        earlier = a_plan(session, title=f"Plan {number}")
        earlier.status, earlier.replaced_by_id = PlanStatus.REPLACED, plan.id
    assert asked() == before <= 12
