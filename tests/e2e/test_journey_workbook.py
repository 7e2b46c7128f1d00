"""A lead takes the workbook along, fills it in without a connection, brings it back and saves it (domain A11)."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import FilePayload, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.browser import assert_no_violations
from tests.support.files.workbooks import filled, opened
from tests.support.journeys.looks import NARROW, WIDE, jutting_out
from tracker.plans.models import Action, Update

GREEN = {"How is it now?": "Green", "What has happened?": "Written on the train"}
RED = {"How is it now?": "Red", "Why is it red or at risk?": "Posts are vacant", "What are you doing about it?": "Bids"}


def taken(page: Page) -> bytes:
    """Download one's own workbook through the page."""
    page.goto("/my/actions")
    page.get_by_role("link", name="Write updates in Excel").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download my workbook").click()
    return Path(download.value.path()).read_bytes()


def bring(page: Page, data: bytes) -> None:
    """Choose a filled workbook and send it."""
    file = FilePayload(name="my-updates.xlsx", mimeType="application/octet-stream", buffer=data)
    page.goto("/workbooks/new")
    page.get_by_label("The filled workbook").set_input_files(file)
    page.get_by_role("button", name="Show what will change").click()


def looks_well(page: Page) -> None:
    """Fail when the page breaks a rule of accessibility or juts out, wide or narrow."""
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        assert_no_violations(page)
        assert not jutting_out(page), f"{width} px: {jutting_out(page)}"


def test_a_workbook_is_filled_in_offline_and_saved_in_one_go(page_of: Callable[..., Page], records: Session) -> None:
    page = page_of("lead")
    data = taken(page)
    numbers = [str(row[0].value) for row in opened(data)["Updates"].iter_rows(min_row=2)]
    first, second, third = numbers[:3]
    early = filled(data, {first: {**GREEN, "What has happened?": "Said this morning"}})
    late = filled(data, {first: GREEN, second: RED, third: {"What has happened?": "No colour chosen"}})
    bring(page, early)
    page.get_by_role("button", name="Save 1 update").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved: 1 update")
    bring(page, late)
    expect(page.get_by_text(f"saved an update to {first} on 26 Nov 2026 after this workbook was made")).to_be_visible()
    expect(page.get_by_text("Said this morning").first).to_be_visible()
    expect(page.get_by_text("Choose how the action is now")).to_be_visible()
    looks_well(page)
    page.get_by_role("button", name="Save 1 update and what is ticked").first.click()
    expect(page.get_by_text("2 rows of my-updates.xlsx were not saved")).to_be_visible()
    looks_well(page)
    page.get_by_role("button", name="Open my words in the form").click()
    expect(page.get_by_label("What has happened")).to_have_value("Written on the train")
    query = select(Action.ref).join(Update, Update.action_id == Action.id).where(Update.came_by == "Workbook")
    assert records.scalars(query.order_by(Update.id)).all() == [first, second]
