"""Searching with the keyboard: the box, the page of results, and the palette of Ctrl K."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.support.browser import assert_no_violations
from tests.support.journeys.keyboard import Keyboard
from tests.support.journeys.looks import NARROW, jutting_out, weight_of

SitDown = Callable[[str], Keyboard]
MOST_SCRIPT = 30 * 1024


def _typed(page: Page, words: str) -> None:
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name="Words, a number, or what to do")
    expect(box).to_be_focused()
    page.keyboard.type(words)


def test_the_palette_jumps_to_a_number_and_begins_its_update(sit_down: SitDown) -> None:
    tom = sit_down("lead")
    tom.visit("/plans")
    assert weight_of(tom.page).script <= MOST_SCRIPT
    _typed(tom.page, "1.3")
    expect(tom.page.get_by_role("option", selected=True)).to_contain_text("1.3")
    expect(tom.page.get_by_role("group", name="Do").get_by_role("option")).to_contain_text("Update 1.3")
    tom.page.keyboard.press("ArrowDown")
    tom.page.keyboard.press("Enter")
    expect(tom.page.get_by_role("heading", level=1)).to_contain_text("1.3")
    assert tom.page.url.endswith("/1.3/update")


def test_escape_closes_the_palette_and_the_focus_returns(sit_down: SitDown) -> None:
    grace = sit_down("office")
    grace.visit("/plans")
    link = grace.page.get_by_role("link", name="Help", exact=True)
    link.focus()
    _typed(grace.page, "supervision")
    expect(grace.page.get_by_role("option").first).to_be_visible()
    assert_no_violations(grace.page)
    grace.page.set_viewport_size({"width": NARROW, "height": 700})
    assert jutting_out(grace.page) == []
    grace.page.set_viewport_size({"width": 1366, "height": 900})
    grace.page.keyboard.press("Escape")
    expect(grace.page.get_by_role("dialog")).to_have_count(0)
    expect(link).to_be_focused()


def test_what_the_palette_does_not_know_goes_to_the_page_of_results(sit_down: SitDown) -> None:
    grace = sit_down("office")
    grace.visit("/plans")
    _typed(grace.page, "zebra crossing")
    expect(grace.page.get_by_role("dialog").get_by_text("Nothing found").first).to_be_visible()
    grace.page.keyboard.press("Enter")
    expect(grace.page.get_by_role("heading", level=1)).to_have_text("Search: zebra crossing")


def test_the_box_finds_by_keyboard_alone(sit_down: SitDown) -> None:
    ruth = sit_down("auditor")
    ruth.visit("/plans")
    box = ruth.page.get_by_role("searchbox", name="Search, or jump to a number")
    ruth.reach(box)
    ruth.page.keyboard.type("supervision")
    ruth.page.keyboard.press("Enter")
    expect(ruth.page.get_by_role("heading", level=1)).to_have_text("Search: supervision")
    expect(ruth.page.locator("mark").first).to_be_visible()
