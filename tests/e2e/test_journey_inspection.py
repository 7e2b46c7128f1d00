"""The office brings an inspection report in: file, what was read, confirm, areas for an item; also without a script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.support.browser import assert_no_violations
from tests.support.files.reports import pdf_report
from tests.support.journeys.looks import NARROW, WIDE, jutting_out

PLAN = "/plans/childrens-social-care-improvement-plan-2025"
LETTER = [
    "Focused visit to Northmoor children's services",
    "2 November 2026",
    "What needs to improve in this area of social work practice?",
    "- The record of visits",
    "- Plans, including:",
    "- what happens next",
    "Main findings",
]


@pytest.mark.parametrize("with_script", [True, False])
def test_a_letter_about_a_visit_comes_in_and_is_answered(page_of: Callable[..., Page], with_script: bool) -> None:
    page = page_of("office", java_script_enabled=with_script)
    page.goto("/inspections/new")
    letter = FilePayload(name="letter.pdf", mimeType="application/pdf", buffer=pdf_report(LETTER))
    page.get_by_label("The report as a file").set_input_files(letter)
    page.get_by_role("button", name="Show what is in it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Found in the report: 2 items")
    if with_script:
        for width in (WIDE, NARROW):
            page.set_viewport_size({"width": width, "height": 900})
            assert_no_violations(page)
            assert not jutting_out(page), f"{width} px: {jutting_out(page)}"
    page.get_by_label("Which inspection does a visit follow?").select_option(index=1)
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Focused visit to Northmoor, November 2026")
    expect(page.get_by_text("what happens next")).to_be_visible()
    page.goto(f"{PLAN}/coverage")
    page.get_by_role("link", name="The record of visits").click()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("Areas saved")
