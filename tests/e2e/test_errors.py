"""What is shown when something is wrong: forms with errors, a conflict, and the pages of refusal, without violation."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.support.browser import assert_no_violations
from tests.support.houses import House
from tests.support.journeys.looks import NARROW, WIDE, jutting_out
from tests.support.journeys.places import NOBODY
from tests.support.journeys.signposts import signposts

PageOf = Callable[..., Page]
MOST_GUESSES = 30


@dataclass(frozen=True)
class Sending:
    """Who sends which form as it comes, by which button, and something that is then said to be wrong."""

    who: str
    address: str
    button: str
    said: str = ""
    is_about_a_field: bool = True

    def __str__(self) -> str:
        return f"{self.who or 'nobody'}-{self.address}"


FORMS = (
    Sending(NOBODY, "/sign-in", "Sign in", "Enter your e-mail address"),
    Sending("lead", "/my/settings", "Change password", "Enter your present password"),
    Sending("lead", "/plans/{plan}/13.2/update?rag=red", "Save update", "Say why it is red"),
    Sending("office", "/plans/{plan}/13.2/decide/hold", "Put 13.2 on hold", "Give a reason"),
    Sending("office", "/plans/{plan}/areas/2/items/new", "Add this item"),
    Sending("office", "/plans/new", "Show what is in it"),
    Sending("office", "/themes/voice/link", "Link this action", "Enter the number of an action"),
    Sending("office", "/theme-links/{theme_link}/end", "End this link", "Say why"),
    Sending("auditor", "/audits/{draft}/concern", "Record it"),
    Sending(
        "auditor",
        "/audits/{draft}/check",
        "Send audit",
        "Choose a grade for Assessment and analysis",
        is_about_a_field=False,
    ),
    Sending("moderator", "/audits/rounds/new", "Make this round"),
    Sending("moderator", "/audits/tools/new", "Make this tool", "Enter a name for the tool"),
    Sending(
        "moderator",
        "/audits/tools/case-file-audit/3/sections/2/questions/new",
        "Add this question",
        "Enter a question",
    ),
    Sending("moderator", "/audits/rounds/{round}", "Allocate this file"),
    Sending("moderator", "/concerns/{concern}", "Acknowledge this concern"),
    Sending("moderator", "/settings/themes", "Add this theme"),
    Sending("admin", "/settings/people/new", "Add this person"),
    Sending("admin", "/settings/units", "Add this unit"),
    Sending("admin", "/settings/people/{person}", "Give this role"),
    Sending("office", "/settings/bodies", "Add this body"),
    Sending("office", "/settings/bodies/{body}", "Add this meeting"),
)


@pytest.mark.parametrize("sending", FORMS, ids=str)
def test_a_form_sent_with_errors_says_what_is_wrong_and_takes_the_focus_there(
    sending: Sending, page: Page, page_of: PageOf, records: Session
) -> None:
    seen = page if sending.who == NOBODY else page_of(sending.who)
    seen.goto(sending.address.format(**signposts(records)))
    with seen.expect_navigation() as answer:
        seen.locator("main").get_by_role("button", name=sending.button, exact=True).click()
    assert answer.value.status == 422
    summary = seen.get_by_role("alert").filter(has_text="There is a problem")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text(sending.said)
    expect(seen).to_have_title(re.compile("^Error: "))
    if sending.is_about_a_field:
        _leads_to_a_field(seen)
    _is_whole(seen)


@pytest.mark.parametrize(
    ("address", "status", "title"),
    [
        ("/plans/no-such-plan", 404, "Page not found"),
        ("/settings/people", 403, "You cannot see this page"),
        ("/plans/{plan}/13.2/draft", 405, "This address does not take that"),
    ],
)
def test_a_page_of_refusal_is_whole(address: str, status: int, title: str, page_of: PageOf, records: Session) -> None:
    seen = page_of("lead")
    answer = seen.goto(address.format(**signposts(records)))
    assert answer is not None
    assert answer.status == status
    expect(seen.get_by_role("heading", level=1)).to_have_text(title)
    _is_whole(seen)


def test_a_case_is_not_shown_while_the_log_cannot_be_written(
    page_of: PageOf, records: Session, demonstration: House
) -> None:
    audit = signposts(records)["sent"]
    with demonstration.engine.begin() as connection:
        refusal = "BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
        connection.execute(text(f"CREATE TRIGGER full_disk BEFORE INSERT ON log_entry {refusal}"))
    seen = page_of("moderator")
    answer = seen.goto(f"/audits/{audit}")
    assert answer is not None
    assert answer.status == 503
    expect(seen.get_by_role("heading", level=1)).to_have_text("The service cannot save just now")
    _is_whole(seen)
    answer = seen.goto("/plans")
    assert answer is not None
    assert answer.ok


def test_a_conflict_shows_what_is_stored_and_is_whole(page_of: PageOf) -> None:
    tom, daniel = page_of("lead"), page_of("office")
    for seen in (tom, daniel):
        seen.goto("/plans/childrens-social-care-improvement-plan-2025/13.2/update")
        seen.get_by_label(re.compile("^What has happened")).fill("Twelve young people were asked.")
    daniel.get_by_role("button", name="Save update").click()
    with tom.expect_navigation() as answer:
        tom.get_by_role("button", name="Save update").click()
    assert answer.value.status == 409
    expect(tom.get_by_role("alert")).to_be_focused()
    _is_whole(tom)


def test_after_too_many_wrong_passwords_the_page_says_when_to_come_back(page: Page) -> None:
    page.goto("/sign-in")
    for _ in range(MOST_GUESSES):
        page.get_by_label("E-mail address").fill("lead@demo.example")
        page.get_by_label("Password", exact=True).fill("not the right words")
        with page.expect_navigation() as answer:
            page.get_by_role("button", name="Sign in", exact=True).click()
        if answer.value.status == 429:
            break
    assert answer.value.status == 429
    expect(page.get_by_role("alert")).to_be_focused()
    _is_whole(page)


def _leads_to_a_field(page: Page) -> None:
    """Follow the first link of the summary: the focus goes to what has to be put right."""
    links = page.get_by_role("alert").get_by_role("link")
    expect(links).not_to_have_count(0)
    links.first.press("Enter")
    here = page.evaluate("document.activeElement.id")
    assert here == (links.first.get_attribute("href") or "").removeprefix("#")


def _is_whole(page: Page) -> None:
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        assert_no_violations(page)
        assert not jutting_out(page), f"{width} px: {jutting_out(page)}"
    expect(page.locator("h1")).to_have_count(1)
