"""The delivery rule in SQL and in Python give the same codes, whatever the facts and the day (domain A0)."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.plans import a_plan, an_action
from tests.unit.plans.test_outlook_any_day import APPROVED, DEFAULTS, LAST_OFFSET, overridden_actions
from tracker.plans.models import Action
from tracker.plans.queries.rag import effective_rag
from tracker.plans.rules.facts import ActionFacts
from tracker.plans.rules.outlook import Outlook, outlook


@pytest.fixture
def action_id(session: Session) -> int:
    return an_action(session, a_plan(session, approved_on=APPROVED)).id


def columns(found: Outlook) -> dict[str, object]:
    """The columns that keep an outlook."""
    declared = found.declared
    return {
        "closed_code": found.closed.value if found.closed else None,
        "declared_code": declared.value if declared and not declared.is_closed else None,
        "amber_from": found.amber_from,
        "red_from": found.red_from,
        "is_unscheduled": found.unscheduled,
        "override_code": found.override.value.value if found.override and found.override_until else None,
        "override_until": found.override_until,
    }


def store(session: Session, action_id: int, **values: object) -> None:
    action = session.get_one(Action, action_id)
    for name, value in values.items():
        setattr(action, name, value)
    session.flush()


def code_in_sql(session: Session, action_id: int, day: date) -> str:
    return session.scalars(select(effective_rag(day)).where(Action.id == action_id)).one()


@pytest.mark.both_databases
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=overridden_actions, offsets=st.lists(st.integers(0, LAST_OFFSET), min_size=1, max_size=6))
def test_sql_and_python_agree(session: Session, action_id: int, facts: ActionFacts, offsets: list[int]) -> None:
    found = outlook(facts, DEFAULTS)
    store(session, action_id, **columns(found))
    # The days on which something turns, and those before, are where the two could differ.
    days = {APPROVED + timedelta(days=offset) for offset in offsets}
    for turning in (found.amber_from, found.red_from, found.override_until):
        if turning is not None:
            days |= {max(turning + timedelta(days=offset), APPROVED) for offset in (-1, 0, 1)}
    for day in days:
        assert code_in_sql(session, action_id, day) == found.effective_on(day).value, day
    store(session, action_id, declared_code=None)
    for day in days:
        assert code_in_sql(session, action_id, day) == found.overridden_on(day).value, day
    store(session, action_id, override_code=None, override_until=None)
    for day in days:
        assert code_in_sql(session, action_id, day) == found.computed_on(day).value, day


def test_a_closed_action_ignores_dates_and_declarations_in_sql(session: Session, action_id: int) -> None:
    day = date(2026, 2, 1)
    store(session, action_id, closed_code="C", declared_code="R", amber_from=None, red_from=day, is_unscheduled=True)
    assert code_in_sql(session, action_id, day) == "C"
