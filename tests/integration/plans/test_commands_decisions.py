"""Deciding on states, dates, turns and references: never by the action's own lead, never twice."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_milestone, a_plan, an_action, an_update
from tracker.core import clock
from tracker.core.problems import Conflict, Forbidden, Invalid
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands import dates, links, signoffs, steps
from tracker.plans.commands.evidence import add_evidence, remove_evidence
from tracker.plans.models import Action, ActionLink, DateChange, Evidence, Milestone, MilestoneStep, Plan, SignOff
from tracker.plans.rules.dates import read_target_date
from tracker.plans.rules.states import (
    ActionState,
    DateChangeKind,
    DateChangeState,
    LinkKind,
    LinkStatus,
    StepKind,
)
from tracker.plans.rules.vocabulary import MilestoneKind, MilestoneState

REASON = "The minutes were read"


@pytest.fixture
def office(session: Session) -> Person:
    return a_person(session, Role.OFFICE, "Grace Adeyemi")


@pytest.fixture
def priya(session: Session) -> Person:
    return a_person(session, Role.LEAD)


@pytest.fixture
def plan(session: Session) -> Plan:
    return a_plan(session, approved_on="-60d")


@pytest.fixture
def action(session: Session, plan: Plan, priya: Person) -> Action:
    return an_action(session, plan, lead=priya, due=None)


def hold(session: Session, action: Action, *, reason: str, by: Person, version: int | None = None) -> SignOff:
    """Put an action on hold, to be looked at again in 30 days."""
    review_on = clock.today() + timedelta(days=30)
    return signoffs.hold(session, action, reason=reason, review_on=review_on, by=by, version=version)


def wish(
    session: Session, milestone: Milestone, text: str, by: Person, because: str = "The supplier is late"
) -> DateChange:
    to = read_target_date(text, today=date(2026, 11, 26))
    return dates.ask_date(session, milestone, to=to, because=because, by=by)


def claimed(session: Session, action: Action, by: Person) -> Action:
    milestone = a_milestone(session, action)
    steps.finish_milestone(session, milestone, on=date(2026, 11, 20), by=by)
    an_update(session, action, by=by, declared="C")
    return action


@pytest.mark.parametrize(
    ("text", "because", "kind"),
    [
        ("1 Dec 2026", "", DateChangeKind.PULL_IN),
        ("31 Mar 2027", "The supplier is late", DateChangeKind.SLIP),
        ("TBC", "No room is free", DateChangeKind.TO_BE_CONFIRMED),
    ],
)
def test_a_wish_says_which_way_the_date_goes(
    *, session: Session, action: Action, priya: Person, text: str, because: str, kind: DateChangeKind
) -> None:
    milestone = a_milestone(session, action, due=date(2026, 12, 31))
    assert wish(session, milestone, text, priya, because).kind is kind


@pytest.mark.parametrize("because", ["", "late"])
@pytest.mark.parametrize("text", ["31 Mar 2027", "TBC"])
def test_a_later_date_needs_a_reason_of_five_characters(
    session: Session, action: Action, priya: Person, text: str, because: str
) -> None:
    milestone = a_milestone(session, action, due=date(2026, 12, 31))
    with pytest.raises(Invalid, match="Say why the date") as refused:
        wish(session, milestone, text, priya, because)
    assert refused.value.field == "because"


@pytest.mark.parametrize(
    ("columns", "text"),
    [
        ({"due": date(2026, 12, 31)}, "31 Dec 2026"),
        ({"due": None}, "TBC"),
        ({"due": None, "kind": MilestoneKind.WAITING, "waits_on": "Cabinet"}, "Cabinet to agree"),
    ],
)
def test_the_present_date_cannot_be_asked_for(
    session: Session, action: Action, priya: Person, columns: dict[str, Any], text: str
) -> None:
    milestone = a_milestone(session, action, **columns)
    with pytest.raises(Invalid, match="already the date"):
        wish(session, milestone, text, priya)


def test_a_second_wish_ends_the_first(session: Session, action: Action, priya: Person) -> None:
    milestone = a_milestone(session, action, due=date(2026, 12, 31))
    first, second = wish(session, milestone, "Jan 2027", priya), wish(session, milestone, "Feb 2027", priya)
    assert [(one.number, one.state) for one in (first, second)] == [
        (1, DateChangeState.WITHDRAWN),
        (2, DateChangeState.ASKED),
    ]


def test_a_done_milestone_has_no_date_to_move(session: Session, action: Action, priya: Person, today: date) -> None:
    milestone = a_milestone(session, action)
    open_wish = wish(session, milestone, "Jun 2027", priya)
    steps.finish_milestone(session, milestone, on=today, by=priya)
    assert open_wish.state is DateChangeState.WITHDRAWN
    with pytest.raises(Conflict, match="its date stays"):
        wish(session, milestone, "Jul 2027", priya)


def test_approval_moves_the_date_and_keeps_the_first(
    session: Session, action: Action, priya: Person, office: Person
) -> None:
    milestone = a_milestone(session, action, due=date(2026, 12, 31))
    change = wish(session, milestone, "20 Jan 2027", priya)
    dates.approve_date(session, change, by=office, version=change.version)
    assert (milestone.first_due, milestone.due) == (date(2026, 12, 31), date(2027, 1, 20))
    assert (change.state, change.from_due, change.decided_by) == (
        DateChangeState.APPROVED,
        date(2026, 12, 31),
        office.id,
    )


def test_refusal_needs_words_and_leaves_the_date(
    session: Session, action: Action, priya: Person, office: Person
) -> None:
    milestone = a_milestone(session, action, due=date(2026, 12, 31))
    change = wish(session, milestone, "20 Jan 2027", priya)
    with pytest.raises(Invalid, match="Say why"):
        dates.refuse_date(session, change, by=office, note="")
    dates.refuse_date(session, change, by=office, note="It cannot wait")
    assert (change.state, milestone.due) == (DateChangeState.REFUSED, date(2026, 12, 31))


def test_a_date_is_decided_once(session: Session, action: Action, priya: Person, office: Person) -> None:
    change = wish(session, a_milestone(session, action, due=date(2026, 12, 31)), "20 Jan 2027", priya)
    with pytest.raises(Conflict):
        dates.approve_date(session, change, by=office, version=change.version + 1)
    dates.approve_date(session, change, by=office)
    for decide in (dates.approve_date, lambda *given, **said: dates.refuse_date(*given, **said, note="No")):
        with pytest.raises(Conflict, match="has been decided"):
            decide(session, change, by=office)


def test_nobody_decides_for_their_own_action(session: Session, plan: Plan) -> None:
    both = a_person(session, Role.OFFICE, "Grace Adeyemi", also=(Role.LEAD,))
    action = claimed(session, an_action(session, plan, lead=both, due=None), both)
    change = wish(session, a_milestone(session, action, title="Later step"), "Jun 2027", both)
    for decide in (
        lambda: dates.approve_date(session, change, by=both),
        lambda: dates.refuse_date(session, change, by=both, note="No"),
        lambda: signoffs.confirm_complete(session, action, reason=REASON, by=both),
        lambda: hold(session, action, reason=REASON, by=both),
        lambda: signoffs.withdraw_action(session, action, reason=REASON, by=both),
    ):
        with pytest.raises(Forbidden, match="You may not decide this"):
            decide()


Act = Callable[..., object]
ACTS: list[tuple[str, Act, dict[ActionState, ActionState]]] = [
    ("confirm", signoffs.confirm_complete, {ActionState.CLAIMED: ActionState.COMPLETE}),
    ("send back", signoffs.send_back, {ActionState.CLAIMED: ActionState.IN_PROGRESS}),
    (
        "hold",
        hold,
        dict.fromkeys((ActionState.AGREED, ActionState.IN_PROGRESS, ActionState.CLAIMED), ActionState.ON_HOLD),
    ),
    ("resume", signoffs.resume, {ActionState.ON_HOLD: ActionState.IN_PROGRESS}),
    (
        "withdraw",
        signoffs.withdraw_action,
        dict.fromkeys(
            (ActionState.AGREED, ActionState.IN_PROGRESS, ActionState.CLAIMED, ActionState.ON_HOLD),
            ActionState.WITHDRAWN,
        ),
    ),
    (
        "re-open",
        signoffs.reopen,
        {
            **dict.fromkeys(
                (ActionState.COMPLETE, ActionState.WITHDRAWN, ActionState.SUPERSEDED), ActionState.IN_PROGRESS
            ),
            ActionState.EMBEDDED: ActionState.COMPLETE,
        },
    ),
]


def in_state(session: Session, action: Action, state: ActionState, priya: Person, office: Person) -> Action:
    """Bring an action into a state by the commands."""
    if state in {ActionState.CLAIMED, ActionState.COMPLETE, ActionState.EMBEDDED}:
        claimed(session, action, priya)
    if state in {ActionState.COMPLETE, ActionState.EMBEDDED}:
        signoffs.confirm_complete(session, action, reason=REASON, by=office)
    by_command: dict[ActionState, Act] = {ActionState.ON_HOLD: hold, ActionState.WITHDRAWN: signoffs.withdraw_action}
    if state in by_command:
        by_command[state](session, action, reason=REASON, by=office)
    if state is ActionState.IN_PROGRESS:
        an_update(session, action, by=priya)
    if state in {ActionState.EMBEDDED, ActionState.SUPERSEDED}:
        action.state = state
        session.flush()
    return action


@pytest.mark.parametrize("state", list(ActionState))
@pytest.mark.parametrize(("name", "act", "leads_to"), ACTS)
def test_each_decision_fits_some_states_only(
    *,
    session: Session,
    action: Action,
    priya: Person,
    office: Person,
    name: str,
    act: Act,
    leads_to: dict[ActionState, ActionState],
    state: ActionState,
) -> None:
    in_state(session, action, state, priya, office)
    if state in leads_to:
        act(session, action, reason=REASON, by=office, version=action.version)
        assert action.state is leads_to[state]
    else:
        with pytest.raises(Conflict):
            act(session, action, reason=REASON, by=office)
        assert action.state is state


@pytest.mark.parametrize(("name", "act", "leads_to"), ACTS)
def test_each_decision_needs_a_reason_and_the_version_seen(
    *, session: Session, action: Action, priya: Person, office: Person, name: str, act: Act, leads_to: dict[Any, Any]
) -> None:
    in_state(session, action, next(iter(leads_to)), priya, office)
    with pytest.raises(Invalid) as refused:
        act(session, action, reason="", by=office)
    assert refused.value.field == "reason"
    with pytest.raises(Conflict, match="has changed since"):
        act(session, action, reason=REASON, by=office, version=action.version + 1)


def test_a_claim_stands_again_after_a_hold(session: Session, action: Action, priya: Person, office: Person) -> None:
    claimed(session, action, priya)
    hold(session, action, reason=REASON, by=office)
    signoffs.resume(session, action, reason=REASON, by=office)
    assert action.state is ActionState.CLAIMED


def test_reopening_says_which_milestones_are_not_done(
    session: Session, action: Action, priya: Person, office: Person
) -> None:
    claimed(session, action, priya)
    milestone = session.scalars(select(Milestone)).one()
    signoffs.confirm_complete(session, action, reason=REASON, by=office)
    signoffs.reopen(session, action, reason="The audit found it was not", by=office, not_done=[milestone])
    assert (milestone.state, milestone.done_on, action.state) == (
        MilestoneState.NOT_STARTED,
        None,
        ActionState.IN_PROGRESS,
    )


def test_a_claim_with_a_new_open_milestone_is_not_confirmed(
    session: Session, action: Action, priya: Person, office: Person
) -> None:
    claimed(session, action, priya)
    a_milestone(session, action, title="Added later")
    with pytest.raises(Invalid, match="still has work to do"):
        signoffs.confirm_complete(session, action, reason=REASON, by=office)


def test_a_claim_without_evidence_is_not_confirmed(
    session: Session, action: Action, priya: Person, office: Person
) -> None:
    claimed(session, action, priya)
    shown = session.scalars(select(Evidence)).one()
    remove_evidence(session, action, shown, why="Another action's", by=office)
    with pytest.raises(Invalid, match="has no evidence yet"):
        signoffs.confirm_complete(session, action, reason=REASON, by=office)
    add_evidence(session, action, text="Seen at work", by=office)
    signoffs.confirm_complete(session, action, reason=REASON, by=office)
    assert action.state is ActionState.COMPLETE


def test_turns_are_settled_once_each(
    session: Session, action: Action, priya: Person, office: Person, today: date
) -> None:
    first = today - timedelta(days=10)
    milestone = a_milestone(session, action, due=first, kind=MilestoneKind.RECURRING, every_weeks=1)
    steps.tick_occurrence(session, milestone, due=first, on=today, by=priya)
    second = first + timedelta(weeks=1)
    with pytest.raises(Forbidden, match="You may not decide this"):
        steps.excuse_occurrence(session, milestone, due=second, reason="Half-term", by=priya)
    steps.excuse_occurrence(session, milestone, due=second, reason="Half-term", by=office)
    for due in (first, second):
        with pytest.raises(Conflict, match="settled already"):
            steps.tick_occurrence(session, milestone, due=due, on=today, by=priya)
    with pytest.raises(Invalid, match="has no turn on"):
        steps.tick_occurrence(session, milestone, due=first + timedelta(days=1), on=today, by=priya)
    assert [step.kind for step in session.scalars(select(MilestoneStep).order_by(MilestoneStep.id))] == [
        StepKind.DONE,
        StepKind.EXCUSED,
    ]


def reference(session: Session, action: Action, to: Action | None = None) -> ActionLink:
    link = ActionLink(
        from_id=action.id,
        to_id=to.id if to else None,
        kind=LinkKind.CROSS_REFERENCE,
        text="see 6.3",
        status=LinkStatus.PROPOSED,
    )
    session.add(link)
    session.flush()
    return link


@pytest.mark.parametrize("role", [Role.LEAD, Role.AUDITOR, Role.ADMIN, Role.ASSURANCE])
def test_the_office_alone_settles_a_reference(session: Session, plan: Plan, action: Action, role: Role) -> None:
    target, link, person = an_action(session, plan), reference(session, action), a_person(session, role, "Sam Reed")
    with pytest.raises(Forbidden):
        links.confirm_link(session, link, target=target, kind=LinkKind.CROSS_REFERENCE, by=person, version=link.version)
    with pytest.raises(Forbidden):
        links.reject_link(session, link, by=person, version=link.version)
    assert link.status is LinkStatus.PROPOSED


def test_a_reference_is_settled_once(session: Session, plan: Plan, action: Action, office: Person) -> None:
    target, link = an_action(session, plan), reference(session, action)
    with pytest.raises(Invalid, match="cannot point to itself"):
        links.confirm_link(session, link, target=action, kind=LinkKind.DEPENDS_ON, by=office, version=link.version)
    links.confirm_link(session, link, target=target, kind=LinkKind.DEPENDS_ON, by=office, version=link.version)
    assert (link.to_id, link.status, link.kind) == (target.id, LinkStatus.CONFIRMED, LinkKind.DEPENDS_ON)
    with pytest.raises(Conflict):
        links.reject_link(session, link, by=office, version=link.version)


def test_two_actions_do_not_wait_for_each_other(session: Session, plan: Plan, action: Action, office: Person) -> None:
    other = an_action(session, plan)
    links.add_dependency(session, action, on=other, by=office)
    with pytest.raises(Invalid, match=r"a circle: 1\.2 waits for 1\.1, which waits for 1\.2"):
        links.add_dependency(session, other, on=action, by=office)
    with pytest.raises(Invalid, match="stands already"):
        links.add_dependency(session, action, on=other, by=office)
