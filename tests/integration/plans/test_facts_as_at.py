"""Positions as at a day, from facts that each take effect on their own day (domain A0)."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_milestone, a_plan, an_action, an_area, an_update
from tracker.people.models import Body, BodyMeeting, Person
from tracker.people.rules import BodyKind, Cycle, Role
from tracker.plans.commands import dates, steps
from tracker.plans.commands.links import add_dependency
from tracker.plans.commands.signoffs import hold, reopen, resume
from tracker.plans.commands.updates import return_update
from tracker.plans.models import Action, DateChange, Milestone, Plan, SignOff
from tracker.plans.queries.facts import outlooks
from tracker.plans.queries.positions import positions
from tracker.plans.rules.dates import read_target_date
from tracker.plans.rules.states import ActionState, SignOffKind
from tracker.plans.rules.vocabulary import ActionKind, MilestoneKind, Precision

HoldClock = Callable[[date | datetime], datetime]
APPROVED = date(2026, 1, 13)
pytestmark = pytest.mark.both_databases


@pytest.fixture
def office(session: Session, clock_at: HoldClock) -> Person:
    clock_at(APPROVED)
    return a_person(session, Role.OFFICE, "Grace Adeyemi")


@pytest.fixture
def body(session: Session, office: Person) -> Person:
    return a_person(session, Role.ASSURANCE, "Helen Marsh")


@pytest.fixture
def plan(session: Session, office: Person) -> Plan:
    made = a_plan(session, approved_on=APPROVED)
    an_area(session, made)
    return made


def colours(session: Session, plan: Plan, *days: date, ref: str = "1.1") -> str:
    """The letters of an action's effective rating on some days."""
    session.expire_all()
    return "".join(positions(session, plan, day=day)[ref].effective.value for day in days)


def with_milestone(session: Session, plan: Plan, due: date | None, **columns: Any) -> tuple[Action, Milestone]:
    action = an_action(session, plan, due=None)
    return action, a_milestone(session, action, due=due, **columns)


def move(session: Session, milestone: Milestone, text: str, by: Person) -> DateChange:
    wish = read_target_date(text, today=APPROVED)
    return dates.ask_date(session, milestone, to=wish, because="The supplier is late", by=by)


def test_a_day_before_the_approval_has_no_position(session: Session, plan: Plan) -> None:
    with pytest.raises(ValueError, match="before the plan's approval"):
        positions(session, plan, day=date(2026, 1, 12))


def test_a_draft_has_no_position_and_no_outlook(session: Session, office: Person) -> None:
    draft = a_plan(session, title="Draft", approved_on=None)
    an_action(session, draft)
    assert outlooks(session, draft, day=APPROVED) == {}
    with pytest.raises(ValueError, match="before the plan's approval"):
        positions(session, draft, day=APPROVED)


def test_an_action_approved_later_is_not_in_earlier_positions(session: Session, plan: Plan) -> None:
    an_action(session, plan)
    an_action(session, plan, approved_on=date(2026, 3, 2), kind=ActionKind.CONTINUING)
    assert list(positions(session, plan, day=date(2026, 3, 1))) == ["1.1"]
    assert list(positions(session, plan, day=date(2026, 3, 2))) == ["1.1", "1.2"]


def test_a_start_and_a_done_day_count_from_the_day_given(
    session: Session, plan: Plan, office: Person, clock_at: HoldClock
) -> None:
    _, milestone = with_milestone(session, plan, date(2026, 3, 31))
    clock_at(date(2026, 4, 20))
    steps.start_milestone(session, milestone, on=date(2026, 3, 10), by=office)
    steps.finish_milestone(session, milestone, on=date(2026, 4, 8), by=office)
    days = [date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 10), date(2026, 4, 1), date(2026, 4, 7), date(2026, 4, 8)]
    assert colours(session, plan, *days) == "GAGAAG"


