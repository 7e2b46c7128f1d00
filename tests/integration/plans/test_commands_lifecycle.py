"""Embedding, superseding and agreeing what a placeholder stood for: the gate, who may, and what follows."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_body, a_meeting, a_person
from tests.support.builders.plans import a_lead, a_milestone, a_plan, an_action, an_update
from tracker.core.problems import Conflict, Forbidden, Invalid, Problem
from tracker.people.models import BodyMeeting, Person
from tracker.people.rules import BodyKind, Role
from tracker.plans.commands import signoffs, steps
from tracker.plans.commands.agreeing import Agreed, agree_actions
from tracker.plans.commands.embedding import sign_off_embedded
from tracker.plans.models import Action, ActionLink, Plan
from tracker.plans.queries.positions import positions
from tracker.plans.rules.dates import read_target_date
from tracker.plans.rules.states import ActionState, LinkKind
from tracker.plans.rules.vocabulary import ActionKind

HoldClock = Callable[[date | datetime], datetime]
APPROVED, DONE = date(2026, 1, 13), date(2026, 2, 2)
MEETING = DONE + timedelta(days=90)
pytestmark = pytest.mark.both_databases
SAID: dict[str, Any] = {"independent_check": "Peer audit", "no_measure_reason": "None applies", "reason": "It held"}


@pytest.fixture
def office(session: Session, clock_at: HoldClock) -> Person:
    clock_at(DONE)
    return a_person(session, Role.OFFICE, "Grace Adeyemi")


@pytest.fixture
def member(session: Session, office: Person) -> Person:
    return a_person(session, Role.ASSURANCE, "Councillor Ellery")


@pytest.fixture
def priya(session: Session, office: Person) -> Person:
    return a_person(session, Role.LEAD)


@pytest.fixture
def plan(session: Session, office: Person) -> Plan:
    return a_plan(session, approved_on=APPROVED)


@pytest.fixture
def complete(session: Session, plan: Plan, priya: Person, office: Person) -> Action:
    """Confirmed as complete on 2 February 2026, by somebody who does not lead it."""
    action = an_action(session, plan, lead=priya, due=None)
    milestone = a_milestone(session, action, due=date(2026, 3, 31))
    steps.finish_milestone(session, milestone, on=DONE, by=priya)
    an_update(session, action, by=priya, declared="C")
    signoffs.confirm_complete(session, action, reason="The minutes were read", by=office)
    return action


def held(session: Session, day: date, *, kind: BodyKind = BodyKind.ASSURANCE, is_held: bool = True) -> BodyMeeting:
    return a_meeting(session, a_body(session, f"Meeting of {day}", kind=kind), day, is_held=is_held)


def embed(session: Session, action: Action, meeting: BodyMeeting | None, by: Person, **said: Any) -> None:
    sign_off_embedded(session, action, meeting=meeting, **{**SAID, **said}, by=by)


@pytest.mark.parametrize(
    ("meets", "asked", "said", "problem"),
    [
        (89, 120, {}, "An assurance meeting was held since then"),
        (90, 89, {}, "Complete for 90 days"),
        (90, 120, {"independent_check": ""}, "Say who outside"),
        (90, 120, {"no_measure_reason": ""}, "Say why no measure applies"),
        (90, 120, {"reason": ""}, "Give a reason"),
        (90, 120, {}, ""),
    ],
)
def test_the_gate_holds_for_whoever_signs(
    *,
    session: Session,
    complete: Action,
    member: Person,
    clock_at: HoldClock,
    meets: int,
    asked: int,
    said: dict[str, str],
    problem: str,
) -> None:
    meeting = held(session, DONE + timedelta(days=meets))
    clock_at(DONE + timedelta(days=asked))
    if problem:
        with pytest.raises(Problem, match=problem):
            embed(session, complete, meeting, member, **said)
        assert complete.state is ActionState.COMPLETE
    else:
        embed(session, complete, meeting, member, **said)
        assert (complete.state, complete.closed_code) == (ActionState.EMBEDDED, "E")


def test_only_a_held_meeting_of_an_assurance_body_signs_off(
    session: Session, complete: Action, member: Person, clock_at: HoldClock
) -> None:
    board = held(session, MEETING + timedelta(days=1), kind=BodyKind.OVERSIGHT)
    missed = held(session, MEETING + timedelta(days=2), is_held=False)
    ahead = held(session, MEETING + timedelta(days=60))
    held(session, MEETING)
    clock_at(MEETING + timedelta(days=9))
    for meeting in (board, missed, ahead, None):
        with pytest.raises(Invalid, match="Choose the assurance meeting"):
            embed(session, complete, meeting, member)


def test_it_counts_from_the_day_of_the_meeting_and_falls_back_from_the_day_it_came_back(
    *, session: Session, plan: Plan, complete: Action, member: Person, office: Person, clock_at: HoldClock
) -> None:
    meeting = held(session, MEETING)
    clock_at(MEETING + timedelta(days=5))
    embed(session, complete, meeting, member)
    back = MEETING + timedelta(days=30)
    clock_at(back)
    signoffs.reopen(session, complete, reason="The next audit found it lost", by=office)
    assert (complete.state, complete.closed_code) == (ActionState.COMPLETE, "C")
    before = timedelta(days=1)
    days = [DONE - before, DONE, MEETING - before, MEETING, back - before, back]
    session.expire_all()
    codes = [positions(session, plan, day=day)["1.1"].effective.value for day in days]
    assert "".join(codes) == "GCCEEC"
    # The 90 days run anew from the day on which it came back.
    again = held(session, back + timedelta(days=89))
    clock_at(back + timedelta(days=89))
    with pytest.raises(Invalid, match="Complete for 90 days"):
        embed(session, complete, again, member)


def test_nobody_but_a_member_who_does_not_lead_it_signs_off(
    session: Session, complete: Action, priya: Person, office: Person, clock_at: HoldClock
) -> None:
    leads_it = a_person(session, Role.ASSURANCE, "Priya Nair, twice", also=(Role.LEAD,))
    party = complete.leads[0].party
    party.members[0].person_id = leads_it.id
    session.flush()
    session.expire_all()
    meeting = held(session, MEETING)
    clock_at(MEETING)
    for person in (leads_it, priya, office, a_person(session, Role.MODERATOR, "Marcus Bell")):
        with pytest.raises(Forbidden, match="You may not decide this"):
            embed(session, complete, meeting, person)


def test_a_superseded_action_and_its_successor_point_to_each_other(
    session: Session, plan: Plan, office: Person
) -> None:
    first, second = an_action(session, plan), an_action(session, plan)
    signoffs.supersede(session, first, successor=second, reason="Merged", by=office, version=first.version)
    link = session.scalars(select(ActionLink)).one()
    assert (link.from_id, link.to_id, link.kind, link.ended_on) == (first.id, second.id, LinkKind.REPLACED_BY, None)
    assert (first.state, first.closed_code) == (ActionState.SUPERSEDED, "X")
    with pytest.raises(Invalid, match=r"1\.1 is superseded itself"):
        signoffs.supersede(session, second, successor=first, reason="Merged", by=office)
    signoffs.reopen(session, first, reason="It was not the same", by=office)
    assert (first.state, link.ended_on, link.ended_why) == (ActionState.IN_PROGRESS, DONE, "It was not the same")


def test_an_action_is_superseded_by_another_of_its_own_plan(session: Session, plan: Plan, office: Person) -> None:
    action, elsewhere = an_action(session, plan), an_action(session, a_plan(session, approved_on=APPROVED))
    for other in (action, elsewhere):
        with pytest.raises(Invalid, match="Choose another action of this plan"):
            signoffs.supersede(session, action, successor=other, reason="Merged", by=office)


def agreed(title: str, due: str = "31 Mar 2026", **more: Any) -> Agreed:
    return Agreed(title, more.pop("lead", None), read_target_date(due, today=DONE), **more)


def test_a_placeholder_becomes_the_actions_that_were_agreed(session: Session, plan: Plan, office: Person) -> None:
    an_action(session, plan)
    placeholder = an_action(session, plan, title="Further actions to be agreed", kind=ActionKind.PLACEHOLDER)
    last = an_action(session, plan)
    ngozi = a_lead(session, "Ngozi Ibe")
    made = agree_actions(
        session,
        placeholder,
        [agreed("Train every team", lead=ngozi), agreed("Ask again", "TBC")],
        reason="R",
        by=office,
    )
    assert [(one.ref, one.title, one.approved_on) for one in made] == [
        ("1.4", "Train every team", DONE),
        ("1.5", "Ask again", DONE),
    ]
    assert placeholder.state is ActionState.SUPERSEDED
    links = session.scalars(select(ActionLink).order_by(ActionLink.id)).all()
    assert [(link.from_id, link.to_id) for link in links] == [(placeholder.id, one.id) for one in made]
    order = session.scalars(select(Action.ref).order_by(Action.position, Action.id)).all()
    assert order == ["1.1", "1.2", "1.4", "1.5", last.ref]
    session.expire_all()
    before = positions(session, plan, day=DONE - timedelta(days=1))
    now = positions(session, plan, day=DONE)
    assert list(before) == ["1.1", "1.2", "1.3"]
    assert "".join(one.effective.value for one in now.values()) == "GXGAG"


@pytest.mark.parametrize(
    ("given", "field"),
    [([], "title_1"), ([agreed("", name="2")], "title_2"), ([agreed("x" * 401)], "title_1")],
)
def test_actions_that_were_agreed_say_what_is_to_be_done(
    session: Session, plan: Plan, office: Person, given: list[Agreed], field: str
) -> None:
    placeholder = an_action(session, plan, kind=ActionKind.PLACEHOLDER)
    with pytest.raises(Invalid) as refused:
        agree_actions(session, placeholder, given, reason="Agreed", by=office)
    assert refused.value.field == field


def test_what_is_no_open_placeholder_becomes_nothing(
    session: Session, plan: Plan, office: Person, complete: Action
) -> None:
    gone = an_action(session, plan, kind=ActionKind.PLACEHOLDER)
    signoffs.withdraw_action(session, gone, reason="Not needed", by=office)
    for action in (complete, gone, an_action(session, plan)):
        with pytest.raises(Conflict, match="no open placeholder"):
            agree_actions(session, action, [agreed("Train")], reason="Agreed", by=office)


@pytest.mark.parametrize("review", [None, DONE, DONE - timedelta(days=1), DONE + timedelta(days=367)])
def test_on_hold_needs_a_day_to_come_on_which_it_is_looked_at_again(
    session: Session, plan: Plan, office: Person, review: date | None
) -> None:
    action = an_action(session, plan)
    with pytest.raises(Invalid, match="looked at again") as refused:
        signoffs.hold(session, action, reason="No money", review_on=review, by=office)
    assert refused.value.field == "review_on"
