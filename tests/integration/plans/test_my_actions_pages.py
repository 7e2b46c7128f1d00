"""A lead's own list: what is due first, one press for no change, and going through it one by one."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_body, a_meeting, a_person
from tests.support.builders.plans import a_lead, a_milestone, a_plan, an_action, an_area, an_update
from tests.support.checked_client import CheckedClient
from tests.support.pages import words
from tests.support.queries import queries_of
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.models import ActionLead, Plan, Update
from tracker.plans.queries.window import UpdateWindow
from tracker.plans.rules.states import PlanStatus

HoldClock = Callable[[date | datetime], datetime]
Mine = Callable[..., str]
BEFORE, SINCE = date(2026, 8, 20), date(2026, 9, 20)


@pytest.fixture(autouse=True)
def meetings(session: Session, today: date) -> None:
    body = a_body(session)
    a_meeting(session, body, date(2026, 8, 27), is_held=True)
    a_meeting(session, body, date(2026, 12, 10), updates_close_at=datetime(2026, 12, 7, 17, tzinfo=UTC))


@pytest.fixture
def plan(session: Session, tom: Person) -> Plan:
    made = a_plan(session, slug="plan", approved_on=date(2026, 6, 13))
    an_area(session, made, title="Reasonable workloads")
    return made


@pytest.fixture
def mine(session: Session, client: CheckedClient, tom: Person) -> Mine:
    def mine(query: str = "", person: Person = tom) -> str:
        session.commit()
        client.sign_in(person)
        assert client.get(f"/my/actions{query}").status_code == 200
        return client.text

    return mine


def cards(client: CheckedClient) -> list[str]:
    return [words(heading).partition(" ")[0] for heading in client.page.iter("h2") if words(heading)[:1].isdigit()]


def test_who_leads_nothing_is_told_what_to_do(mine: Mine, client: CheckedClient) -> None:
    assert "You do not lead any actions yet. If you should, tell the programme office." in mine()
    assert client.heading == "Good morning Tom. Nothing is due"


@pytest.mark.parametrize(
    ("moment", "part"),
    [
        (datetime(2026, 11, 26, 11, 59, tzinfo=UTC), "morning"),
        (datetime(2026, 11, 26, 12, 0, tzinfo=UTC), "afternoon"),
        (datetime(2026, 11, 26, 18, 0, tzinfo=UTC), "evening"),
        (datetime(2027, 7, 1, 11, 30, tzinfo=UTC), "afternoon"),
    ],
)
def test_the_greeting_goes_by_the_clock_in_england(
    mine: Mine, client: CheckedClient, clock_at: HoldClock, moment: datetime, part: str
) -> None:
    clock_at(moment)
    mine()
    assert client.heading.startswith(f"Good {part} Tom.")


def test_cards_come_by_urgency(mine: Mine, session: Session, client: CheckedClient, tom: Person, plan: Plan) -> None:
    for ref, due, declared in (
        ("1.6", "+200d", "G"),
        ("1.5", None, "G"),
        ("1.4", "+200d", "A"),
        ("1.3", "+20d", "G"),
        ("1.2", "-5d", "G"),
        ("1.1", "+200d", "R"),
    ):
        action = an_action(session, plan, ref=ref, due=due, lead=tom, approved_on=BEFORE)
        if due is None:
            a_milestone(session, action, due=None)
        an_update(session, action, by=tom, declared=declared, on=BEFORE)
    text = mine()
    assert cards(client) == ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6"]
    assert client.heading == "Good morning Tom. 6 updates are due"
    assert "For the assurance meeting on Thursday 10 December 2026. Updates close at 5pm on Monday 7 December." in text
    assert "Overdue 5 days: New structure live (21 Nov 2026)" in text
    assert "Due 16 Dec 2026: New structure live" in text
    assert "Date to be confirmed: New structure live" in text
    assert "Red actions need a reason and a plan" in text


def test_updates_are_due_once_they_open_for_the_next_meeting(
    mine: Mine, session: Session, client: CheckedClient, tom: Person, plan: Plan
) -> None:
    # Updates for 10 December opened on 19 November, 15 working days before.
    for day in (None, date(2026, 8, 27), date(2026, 11, 18), date(2026, 11, 19), date(2026, 11, 26)):
        action = an_action(session, plan, lead=tom)
        if day:
            an_update(session, action, by=tom, on=day)
    text = mine()
    assert sorted(cards(client)) == ["1.1", "1.2", "1.3"]
    assert "Done for this meeting: 2" in text
    assert "1.4 Green · 1.5 Green. You can change these until 5pm on Monday 7 December." in text


@pytest.mark.parametrize(
    ("last_update_on", "opens_on", "is_due"),
    [
        (None, None, True),
        (date(2026, 8, 27), None, True),  # the day of the last meeting itself
        (date(2026, 8, 28), None, False),
        (date(2026, 11, 18), date(2026, 11, 19), True),
        (date(2026, 11, 19), date(2026, 11, 19), False),
    ],
)
def test_before_updates_open_only_a_missed_meeting_is_owed(
    last_update_on: date | None, opens_on: date | None, is_due: bool
) -> None:
    window = UpdateWindow(last_held=date(2026, 8, 27), opens_on=opens_on)
    assert window.is_due(last_update_on) is is_due


def test_chips_tell_and_show_each_list(
    mine: Mine, session: Session, client: CheckedClient, tom: Person, plan: Plan
) -> None:
    an_action(session, plan, lead=tom)
    helped = an_action(session, plan, lead="Joanne Pike")
    session.add(ActionLead(action_id=helped.id, party_id=a_lead(session, tom).id, position=2))
    closed = an_action(session, plan, lead=tom)
    closed.closed_code = "C"
    text = mine()
    for label in ("Due now (1)", "All my actions (1)", "I am helping with (1)", "Completed (1)"):
        assert label in text
    for shown, expected in (("helping", ["1.2"]), ("completed", ["1.3"]), ("all", ["1.1"]), ("nonsense", ["1.1"])):
        client.get(f"/my/actions?show={shown}")
        assert cards(client) == expected


@pytest.mark.parametrize("status", [PlanStatus.CLOSED, PlanStatus.REPLACED, PlanStatus.DRAFT])
def test_plans_that_do_not_run_are_left_out(
    mine: Mine, session: Session, client: CheckedClient, tom: Person, status: PlanStatus
) -> None:
    old = a_plan(session, status=status)
    an_area(session, old)
    an_action(session, old, lead=tom)
    mine()
    assert cards(client) == []


def test_no_change_takes_one_press_from_the_list(
    mine: Mine, session: Session, client: CheckedClient, tom: Person, plan: Plan
) -> None:
    for _ in range(2):
        an_update(session, an_action(session, plan, due="+200d", lead=tom), by=tom, on=BEFORE)
    mine()
    forms = [form for form in client.page.iter("form") if form.get("action") == "/plans/plan/1.2/no-change"]
    sending = {field.get("name", ""): field.get("value", "") for field in forms[0].iter("input")}
    for _ in range(2):
        client.post("/plans/plan/1.2/no-change", data=sending, follow_redirects=True)
    assert client.heading == "Good morning Tom. 1 update is due"
    assert len(session.scalars(select(Update).where(Update.is_no_change)).all()) == 1


def test_going_through_them_one_by_one(
    mine: Mine, session: Session, client: CheckedClient, tom: Person, plan: Plan
) -> None:
    for _ in range(3):
        an_action(session, plan, lead=tom, due="+200d")
    mine()
    client.follow("Go through them one by one")
    assert client.heading.startswith("1.1")
    assert "1 of 3" in client.text
    client.follow("Skip 1.1")
    assert client.heading.startswith("1.2")
    assert "2 of 3" in client.text
    client.submit({"declared": "G", "happened": "Two teams are staffed"}, button="Save and next")
    assert client.heading.startswith("1.3")
    assert "3 of 3" in client.text
    client.submit({"declared": "G", "happened": "Three teams are staffed"}, button="Save and next")
    assert client.heading == "Good morning Tom. 1 update is due"
    for query in ("skipped=9&saved=0", "skipped=x&saved=-1", "skipped=" + "9" * 300):
        assert client.get(f"/my/actions/run?{query}").status_code == 302


def test_the_menu_tells_how_many_are_due(
    mine: Mine, session: Session, client: CheckedClient, tom: Person, plan: Plan
) -> None:
    for _ in range(4):
        an_action(session, plan, lead=tom)
    assert "My actions , waiting: 4" in mine()
    client.get("/plans/plan/1.1")
    assert "My actions , waiting: 4" in client.text


def test_save_and_open_my_next(mine: Mine, session: Session, client: CheckedClient, tom: Person, plan: Plan) -> None:
    for _ in range(2):
        an_action(session, plan, lead=tom, due="+200d")
    mine()
    client.follow("Update 1.1")
    client.submit({"declared": "G", "happened": "Two teams are staffed"}, button="Save and open my next, 1.2")
    assert client.heading.startswith("1.2")
    assert "Update saved: 1.1" in client.text


def test_somebody_else_s_actions_are_not_mine(
    mine: Mine, session: Session, client: CheckedClient, tom: Person, plan: Plan
) -> None:
    an_action(session, plan, lead=tom)
    other = a_person(session, Role.LEAD, "Grace Adeyemi")
    mine(person=other)
    assert cards(client) == []


@pytest.mark.parametrize("role", [Role.OFFICE, Role.AUDITOR, Role.ASSURANCE, Role.VIEWER, Role.ADMIN])
def test_only_leads_have_the_page(session: Session, client: CheckedClient, plan: Plan, role: Role) -> None:
    person = a_person(session, role, "Sam Okoro")
    session.commit()
    client.sign_in(person)
    for path in ("/my/actions", "/my/actions/run"):
        assert client.get(path).status_code == 403


def test_the_list_asks_the_same_however_long_and_is_paged(
    *, mine: Mine, session: Session, client: CheckedClient, engine: Engine, tom: Person, plan: Plan
) -> None:
    an_action(session, plan, lead=tom)

    def asked() -> int:
        with queries_of(engine) as statements:
            client.get("/my/actions")
        return len(statements)

    mine()
    few = asked()
    for _ in range(105):
        an_action(session, plan, lead=tom)
    session.commit()
    assert asked() == few
    assert few <= 12
    assert "1 to 100 of 106" in client.text
    client.follow("Next →")
    assert len(cards(client)) == 6
    for page in ("0", "-1", "9" * 300, "x"):
        assert client.get(f"/my/actions?page={page}").status_code == 200
