"""Versions of a plan: approved by a body on a day, kept for good, and compared with what came after."""

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.support.builders.people import a_body, a_person
from tests.support.builders.plans import a_milestone, a_plan, an_action, an_area
from tracker.core.problems import Conflict, Forbidden, Invalid
from tracker.core.unchanging import guard, unguard, unguarded
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands.dates import approve_date, ask_date
from tracker.plans.commands.versions import Approval, approve_plan, keep_version, move_plan
from tracker.plans.imports.text_plan import import_plan
from tracker.plans.models import Action, Milestone, Plan, PlanVersion
from tracker.plans.queries.versions import difference_of, versions_of
from tracker.plans.rules.dates import read_target_date
from tracker.plans.rules.states import ActionState, PlanStatus
from tracker.plans.rules.versions import content_hash

BOARD = "Improvement board"
PUBLISHED = (Path(__file__).parents[2] / "support/plans/riverton.txt").read_text()


@pytest.fixture
def draft(session: Session, today: date) -> Plan:
    plan = a_plan(session, approved_on=None)
    an_action(session, plan, area=an_area(session, plan), due="2026-12-10")
    return plan


def approve(session: Session, plan: Plan, by: Person, on: date, note: str = "") -> PlanVersion:
    return approve_plan(session, plan, Approval(on, BOARD, note), by=by, version=plan.version)


def reworded(session: Session, plan: Plan, title: str) -> None:
    session.scalars(select(Action).where(Action.plan_id == plan.id)).one().title = title
    session.flush()


def test_the_first_approval_rates_a_draft_and_keeps_it(
    session: Session, draft: Plan, office: Person, today: date
) -> None:
    kept = approve(session, draft, office, today)
    assert (kept.number, kept.body, kept.approved_on) == (1, BOARD, today)
    assert (draft.status, draft.approved_on) == (PlanStatus.LIVE, today)
    assert json.loads(kept.content)["areas"][0]["actions"][0]["milestones"][0]["date"] == "10 Dec 2026"
    assert kept.content_sha256 == content_hash(kept.content)
    assert session.scalars(select(Action.amber_from).where(Action.plan_id == draft.id)).one() is not None


def test_a_plan_approved_for_a_day_to_come_is_not_live_before(session: Session, draft: Plan, office: Person) -> None:
    approve(session, draft, office, date(2027, 1, 4))
    assert draft.status is PlanStatus.APPROVED


def test_a_later_approval_is_a_version_and_first_dates_stay(
    session: Session, draft: Plan, office: Person, today: date
) -> None:
    first = date(2026, 10, 1)
    approve(session, draft, office, first)
    milestone = session.scalars(select(Milestone)).one()
    change = ask_date(session, milestone, to=read_target_date("7 jan 2027", today=today), because="Posts", by=office)
    approve_date(session, change, by=office)
    kept = approve(session, draft, office, today, "One date moved")
    assert (kept.number, draft.approved_on, milestone.first_due) == (2, first, date(2026, 12, 10))
    (told,) = difference_of(session, draft, 1, 2)
    assert (told.kind.word, told.before, told.after) == ("Re-dated", "10 Dec 2026", "7 Jan 2027")
    assert difference_of(session, draft, 2, None) == ()


def test_an_approval_says_who_when_and_what_changed(session: Session, draft: Plan, office: Person, today: date) -> None:
    with pytest.raises(Invalid, match="Choose the body"):
        approve_plan(session, draft, Approval(today), by=office, version=draft.version)
    with pytest.raises(Invalid, match="year to come"):
        approve(session, draft, office, date(2029, 1, 1))
    approve(session, draft, office, today)
    reworded(session, draft, "Review half of the caseloads")
    with pytest.raises(Invalid, match="Say what changed"):
        approve(session, draft, office, today)
    with pytest.raises(Invalid, match="26 Nov 2026"):
        approve(session, draft, office, date(2026, 11, 25), "Half of them")
    with pytest.raises(Invalid, match="in the future"):
        approve(session, draft, office, date(2026, 11, 27), "Half of them")
    assert approve(session, draft, office, today, "Half of them").number == 2


def test_what_is_the_same_is_not_approved_twice(session: Session, draft: Plan, office: Person, today: date) -> None:
    approve(session, draft, office, today)
    with pytest.raises(Conflict, match="Nothing has changed since version 1"):
        approve(session, draft, office, today, "Again")


def test_a_plan_without_actions_and_an_older_page_are_refused(
    session: Session, draft: Plan, office: Person, today: date
) -> None:
    with pytest.raises(Conflict, match="no actions"):
        approve(session, a_plan(session, approved_on=None, title="Empty"), office, today)
    with pytest.raises(Conflict, match="since you opened"):
        approve_plan(session, draft, Approval(today, BOARD), by=office, version=draft.version + 1)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICE])
