"""Whatever happens in the middle of an update, everything typed more than three seconds before is back (ux 7)."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support import live
from tests.support.journeys import records as stored
from tests.support.journeys.visitors import PASSWORD, email_of
from tests.support.live import LiveServer
from tracker.people.models import Person

PageOf = Callable[..., Page]
PLAN = "/plans/childrens-social-care-improvement-plan-2025"
HAPPENED = re.compile("^What has happened")
WORDS = "Twelve of forty young people were asked, and nine of them"
KEPT = "Draft kept at 10:44"
A_RETRY = 30_000


def test_the_browser_is_killed_and_a_new_one_has_the_words(page_of: PageOf) -> None:
    page = _writing(page_of)
    expect(_state(page)).to_contain_text(KEPT, timeout=A_RETRY)
    page.context.close()
    again = page_of("lead")
    again.goto(f"{PLAN}/13.2")
    expect(again.get_by_label(HAPPENED)).to_have_value(WORDS)
    expect(again.locator("main")).to_contain_text(KEPT)
    expect(again.get_by_role("button", name="Discard draft")).to_be_visible()


def test_who_types_without_a_pause_is_kept_while_typing(page_of: PageOf) -> None:
    page = page_of("lead")
    page.goto(f"{PLAN}/13.2/update")
    page.get_by_label(HAPPENED).fill("")
    page.get_by_label(HAPPENED).press_sequentially("words " * 18, delay=60)
    assert "Draft kept" in (_state(page).text_content() or "") or _state(page).text_content() == "Saving…"


def test_the_connection_is_cut_and_comes_back(page_of: PageOf, records: Session) -> None:
    page = page_of("lead")
    page.goto(f"{PLAN}/13.2/update")
    page.context.set_offline(True)
    page.get_by_label(HAPPENED).fill(WORDS)
    expect(_state(page)).to_contain_text("Not saved: no connection", timeout=A_RETRY)
    page.context.set_offline(False)
    expect(_state(page)).to_contain_text(KEPT, timeout=A_RETRY)
    page.get_by_role("button", name="Save update").click()
    expect(page.locator("main")).to_contain_text("Update saved: 13.2")
    assert stored.latest_update(records, "13.2").happened == WORDS


def test_the_session_is_ended_and_saving_leads_through_signing_in_to_the_same_words(
    page_of: PageOf, records: Session
) -> None:
    page = _writing(page_of)
    expect(_state(page)).to_contain_text(KEPT, timeout=A_RETRY)
    _end_sessions(records)
    page.get_by_label("What are you doing about it?").or_(page.get_by_label(HAPPENED)).first.press("End")
    page.get_by_label(HAPPENED).press_sequentially(" said yes")
    page.get_by_role("button", name="Save update").click()
    _sign_in(page)
    expect(page.locator("main")).to_contain_text("You were signed out. Your text is here and is not saved yet.")
    expect(page.get_by_label(HAPPENED)).to_have_value(f"{WORDS} said yes")
    page.get_by_role("button", name="Save update").click()
    expect(page.locator("main")).to_contain_text("Update saved: 13.2")
    assert stored.latest_update(records, "13.2").happened == f"{WORDS} said yes"


def test_signing_in_in_another_tab_lets_the_first_one_go_on(page_of: PageOf, records: Session) -> None:
    page = _writing(page_of)
    expect(_state(page)).to_contain_text(KEPT, timeout=A_RETRY)
    _end_sessions(records)
    page.get_by_label(HAPPENED).fill(f"{WORDS} said yes")
    expect(_state(page)).to_contain_text("You are signed out. Your text is on this page", timeout=A_RETRY)
    other = page.context.new_page()
    other.goto("/sign-in")
    _sign_in(other)
    expect(_state(page)).to_contain_text(KEPT, timeout=A_RETRY)
    page.get_by_role("button", name="Save update").click()
    expect(page.locator("main")).to_contain_text("Update saved: 13.2")
    assert stored.latest_update(records, "13.2").happened == f"{WORDS} said yes"


def test_the_server_is_restarted_in_the_middle(page_of: PageOf, live_server: LiveServer, records: Session) -> None:
    page = _writing(page_of)
    expect(_state(page)).to_contain_text(KEPT, timeout=A_RETRY)
    with live.gone(live_server):
        page.get_by_label(HAPPENED).fill(f"{WORDS} said yes")
        expect(_state(page)).to_contain_text("Not saved: no connection", timeout=A_RETRY)
    expect(_state(page)).to_contain_text(KEPT, timeout=A_RETRY)
    page.context.close()
    again = page_of("lead")
    again.goto(f"{PLAN}/13.2")
    expect(again.get_by_label(HAPPENED)).to_have_value(f"{WORDS} said yes")


def test_a_draft_is_kept_and_discarded_without_a_script(page_of: PageOf) -> None:
    page = page_of("lead", java_script_enabled=False)
    page.goto(f"{PLAN}/13.2/update")
    page.get_by_label(HAPPENED).fill(WORDS)
    page.get_by_role("button", name="Keep as draft").click()
    expect(page.locator("main")).to_contain_text(KEPT)
    expect(page.get_by_label(HAPPENED)).to_have_value(WORDS)
    page.get_by_role("button", name="Discard draft").click()
    expect(page.locator("main")).to_contain_text("Draft discarded: 13.2")
    expect(page.get_by_label(HAPPENED)).not_to_have_value(WORDS)


def _writing(page_of: PageOf) -> Page:
    page = page_of("lead")
    page.goto(f"{PLAN}/13.2")
    page.get_by_label(HAPPENED).fill(WORDS)
    return page


def _state(page: Page) -> Locator:
    return page.locator("[data-autosave-shown]")


def _end_sessions(records: Session) -> None:
    """End every session of the lead on the server, as a changed role or password does."""
    tom = records.scalars(select(Person).where(Person.email == email_of("lead"))).one()
    tom.session_epoch += 1
    records.commit()


def _sign_in(page: Page) -> None:
    page.get_by_label("E-mail address").fill(email_of("lead"))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/sign-in" not in address)
