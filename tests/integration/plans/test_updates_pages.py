"""Writing updates through the page: one save, errors beside fields, nothing lost, nothing forged."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_body, a_meeting, a_person
from tests.support.builders.plans import a_milestone, a_plan, an_action, an_area, an_update
from tests.support.checked_client import CheckedClient
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.models import Action, DateChange, Evidence, Milestone, MilestoneStep, Plan, Update
from tracker.plans.rules.states import ActionState, DateChangeState, DeclaredRag, UpdateState
from tracker.plans.rules.vocabulary import MilestoneKind

Read = Callable[..., str]
HoldClock = Callable[[date | datetime], datetime]
CLOSES = datetime(2026, 12, 7, 17, tzinfo=UTC)
RED = {"declared": "R", "why": "11 of 31 posts are vacant", "doing": "Agency team starts on 7 December"}
GREEN = {"declared": "G", "happened": "Nine offers were made"}


@pytest.fixture(autouse=True)
def meetings(session: Session, today: date) -> None:
    body = a_body(session)
    a_meeting(session, body, date(2026, 8, 27), is_held=True)
    a_meeting(session, body, date(2026, 12, 10), updates_close_at=CLOSES)


@pytest.fixture
def plan(session: Session, tom: Person) -> Plan:
    made = a_plan(session, slug="plan", approved_on=date(2026, 1, 13))
    an_area(session, made)
    return made


@pytest.fixture
def action(session: Session, plan: Plan, tom: Person) -> Action:
    """1.1: its only milestone was due 19 days ago."""
    return an_action(session, plan, title="Start stage 1", due="-19d", lead=tom)


def milestone_of(session: Session, action: Action) -> Milestone:
    return session.scalars(select(Milestone).where(Milestone.action_id == action.id).limit(1)).one()


def saved(session: Session) -> list[Update]:
    session.expire_all()
    return list(session.scalars(select(Update).order_by(Update.id)))


def test_an_update_is_saved_and_said_at_the_top(
    *, read: Read, session: Session, client: CheckedClient, tom: Person, action: Action, plan: Plan
) -> None:
    read(tom, plan, "/1.1")
    client.submit(RED, button="Save update")
    assert "Update saved: 1.1" in client.text
    assert (
        "Saved at 10:44. It will be in the pack for 10 Dec 2026, and you can change it until 5pm on Monday 7 December."
        in client.text
    )
    update = saved(session)[0]
    assert (update.declared, update.why, update.author_id) == (DeclaredRag.RED, RED["why"], tom.id)
    assert session.get_one(Action, action.id).declared_code == "R"


def test_everything_in_one_save(
    *, read: Read, session: Session, client: CheckedClient, tom: Person, action: Action, plan: Plan
) -> None:
    late = milestone_of(session, action)
    later = a_milestone(session, action, title="Six-month check", due=None)
    recurring = a_milestone(session, action, title="Report", due="-10d", kind=MilestoneKind.RECURRING, every_months=3)
    read(tom, plan, "/1.1")
    client.submit(
        {
            **RED,
            f"m{late.id}_new_date": "jan 2027",
            f"m{late.id}_because": "Interviews end on 18 December",
            f"m{late.id}_code": "recruitment",
            f"m{later.id}_state": "done",
            f"m{later.id}_done_on": "20 nov 2026",
            f"m{recurring.id}_turns": "2026-11-16",
            "evidence": "The vacancy report",
            "evidence_url": "https://intranet.example/report",
            "ask": "Agree to two more posts",
        },
        button="Save update",
    )
    assert "We read this as January 2027, due by 31 January 2027: the assurance body decides on it." in client.text
    session.expire_all()
    wish = session.scalars(select(DateChange)).one()
    assert (wish.milestone_id, wish.to_due, wish.state) == (late.id, date(2027, 1, 31), DateChangeState.ASKED)
    steps = session.scalars(select(MilestoneStep).order_by(MilestoneStep.id)).all()
    assert [(step.milestone_id, step.effective_on, step.occurrence_due) for step in steps] == [
        (later.id, date(2026, 11, 20), None),
        (recurring.id, date(2026, 11, 26), date(2026, 11, 16)),
    ]
    assert session.scalars(select(Evidence.url)).one() == "https://intranet.example/report"
    assert saved(session)[0].ask == "Agree to two more posts"


@pytest.mark.parametrize(
    ("answers", "field", "sentence"),
    [
        ({"declared": None}, "declared", "Select how this action is now"),
        ({"declared": "R", "why": "", "doing": "x"}, "why", "Say why it is red"),
        ({"declared": "R", "why": "x", "doing": ""}, "doing", "Say what you are doing about it"),
        ({"declared": "G", "happened": ""}, "happened", "Say what has happened"),
        ({"declared": "C", "happened": "All done"}, "declared", "is not done yet, so 1.1 cannot be complete"),
        ({**RED, "why": "x" * 401}, "why", "must be 400 characters or fewer (you have 401)"),
        ({**RED, "happened": "x" * 601}, "happened", "must be 600 characters or fewer (you have 601)"),
        ({**GREEN, "evidence_url": "javascript:alert(1)", "evidence": "x"}, "evidence_url", "must begin with https://"),
        (
            {**GREEN, "evidence_url": "https://a.example/x y", "evidence": "x"},
            "evidence_url",
            "must begin with https://",
        ),
        ({**GREEN, "evidence_url": "https://a.example"}, "evidence", "Say what the evidence shows"),
        ({**GREEN, "m_new_date": "spring 2027"}, "m_new_date", "Spring 2027 is too broad"),
        ({**GREEN, "m_new_date": "31 feb 2027"}, "m_new_date", "31 Feb 2027 is not a real date"),
        ({**GREEN, "m_new_date": "jan 2027"}, "m_because", "Say why the date of “New structure live” has moved"),
        ({**GREEN, "m_new_date": "jan 2027", "m_because": "x" * 201}, "m_because", "must be 200 characters or fewer"),
        ({**GREEN, "m_state": "done", "m_done_on": "1 jan 2027"}, "m_done_on", "in the future"),
        ({**GREEN, "m_state": "done", "m_done_on": "jan 2026"}, "m_done_on", "Enter the day on which it was done"),
        ({**GREEN, "m_state": "done", "m_done_on": "1 jan 2026"}, "m_done_on", "before the plan was approved"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_words_are_kept(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    tom: Person,
    action: Action,
    plan: Plan,
    answers: dict[str, Any],
    field: str,
    sentence: str,
) -> None:
    prefix = f"m{milestone_of(session, action).id}_"
    named = {name.replace("m_", prefix): value for name, value in answers.items()}
    read(tom, plan, "/1.1")
    assert client.submit(named, button="Save update").status_code == 422
    wrong = field.replace("m_", prefix)
    links = [link.get("href") for link in client.page.iter("a") if sentence in "".join(link.itertext())]
    assert links == [f"#{wrong}"]
    form = client.form("declared")
    for name, value in named.items():
        if value is not None and name in form.sent:
            assert form.sent[name] == [value]
    assert saved(session) == []
    session.expire_all()
    assert session.scalar(select(func.count(MilestoneStep.id))) == 0


def test_a_day_before_the_plan_is_saved_once_confirmed(
    *, read: Read, session: Session, client: CheckedClient, tom: Person, action: Action, plan: Plan
) -> None:
    prefix = f"m{milestone_of(session, action).id}"
    read(tom, plan, "/1.1")
    client.submit({**GREEN, f"{prefix}_state": "done", f"{prefix}_done_on": "1 jan 2026"}, button="Save update")
    client.submit({f"{prefix}_is_confirmed": "y"}, button="Save update")
    session.expire_all()
    assert milestone_of(session, action).done_on == date(2026, 1, 1)


@pytest.mark.parametrize(("declared", "warns"), [("G", "You chose Green, but the dates say amber"), ("R", "")])
def test_a_colour_that_does_not_fit_is_saved_with_a_warning(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    tom: Person,
    action: Action,
    plan: Plan,
    declared: str,
    warns: str,
) -> None:
    read(tom, plan, "/1.1")
    client.submit({**RED, **GREEN, "declared": declared}, button="Save update")
    assert (warns in client.text) if warns else ("You chose" not in client.text)
    assert saved(session)[0].declared.value == declared


def test_sending_the_form_twice_saves_one(
    *, read: Read, session: Session, client: CheckedClient, tom: Person, action: Action, plan: Plan
) -> None:
    read(tom, plan, "/1.1")
    sending = client.form("declared").filled(RED)
    for _ in range(2):
        assert client.post("/plans/plan/1.1/update", data=sending).status_code == 303
    assert len(saved(session)) == 1


def test_two_saves_at_once_are_both_kept(
    *,
    read: Read,
    session: Session,
    app: Flask,
    client: CheckedClient,
    tom: Person,
    office: Person,
    action: Action,
    plan: Plan,
) -> None:
    read(tom, plan, "/1.1")
    other = CheckedClient(app)
    other.sign_in(office)
    other.get("/plans/plan/1.1")
    other.submit({**RED, "why": "Two managers left"}, button="Save update")
    answer = client.submit({**RED, "why": "My own words"}, button="Save update")
    assert answer.status_code == 409
    assert "Daniel Hughes saved an update to 1.1 at 10:44" in client.text
    assert client.text.index("Two managers left") < client.text.index("My own words")
    assert client.form("declared").sent["why"] == ["My own words"]
    client.submit(button="Save mine as the newer update")
    assert [(update.declared.value, update.why) for update in saved(session)] == [
        ("R", "Two managers left"),
        ("R", "My own words"),
    ]


def test_beside_words_not_saved_yet_no_change_is_not_offered(
    *, read: Read, session: Session, client: CheckedClient, tom: Person, office: Person, plan: Plan
) -> None:
    action = an_action(session, plan, lead=tom)
    read(tom, plan, "/1.1")
    an_update(session, action, by=office, declared="G", happened="Both posts are filled")
    session.commit()
    client.submit(GREEN, button="Save update")
    assert client.text.count("Daniel Hughes saved an update to 1.1") == 1
    assert "Nothing to report?" not in client.text
    client.follow("Discard mine")
    assert "Nothing to report?" in client.text


def test_mine_can_be_discarded(
    *, read: Read, session: Session, client: CheckedClient, tom: Person, office: Person, action: Action, plan: Plan
) -> None:
    read(tom, plan, "/1.1")
    an_update(session, action, by=office, declared="R", why="Two managers left")
    session.commit()
    client.submit(GREEN, button="Save update")
    client.follow("Discard mine")
    assert client.heading == "1.1 Start stage 1"
    assert len(saved(session)) == 1


def test_milestones_of_another_action_are_refused(
    *, read: Read, session: Session, client: CheckedClient, tom: Person, action: Action, plan: Plan
) -> None:
    other = an_action(session, plan, lead="Somebody else")
    foreign = milestone_of(session, other)
    read(tom, plan, "/1.1")
    sending = client.form("declared").filled(GREEN) | {f"m{foreign.id}_state": "done"}
    answer = client.post("/plans/plan/1.1/update", data=sending)
    assert answer.status_code == 422
    assert "is not one of 1.1" in client.text
    session.expire_all()
    assert milestone_of(session, other).done_on is None
    assert saved(session) == []


@pytest.mark.parametrize("role", [Role.LEAD, Role.AUDITOR, Role.MODERATOR, Role.ASSURANCE, Role.VIEWER, Role.ADMIN])
def test_nobody_else_may_write(
    *, read: Read, session: Session, client: CheckedClient, tom: Person, action: Action, plan: Plan, role: Role
) -> None:
    number = an_update(session, action, by=tom).id
    other = a_person(session, role, "Sam Okoro")
    read(tom, plan, "/1.1")
    sending = client.form("declared").filled(RED)
    client.sign_in(other)
    token = next(field.get("value", "") for field in client.page.iter("input") if field.get("name") == "csrf_token")
    for address in ("update", "no-change", f"updates/{number}/withdraw"):
        answer = client.post(f"/plans/plan/1.1/{address}", data={**sending, "csrf_token": token})
        assert answer.status_code == 403, address
    assert [one.state for one in saved(session)] == [UpdateState.SUBMITTED]


@pytest.mark.parametrize(
    "sending",
    [
        {},
        {"declared": "Z"},
        {"declared": ["R", "G"]},
        {"declared": "\x00"},
        {"declared": "G", "happened": "\x00" * 50},
        {"declared": "G", "happened": "x", "after": "x" * 500},
        {"declared": "G", "happened": "x", "after": "-1"},
        {"declared": "G", "happened": "x", "form_token": "t" * 65},
        {"declared": "G", "happened": "x", "came_by": "pigeon"},
        {"declared": "G", "happened": "x", "m999999_state": "done"},
        {"declared": "G", "happened": "x", "m" + "9" * 19 + "_state": "done", "after": "7"},
    ],
)
def test_wrong_input_is_said_and_never_breaks(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    tom: Person,
    action: Action,
    plan: Plan,
    sending: dict[str, Any],
) -> None:
    an_update(session, action, by=tom)
    read(tom, plan, "/1.1")
    token = client.form("declared").sent["csrf_token"]
    answer = client.post("/plans/plan/1.1/update", data={**sending, "csrf_token": token})
    assert answer.status_code in {409, 422}
    assert len(saved(session)) == 1


def test_two_megabytes_are_too_much(
    *, read: Read, session: Session, client: CheckedClient, tom: Person, action: Action, plan: Plan
) -> None:
    read(tom, plan, "/1.1")
    token = client.form("declared").sent["csrf_token"]
    answer = client.post("/plans/plan/1.1/update", data={**GREEN, "happened": "x" * 2_000_000, "csrf_token": token})
    assert answer.status_code in {413, 422}
    assert saved(session) == []


@pytest.mark.parametrize("value", ["started", "done", "nonsense"])
def test_a_state_outside_the_choices_is_refused(
    *, read: Read, session: Session, client: CheckedClient, tom: Person, action: Action, plan: Plan, value: str
) -> None:
    milestone = milestone_of(session, action)
    read(tom, plan, "/1.1")
    sending = client.form("declared").filled(GREEN) | {f"m{milestone.id}_state": value}
    answer = client.post("/plans/plan/1.1/update", data=sending)
    assert answer.status_code == (422 if value == "nonsense" else 303)


def test_the_office_writes_on_behalf_and_it_shows(
    *, read: Read, session: Session, client: CheckedClient, office: Person, action: Action, plan: Plan
) -> None:
    read(office, plan, "/1.1")
    client.submit({**RED, "on_behalf_of": "Tom Whitcombe", "came_by": "E-mail"}, button="Save update")
    assert "Daniel Hughes on behalf of Tom Whitcombe, reached by e-mail" in client.text
    assert saved(session)[0].on_behalf_of == "Tom Whitcombe"


def test_a_lead_cannot_write_in_another_name(
    *, read: Read, session: Session, client: CheckedClient, tom: Person, action: Action, plan: Plan
) -> None:
    read(tom, plan, "/1.1")
    sending = client.form("declared").filled(RED) | {"on_behalf_of": "Grace Adeyemi", "came_by": "E-mail"}
    client.post("/plans/plan/1.1/update", data=sending)
    assert (saved(session)[0].on_behalf_of, saved(session)[0].came_by) == ("", "")


def test_a_closed_action_has_no_form(
    *, read: Read, session: Session, client: CheckedClient, tom: Person, action: Action, plan: Plan
) -> None:
    read(tom, plan, "/1.1")
    sending = client.form("declared").filled(GREEN)
    action.state, action.closed_code = ActionState.WITHDRAWN, "X"
    assert "Your update" not in read(tom, plan, "/1.1")
    client.post("/plans/plan/1.1/update", data=sending)
    assert saved(session) == []


def test_after_the_closing_time_it_is_marked(
    *, read: Read, session: Session, client: CheckedClient, tom: Person, action: Action, plan: Plan, clock_at: HoldClock
) -> None:
    clock_at(datetime(2026, 12, 8, 9, tzinfo=UTC))
    text = read(tom, plan, "/1.1")
    assert "Anything you save now will be marked as after the pack." in text
    client.submit(RED, button="Save update")
    assert "it is marked as after the pack" in client.text
    assert saved(session)[0].is_after_close is True


def test_no_change_of_what_is_overdue_shows_the_form(
    *, read: Read, session: Session, client: CheckedClient, tom: Person, action: Action, plan: Plan
) -> None:
    update = an_update(session, action, by=tom, on=date(2026, 8, 3))
    text = read(tom, plan, "/1.1")
    assert "No change since" not in text
    token = client.form("declared").sent["csrf_token"]
    answer = client.post(
        "/plans/plan/1.1/no-change", data={"csrf_token": token, "form_token": "t", "after": str(update.id)}
    )
    assert answer.status_code == 422
    assert "1.1 is overdue, so it needs a reason or a new date" in client.text
    assert len(saved(session)) == 1
