"""Saving, repeating, sending back and taking back updates."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_body, a_meeting, a_person
from tests.support.builders.plans import a_milestone, a_plan, an_action, an_update
from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands import signoffs, updates
from tracker.plans.commands.answers import Answer, MilestoneAnswer, Shown, Way, Words
from tracker.plans.models import Action, DateChange, Evidence, Milestone, Plan, Update
from tracker.plans.queries.facts import outlooks
from tracker.plans.rules.dates import read_target_date
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.states import ActionState, DateChangeState, DeclaredRag, UpdateState
from tracker.plans.rules.vocabulary import ActionKind, MilestoneKind, MilestoneState

HoldClock = Callable[[date | datetime], datetime]
G, A, R, C = DeclaredRag.GREEN, DeclaredRag.AMBER, DeclaredRag.RED, DeclaredRag.COMPLETE
FULL = Words(happened="Nine offers were made", why="Two teams lack a manager", doing="Priya interviews on 4 December")


@pytest.fixture
def priya(session: Session) -> Person:
    return a_person(session, Role.LEAD)


@pytest.fixture
def plan(session: Session) -> Plan:
    return a_plan(session, approved_on="-60d")


@pytest.fixture
def action(session: Session, plan: Plan, priya: Person) -> Action:
    return an_action(session, plan, lead=priya)


def milestone_of(session: Session, action: Action) -> Milestone:
    return session.scalars(
        select(Milestone).where(Milestone.action_id == action.id).order_by(Milestone.position)
    ).all()[0]


def save(session: Session, action: Action, by: Person, **said: Any) -> Update:
    after = said.pop("after", None)
    given: dict[str, Any] = {"declared": G, "words": FULL} | said
    return updates.save_update(session, action, answer=Answer(**given), by=by, after=after)


@pytest.mark.parametrize(
    ("declared", "words", "field", "sentence"),
    [
        (R, Words(doing="Interviews"), "why", "Say why it is red"),
        (A, Words(doing="Interviews"), "why", "Say why it is at risk"),
        (R, Words(why="Vacancies"), "doing", "Say what you are doing about it"),
        (A, Words(why="Vacancies"), "doing", "Say what you are doing about it"),
        (G, Words(), "happened", "Say what has happened"),
        (C, Words(), "evidence", "Add evidence or say what shows it is finished"),
    ],
)
def test_each_colour_asks_for_its_words(
    *, session: Session, action: Action, priya: Person, declared: DeclaredRag, words: Words, field: str, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence) as refused:
        save(session, action, priya, declared=declared, words=words)
    assert refused.value.field == field


def test_an_update_is_one_story(session: Session, action: Action, priya: Person, today: date) -> None:
    milestone = milestone_of(session, action)
    other = a_milestone(session, action, title="Six-month check", due="+100d")
    wish = read_target_date("31 Mar 2027", today=today)
    update = save(
        session,
        action,
        priya,
        declared=A,
        milestones=(
            MilestoneAnswer(milestone, started_on=today, done_on=today),
            MilestoneAnswer(other, new_date=wish, because="The supplier is late"),
        ),
        evidence=(Shown("The structure chart", "https://intranet.example/chart"),),
    )
    assert (milestone.state, milestone.done_on) == (MilestoneState.DONE, today)
    change = session.scalars(select(DateChange)).one()
    assert (change.state, change.update_id, change.to_due) == (DateChangeState.ASKED, update.id, date(2027, 3, 31))
    assert session.scalars(select(Evidence.update_id)).one() == update.id
    assert (action.state, action.last_update_on, action.declared_code) == (ActionState.IN_PROGRESS, today, "A")


def test_one_wrong_part_is_told_by_its_name(session: Session, action: Action, priya: Person, today: date) -> None:
    tomorrow = today + timedelta(days=1)
    said = MilestoneAnswer(milestone_of(session, action), name="m7", done_on=tomorrow)
    with pytest.raises(Invalid, match="in the future") as refused:
        save(session, action, priya, milestones=(said,))
    assert refused.value.field == "m7_done_on"


def test_a_day_before_the_approval_must_be_confirmed(
    session: Session, action: Action, priya: Person, plan: Plan
) -> None:
    assert plan.approved_on is not None
    early = plan.approved_on - timedelta(days=1)
    milestone = milestone_of(session, action)
    with pytest.raises(Invalid, match="before the plan was approved"):
        save(session, action, priya, milestones=(MilestoneAnswer(milestone, done_on=early),))
    save(session, action, priya, milestones=(MilestoneAnswer(milestone, done_on=early, is_confirmed=True),))
    assert milestone.done_on == early


def test_the_same_form_sent_twice_saves_one(session: Session, action: Action, priya: Person) -> None:
    first = save(session, action, priya, way=Way(form_token="t1"), after=0)
    again = save(session, action, priya, way=Way(form_token="t1"), after=0)
    assert again.id == first.id
    assert session.scalar(select(func.count(Update.id))) == 1


def test_a_form_of_somebody_else_cannot_be_sent_again(session: Session, action: Action, priya: Person) -> None:
    save(session, action, priya, way=Way(form_token="t1"))
    office = a_person(session, Role.OFFICE, "Grace Adeyemi")
    with pytest.raises(Conflict, match="another update"):
        save(session, action, office, way=Way(form_token="t1"))


def test_a_newer_update_is_never_written_over(session: Session, action: Action, priya: Person) -> None:
    seen = save(session, action, priya)
    office = a_person(session, Role.OFFICE, "Grace Adeyemi")
    save(session, action, office, after=seen.id)
    with pytest.raises(Conflict, match=r"Grace Adeyemi saved an update to 1\.1 while you were writing"):
        save(session, action, priya, after=seen.id)
    assert session.scalar(select(func.count(Update.id))) == 2


def test_a_first_update_notices_one_that_came_meanwhile(session: Session, action: Action, priya: Person) -> None:
    save(session, action, priya, after=0)
    with pytest.raises(Conflict):
        save(session, action, priya, after=0)


def test_a_claim_waits_for_the_office(session: Session, action: Action, priya: Person, plan: Plan, today: date) -> None:
    said = MilestoneAnswer(milestone_of(session, action), done_on=today)
    save(session, action, priya, declared=C, milestones=(said,))
    outlook = outlooks(session, plan, day=today)[action.id]
    assert (action.state, outlook.effective_on(today)) == (ActionState.CLAIMED, Rag.GREEN)
    assert "Done, waiting for a check" in [reason.words for reason in outlook.reasons_on(today)]


def test_what_has_an_open_milestone_is_not_complete(session: Session, action: Action, priya: Person) -> None:
    with pytest.raises(Invalid, match="is not done yet"):
        save(session, action, priya, declared=C)


def test_a_recurring_milestone_does_not_stand_in_the_way_of_a_claim(
    session: Session, plan: Plan, priya: Person, today: date
) -> None:
    action = an_action(session, plan, lead=priya, due=None)
    a_milestone(session, action, due="+10d", kind=MilestoneKind.RECURRING, every_months=3)
    save(session, action, priya, declared=C)
    assert action.state is ActionState.CLAIMED


def test_a_placeholder_cannot_be_complete(session: Session, plan: Plan, priya: Person) -> None:
    further = an_action(session, plan, lead=priya, due=None, kind=ActionKind.PLACEHOLDER)
    with pytest.raises(Invalid, match="still to be agreed"):
        save(session, further, priya, declared=C)


@pytest.mark.parametrize("state", [ActionState.COMPLETE, ActionState.EMBEDDED, ActionState.WITHDRAWN])
def test_a_closed_action_takes_no_update(session: Session, action: Action, priya: Person, state: ActionState) -> None:
    save(session, action, priya)
    action.state = state
    with pytest.raises(Conflict, match="must be re-opened"):
        save(session, action, priya)
    with pytest.raises(Conflict, match="must be re-opened"):
        updates.confirm_no_change(session, action, by=priya, way=Way())


def test_no_change_repeats_the_words_and_the_colour(
    session: Session, action: Action, priya: Person, clock_at: HoldClock, today: date
) -> None:
    save(session, action, priya, declared=A)
    clock_at(today + timedelta(days=30))
    again = updates.confirm_no_change(session, action, by=priya, way=Way())
    assert (again.is_no_change, again.declared, again.why) == (True, A, FULL.why)
    assert action.last_update_on == today + timedelta(days=30)


@pytest.mark.parametrize(
    ("declared", "due", "sentence"),
    [
        (R, "+90d", "is red, so it needs a reason and a plan"),
        (G, "-1d", "is overdue, so it needs a reason or a new date"),
        (G, "-29d", "is red, so it needs a reason and a plan"),
    ],
)
def test_no_change_is_refused_for_red_and_overdue_work(
    *, session: Session, plan: Plan, priya: Person, declared: DeclaredRag, due: str, sentence: str
) -> None:
    action = an_action(session, plan, lead=priya, due=due)
    save(session, action, priya, declared=declared)
    with pytest.raises(Invalid, match=sentence):
        updates.confirm_no_change(session, action, by=priya, way=Way())


def test_no_change_is_refused_when_a_turn_is_overdue(session: Session, plan: Plan, priya: Person) -> None:
    action = an_action(session, plan, lead=priya, due=None)
    a_milestone(session, action, due="-5d", kind=MilestoneKind.RECURRING, every_months=3)
    save(session, action, priya)
    with pytest.raises(Invalid, match="is overdue"):
        updates.confirm_no_change(session, action, by=priya, way=Way())


def test_no_change_needs_an_update_to_repeat(session: Session, action: Action, priya: Person) -> None:
    with pytest.raises(Invalid, match="nothing to repeat"):
        updates.confirm_no_change(session, action, by=priya, way=Way())


def test_taking_back_takes_everything_back_that_the_update_said(
    session: Session, action: Action, priya: Person, plan: Plan, today: date
) -> None:
    first = save(session, action, priya, declared=G)
    milestone = milestone_of(session, action)
    other = a_milestone(session, action, title="Six-month check", due="+100d")
    wish = read_target_date("31 Mar 2027", today=today)
    update = save(
        session,
        action,
        priya,
        declared=A,
        milestones=(
            MilestoneAnswer(milestone, done_on=today - timedelta(days=3)),
            MilestoneAnswer(other, new_date=wish, because="The supplier is late"),
        ),
    )
    updates.withdraw_update(session, update, reason="", by=priya, version=update.version)
    assert (update.state, milestone.state, milestone.done_on) == (
        UpdateState.WITHDRAWN,
        MilestoneState.NOT_STARTED,
        None,
    )
    assert session.scalars(select(DateChange.state)).one() is DateChangeState.WITHDRAWN
    latest = updates.latest_update(session, action)
    assert latest is not None
    assert (latest.id, action.declared_code) == (first.id, "G")
    yesterday = outlooks(session, plan, day=today - timedelta(days=1))[action.id]
    assert "Done, waiting for a check" not in [reason.words for reason in yesterday.reasons]


def test_taking_back_an_older_update_leaves_a_newer_claim(
    session: Session, action: Action, priya: Person, today: date
) -> None:
    older = save(session, action, priya)
    save(
        session, action, priya, declared=C, milestones=(MilestoneAnswer(milestone_of(session, action), done_on=today),)
    )
    updates.withdraw_update(session, older, reason="", by=priya, version=older.version)
    assert action.state is ActionState.CLAIMED


def test_sending_back_needs_a_reason_and_ends_a_claim(
    session: Session, action: Action, priya: Person, today: date
) -> None:
    said = MilestoneAnswer(milestone_of(session, action), done_on=today)
    claim = save(session, action, priya, declared=C, milestones=(said,))
    with pytest.raises(Invalid, match="Say what is missing"):
        updates.return_update(session, claim, reason="", by=priya, version=claim.version)
    updates.return_update(session, claim, reason="No minutes", by=priya, version=claim.version)
    assert (claim.state, action.state, action.last_update_on) == (UpdateState.RETURNED, ActionState.IN_PROGRESS, None)


def test_an_update_is_taken_back_once(session: Session, action: Action, priya: Person) -> None:
    update = save(session, action, priya)
    version = update.version
    updates.withdraw_update(session, update, reason="", by=priya, version=version)
    with pytest.raises(Conflict):
        updates.withdraw_update(session, update, reason="", by=priya, version=version)


def test_an_action_on_hold_stays_so_through_an_update_and_cannot_be_claimed(
    session: Session, action: Action, priya: Person, today: date
) -> None:
    office = a_person(session, Role.OFFICE, "Grace Adeyemi")
    signoffs.hold(session, action, reason="The grant is not decided", review_on=today + timedelta(days=30), by=office)
    save(session, action, priya)
    assert action.state is ActionState.ON_HOLD
    said = MilestoneAnswer(milestone_of(session, action), done_on=today)
    with pytest.raises(Invalid, match="is on hold"):
        save(session, action, priya, declared=C, milestones=(said,))


@pytest.mark.parametrize(("hour", "is_after"), [(9, True), (12, False)])
def test_what_comes_after_the_closing_time_is_marked(
    *, session: Session, action: Action, priya: Person, today: date, hour: int, is_after: bool
) -> None:
    closes = datetime(2026, 11, 26, hour, tzinfo=UTC)
    a_meeting(session, a_body(session), today + timedelta(days=3), updates_close_at=closes)
    assert save(session, action, priya).is_after_close is is_after


def test_a_red_update_is_kept_for_as_long_as_nothing_newer_is_said(
    session: Session, action: Action, priya: Person
) -> None:
    an_update(session, action, by=priya, declared="R")
    assert action.declared_code == "R"
    an_update(session, action, by=priya, declared="G")
    assert action.declared_code == "G"
