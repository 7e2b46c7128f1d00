"""The person at the keyboard can fail: what no Tab reaches, or what hides its focus, is found."""

import pytest
from playwright.sync_api import Page

from tests.support.journeys import keyboard
from tests.support.journeys.keyboard import Keyboard
from tests.support.journeys.looks import NARROW, jutting_out

MARKED = "<style>:focus-visible { outline: 3px solid #000 }</style>"


def test_a_control_in_the_order_of_tabs_is_reached(page: Page) -> None:
    page.set_content(f"{MARKED}<a href='#1'>Plans</a><button>Save</button>")
    Keyboard(page).reach(page.get_by_role("button", name="Save"))


def test_a_control_outside_the_order_of_tabs_is_found(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyboard, "MOST_TABS", 5)
    page.set_content(f"{MARKED}<a href='#1'>Plans</a><div role='button'>Save</div>")
    with pytest.raises(AssertionError, match="was not reached"):
        Keyboard(page).reach(page.get_by_role("button", name="Save"))


def test_a_control_that_hides_its_focus_is_found(page: Page) -> None:
    page.set_content("<style>button { outline: none; box-shadow: none }</style><button>Save</button>")
    with pytest.raises(AssertionError, match="no mark of the focus"):
        Keyboard(page).reach(page.get_by_role("button", name="Save"))


def test_an_answer_that_arrows_do_not_reach_is_found(page: Page) -> None:
    answers = "<input type=radio name=a aria-label=Red><input type=radio name=b aria-label=Green>"
    page.set_content(f"{MARKED}<fieldset><legend>How is it?</legend>{answers}</fieldset>")
    with pytest.raises(AssertionError):
        Keyboard(page).choose("How is it?", "Green")


def test_what_juts_out_of_a_narrow_page_is_named_unless_it_scrolls_by_itself(page: Page) -> None:
    page.set_viewport_size({"width": NARROW, "height": 600})
    wide = "<table style='width: 900px'><tr><td>1.3</td></tr></table>"
    page.set_content(f"<div style='overflow-x: auto'>{wide}</div>")
    assert not jutting_out(page)
    page.set_content(wide)
    assert jutting_out(page)
