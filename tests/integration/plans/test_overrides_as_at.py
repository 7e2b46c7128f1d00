"""An override counts from its approval to its last day and falls back by itself, on any day that is asked for."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_concern, a_sent_audit, a_theme
from tests.support.builders.impact import a_link
from tests.support.builders.people import a_body, a_meeting, a_person
from tests.support.builders.plans import a_plan, an_action, an_area
from tracker.core.problems import Conflict, Forbidden, Invalid
from tracker.impact.commands import approve_override, ask_override, refuse_override, withdraw_override
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands.evidence import add_evidence, remove_evidence
from tracker.plans.exports.rag_document import rag_document
from tracker.plans.models import Action, Override, Plan
from tracker.plans.queries.rag import effective_rag
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.vocabulary import ActionKind

HoldClock = Callable[[date | datetime], datetime]
WHY = "The last two posts are filled and start on Monday"
pytestmark = pytest.mark.both_databases


@pytest.fixture
def office(session: Session, clock_at: HoldClock) -> Person:
    clock_at(date(2026, 1, 13))
    return a_person(session, Role.OFFICE, "Grace Adeyemi")


@pytest.fixture
def tom(session: Session, office: Person) -> Person:
    return a_person(session, Role.LEAD, "Tom Whitcombe")


@pytest.fixture
def plan(session: Session, office: Person) -> Plan:
    made = a_plan(session, slug="plan", approved_on=date(2026, 1, 13))
    an_area(session, made)
    return made


@pytest.fixture
def action(session: Session, plan: Plan, tom: Person) -> Action:
    """Due on 1 March: amber from 2 March, red from 30 March, 56 days late on 26 April."""
    return an_action(session, plan, due="2026-03-01", lead=tom)


def asked(session: Session, action: Action, by: Person, value: Rag = Rag.AMBER) -> Override:
    piece = add_evidence(session, action, text="Both contracts are signed", by=by)
    return ask_override(session, action, value=value, reason=WHY, evidence=piece, by=by)


def colours(session: Session, plan: Plan, *days: date) -> str:
    session.expire_all()
    return "".join(rag_document(session, plan, as_at=day)["actions"]["1.1"]["effective"] for day in days)


def days_from(first: date, number: int) -> list[date]:
    return [first + timedelta(days=offset) for offset in range(number)]


def test_it_lapses_by_itself_after_35_days(
    *, session: Session, clock_at: HoldClock, plan: Plan, action: Action, tom: Person, office: Person
) -> None:
    clock_at(date(2026, 4, 9))
    override = asked(session, action, tom)
    clock_at(date(2026, 4, 10))
    approve_override(session, override, by=office)
    assert override.expires_on == date(2026, 5, 15)
    known = [date(2026, 4, 9), date(2026, 4, 10), date(2026, 5, 15), date(2026, 5, 16), date(2026, 7, 1)]
    assert colours(session, plan, *known) == "RAARR"
    found = rag_document(session, plan, as_at=date(2026, 5, 15))["actions"]["1.1"]
    assert (found["computed"], found["override"]) == ("R", {"rag": "A", "until": "2026-05-15"})
    assert rag_document(session, plan, as_at=date(2026, 5, 16))["actions"]["1.1"]["override"] is None
    for day in days_from(date(2026, 4, 10), 50):
        in_sql = session.scalar(select(effective_rag(day)).where(Action.id == action.id))
        assert in_sql == colours(session, plan, day)


def test_it_ends_at_the_next_assurance_meeting_when_that_is_sooner(
    *, session: Session, clock_at: HoldClock, plan: Plan, action: Action, tom: Person, office: Person
) -> None:
    body = a_body(session)
    clock_at(date(2026, 4, 10))
    for day in (date(2026, 4, 10), date(2026, 4, 23), date(2026, 6, 1)):
        a_meeting(session, body, day)
    override = asked(session, action, tom)
    approve_override(session, override, by=office)
    assert override.expires_on == date(2026, 4, 23)
    assert colours(session, plan, date(2026, 4, 23), date(2026, 4, 24)) == "AR"


def test_green_over_amber_ends_on_the_day_before_the_dates_say_red(
    *, session: Session, clock_at: HoldClock, plan: Plan, action: Action, tom: Person, office: Person
) -> None:
    clock_at(date(2026, 3, 10))
    approve_override(session, asked(session, action, tom, Rag.GREEN), by=office)
    assert colours(session, plan, date(2026, 3, 10), date(2026, 3, 29), date(2026, 3, 30)) == "GGR"
    session.expire_all()
    assert action.override_until == date(2026, 3, 29)


def test_taken_back_early_it_counts_to_the_day_before(
    *, session: Session, clock_at: HoldClock, plan: Plan, action: Action, tom: Person, office: Person
) -> None:
    clock_at(date(2026, 4, 10))
    override = asked(session, action, tom)
    approve_override(session, override, by=office)
    clock_at(date(2026, 4, 14))
    with pytest.raises(Forbidden, match="Only who asked"):
        withdraw_override(session, override, by=office)
    withdraw_override(session, override, by=tom)
    assert colours(session, plan, date(2026, 4, 13), date(2026, 4, 14)) == "AR"
    with pytest.raises(Conflict, match="taken back"):
        withdraw_override(session, override, by=tom)


def test_another_override_takes_the_place_of_the_one_before(
    *, session: Session, clock_at: HoldClock, plan: Plan, action: Action, tom: Person, office: Person
) -> None:
    member = a_person(session, Role.ASSURANCE, "Helen Marsh")
    clock_at(date(2026, 4, 10))
    first = asked(session, action, tom)
    approve_override(session, first, by=office)
    clock_at(date(2026, 4, 20))
    second = asked(session, action, tom, Rag.GREEN)
    with pytest.raises(Forbidden):
        approve_override(session, second, by=office)
    approve_override(session, second, by=member)
    assert first.ended_on == date(2026, 4, 20)
    assert colours(session, plan, date(2026, 4, 19), date(2026, 4, 20), date(2026, 5, 25), date(2026, 5, 26)) == "AGGR"


def test_more_than_56_days_overdue_is_refused_at_asking_and_at_deciding(
    session: Session, clock_at: HoldClock, action: Action, tom: Person, office: Person
) -> None:
    clock_at(date(2026, 4, 26))
    override = asked(session, action, tom)
    clock_at(date(2026, 4, 27))
    with pytest.raises(Conflict, match="57 days overdue"):
        approve_override(session, override, by=office)
    refuse_override(session, override, by=office, note="It is too late for that")
    with pytest.raises(Invalid, match="57 days overdue"):
        asked(session, action, tom)


def test_without_a_lead_and_for_a_placeholder_it_is_refused(
    session: Session, clock_at: HoldClock, plan: Plan, office: Person
) -> None:
    alone = an_action(session, plan, due="2026-03-01", lead=None)
    vague = an_action(session, plan, title="Further actions", due="2026-03-01", kind=ActionKind.PLACEHOLDER)
    clock_at(date(2026, 3, 10))
    with pytest.raises(Invalid, match="has no lead"):
        asked(session, alone, office, Rag.GREEN)
    with pytest.raises(Invalid, match="never green"):
        asked(session, vague, office, Rag.GREEN)


def test_an_open_concern_on_a_linked_theme_forbids_it(
    session: Session, clock_at: HoldClock, action: Action, tom: Person
) -> None:
    clock_at(date(2026, 4, 10))
    theme = a_theme(session)
    a_link(session, theme, action)
    audit = a_sent_audit(session, developments={"assessment": "Say who weighs the history"})
    concern = a_concern(session, audit, by=audit.auditor)
    with pytest.raises(Invalid, match="immediate concern"):
        asked(session, action, tom)
    concern.acknowledged_at = concern.told_at
    session.flush()
    assert asked(session, action, tom).over == "R"


def test_evidence_of_another_action_or_taken_from_view_does_not_do(
    session: Session, clock_at: HoldClock, plan: Plan, action: Action, tom: Person
) -> None:
    other = an_action(session, plan, due="2026-03-01", lead=tom)
    clock_at(date(2026, 4, 10))
    elsewhere = add_evidence(session, other, text="Minutes", by=tom)
    gone = add_evidence(session, action, text="Minutes", by=tom)
    remove_evidence(session, action, gone, why="The wrong ones", by=tom, version=gone.version)
    for piece in (elsewhere, gone, None):
        with pytest.raises(Invalid, match=r"evidence of 1\.1"):
            ask_override(session, action, value=Rag.AMBER, reason=WHY, evidence=piece, by=tom)


def test_the_command_line_says_the_same(
    *, app: Flask, session: Session, clock_at: HoldClock, action: Action, tom: Person, office: Person
) -> None:
    clock_at(date(2026, 4, 10))
    approve_override(session, asked(session, action, tom), by=office)
    session.commit()
    said = ""
    for day in ("2026-04-09", "2026-04-10", "2026-05-15", "2026-05-16"):
        printed = app.test_cli_runner().invoke(args=["rag", "plan", "--as-at", day, "--json"]).output
        said += json.loads(printed)["actions"]["1.1"]["effective"]
    assert said == "RAAR"
