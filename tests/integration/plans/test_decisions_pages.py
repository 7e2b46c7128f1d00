"""The office decides through the page: dates in one press, states with a reason, never for its own actions."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_milestone, a_plan, an_action, an_area, an_update
from tests.support.checked_client import CheckedClient
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands import dates, steps
from tracker.plans.models import Action, ActionLink, DateChange, Milestone, Plan
from tracker.plans.rules.dates import read_target_date
from tracker.plans.rules.states import ActionState, DateChangeState, LinkKind, LinkStatus
from tracker.plans.rules.vocabulary import MilestoneKind

Read = Callable[..., str]


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
def wish(session: Session, milestone: Milestone, tom: Person, today: date) -> DateChange:
    return dates.ask_date(
        session, milestone, to=read_target_date("20 Jan 2027", today=today), because="Vacancies", by=tom
    )


def token_of(client: CheckedClient) -> str:
    return next(field.get("value", "") for field in client.page.iter("input") if field.get("name") == "csrf_token")


def test_a_date_is_agreed_in_one_press(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    office: Person,
    plan: Plan,
    milestone: Milestone,
    wish: DateChange,
) -> None:
    text = read(office, plan, "/1.1")
    assert "to 20 Jan 2027, asked for on 26 Nov 2026: “Vacancies”" in text
    client.submit(button="Agree to 20 Jan 2027")
    assert "Date agreed: 1.1, New structure live" in client.text
    session.expire_all()
    assert (milestone.due, wish.state) == (date(2027, 1, 20), DateChangeState.APPROVED)


def test_a_date_is_refused_with_words(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    office: Person,
    plan: Plan,
    milestone: Milestone,
    wish: DateChange,
) -> None:
    read(office, plan, f"/1.1/dates/{wish.id}")
    assert client.submit({"note": ""}, button="Do not agree").status_code == 422
    assert "Say why the date is not agreed" in client.text
    client.submit({"note": "It cannot wait"}, button="Do not agree")
    assert "“It cannot wait”" in client.text
    session.expire_all()
    assert (milestone.due, wish.state) == (date(2026, 12, 31), DateChangeState.REFUSED)


def test_a_date_decided_meanwhile_is_a_conflict(
    *, read: Read, session: Session, client: CheckedClient, office: Person, plan: Plan, wish: DateChange
) -> None:
    other = a_person(session, Role.OFFICE, "Grace Adeyemi")
    read(office, plan, "/1.1")
    dates.refuse_date(session, wish, by=other, note="It cannot wait")
    session.commit()
    assert client.submit(button="Agree to 20 Jan 2027").status_code == 409
    assert "has been decided" in client.text


def test_nobody_decides_for_an_action_of_their_own(
    read: Read, session: Session, client: CheckedClient, plan: Plan, milestone: Milestone
) -> None:
    both = a_person(session, Role.OFFICE, "Grace Adeyemi", also=(Role.LEAD,))
    own = an_action(session, plan, lead=both)
    later = a_milestone(session, own, title="Later step", due="+120d")
    asked = dates.ask_date(
        session, later, to=read_target_date("Dec 2027", today=date(2026, 11, 26)), because="Vacancies", by=both
    )
    number = asked.id
    text = read(both, plan, "/1.2")
    assert "to decide" not in text
    assert "Put it on hold" not in text
    for path in (f"dates/{number}", *(f"decide/{act}" for act in ("confirm", "send-back", "hold", "withdraw"))):
        assert client.get(f"/plans/plan/1.2/{path}").status_code == 403
        answer = client.post(
            f"/plans/plan/1.2/{path}", data={"csrf_token": token_of(client), "reason": "x", "answer": "approve"}
        )
        assert answer.status_code in {400, 403}
    session.expire_all()
    assert (asked.state, own.state) == (DateChangeState.ASKED, ActionState.AGREED)


@pytest.mark.parametrize("role", [Role.LEAD, Role.AUDITOR, Role.MODERATOR, Role.ASSURANCE, Role.VIEWER, Role.ADMIN])
def test_nobody_but_the_office_decides_and_on_dates_the_body(
    *, read: Read, session: Session, client: CheckedClient, plan: Plan, wish: DateChange, role: Role
) -> None:
    number = wish.id
    person = a_person(session, role, "Sam Okoro")
    session.commit()
    client.sign_in(person)
    for path in (
        f"dates/{number}",
        "decide/hold",
        "decide/withdraw",
        f"milestones/{wish.milestone_id}/turns/2026-12-31",
        "references/1",
        "supersede",
        "agree",
    ):
        decides = role is Role.ASSURANCE and path.startswith("dates/")
        assert client.get(f"/plans/plan/1.1/{path}").status_code == (200 if decides else 403)


def test_a_claim_is_confirmed_with_what_was_checked(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    office: Person,
    tom: Person,
    plan: Plan,
    action: Action,
    milestone: Milestone,
) -> None:
    steps.finish_milestone(session, milestone, on=date(2026, 11, 20), by=tom)
    an_update(session, action, by=tom, declared="C")
    read(office, plan, "/1.1")
    client.follow("Confirm that it is complete")
    assert client.submit({"reason": ""}, button="Confirm 1.1").status_code == 422
    client.submit({"reason": "Cabinet minutes of 12 November"}, button="Confirm 1.1")
    assert "Confirmed: 1.1" in client.text
    assert "Confirmed as complete, 26 Nov 2026" in client.text
    assert session.get_one(Action, action.id, populate_existing=True).closed_code == "C"
    client.follow("Re-open it")
    client.submit({"reason": "The audit found it undone", "not_done": str(milestone.id)}, button="Re-open 1.1")
    session.expire_all()
    assert (action.state, milestone.done_on) == (ActionState.IN_PROGRESS, None)


@pytest.mark.parametrize(
    ("act", "button", "state"),
    [("hold", "Put 1.1 on hold", ActionState.ON_HOLD), ("withdraw", "Withdraw 1.1", ActionState.WITHDRAWN)],
)
def test_holding_and_withdrawing_ask_for_a_reason(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    office: Person,
    plan: Plan,
    action: Action,
    act: str,
    button: str,
    state: ActionState,
) -> None:
    read(office, plan, f"/1.1/decide/{act}")
    answers = {"reason": "The grant was refused"} | ({"review_on": "7 Dec 2026"} if act == "hold" else {})
    client.submit(answers, button=button)
    assert "“The grant was refused”" in client.text
    session.expire_all()
    assert action.state is state


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("decide/explode", 404),
        ("decide/__class__", 404),
        ("dates/999999", 404),
        ("dates/99999999999999999999", 404),
        ("references/999999", 404),
        ("milestones/1/turns/never", 404),
        ("milestones/99999999999999999999/turns/2026-01-01", 404),
    ],
)
def test_unknown_things_are_not_found(
    *, read: Read, client: CheckedClient, office: Person, plan: Plan, action: Action, path: str, status: int
) -> None:
    read(office, plan, "/1.1")
    assert client.get(f"/plans/plan/1.1/{path}").status_code == status


def test_a_date_of_another_action_is_not_found_here(
    *, read: Read, session: Session, client: CheckedClient, office: Person, plan: Plan, wish: DateChange
) -> None:
    an_action(session, plan)
    read(office, plan, "/1.2")
    assert client.get(f"/plans/plan/1.2/dates/{wish.id}").status_code == 404


def test_a_stale_decision_is_a_conflict(
    *, read: Read, session: Session, client: CheckedClient, office: Person, tom: Person, plan: Plan, action: Action
) -> None:
    read(office, plan, "/1.1/decide/hold")
    an_update(session, action, by=tom)
    session.commit()
    assert client.submit({"reason": "The grant was refused"}, button="Put 1.1 on hold").status_code == 409
    assert "has changed since you opened the page" in client.text


def test_a_missed_turn_is_excused(
    *, read: Read, session: Session, client: CheckedClient, office: Person, plan: Plan, action: Action
) -> None:
    a_milestone(session, action, title="Report", due=date(2026, 11, 2), kind=MilestoneKind.RECURRING, every_months=3)
    read(office, plan, "/1.1")
    client.follow("Excuse the turn of 2 Nov 2026: Report")
    client.submit({"reason": "No meeting was held"}, button="Excuse this turn")
    assert "turn of 2 Nov 2026: excused 26 Nov 2026. No meeting was held" in client.text


@pytest.mark.parametrize(
    ("answers", "button", "status", "kind"),
    [
        ({"target": "1.2", "kind": "depends_on"}, "Confirm the reference", LinkStatus.CONFIRMED, LinkKind.DEPENDS_ON),
        ({}, "It holds no longer", LinkStatus.REJECTED, LinkKind.CROSS_REFERENCE),
        ({"target": ""}, "Confirm the reference", LinkStatus.PROPOSED, LinkKind.CROSS_REFERENCE),
    ],
)
def test_a_reference_is_settled(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    office: Person,
    plan: Plan,
    action: Action,
    answers: dict[str, Any],
    button: str,
    status: LinkStatus,
    kind: LinkKind,
) -> None:
    target = an_action(session, plan)
    link = ActionLink(from_id=action.id, kind=LinkKind.CROSS_REFERENCE, text="see 6.3", status=LinkStatus.PROPOSED)
    session.add(link)
    text = read(office, plan, "/1.1")
    assert "“see 6.3”" in text
    client.follow("Change refers to")
    chosen = {"target": str(target.id)} | {name: value for name, value in answers.items() if value != "1.2"}
    client.submit(chosen, button=button)
    session.expire_all()
    assert (link.status, link.kind) == (status, kind)
