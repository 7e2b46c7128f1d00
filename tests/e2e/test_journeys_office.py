"""The programme office's part by keyboard alone: sign in, agree to a date, settle a doubt, link a theme."""

from collections.abc import Callable
from datetime import date

from playwright.sync_api import Page, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.journeys import records as stored
from tests.support.journeys.keyboard import Keyboard
from tests.support.journeys.visitors import PASSWORD, email_of
from tracker.impact.models import ThemeAction
from tracker.plans.models import ImportDoubt
from tracker.plans.rules.states import DateChangeState

SitDown = Callable[[str], Keyboard]
TITLE = "Children's social care improvement plan 2025"
PLAN = "/plans/childrens-social-care-improvement-plan-2025"


def test_the_office_signs_in_finds_an_asked_date_and_agrees_in_one_press(page: Page, records: Session) -> None:
    daniel = Keyboard(page)
    daniel.visit("/")
    daniel.write("E-mail address", email_of("office"))
    daniel.write("Password", PASSWORD)
    daniel.send("Sign in")
    expect(page.get_by_role("heading", level=1)).to_have_text("Programme office")
    daniel.follow("Plans")
    daniel.follow(TITLE)
    daniel.visit(f"{PLAN}/13.1")
    daniel.send("Agree to 1 Dec 2026 for Monthly watch on plans out of date")
    daniel.is_told("Date agreed: 13.1, Monthly watch on plans out of date")
    agreed = stored.latest_date_change(records, "13.1")
    assert (agreed.state, agreed.decided_on) == (DateChangeState.APPROVED, date(2026, 11, 26))
    moved = stored.milestone(records, "13.1", "Monthly watch on plans out of date")
    assert (moved.due, moved.first_due) == (date(2026, 12, 1), date(2026, 11, 6))


def test_a_member_of_the_body_agrees_to_what_the_office_may_not(sit_down: SitDown, records: Session) -> None:
    margaret = sit_down("assurance")
    margaret.visit("/plans")
    margaret.follow("Decisions")
    margaret.follow("Start stage 1 of the reorganisation, so that children change social worker less often")
    expect(margaret.page.locator("main")).to_contain_text("so the assurance body decides")
    margaret.send("Agree to Jan 2027")
    margaret.is_told("Date agreed: 1.3, New team structure live")
    moved = stored.milestone(records, "1.3", "New team structure live")
    assert (moved.due, moved.first_due) == (date(2027, 1, 31), date(2026, 7, 31))


def test_the_office_settles_a_doubt_of_the_import(sit_down: SitDown, records: Session) -> None:
    waiting = _open_doubts(records)
    daniel = sit_down("office")
    daniel.visit(PLAN)
    daniel.skip_to_content()
    daniel.follow("Edit the plan")
    daniel.skip_to_content()
    daniel.follow("Check the import")
    expect(daniel.page.get_by_role("heading", level=1)).to_have_text(f"Things to check: {waiting} open")
    daniel.press("Tab")
    settle = daniel.page.get_by_role("button", name="Settle").first
    daniel.reach(settle)
    with daniel.page.expect_navigation():
        daniel.press("Space")
    daniel.is_told("Settled: line")
    assert _open_doubts(records) == waiting - 1


def test_the_office_links_a_theme_that_no_action_is_meant_to_change(sit_down: SitDown, records: Session) -> None:
    daniel = sit_down("office")
    daniel.visit("/unlinked")
    daniel.skip_to_content()
    daniel.follow("Link an action to Fathers and wider family")
    daniel.write("Number of the action", "15.1")
    daniel.choose("What does the action do for this theme?", "Meant to change it")
    daniel.write("Why do you link them?", "The standard asks for both parents' histories.")
    daniel.send("Link this action")
    daniel.is_told("Linked: 15.1")
    daniel.is_told("to Fathers and wider family")
    made = records.scalars(select(ThemeAction).order_by(ThemeAction.id.desc()).limit(1)).one()
    assert made.why == "The standard asks for both parents' histories."


def _open_doubts(records: Session) -> int:
    records.rollback()
    return records.scalar(select(func.count()).where(ImportDoubt.settled_on.is_(None))) or 0
