"""The browser tests stand on firm ground: the browser runs our policy, and the check of accessibility finds faults."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import assert_no_violations

GOOD = '<html lang="en"><title>Plans</title><main><h1>Plans</h1><label>Title <input></label></main></html>'


def test_a_page_without_fault_passes_the_check(page: Page) -> None:
    page.set_content(GOOD)
    assert_no_violations(page)


@pytest.mark.parametrize(
    ("good", "bad", "rule"),
    [
        ("<label>Title <input></label>", "Title <input>", "label"),
        ("<h1>Plans</h1>", '<h1 style="color: #aaa; background: #fff">Plans</h1>', "color-contrast"),
        (' lang="en"', "", "html-has-lang"),
    ],
)
def test_a_fault_is_found_by_the_check(page: Page, good: str, bad: str, rule: str) -> None:
    page.set_content(GOOD.replace(good, bad))
    with pytest.raises(AssertionError, match=rule):
        assert_no_violations(page)


def test_the_served_application_answers_a_browser(page: Page) -> None:
    answer = page.goto("/")
    assert answer is not None
    assert answer.ok
    expect(page.locator("h1")).to_have_count(1)
