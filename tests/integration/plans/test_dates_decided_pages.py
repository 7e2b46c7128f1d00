"""Who decides that a date moves, through the pages: the office a little, the body the rest; and what has no date."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_milestone, a_plan, an_action, an_area
from tests.support.checked_client import CheckedClient
from tests.support.queries import queries_of
from tracker.core.problems import Forbidden
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands import dates
from tracker.plans.models import Action, DateChange, Milestone, Plan
from tracker.plans.rules.dates import read_target_date
from tracker.plans.rules.moves import MoveReason
from tracker.plans.rules.states import DateChangeState

Read = Callable[..., str]
BUDGET = 12


@pytest.fixture
def plan(session: Session, tom: Person) -> Plan:
    made = a_plan(session, slug="plan", approved_on=date(2026, 1, 13))
    an_area(session, made)
    return made


@pytest.fixture
def action(session: Session, plan: Plan, tom: Person) -> Action:
    return an_action(session, plan, title="Start stage 1", due=None, lead=tom)


@pytest.fixture
def milestone(session: Session, action: Action) -> Milestone:
    return a_milestone(session, action, due=date(2026, 12, 31))


@pytest.fixture
def member(session: Session, today: date) -> Person:
    return a_person(session, Role.ASSURANCE, "Helen Marsh")


def ask(session: Session, milestone: Milestone, text: str, by: Person) -> DateChange:
    to = read_target_date(text, today=date(2026, 11, 26))
    code = MoveReason.RECRUITMENT
    return dates.ask_date(session, milestone, to=to, because="Six posts are vacant", by=by, code=code)


def token_of(client: CheckedClient) -> str:
    return next(field.get("value", "") for field in client.page.iter("input") if field.get("name") == "csrf_token")


def test_a_long_move_is_refused_to_the_office_and_agreed_by_the_body(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    office: Person,
    member: Person,
    tom: Person,
    plan: Plan,
    milestone: Milestone,
) -> None:
    wish = ask(session, milestone, "31 Mar 2027", tom)
    number = wish.id
    text = read(office, plan, "/1.1")
    assert "It would move by 90 days" in text or "90 days after its first date" in text
    assert "Agree to 31 Mar 2027" not in text
    token, address = token_of(client), f"/plans/plan/1.1/dates/{number}"
    assert client.get(address).status_code == 403
    assert client.post(address, data={"csrf_token": token, "answer": "approve", "version": "1"}).status_code == 403
    read(member, plan)
    client.get("/decisions/open")
    assert "New structure live: 31 Dec 2026 to 31 Mar 2027" in client.text
    assert "Posts are vacant or new in post: Six posts are vacant" in client.text
    client.follow("Start stage 1")
    assert "so the assurance body decides" in client.text
    client.submit(button="Agree to 31 Mar 2027")
    session.expire_all()
    assert (milestone.due, milestone.first_due) == (date(2027, 3, 31), date(2026, 12, 31))
    assert "First due 31 Dec 2026, moved once, 90 days later in all" in read(office, plan, "/actions")
    assert "First due 31 Dec 2026, moved once, 90 days later in all" in read(office, plan, "/areas/1")
    assert "First due 31 Dec 2026, moved once, 90 days later in all" in read(office, plan, "/print")
    client.sign_in(tom)
    client.get("/my/actions?show=all")
    assert "First due 31 Dec 2026, moved once, 90 days later in all" in client.text


def test_a_second_move_goes_to_the_body_however_short(
    *, session: Session, office: Person, member: Person, tom: Person, milestone: Milestone
) -> None:
    dates.approve_date(session, ask(session, milestone, "10 Jan 2027", tom), by=office)
    second = ask(session, milestone, "11 Jan 2027", tom)
    assert second.needs_body
    with pytest.raises(Forbidden, match="goes to the assurance body"):
        dates.approve_date(session, second, by=office)
    with pytest.raises(Forbidden, match="goes to the assurance body"):
        dates.refuse_date(session, second, by=office, note="No")
    dates.approve_date(session, second, by=member)
    assert second.state is DateChangeState.APPROVED


def test_a_member_of_the_body_who_leads_the_action_decides_on_none_of_its_dates(
    *, session: Session, client: CheckedClient, plan: Plan
) -> None:
    leader = a_person(session, Role.ASSURANCE, "Joanne Pike", also=(Role.LEAD,))
    own = an_action(session, plan, title="Her own", due=None, lead=leader)
    wish = ask(session, a_milestone(session, own, due=date(2026, 12, 31)), "Jun 2027", leader)
    number = wish.id
    session.commit()
    client.sign_in(leader)
    client.get("/decisions/open")
    assert "Nothing waits for you" in client.text
    token, address = token_of(client), f"/plans/plan/1.1/dates/{number}"
    assert client.get(address).status_code == 403
    assert client.post(address, data={"csrf_token": token, "answer": "approve", "version": "1"}).status_code == 403
    session.expire_all()
    assert wish.state is DateChangeState.ASKED


@pytest.mark.parametrize("role", [Role.LEAD, Role.AUDITOR, Role.MODERATOR, Role.VIEWER, Role.ADMIN])
def test_others_do_not_see_what_waits_for_a_decision(
    session: Session, client: CheckedClient, role: Role, today: date
) -> None:
    person = a_person(session, role, "Sam Okoro")
    session.commit()
    client.sign_in(person)
    assert client.get("/decisions/open").status_code == 403


def test_the_list_asks_the_same_however_much_waits(
    *,
    session: Session,
    client: CheckedClient,
    engine: Engine,
    member: Person,
    tom: Person,
    plan: Plan,
    milestone: Milestone,
) -> None:
    def asked() -> int:
        with queries_of(engine) as statements:
            assert client.get("/decisions/open").status_code == 200
        return len(statements)

    ask(session, milestone, "31 Mar 2027", tom)
    session.commit()
    client.sign_in(member)
    few = asked()
    for number in range(10):
        other = an_action(session, plan, title=f"Action {number}", due=None, lead=tom)
        ask(session, a_milestone(session, other, due=date(2026, 12, 31)), "Jun 2027", tom)
    session.commit()
    assert asked() == few
    assert few <= BUDGET


def test_a_lead_says_who_decides_on_a_date_and_when_to_ask_again(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    office: Person,
    tom: Person,
    plan: Plan,
    action: Action,
    clock_at: Callable[..., object],
) -> None:
    step = a_milestone(session, action, title="Model agreed", due=None)
    assert "Without a date for 317 days" in read(tom, plan, "/1.1")
    client.get(f"/plans/plan/1.1/milestones/{step.id}/no-date")
    assert client.submit({"decided_by": "", "ask_again_on": "1 Nov 2026"}, button="Save").status_code == 422
    client.submit({"decided_by": "Cabinet", "ask_again_on": "1 Nov 2026"}, button="Save")
    assert "must not have passed" in client.text
    client.submit({"decided_by": "Cabinet", "ask_again_on": "7 Dec 2026"}, button="Save")
    assert "Noted: Model agreed" in client.text
    text = read(tom, plan, "/1.1")
    assert "Without a date for 317 days. Cabinet decides. Ask again on 7 Dec 2026" in text
    client.sign_in(office)
    client.get("/office")
    assert "Ask again" not in client.text
    clock_at(date(2026, 12, 7))
    client.sign_in(office)
    client.get("/office")
    assert "Ask again for the dates of 1 action" in client.text
    client.get("/office/waiting/ask-again")
    assert "Start stage 1" in client.text


def test_a_stale_form_and_a_milestone_with_a_date_are_conflicts(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    tom: Person,
    plan: Plan,
    action: Action,
    milestone: Milestone,
) -> None:
    step = a_milestone(session, action, title="Model agreed", due=None)
    address = f"/plans/plan/1.1/milestones/{step.id}/no-date"
    read(tom, plan, address.removeprefix("/plans/plan"))
    sent = client.form(button="Save").filled({"decided_by": "Cabinet", "ask_again_on": "7 Dec 2026"})
    assert client.post(address, data=sent).status_code == 303
    assert client.post(address, data=sent).status_code == 409
    dated = f"/plans/plan/1.1/milestones/{milestone.id}/no-date"
    assert client.post(dated, data={**sent, "version": "1"}).status_code == 409
