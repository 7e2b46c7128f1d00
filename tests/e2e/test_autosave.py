"""The audit form keeps a draft by itself, on the server alone, and gives it back after the page is opened anew."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect
from sqlalchemy.orm import Session

from tests.support.journeys import records as stored
from tests.support.journeys.keyboard import Keyboard
from tests.support.journeys.visitors import email_of

SitDown = Callable[[str], Keyboard]
STRENGTHS = "Strengths: what did you see?"
WORDS = "The chronology is up to date."


def test_two_seconds_after_the_last_key_the_draft_is_kept(sit_down: SitDown, records: Session) -> None:
    ruth, draft = _at_section_four(sit_down, records)
    ruth.write(STRENGTHS, WORDS)
    expect(_state(ruth.page)).to_contain_text("Draft kept at 10:44", timeout=10_000)
    expect(ruth.page.get_by_label(STRENGTHS)).to_be_focused()
    section = next(one for one in stored.audit(records, draft).sections if one.number == 4)
    assert section.strengths == WORDS
    ruth.page.reload()
    expect(ruth.page.get_by_label(STRENGTHS)).to_have_value(WORDS)


def test_without_a_connection_it_says_so_and_keeps_the_draft_when_there_is_one_again(
    sit_down: SitDown, records: Session
) -> None:
    ruth, draft = _at_section_four(sit_down, records)
    ruth.page.context.set_offline(True)
    ruth.write(STRENGTHS, WORDS)
    expect(_state(ruth.page)).to_contain_text("Not saved: no connection", timeout=10_000)
    ruth.page.context.set_offline(False)
    expect(_state(ruth.page)).to_contain_text("Draft kept at 10:44", timeout=20_000)
    section = next(one for one in stored.audit(records, draft).sections if one.number == 4)
    assert section.strengths == WORDS


def test_nothing_about_a_case_is_put_into_the_browser(sit_down: SitDown, records: Session) -> None:
    ruth, _ = _at_section_four(sit_down, records)
    ruth.write(STRENGTHS, WORDS)
    expect(_state(ruth.page)).to_contain_text("Draft kept at 10:44", timeout=10_000)
    kept = ruth.page.evaluate("""async () => [
        localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length,
    ]""")
    assert kept == [0, 0, 0, 0]


def _at_section_four(sit_down: SitDown, records: Session) -> tuple[Keyboard, str]:
    draft = stored.draft_of(records, email_of("auditor")).public_id
    ruth = sit_down("auditor")
    ruth.visit(f"/audits/{draft}/section/4")
    return ruth, draft


def _state(page: Page) -> Locator:
    return page.locator("[data-autosave-shown]")
