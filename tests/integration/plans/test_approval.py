"""Approving single actions later than their plan: who may, when, and what it does to the colour."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_plan, an_action
from tracker.core.problems import Conflict, Forbidden, Invalid
from tracker.people.rules import Role
from tracker.plans.commands.approval import approve_action
from tracker.plans.models import Milestone
from tracker.plans.queries.facts import outlooks
from tracker.plans.rules.states import ActionState


def test_the_clocks_of_undated_work_run_from_the_action_s_own_approval(session: Session, today: date) -> None:
    office = a_person(session, Role.OFFICE, name="Daniel Hughes")
    plan = a_plan(session, approved_on="-200d")
    action = an_action(session, plan, due=None)
    session.add(Milestone(action_id=action.id, position=1, title="Agree the rest", kind="undated", precision="none"))
    approve_action(session, action, on=today - timedelta(days=10), by=office)
    assert action.approved_on == today - timedelta(days=10)
    assert action.changed_by == office.id
    assert action.red_from is not None
    assert action.red_from > today
    fresh = outlooks(session, plan, day=today)[action.id]
    assert (action.amber_from, action.red_from) == (fresh.amber_from, fresh.red_from)


@pytest.mark.parametrize(("days", "sentence"), [(-61, "The plan was approved on"), (1, "in the future")])
def test_a_day_before_the_plan_or_in_the_future_is_refused(
    session: Session, today: date, days: int, sentence: str
) -> None:
    office = a_person(session, Role.OFFICE)
    action = an_action(session, a_plan(session, approved_on="-60d"))
    with pytest.raises(Invalid, match=sentence) as refused:
        approve_action(session, action, on=today + timedelta(days=days), by=office)
    assert refused.value.field == "approved_on"
    assert action.approved_on is None


def test_only_the_office_may_and_never_who_leads_the_action(session: Session, today: date) -> None:
    lead = a_person(session, Role.LEAD, name="Priya Nair")
    both = a_person(session, Role.OFFICE, name="Moira Fenn", also=(Role.LEAD,))
    plan = a_plan(session)
    for by in (lead, both):
        action = an_action(session, plan, lead=by)
        with pytest.raises(Forbidden):
            approve_action(session, action, on=today, by=by)


def test_an_action_of_a_draft_a_closed_one_and_a_changed_one_are_refused(session: Session, today: date) -> None:
    office = a_person(session, Role.OFFICE)
    plan = a_plan(session)
    with pytest.raises(Conflict, match="draft"):
        approve_action(session, an_action(session, a_plan(session, approved_on=None)), on=today, by=office)
    with pytest.raises(Conflict, match="withdrawn"):
        approve_action(session, an_action(session, plan, state=ActionState.WITHDRAWN), on=today, by=office)
    action = an_action(session, plan)
    with pytest.raises(Conflict, match="has changed"):
        approve_action(session, action, on=today, by=office, version=action.version + 1)
