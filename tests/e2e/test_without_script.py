"""What everybody must do is done without a script: a lead's update, and an audit from the first grade to sending."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from tests.support.journeys import records as stored
from tests.support.journeys.visitors import email_of
from tracker.audits.rules.vocabulary import AuditState
from tracker.plans.rules.states import DeclaredRag

PageOf = Callable[..., Page]
PLAN = "/plans/childrens-social-care-improvement-plan-2025"
LAST_SECTION = 9


def test_a_lead_reports_amber_without_a_script(page_of: PageOf, records: Session) -> None:
    page = page_of("lead", java_script_enabled=False)
    page.goto(f"{PLAN}/13.2/update")
    page.get_by_role("radio", name="Amber").check()
    page.get_by_role("button", name="Save update").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why it is at risk")
    page.get_by_label("Why is it red or at risk?").fill("Twelve of forty were reached.")
    page.get_by_label("What are you doing about it?").fill("John Marsh visits the rest by March.")
    page.get_by_role("button", name="Save update").click()
    expect(page.locator("main")).to_contain_text("Update saved: 13.2")
    update = stored.latest_update(records, "13.2")
    assert (update.declared, update.why) == (DeclaredRag.AMBER, "Twelve of forty were reached.")


def test_an_auditor_grades_and_sends_without_a_script(page_of: PageOf, records: Session) -> None:
    draft = stored.draft_of(records, email_of("auditor")).public_id
    page = page_of("auditor", java_script_enabled=False)
    page.goto(f"/audits/{draft}/section/4")
    for _ in range(4, LAST_SECTION):
        page.get_by_role("radio", name=re.compile("^Requires improvement .")).first.check()
        _answer_questions(page)
        page.get_by_role("button", name="Save and go to").click()
    page.get_by_role("radio", name=re.compile("^Requires improvement .")).first.check()
    page.get_by_role("button", name="Save and check before sending").click()
    page.get_by_role("button", name="Send audit").click()
    expect(page.locator("main")).to_contain_text("Audit sent")
    # Chance says whether it is moderated first.
    assert stored.audit(records, draft).state in {AuditState.FINAL, AuditState.MODERATION}


def _answer_questions(page: Page) -> None:
    """Give the first answer to each question of a section."""
    offers_none = page.get_by_role("radio", name="Does not apply", exact=True)
    for question in page.get_by_role("group").filter(has=offers_none).all():
        question.get_by_role("radio").first.check()


def test_the_menu_is_open_without_a_script_on_a_phone(page_of: PageOf) -> None:
    page = page_of("lead", java_script_enabled=False)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/my/actions")
    expect(page.get_by_role("link", name="Themes", exact=True)).to_be_visible()
