"""A delivery lead's month by keyboard alone: confirm, report red with a new date, take it back, claim the end."""

from collections.abc import Callable
from datetime import date

from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tests.support.journeys import records as stored
from tests.support.journeys.keyboard import Keyboard
from tracker.plans.rules.states import ActionState, DateChangeState, DeclaredRag, UpdateState

SitDown = Callable[[str], Keyboard]
PLAN = "/plans/childrens-social-care-improvement-plan-2025"


def test_a_lead_confirms_with_one_press_that_nothing_has_changed(sit_down: SitDown, records: Session) -> None:
    before = stored.latest_update(records, "16.1").id
    tom = sit_down("lead")
    tom.visit("/my/actions?show=all")
    tom.skip_to_content()
    tom.send("No change: still green 16.1")
    tom.is_told("Confirmed, no change: 16.1")
    confirmed = stored.latest_update(records, "16.1")
    assert confirmed.id > before
    assert confirmed.is_no_change


def test_a_lead_reports_red_with_a_reason_and_a_new_date_and_takes_it_back(sit_down: SitDown, records: Session) -> None:
    tom = sit_down("lead")
    tom.visit("/my/actions?show=all")
    tom.skip_to_content()
    tom.follow("Update 13.2")
    _report_red(tom)
    tom.send("Save update")
    tom.is_told("Update saved: 13.2")
    update, asked = stored.latest_update(records, "13.2"), stored.latest_date_change(records, "13.2")
    assert (update.declared, update.why) == (DeclaredRag.RED, "Only 12 of 40 young people could be reached.")
    assert (asked.state, asked.to_due, asked.reason) == (
        DateChangeState.ASKED,
        date(2027, 4, 30),
        "Two rounds of visits.",
    )
    _take_back(tom)
    assert stored.latest_update(records, "13.2").state is UpdateState.WITHDRAWN
    assert stored.latest_date_change(records, "13.2").state is DateChangeState.WITHDRAWN


def test_a_lead_claims_that_an_action_is_complete_and_the_office_confirms_it(
    sit_down: SitDown, records: Session
) -> None:
    tom = sit_down("lead")
    tom.visit(f"{PLAN}/6.3")
    tom.skip_to_content()
    tom.choose("How is this action now?", "Complete")
    tom.choose("Proposed framework agreed", "Done")
    tom.open("Add evidence, or ask the meeting for something")
    tom.write("What shows it?", "Minute of the partnership board of 24 November.")
    tom.send("Save update")
    tom.is_told("Update saved: 6.3")
    assert stored.action(records, "6.3").state is ActionState.CLAIMED
    daniel = sit_down("office")
    daniel.visit(f"{PLAN}/6.3")
    daniel.follow("Confirm that it is complete")
    daniel.write("Reason", "The minute agrees all eleven outcomes.")
    daniel.send("Confirm 6.3")
    daniel.is_told("Confirmed: 6.3")
    assert stored.action(records, "6.3").state is ActionState.COMPLETE


def _report_red(tom: Keyboard) -> None:
    tom.choose("How is this action now?", "Red")
    tom.write("Why is it red?", "Only 12 of 40 young people could be reached.")
    tom.write("What are you doing about it?", "John Marsh visits the rest by March.")
    tom.open("Change the date of “Check of 40 young people finished”")
    tom.write("New date", "apr 2027")
    expect(tom.page.get_by_text("due by 30 April 2027").first).to_be_visible()
    tom.pick("What moved it?", "The work is larger than planned")
    tom.write("Why has it moved?", "Two rounds of visits.")


def _take_back(tom: Keyboard) -> None:
    tom.follow("Undo or change it")
    tom.follow("Take it back")
    tom.write("Why do you take it back?", "Meant for another action.")
    tom.send("Take back the update")
    tom.is_told("Update taken back: 13.2")