def test_only_the_office_approves_and_moves_a_plan(session: Session, draft: Plan, role: Role, today: date) -> None:
    other = a_person(session, role, "Wren Other")
    with pytest.raises(Forbidden):
        approve(session, draft, other, today)
    with pytest.raises(Forbidden):
        move_plan(session, draft, to=PlanStatus.CLOSING, reason="Done", by=other, version=draft.version)


def test_a_plan_approved_before_versions_were_kept_goes_on_with_the_second(
    session: Session, plan: Plan, office: Person, today: date
) -> None:
    assert approve(session, plan, office, today, "As it stands").number == 2


@pytest.mark.parametrize("given_up", [ActionState.WITHDRAWN, ActionState.SUPERSEDED])
def test_an_action_that_was_given_up_is_gone_from_the_next_version(
    session: Session, draft: Plan, office: Person, today: date, given_up: ActionState
) -> None:
    from_board = an_action(session, draft, title="Agree the framework")
    approve(session, draft, office, today)
    from_board.state = given_up
    session.flush()
    gone = difference_of(session, draft, 1, None)
    assert [(one.kind.word, one.before) for one in gone if one.about == "Action 1.2"] == [
        ("Gone", "Agree the framework")
    ]


def test_a_plan_brought_in_as_approved_has_its_first_version(session: Session, today: date) -> None:
    for title, approved_on in (("Approved", date(2026, 1, 13)), ("Draft", None)):
        raw = f"{PUBLISHED}\n{title}".encode()
        report = import_plan(session, raw=raw, name="plan.txt", title=title, approved_on=approved_on)
        assert report.plan is not None
        found = [(row.number, row.approved_on, row.note) for row in versions_of(session, report.plan)]
        assert found == ([(1, approved_on, "As brought in")] if approved_on else [])


def test_a_plan_closes_in_steps_and_only_with_nothing_open(
    session: Session, draft: Plan, office: Person, today: date
) -> None:
    def move(to: PlanStatus, reason: str = "The board decided so") -> None:
        move_plan(session, draft, to=to, reason=reason, by=office, version=draft.version)

    with pytest.raises(Conflict, match=r"is a draft\. It is approved first"):
        move(PlanStatus.CLOSING)
    approve(session, draft, office, today)
    with pytest.raises(Conflict, match="becomes closing or replaced, not closed"):
        move(PlanStatus.CLOSED)
    with pytest.raises(Invalid, match="Say why"):
        move(PlanStatus.CLOSING, "")
    move(PlanStatus.CLOSING)
    with pytest.raises(Conflict, match=r"1 action is still open: 1\.1"):
        move(PlanStatus.CLOSED)
    session.scalars(select(Action)).one().closed_code = "C"
    move(PlanStatus.CLOSED)
    with pytest.raises(Conflict, match="Nothing follows"):
        move(PlanStatus.LIVE)
    with pytest.raises(Conflict, match="not approved again"):
        approve(session, draft, office, today, "Once more")


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE plan_version SET note = 'Forged'",
        "DELETE FROM plan_version",
        "INSERT OR REPLACE INTO plan_version SELECT * FROM plan_version",
        "TRUNCATE plan_version",
    ],
)
def test_the_database_refuses_to_change_a_version(
    session: Session, engine: Engine, draft: Plan, statement: str
) -> None:
    a_milestone(session, session.scalars(select(Action)).one())
    keep_version(session, draft, Approval(date(2026, 11, 26), BOARD), by=0)
    session.commit()
    if statement.startswith(("INSERT", "TRUNCATE")) and ("INSERT" in statement) != (engine.dialect.name == "sqlite"):
        statement = "DELETE FROM plan_version WHERE number = 2"
    with pytest.raises(DBAPIError, match="never changed"), engine.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.both_databases
def test_a_guard_that_was_lost_is_missed_and_can_be_made_again(engine: Engine) -> None:
    with engine.begin() as connection:
        assert unguarded(connection) == []
        unguard(connection, "plan_version")
        assert "plan_version_unchanging" in " ".join(unguarded(connection))
        guard(connection, "plan_version", ("plan_id", "number"))
        guard(connection, "plan_version", ("plan_id", "number"))
        assert unguarded(connection) == []


def test_the_body_is_kept_by_its_name(session: Session, draft: Plan, office: Person, today: date) -> None:
    body = a_body(session, BOARD)
    approve(session, draft, office, today)
    body.name = "Another board"
    session.flush()
    assert versions_of(session, draft)[0].body == BOARD
