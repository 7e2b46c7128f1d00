"""The last step of a long import with a real browser: the bar while it is stored, and the form after it failed."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlalchemy import text

from tests.support.browser import assert_no_violations
from tests.support.journeys.looks import NARROW, WIDE, jutting_out
from tests.support.live import LiveServer
from tracker.core.uploads.notes import Note

ROWS = 330
PATIENCE = 60_000
BUTTON = f"Import {ROWS} actions"


def bring_to_the_last_step(page: Page) -> str:
    """Paste a plan of several hundred rows and go to the last step; return its part of the address."""
    cells = (f"{one // 50 + 1}.{one % 50 + 1}\tDo {one}\tMar 2027\tHannah Osei" for one in range(ROWS))
    page.goto("/plans/new")
    page.get_by_label("Or the plan pasted").fill("\n".join(["No\tAction\tTarget date\tLead", *cells]))
    page.get_by_label("Title").fill("A long plan")
    page.get_by_role("button", name="Show what is in it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What we found in pasted text", timeout=PATIENCE)
    page.goto(f"{page.url}/confirm")
    return page.url.split("/")[-2]


def test_a_bar_shows_how_far_a_long_plan_is_until_it_is_in(
    page_of: Callable[..., Page], live_server: LiveServer
) -> None:
    page = page_of("office")
    public_id = bring_to_the_last_step(page)
    expect(page.get_by_text("takes up to half a minute")).to_be_visible()
    bar, button = page.get_by_role("progressbar"), page.get_by_role("button", name=BUTTON)
    note = Note(live_server.app.config["SETTINGS"].instance / "imports" / public_id / "storing")
    with live_server.house.engine.connect() as writing:
        # While somebody else writes the storing waits, so the page can be looked at.
        writing.execute(text("BEGIN IMMEDIATE"))
        button.focus()
        page.keyboard.press("Enter")
        expect(bar).to_be_visible()
        expect(button).to_be_hidden()
        page.keyboard.press("Control+Enter")
        for done, says in ((165, "25 per cent"), (330, "50 per cent")):
            note.write(done, 2 * ROWS)
            expect(page.get_by_label(f"Storing {ROWS} actions: {says} is done")).to_have_js_property("value", done)
        page.set_viewport_size({"width": NARROW, "height": 800})
        assert not jutting_out(page)
        assert_no_violations(page)
        writing.rollback()
    page.set_viewport_size({"width": WIDE, "height": 900})
    expect(page.get_by_text(f"Imported {ROWS} actions")).to_be_visible(timeout=PATIENCE)
    expect(page).to_have_url(re.compile("/plans/a-long-plan/checks$"))


def test_what_fails_is_said_and_the_form_can_be_sent_again(page_of: Callable[..., Page]) -> None:
    page = page_of("office")
    bring_to_the_last_step(page)
    button = page.get_by_role("button", name=BUTTON)
    page.context.set_offline(True)
    button.click()
    expect(page.get_by_text("it is not known whether the plan came in").first).to_be_visible(timeout=PATIENCE)
    expect(button).to_be_focused()
    assert_no_violations(page)
    page.context.set_offline(False)
    other = page.context.new_page()
    other.goto(page.url.removesuffix("/confirm"))
    other.get_by_label("Title").fill("A plan with another title")
    other.get_by_role("button", name="Save and see what to check").click()
    expect(other.get_by_role("heading", level=1)).to_contain_text("Things to check first", timeout=PATIENCE)
    button.click()
    expect(page.get_by_role("alert")).to_contain_text("changed in another window", timeout=PATIENCE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Import A plan with another title")
    assert_no_violations(page)
    button.click()
    expect(page.get_by_text(f"Imported {ROWS} actions")).to_be_visible(timeout=PATIENCE)
