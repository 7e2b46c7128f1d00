"""The life of an action through its pages: the row of what may be done now, embedding, superseding, placeholders."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_body, a_meeting, a_person
from tests.support.builders.plans import a_milestone, a_plan, an_action, an_update
from tests.support.checked_client import CheckedClient
from tests.support.queries import queries_of
from tracker.people.models import Body, Person
from tracker.people.rules import Role
from tracker.plans.commands import signoffs, steps
from tracker.plans.models import Action, Plan, SignOff
from tracker.plans.rules.states import ActionState, SignOffKind
from tracker.plans.rules.vocabulary import ActionKind

Read = Callable[..., str]
REASON = "The grant was refused"


@pytest.fixture
def plan(session: Session, today: date) -> Plan:
    return a_plan(session, slug="plan", approved_on="-200d")


@pytest.fixture
def action(session: Session, plan: Plan, tom: Person) -> Action:
    return an_action(session, plan, title="Join the two front doors", lead=tom)


@pytest.fixture
def complete(session: Session, plan: Plan, tom: Person, office: Person) -> Action:
    """Confirmed as complete a hundred days ago, nine days before the assurance meeting of today."""
    action = an_action(session, plan, title="Sign the framework", due=None, lead=tom)
    steps.finish_milestone(session, a_milestone(session, action), on=date(2026, 8, 10), by=tom)
    an_update(session, action, by=tom, declared="C")
    signed = signoffs.confirm_complete(session, action, reason="Read it", by=office)
    signed.effective_on = date(2026, 8, 18)
    session.flush()
    return action


@pytest.fixture
def assurance(session: Session, today: date) -> Body:
    body = a_body(session, "Assurance board")
    a_meeting(session, body, today)
    return body


@pytest.fixture
def ellery(session: Session, today: date) -> Person:
    return a_person(session, Role.ASSURANCE, "Councillor Ellery")


def token_of(client: CheckedClient) -> str:
    """The token of the page shown, for hand-made posts."""
    return next(field.get("value", "") for field in client.page.iter("input") if field.get("name") == "csrf_token")


def offered(client: CheckedClient) -> list[str]:
    """The words of the row of what may be done now."""
    found = [nav for nav in client.page.iter("nav") if nav.get("aria-labelledby") == "acts"]
    return ["".join(link.itertext()) for nav in found for link in nav.iter("a")]


@pytest.mark.parametrize(
    ("who", "links"),
    [
        (
            "office",
            [
                "Add evidence",
                "Say what it waits for",
                "Put it on hold",
                "Let another action take its place",
                "Withdraw it",
                "Edit its words and milestones",
            ],
        ),
        ("tom", ["Add evidence", "Say what it waits for"]),
        ("ellery", []),
        ("viewer", []),
    ],
)
def test_the_row_offers_what_this_person_may_do_now(
    *,
    read: Read,
    request: pytest.FixtureRequest,
    session: Session,
    client: CheckedClient,
    plan: Plan,
    action: Action,
    who: str,
    links: list[str],
) -> None:
    person = a_person(session, Role.VIEWER, "Idris Bevan") if who == "viewer" else request.getfixturevalue(who)
    read(person, plan, "/1.1")
    assert offered(client) == links


def test_nothing_in_the_row_is_refused(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    office: Person,
    ellery: Person,
    plan: Plan,
    action: Action,
    complete: Action,
    assurance: Body,
) -> None:
    an_action(session, plan, title="Further actions to be agreed", kind=ActionKind.PLACEHOLDER)
    for person in (office, ellery):
        for ref in ("1.1", "1.2", "1.3"):
            read(person, plan, f"/{ref}")
            for label in offered(client):
                client.get(f"/plans/plan/{ref}")
                assert client.follow(label).status_code == 200, (ref, label)


def test_a_hold_asks_for_its_review_and_says_when_that_is_missed(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    office: Person,
    plan: Plan,
    action: Action,
    clock_at: Callable[[date], object],
) -> None:
    read(office, plan, "/1.1")
    client.follow("Put it on hold")
    assert client.submit({"reason": REASON}, button="Put 1.1 on hold").status_code == 422
    assert "Enter the day on which it is looked at again" in client.text
    client.submit({"reason": REASON, "review_on": "7 Dec 2026"}, button="Put 1.1 on hold")
    assert "On hold since 26 November 2026, to be looked at again by 7 December 2026" in client.text
    assert "To be looked at again by 7 Dec 2026" in client.text
    clock_at(date(2026, 12, 8))
    assert "was to be looked at again by 7 December 2026 and was not" in read(office, plan, "/1.1")


def test_a_member_signs_off_on_the_day_of_the_meeting(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    ellery: Person,
    plan: Plan,
    complete: Action,
    assurance: Body,
) -> None:
    read(ellery, plan, "/1.1")
    client.follow("Sign it off as embedded")
    assert "nothing is measured before and after yet" in client.text
    said = {"independent_check": "Peers from outside", "no_measure_reason": "None counts this", "reason": "It holds"}
    assert client.submit({**said, "independent_check": ""}, button="Sign 1.1 off").status_code == 422
    assert "Say who outside the lead’s own line checked it" in client.text
    client.submit(said, button="Sign 1.1 off")
    assert "Complete and embedded: 1.1" in client.text
    assert "Signed off as complete and embedded by the Assurance board, 26 Nov 2026" in client.text
    for words in said.values():
        assert f"“{words}”" in client.text
    session.expire_all()
    assert (complete.state, complete.closed_code) == (ActionState.EMBEDDED, "E")


def test_before_its_time_it_is_said_from_when_it_can_be_signed_off(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    ellery: Person,
    plan: Plan,
    complete: Action,
    assurance: Body,
) -> None:
    session.scalars(select(SignOff)).one().effective_on = date(2026, 9, 1)
    text = read(ellery, plan, "/1.1")
    assert "It can be signed off as embedded at the first assurance meeting from 30 Nov 2026 on." in text
    assert offered(client) == []
    text = read(ellery, plan, "/1.1/embed")
    assert "Does not hold yet: Complete for 90 days: that is from 30 November 2026" in text
    assert "It cannot be signed off yet." in text


@pytest.mark.parametrize("role", [Role.OFFICE, Role.LEAD, Role.AUDITOR, Role.MODERATOR, Role.VIEWER, Role.ADMIN])
def test_nobody_but_the_assurance_meeting_signs_off(
    *, session: Session, client: CheckedClient, plan: Plan, complete: Action, assurance: Body, role: Role
) -> None:
    person = a_person(session, role, "Sam Okoro")
    session.commit()
    client.sign_in(person)
    assert client.get("/plans/plan/1.1/embed").status_code == 403
    said = {"independent_check": "x", "no_measure_reason": "x", "reason": "x", "version": str(complete.version)}
    assert client.post("/plans/plan/1.1/embed", data={**said, "csrf_token": token_of(client)}).status_code == 403
    session.expire_all()
    assert complete.state is ActionState.COMPLETE


def test_a_member_who_leads_it_is_refused_by_page_and_by_hand(
    *, read: Read, session: Session, client: CheckedClient, plan: Plan, complete: Action, assurance: Body
) -> None:
    both = a_person(session, Role.ASSURANCE, "Eleanor Voss", also=(Role.LEAD,))
    complete.leads[0].party.members[0].person_id = both.id
    session.flush()
    session.expire_all()
    read(both, plan, "/1.1")
    assert "Sign it off as embedded" not in offered(client)
    assert client.get("/plans/plan/1.1/embed").status_code == 403
    said = {"independent_check": "x", "no_measure_reason": "x", "reason": "x", "csrf_token": token_of(client)}
    assert client.post("/plans/plan/1.1/embed", data=said).status_code == 403


def test_what_was_embedded_comes_back_as_complete(
    *, read: Read, session: Session, client: CheckedClient, office: Person, plan: Plan, complete: Action
) -> None:
    signoffs.sign(session, complete, SignOffKind.EMBEDDED, ActionState.EMBEDDED, reason="It holds", by=office)
    read(office, plan, "/1.1")
    client.follow("Re-open it")
    assert "It goes back to complete and is shown as having come back." in client.text
    client.submit({"reason": "The next audit found it lost"}, button="Re-open 1.1")
    assert "Came back from complete and embedded to complete on 26 Nov 2026 by Daniel Hughes" in client.text
    session.expire_all()
    assert (complete.state, complete.closed_code) == (ActionState.COMPLETE, "C")


def test_another_action_takes_its_place_and_each_leads_to_the_other(
    *, read: Read, session: Session, client: CheckedClient, office: Person, plan: Plan, action: Action
) -> None:
    other = an_action(session, plan, title="One front door")
    gone = an_action(session, plan, title="Gone")
    signoffs.withdraw_action(session, gone, reason=REASON, by=office)
    read(office, plan, "/1.1")
    client.follow("Let another action take its place")
    assert "1.2 One front door" in client.text
    assert "Gone" not in client.text
    assert client.submit({"reason": REASON}, button="Close 1.1 as superseded").status_code == 422
    client.submit({"reason": REASON, "successor": str(other.id)}, button="Close 1.1 as superseded")
    assert "Superseded: 1.1, by 1.2" in client.text
    assert "Superseded by 1.2 One front door" in client.text
    assert "Superseded, as decided on 26 Nov 2026 by Daniel Hughes" in client.text
    assert offered(client) == ["Re-open it"]
    assert "In place of 1.1 Join the two front doors" in read(office, plan, "/1.2")


def test_a_placeholder_becomes_actions_on_one_page(
    *, read: Read, session: Session, client: CheckedClient, office: Person, tom: Person, plan: Plan, action: Action
) -> None:
    an_action(session, plan, title="Further actions to be agreed", kind=ActionKind.PLACEHOLDER, lead=tom)
    read(office, plan, "/1.2")
    client.follow("Put actions in its place")
    assert client.submit({"reason": "The board"}, button="Add the actions").status_code == 422
    typed = {"title_1": "Train every team", "due_1": "someday", "title_2": "Ask again", "reason": "The board"}
    assert client.submit(typed, button="Add the actions").status_code == 422
    assert "Train every team" in {field.get("value") for field in client.page.iter("input")}
    client.submit({**typed, "due_1": "March 2027"}, button="Add the actions")
    assert "In place of 1.2: 1.3 and 1.4" in client.text
    assert "Superseded by 1.3 Train every team" in client.text
    made = session.scalars(select(Action).where(Action.ref.in_(["1.3", "1.4"])).order_by(Action.ref)).all()
    assert [(one.title, one.approved_on) for one in made] == [
        ("Train every team", date(2026, 11, 26)),
        ("Ask again", date(2026, 11, 26)),
    ]
    assert "Tom Whitcombe" in read(office, plan, "/1.3")
    assert client.get("/plans/plan/1.2/agree").status_code == 404


def test_a_page_of_before_is_a_conflict(
    *, read: Read, session: Session, client: CheckedClient, office: Person, tom: Person, plan: Plan, action: Action
) -> None:
    other = an_action(session, plan)
    read(office, plan, "/1.1/supersede")
    an_update(session, action, by=tom)
    session.commit()
    answer = client.submit({"reason": REASON, "successor": str(other.id)}, button="Close 1.1 as superseded")
    assert answer.status_code == 409
    assert REASON in client.text


def test_the_pages_ask_as_much_of_the_database_for_few_actions_as_for_many(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    engine: Engine,
    office: Person,
    ellery: Person,
    plan: Plan,
    complete: Action,
    assurance: Body,
) -> None:
    an_action(session, plan, title="Further actions to be agreed", kind=ActionKind.PLACEHOLDER)

    def asked() -> list[int]:
        found = []
        for person, path in ((ellery, "1.1/embed"), (office, "1.1/supersede"), (office, "1.2/agree"), (office, "1.1")):
            session.commit()
            client.sign_in(person)
            with queries_of(engine) as statements:
                client.get(f"/plans/plan/{path}")
            found.append(len(statements))
        return found

    few = asked()
    for number in range(12):
        an_action(session, plan, lead=f"Lead {number}")
        a_meeting(session, assurance, date(2026, 1, 1) + timedelta(days=number), is_held=True)
    assert asked() == few
    assert max(few) <= 12
