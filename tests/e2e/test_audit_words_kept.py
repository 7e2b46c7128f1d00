"""Whatever happens in the middle of an audit's section, all that was typed more than three seconds before is back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support import live
from tests.support.journeys import records as stored
from tests.support.journeys.visitors import email_of
from tests.support.live import LiveServer
from tracker.audits.models import Audit

PageOf = Callable[..., Page]
STRENGTHS, QUESTION, CHANGE = "Strengths: what did you see?", "Which partner was missing", "What needs to change?"
KEPT = "Draft kept at 10:44"
A_RETRY = 30_000
THREE_SECONDS = 3_000
# In section 7: the strengths, the note of a question, an area for development.
TYPED = {
    STRENGTHS: "The police and health were there.",
    QUESTION: "The school, and nobody knew of the injury.",
    CHANGE: "Ask the school",
}


@pytest.fixture
def section(records: Session) -> str:
    return f"/audits/{stored.draft_of(records, email_of('auditor')).public_id}/section/7"


def test_the_browser_is_killed_in_a_section_and_a_new_one_has_it_all(page_of: PageOf, section: str) -> None:
    page = page_of("auditor")
    page.goto(section)
    _type(page)
    page.wait_for_timeout(THREE_SECONDS)
    page.context.close()
    _is_all_there(page_of("auditor"), section)


def test_three_seconds_are_enough_though_one_never_stops_typing(page_of: PageOf, section: str) -> None:
    page = page_of("auditor")
    page.goto(section)
    page.get_by_label(STRENGTHS).fill("")
    page.get_by_label(STRENGTHS).press_sequentially("words " * 22, delay=60)
    page.context.close()
    again = page_of("auditor")
    again.goto(section)
    # Eight seconds of typing, of which the last three may be gone.
    assert len(again.get_by_label(STRENGTHS).input_value()) > 6 * 22 / 2


def test_the_connection_is_cut_in_a_section_and_comes_back(page_of: PageOf, section: str) -> None:
    page = page_of("auditor")
    page.goto(section)
    page.context.set_offline(True)
    _type(page)
    expect(_state(page)).to_contain_text("Not saved: no connection", timeout=A_RETRY)
    page.context.set_offline(False)
    expect(_state(page)).to_contain_text(KEPT, timeout=A_RETRY)
    page.wait_for_timeout(THREE_SECONDS)
    page.context.close()
    _is_all_there(page_of("auditor"), section)


def test_the_server_dies_in_the_middle_of_a_section_and_comes_back(
    page_of: PageOf, live_server: LiveServer, section: str
) -> None:
    page = page_of("auditor")
    page.goto(section)
    with live.gone(live_server):
        _type(page)
        expect(_state(page)).to_contain_text("Not saved: no connection", timeout=A_RETRY)
    expect(_state(page)).to_contain_text(KEPT, timeout=A_RETRY)
    page.wait_for_timeout(THREE_SECONDS)
    page.context.close()
    _is_all_there(page_of("auditor"), section)


def test_an_answer_that_is_lost_on_the_way_is_no_conflict(page_of: PageOf, section: str) -> None:
    page = page_of("auditor")
    page.goto(section)
    page.route("**/draft", _lose_the_answer, times=1)
    page.get_by_label(STRENGTHS).fill("The police")
    expect(_state(page)).to_contain_text("Not saved: no connection", timeout=A_RETRY)
    _type(page)
    expect(_state(page)).to_contain_text(KEPT, timeout=A_RETRY)
    page.wait_for_timeout(THREE_SECONDS)
    page.context.close()
    _is_all_there(page_of("auditor"), section)


def test_a_button_pressed_without_a_connection_takes_no_words_away(page_of: PageOf, section: str) -> None:
    page = page_of("auditor")
    page.goto(section)
    page.context.set_offline(True)
    _type(page)
    page.locator("button[value=next]").click()
    expect(page.locator(".draft-state-failed")).to_be_focused()
    expect(page.get_by_label(STRENGTHS)).to_have_value(TYPED[STRENGTHS])
    page.context.set_offline(False)
    page.locator("button[value=next]").click()
    page.wait_for_url("**/section/8")
    _is_all_there(page, section)


def test_words_that_are_too_long_keep_no_others_from_being_kept(page_of: PageOf, section: str) -> None:
    page = page_of("auditor")
    page.goto(section)
    _type(page)
    page.get_by_label(STRENGTHS).fill("w" * 1501)
    expect(_state(page)).to_contain_text("Kept at 10:44, but not this: Strengths must be", timeout=A_RETRY)
    page.context.close()
    again = page_of("auditor")
    again.goto(section)
    expect(again.get_by_label(STRENGTHS)).to_have_value("w" * 1500)
    expect(again.get_by_label(CHANGE).first).to_have_value(TYPED[CHANGE])


def test_all_sections_on_one_page_are_each_kept_by_themselves(page_of: PageOf, section: str) -> None:
    page = page_of("auditor")
    page.goto(f"{section}?view=all")
    page.context.set_offline(True)
    page.locator("#s2-strengths").fill("Heard in section 2.")
    page.locator("#s7-strengths").fill("Heard in section 7.")
    expect(_state(page)).to_contain_text("Not saved: no connection", timeout=A_RETRY)
    page.context.set_offline(False)
    expect(_state(page)).to_contain_text(KEPT, timeout=A_RETRY)
    page.locator("#s9-feedback").fill("Heard in section 9.")
    page.wait_for_timeout(THREE_SECONDS)
    page.context.close()
    again = page_of("auditor")
    again.goto(f"{section}?view=all")
    for number, box in ((2, "strengths"), (7, "strengths"), (9, "feedback")):
        expect(again.locator(f"#s{number}-{box}")).to_have_value(f"Heard in section {number}.")


def test_saving_one_section_keeps_first_what_was_typed_in_another(page_of: PageOf, section: str) -> None:
    page = page_of("auditor")
    page.goto(f"{section}?view=all")
    page.locator("#s2-strengths").fill("Heard in section 2.")
    page.locator("#s7-strengths").fill("Heard in section 7.")
    page.locator("form:has(#s7-strengths) button[value=next]").click()
    page.wait_for_url("**#section-8")
    for number in (2, 7):
        expect(page.locator(f"#s{number}-strengths")).to_have_value(f"Heard in section {number}.")


def test_what_the_worker_answers_is_kept_as_they_type(page_of: PageOf, records: Session) -> None:
    named = select(Audit.public_id).where(Audit.worker_id.is_not(None)).limit(1)
    address = f"/audits/{records.scalars(named).one()}/response"
    page = page_of("lead")
    page.goto(address)
    page.locator("#words_2").fill("I wrote it down late.")
    page.wait_for_timeout(THREE_SECONDS)
    page.context.close()
    again = page_of("lead")
    again.goto(address)
    expect(again.locator("#words_2")).to_have_value("I wrote it down late.")


def _lose_the_answer(route: Route) -> None:
    route.fetch()
    route.abort("connectionreset")


def _type(page: Page) -> None:
    for label, words in TYPED.items():
        page.get_by_label(label).first.fill(words)


def _is_all_there(page: Page, section: str) -> None:
    page.goto(section)
    for label, words in TYPED.items():
        expect(page.get_by_label(label).first).to_have_value(words)


def _state(page: Page) -> Locator:
    return page.locator("[data-autosave-shown]")