def test_a_reopened_milestone_is_late_again_from_that_day(
    session: Session, plan: Plan, office: Person, clock_at: HoldClock
) -> None:
    _, milestone = with_milestone(session, plan, date(2026, 3, 1))
    clock_at(date(2026, 3, 2))
    steps.finish_milestone(session, milestone, on=date(2026, 3, 1), by=office)
    clock_at(date(2026, 3, 10))
    steps.reopen_milestone(session, milestone, reason="The evidence fails", by=office)
    assert colours(session, plan, date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 29), date(2026, 3, 30)) == "GAAR"


def test_a_milestone_done_again_before_its_reopening_was_done_on_the_day_given(
    session: Session, plan: Plan, office: Person, clock_at: HoldClock
) -> None:
    _, milestone = with_milestone(session, plan, date(2026, 3, 1))
    clock_at(date(2026, 3, 20))
    steps.finish_milestone(session, milestone, on=date(2026, 3, 5), by=office)
    steps.reopen_milestone(session, milestone, reason="Entered by mistake", by=office)
    steps.finish_milestone(session, milestone, on=date(2026, 3, 8), by=office)
    assert colours(session, plan, date(2026, 3, 4), date(2026, 3, 20), date(2026, 4, 20)) == "AGG"


def test_a_date_asked_for_acts_as_the_forecast_until_it_is_approved(
    session: Session, plan: Plan, office: Person, clock_at: HoldClock
) -> None:
    _, milestone = with_milestone(session, plan, date(2026, 6, 30))
    clock_at(date(2026, 2, 2))
    change = move(session, milestone, "15 July 2026", office)
    clock_at(date(2026, 2, 20))
    dates.approve_date(session, change, by=office)
    days = [date(2026, 2, 1), date(2026, 2, 2), date(2026, 2, 19), date(2026, 2, 20)]
    assert colours(session, plan, *days) == "GAAG"
    assert [positions(session, plan, day=day)["1.1"].milestones[0].due for day in days] == [
        date(2026, 6, 30),
        date(2026, 6, 30),
        date(2026, 6, 30),
        date(2026, 7, 15),
    ]


def test_a_forecast_more_than_28_days_late_is_red_and_never_clears_a_red(
    *, session: Session, plan: Plan, office: Person, body: Person, clock_at: HoldClock
) -> None:
    _, milestone = with_milestone(session, plan, date(2026, 1, 30))
    clock_at(date(2026, 3, 10))
    change = move(session, milestone, "30 April 2026", office)
    assert colours(session, plan, date(2026, 3, 9), date(2026, 3, 10)) == "RR"
    clock_at(date(2026, 3, 12))
    dates.refuse_date(session, change, by=body, note="Bring it to the board")
    assert colours(session, plan, date(2026, 3, 11), date(2026, 3, 12)) == "RR"


def test_a_tbc_that_replaces_a_date_starts_its_clock_on_approval(
    *, session: Session, plan: Plan, office: Person, body: Person, clock_at: HoldClock
) -> None:
    _, milestone = with_milestone(session, plan, date(2026, 2, 1))
    clock_at(date(2026, 2, 10))
    change = move(session, milestone, "TBC", office)
    clock_at(date(2026, 2, 16))
    dates.approve_date(session, change, by=body)
    # 56 days of grey and 56 of amber from 16 February.
    days = [date(2026, 2, 15), date(2026, 2, 16), date(2026, 4, 13), date(2026, 4, 14), date(2026, 6, 9)]
    assert colours(session, plan, *days) == "ANNAR"


def test_moves_are_counted_and_their_last_reason_kept(
    *, session: Session, plan: Plan, office: Person, body: Person, clock_at: HoldClock
) -> None:
    _, milestone = with_milestone(session, plan, date(2026, 6, 30))
    for day, text in ((date(2026, 2, 2), "July 2026"), (date(2026, 3, 2), "August 2026")):
        clock_at(day)
        dates.approve_date(session, move(session, milestone, text, office), by=body)
    now = positions(session, plan, day=date(2026, 3, 2))["1.1"].milestones[0]
    assert (now.due, now.times_moved, now.moved_because) == (date(2026, 8, 31), 2, "The supplier is late")
    assert positions(session, plan, day=date(2026, 3, 1))["1.1"].milestones[0].times_moved == 1


