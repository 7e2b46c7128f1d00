"""What a later version leaves behind: earlier numbers and words, the day of each part, and a plan that stays."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.conftest import A_THURSDAY
from tests.support.builders.plans import a_plan, an_action
from tests.support.checked_client import CheckedClient
from tests.support.later_versions import LATER
from tests.support.plan_forms import as_text
from tracker.core.problems import Conflict
from tracker.people.models import Person
from tracker.plans.commands.agreeing import Agreed, agree_actions
from tracker.plans.commands.editing import add_action
from tracker.plans.commands.numbering import move_action, renumber_plan
from tracker.plans.commands.reimport import (
    LaterVersion,
    differences,
    discard_reimport,
    fingerprint,
    keep_reimport,
    take_in_pending,
)
from tracker.plans.commands.undoing import undo_import, why_not_undone
from tracker.plans.imports.later_version import read_later_version
from tracker.plans.imports.plan_file import PlanFile
from tracker.plans.imports.text_plan import import_plan
from tracker.plans.models import Area, FormerNumber, FormerWording, PendingReimport, Plan, PlanVersion, Reimport
from tracker.plans.queries.imports import import_of_plan
from tracker.plans.rules.dates import read_target_date
from tracker.plans.rules.states import PlanStatus
from tracker.plans.rules.vocabulary import ActionKind

KEY = '{"Green": "G", "Amber": "A", "Red": "R"}'
LATER_THAT_DAY = A_THURSDAY + timedelta(minutes=5)
HoldClock = Callable[..., object]


@pytest.fixture
def plan(session: Session, office: Person) -> Plan:
    approved_on = date(2026, 11, 2)
    report = import_plan(session, raw=as_text(), name="plan.txt", title="Plan 2027", approved_on=approved_on, key=KEY)
    assert report.plan is not None
    session.commit()
    return report.plan


def brought(plan: Plan) -> LaterVersion:
    return read_later_version(PlanFile(as_text(LATER), "plan-2.txt"), plan)


def take(session: Session, plan: Plan, pending: PendingReimport, by: Person, *codes: str) -> None:
    seen = fingerprint(differences(session, plan, brought(plan).content))
    take_in_pending(session, plan, pending, codes=codes, seen=seen, by=by)
    session.commit()


def test_an_old_number_leads_on_and_the_old_words_are_kept_as_after_an_edit(
    client: CheckedClient, session: Session, plan: Plan, office: Person
) -> None:
    before = plan.version
    pending = keep_reimport(session, plan, brought(plan), by=office)
    take(session, plan, pending, office, "renumbered-2.1", "reworded-1.1", "area-reworded-2")
    assert plan.version > before
    assert session.scalars(select(FormerNumber.number)).all() == ["2.1"]
    words = session.execute(select(FormerWording.what, FormerWording.before).order_by(FormerWording.id)).all()
    assert sorted((row.what.value, row.before) for row in words) == [
        ("action", "Count caseloads in every team"),
        ("area", "Make supervision regular"),
    ]
    client.sign_in(office)
    assert client.get(f"/plans/{plan.slug}/2.1").location == f"/plans/{plan.slug}/2.3"
    client.get(f"/plans/{plan.slug}/2.3")
    assert "2.1 is now 2.3 since 26 Nov 2026" in client.text
    assert client.text.count("Another number: came with plan-2.txt") == 1
    assert "Renumbered" not in client.text
    client.get(f"/plans/{plan.slug}/1.1")
    assert client.text.count("Action reworded: came with plan-2.txt") == 1
    assert "Action changed" not in client.text
    client.get(f"/plans/{plan.slug}/areas/2/edit")
    assert "Area changed. Before: Make supervision regular" in client.text


def test_what_is_taken_in_on_another_day_is_told_as_of_that_day(
    session: Session, plan: Plan, office: Person, clock_at: HoldClock
) -> None:
    pending = keep_reimport(session, plan, brought(plan), by=office)
    take(session, plan, pending, office, "reworded-1.1")
    take(session, plan, pending, office, "lead-1.2")
    clock_at(A_THURSDAY + timedelta(days=2))
    take(session, plan, pending, office, "new-1.4")
    days = session.scalars(select(Reimport.taken_on).order_by(Reimport.id)).all()
    assert days == [date(2026, 11, 26), date(2026, 11, 28)]


def test_nothing_is_taken_into_a_plan_that_is_over(session: Session, plan: Plan, office: Person) -> None:
    pending = keep_reimport(session, plan, brought(plan), by=office)
    plan.status = PlanStatus.CLOSED
    with pytest.raises(Conflict, match="nothing in it is changed any more"):
        take(session, plan, pending, office, "reworded-1.1")


def test_a_new_action_takes_no_number_that_another_had(session: Session, office: Person) -> None:
    plan = a_plan(session, slug="plan")
    first = an_action(session, plan, title="First")
    vague = an_action(session, plan, title="Further actions to be agreed", kind=ActionKind.PLACEHOLDER)
    moving = an_action(session, plan, title="Moving")
    other = Area(plan_id=plan.id, number=2, label="2", title="Early help")
    session.add(other)
    session.flush()
    assert (first.ref, vague.ref, moving.ref) == ("1.1", "1.2", "1.3")
    move_action(session, plan, moving, to="2", by=office, version=plan.version)
    renumber_plan(session, plan, by=office, version=plan.version)
    assert moving.ref == "2.1"
    due = read_target_date("Mar 2027", today=A_THURSDAY.date())
    [agreed] = agree_actions(session, vague, [Agreed("Name a lead", None, due)], reason="Agreed", by=office)
    area = session.get_one(Area, first.area_id)
    kind = ActionKind.STANDARD
    added = add_action(session, area, title="Added", kind=kind, lead=None, by=office, version=area.version)
    assert (agreed.ref, added.ref) == ("1.4", "1.5")


@pytest.mark.both_databases
def test_a_plan_that_had_a_later_version_is_not_taken_back(
    session: Session, plan: Plan, office: Person, clock_at: HoldClock
) -> None:
    made = import_of_plan(session, plan)
    assert made is not None
    clock_at(LATER_THAT_DAY)
    pending = keep_reimport(session, plan, brought(plan), by=office)
    waits = "This plan was worked on since it came in: a later version of it waits for somebody's word"
    assert why_not_undone(session, made) == waits
    discard_reimport(session, pending)
    assert why_not_undone(session, made) == ""
    pending = keep_reimport(session, plan, brought(plan), by=office)
    take(session, plan, pending, office, "gone-2.2")
    discard_reimport(session, pending)
    assert why_not_undone(session, made).endswith("something of a later version was taken in")
    with pytest.raises(Conflict, match="a later version was taken in"):
        undo_import(session, made, by=office)
    assert session.scalar(select(func.count(PlanVersion.id))) == 1
