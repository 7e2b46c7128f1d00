"""The benchmark loads plans of the promised size, rated by the service's own rule, and leaves the log alone."""

from datetime import date

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bench.loading import load_plans
from bench.plan_text import plan_text
from bench.sizes import ACTIONS_OF_THE_LEAD
from tracker.core.changelog.tables import log_entry
from tracker.people.models import Person
from tracker.people.queries import rights
from tracker.plans.models import Action, Milestone, Plan, Update
from tracker.plans.queries.facts import outlooks
from tracker.plans.queries.mine import my_actions
from tracker.plans.rules.reading import WarningCode, read_plan


def number_of(session: Session, kind: type[Action | Milestone | Update | Plan]) -> int:
    return session.scalar(select(func.count()).select_from(kind)) or 0


def test_150_plans_would_have_15_000_actions_30_000_milestones_and_200_000_updates(
    app: Flask, session: Session
) -> None:
    subject = load_plans(app, 2)
    assert [number_of(session, kind) for kind in (Plan, Action, Milestone, Update)] == [2, 200, 400, 2668]
    assert 75 * 2668 == 200_100
    assert session.scalar(select(func.count()).select_from(log_entry)) == 0
    lead = session.scalars(select(Person).where(Person.email == subject.lead).options(*rights())).one()
    assert len(my_actions(session, lead)) == ACTIONS_OF_THE_LEAD


def test_the_loaded_ratings_are_those_of_the_rule(app: Flask, session: Session, today: date) -> None:
    subject = load_plans(app, 1)
    plan = session.scalars(select(Plan).where(Plan.slug == subject.slug)).one()
    found = outlooks(session, plan, day=today)
    stored = {action.id: (action.amber_from, action.red_from) for action in session.scalars(select(Action))}
    assert stored == {key: (outlook.amber_from, outlook.red_from) for key, outlook in found.items()}
    assert len({outlook.effective_on(today) for outlook in found.values()}) >= 4


def test_the_imported_text_is_read_whole() -> None:
    reading = read_plan(plan_text(1), approved_on=date(2026, 1, 13))
    actions = [action for area in reading.areas for action in area.actions]
    assert len(actions) == 48
    assert {len(action.milestones) for action in actions} == {2}
    assert [doubt.line for doubt in reading.warnings if doubt.code is WarningCode.UNREAD] == [1]
    assert plan_text(1) != plan_text(2)