def test_waiting_work_is_counted_from_the_next_meeting_of_its_body(session: Session, plan: Plan) -> None:
    body = Body(name="Transformation Board", kind=BodyKind.EXECUTIVE, cycle=Cycle.MONTHLY)
    session.add(body)
    session.flush()
    session.add_all(BodyMeeting(body_id=body.id, day=day) for day in (date(2026, 1, 9), date(2026, 1, 27)))
    waits: dict[str, Any] = {
        "kind": MilestoneKind.WAITING,
        "waits_on": "transformation board",
        "date_text": "Board to agree",
    }
    with_milestone(session, plan, None, **waits)
    # 27 January and 56 days is 24 March, and another 56 is 19 May; an update is owed from 22 April.
    days = [date(2026, 3, 24), date(2026, 3, 25), date(2026, 5, 19), date(2026, 5, 20)]
    assert colours(session, plan, *days) == "NAAR"


def test_waiting_for_a_body_without_a_calendar_counts_from_the_approval(session: Session, plan: Plan) -> None:
    with_milestone(session, plan, None, kind=MilestoneKind.WAITING, waits_on="A board that nobody knows")
    assert colours(session, plan, date(2026, 3, 10), date(2026, 3, 11)) == "NA"


def test_turns_of_a_recurring_milestone_count_until_they_are_ticked(
    session: Session, plan: Plan, office: Person, clock_at: HoldClock
) -> None:
    every_month: dict[str, Any] = {"kind": MilestoneKind.RECURRING, "every_months": 1, "precision": Precision.MONTH}
    _, milestone = with_milestone(session, plan, date(2026, 1, 31), **every_month)
    clock_at(date(2026, 2, 20))
    steps.tick_occurrence(session, milestone, due=date(2026, 1, 31), on=date(2026, 2, 6), by=office)
    days = [
        date(2026, 1, 31),
        date(2026, 2, 1),
        date(2026, 2, 6),
        date(2026, 2, 28),
        date(2026, 3, 1),
        date(2026, 3, 30),
    ]
    assert colours(session, plan, *days) == "GAGGAR"


def test_an_excused_turn_is_not_asked_for(session: Session, plan: Plan, office: Person, clock_at: HoldClock) -> None:
    _, milestone = with_milestone(session, plan, date(2026, 1, 31), kind=MilestoneKind.RECURRING, every_months=3)
    clock_at(date(2026, 3, 2))
    steps.excuse_occurrence(session, milestone, due=date(2026, 1, 31), reason="The team was re-organised", by=office)
    assert colours(session, plan, date(2026, 3, 1), date(2026, 3, 2)) == "RG"


def test_what_blocks_makes_amber_from_the_day_it_is_red_while_the_link_holds(
    session: Session, plan: Plan, office: Person, clock_at: HoldClock
) -> None:
    blocked = an_action(session, plan, due=date(2026, 12, 31))
    blocking = an_action(session, plan, due=date(2026, 2, 1))
    clock_at(date(2026, 3, 3))
    add_dependency(session, blocked, on=blocking, by=office)
    assert colours(session, plan, date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3)) == "GGA"
    alone = outlooks(session, plan, day=date(2026, 3, 3), action_ids=[blocked.id])
    assert alone[blocked.id].amber_from == date(2026, 3, 2)


def test_a_blocker_counts_as_it_stood_even_when_only_the_blocked_action_is_asked_for(
    session: Session, plan: Plan, office: Person, clock_at: HoldClock
) -> None:
    blocked = an_action(session, plan, due=date(2026, 12, 31))
    blocking = an_action(session, plan, due=None)
    late = a_milestone(session, blocking, due=date(2026, 1, 20))
    add_dependency(session, blocked, on=blocking, by=office)
    clock_at(date(2026, 4, 1))
    steps.finish_milestone(session, late, on=date(2026, 3, 20), by=office)
    day = date(2026, 3, 1)
    alone = outlooks(session, plan, day=day, action_ids=[blocked.id])[blocked.id]
    assert alone == outlooks(session, plan, day=day)[blocked.id]
    assert alone.effective_on(day).value == "A"


