"""The office brings a plan in step by step, by keyboard on a wide screen, and on a narrow one without a script."""

from collections.abc import Callable
from typing import Literal

from playwright.sync_api import FilePayload, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.browser import assert_no_violations
from tests.support.journeys.looks import NARROW, WIDE, jutting_out
from tests.support.plan_forms import as_excel
from tracker.plans.models import Action, Plan

PATIENCE = 60_000


def looks_well(page: Page, *widths: int) -> None:
    """Fail when the page breaks a rule of accessibility or juts out."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        assert_no_violations(page)
        assert not jutting_out(page), f"{width} px: {jutting_out(page)}"


def press(page: Page, name: str, role: Literal["button", "link"] = "button") -> None:
    """Go to a button or link by the keyboard and press Enter."""
    target = page.get_by_role(role, name=name, exact=True).first
    target.focus()
    expect(target).to_be_focused()
    page.keyboard.press("Enter")


def choose(page: Page, label: str, words: str) -> None:
    """Choose from a list as the keyboard does: focus it and type the words."""
    field = page.get_by_label(label)
    field.focus()
    page.keyboard.type(words)
    expect(field.locator("option:checked")).to_contain_text(words)


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words, timeout=PATIENCE)


def bring_to_the_checks(page: Page) -> None:
    """Choose a workbook, and say what its colours mean."""
    page.goto("/plans/new")
    book = FilePayload(name="tracker.xlsx", mimeType="application/octet-stream", buffer=as_excel())
    page.get_by_label("The plan as a file").set_input_files(book)
    page.get_by_label("Title").focus()
    page.keyboard.type("A plan of five actions")
    press(page, "Show what is in it")
    heading(page, "What we found in tracker.xlsx")
    looks_well(page, WIDE)
    for word, meaning in (("Green", "Complete"), ("Amber", "Green"), ("Red", "Red")):
        choose(page, f"What “{word}” means", meaning)
    press(page, "Save and see what to check")
    heading(page, "Things to check first: 6")


def look_at_each_step(page: Page) -> None:
    """Answer a doubt, look at the preview and an action, and match the leads."""
    looks_well(page, WIDE)
    page.get_by_role("checkbox").first.focus()
    page.keyboard.press("Space")
    press(page, "Keep these answers")
    expect(page.get_by_text("2 Things to check: 5")).to_be_visible()
    press(page, "3 Preview", "link")
    heading(page, "Preview: A plan of five actions")
    looks_well(page, WIDE)
    press(page, "Further actions to be agreed", "link")
    heading(page, "Put 1.3 right")
    looks_well(page, WIDE)
    page.go_back()
    press(page, "Match the leads", "link")
    heading(page, "Who leads: 4 leads")
    looks_well(page, WIDE)
    press(page, "Keep these leads")
    heading(page, "Import A plan of five actions")
    looks_well(page, WIDE)


def test_a_workbook_comes_in_step_by_step_and_is_taken_back(page_of: Callable[..., Page], records: Session) -> None:
    page = page_of("office")
    bring_to_the_checks(page)
    look_at_each_step(page)
    press(page, "Import 5 actions")
    expect(page.get_by_text("Imported 5 actions")).to_be_visible(timeout=PATIENCE)
    query = select(Action.ref).join(Plan, Plan.id == Action.plan_id).where(Plan.title == "A plan of five actions")
    assert records.scalars(query.order_by(Action.position)).all() == ["1.1", "1.2", "1.3", "2.1", "2.2"]
    records.rollback()
    press(page, "Undo this import", "link")
    heading(page, "Undo the import of A plan of five actions")
    looks_well(page, WIDE)
    press(page, "Undo this import")
    heading(page, "Plans that came in")
    assert records.scalars(query).all() == []


def test_pasted_cells_come_in_on_a_telephone_without_a_script(page_of: Callable[..., Page], records: Session) -> None:
    page = page_of("office", java_script_enabled=False)
    page.set_viewport_size({"width": NARROW, "height": 800})
    page.goto("/plans/new")
    page.get_by_label("Or the plan pasted").fill("Ziel;Bis;Durch\nCount caseloads;Mar 2027;Hannah Osei")
    page.get_by_label("Title").fill("A small plan")
    page.get_by_role("button", name="Show what is in it").click()
    heading(page, "What we found in pasted text")
    for column, holds in (("Ziel", "action"), ("Bis", "target"), ("Durch", "leads")):
        page.get_by_label(f"What “{column}” holds").select_option(holds)
    assert not jutting_out(page)
    page.get_by_role("button", name="Save and see what to check").click()
    heading(page, "Things to check first: 1")
    assert not jutting_out(page)
    page.get_by_role("link", name="Go on to the preview").click()
    heading(page, "Preview: A small plan")
    assert not jutting_out(page)
    page.get_by_role("link", name="5 Import").click()
    heading(page, "Import A small plan")
    assert not jutting_out(page)
    page.get_by_role("button", name="Import 1 action").click()
    expect(page.get_by_text("Imported 1 action")).to_be_visible(timeout=PATIENCE)
    assert records.scalars(select(Plan.title).where(Plan.slug == "a-small-plan")).all() == ["A small plan"]
