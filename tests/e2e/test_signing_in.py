"""Everybody of the demonstration signs in by keyboard and stands on the first page of their role, menu and all."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.journeys.keyboard import Keyboard
from tests.support.journeys.visitors import PASSWORD, email_of


@pytest.mark.parametrize(
    ("name", "address", "menu"),
    [
        ("office", "/office", ["Home", "Plans", "Themes", "Settings"]),
        ("lead", "/my/actions", ["My actions", "Remedial actions", "Plans", "Themes"]),
        ("auditor", "/my/audits", ["My audits", "Remedial actions", "Plans", "Themes"]),
        ("moderator", "/audits", ["Audits", "Concerns", "Remedial actions", "Plans", "Themes"]),
        ("assurance", "/plans", ["Plans", "Decisions", "Exemptions", "Themes"]),
        ("viewer", "/plans", ["Plans"]),
        ("admin", "/settings", ["Settings"]),
    ],
)
def test_each_role_signs_in_and_every_item_of_its_menu_opens(
    name: str, address: str, menu: list[str], page: Page
) -> None:
    person = Keyboard(page)
    person.visit("/")
    person.write("E-mail address", email_of(name))
    person.write("Password", PASSWORD)
    person.send("Sign in")
    assert page.url.endswith(address), page.url
    items = page.get_by_role("navigation", name="Main").get_by_role("link")
    expect(items).to_have_text([re.compile(rf"^\s*{label}\b") for label in menu])
    for number in range(len(menu)):
        person.reach(items.nth(number))
        with page.expect_navigation() as answer:
            person.press("Enter")
        assert answer.value.status == 200
        expect(items.nth(number)).to_have_attribute("aria-current", "page")