def test_holding_and_resuming_count_from_their_days(
    session: Session, plan: Plan, office: Person, clock_at: HoldClock
) -> None:
    action = an_action(session, plan, due=date(2026, 12, 31))
    clock_at(date(2026, 2, 2))
    hold(session, action, reason="Budget freeze", review_on=date(2026, 6, 1), by=office)
    clock_at(date(2026, 2, 12))
    resume(session, action, reason="Money is back", by=office)
    assert colours(session, plan, date(2026, 2, 1), date(2026, 2, 2), date(2026, 2, 11), date(2026, 2, 12)) == "GAAG"


@pytest.mark.parametrize(
    "kind", [SignOffKind.COMPLETE, SignOffKind.EMBEDDED, SignOffKind.WITHDRAWN, SignOffKind.SUPERSEDED]
)
def test_a_sign_off_closes_from_its_day_and_reopening_ends_it(
    session: Session, plan: Plan, office: Person, clock_at: HoldClock, kind: SignOffKind
) -> None:
    action = an_action(session, plan, due=date(2026, 12, 31))
    decided = SignOff(
        action_id=action.id, kind=kind, effective_on=date(2026, 2, 2), reason="Checked", person_id=office.id
    )
    session.add(decided)
    action.state = ActionState(kind.value)
    clock_at(date(2026, 2, 20))
    reopen(session, action, reason="The effect was lost", by=office)
    during, after = {
        "complete": ("C", "G"),
        "embedded": ("E", "C"),
        "withdrawn": ("X", "G"),
        "superseded": ("X", "G"),
    }[kind.value]
    days = [date(2026, 2, 1), date(2026, 2, 2), date(2026, 2, 19), date(2026, 2, 20)]
    assert colours(session, plan, *days) == f"G{during}{during}{after}"
    assert session.get_one(Action, action.id).closed_code == (after if after != "G" else None)


def test_a_declared_colour_lasts_until_the_next_update(session: Session, plan: Plan, office: Person) -> None:
    action = an_action(session, plan, due=date(2026, 12, 31))
    an_update(session, action, by=office, declared="R", on=date(2026, 2, 2))
    an_update(session, action, by=office, declared="G", on=date(2026, 2, 9))
    assert colours(session, plan, date(2026, 2, 1), date(2026, 2, 2), date(2026, 2, 8), date(2026, 2, 9)) == "GRRG"


def test_a_returned_update_never_counted(session: Session, plan: Plan, office: Person, clock_at: HoldClock) -> None:
    action = an_action(session, plan, due=date(2026, 12, 31))
    an_update(session, action, by=office, declared="A", on=date(2026, 2, 2))
    update = an_update(session, action, by=office, declared="R", on=date(2026, 2, 9))
    clock_at(date(2026, 2, 16))
    return_update(session, update, reason="Say which posts", by=office, version=update.version)
    assert colours(session, plan, date(2026, 2, 9), date(2026, 2, 16)) == "AA"


def test_an_update_counts_for_the_stale_clock_from_its_day(session: Session, plan: Plan, office: Person) -> None:
    action = an_action(session, plan, due=date(2026, 12, 31))
    an_update(session, action, by=office, on=date(2026, 4, 1))
    # Without it the action is stale from 22 April, with it from 9 July.
    days = [date(2026, 4, 22), date(2026, 7, 8), date(2026, 7, 9)]
    assert colours(session, plan, *days) == "GGA"


def test_a_claim_that_was_reopened_is_said_no_longer(
    session: Session, plan: Plan, office: Person, clock_at: HoldClock
) -> None:
    action = an_action(session, plan, due=None)
    milestone = a_milestone(session, action, due=date(2026, 6, 30))
    clock_at(date(2026, 2, 2))
    steps.finish_milestone(session, milestone, on=date(2026, 2, 2), by=office)
    an_update(session, action, by=office, declared="C")
    said = positions(session, plan, day=date(2026, 2, 2))["1.1"].reasons
    assert "Done, waiting for a check" in said
    action.state = ActionState.COMPLETE
    steps.reopen_milestone(session, milestone, reason="The evidence fails", by=office)
    reopen(session, action, reason="The evidence fails", by=office)
    assert positions(session, plan, day=date(2026, 2, 2))["1.1"].reasons == ()
