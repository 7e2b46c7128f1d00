"""After a day's work by several people the change log is whole, and a row altered by hand is named by its number."""

from collections.abc import Callable

from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from tests.support.houses import House
from tests.support.journeys import records as stored
from tests.support.journeys.keyboard import Keyboard
from tests.support.journeys.visitors import PASSWORD, email_of
from tracker.core.changelog import create_triggers, drop_triggers
from tracker.core.changelog.tables import log_entry

SitDown = Callable[[str], Keyboard]
PLAN = "/plans/childrens-social-care-improvement-plan-2025"


def test_the_log_holds_after_a_days_work_and_names_a_row_altered_by_hand(
    sit_down: SitDown, page: Page, records: Session, demonstration: House
) -> None:
    before = len(_entries(records))
    _sign_in(page)
    _lead_and_office(sit_down)
    _auditor_and_moderator(sit_down, stored.draft_of(records, email_of("auditor")).public_id)
    _viewer(sit_down)
    written = _entries(records)[before:]
    assert {"signed_in", "insert", "update", "opened", "refused"} <= {act for _, act in written}
    exit_code, said = _verify(demonstration.app)
    assert (exit_code, said) == (0, f"The change log is whole: {before + len(written)} entries, 0 payloads erased.")
    number = next(number for number, act in written if act == "insert")
    _alter_by_hand(demonstration.engine, number)
    exit_code, said = _verify(demonstration.app)
    assert exit_code == 1
    assert f"entry {number}" in said.lower()


def _sign_in(page: Page) -> None:
    daniel = Keyboard(page)
    daniel.visit("/sign-in")
    daniel.write("E-mail address", email_of("office"))
    daniel.write("Password", PASSWORD)
    daniel.send("Sign in")


def _lead_and_office(sit_down: SitDown) -> None:
    tom = sit_down("lead")
    tom.visit("/my/actions?show=all")
    tom.send("No change: still green 16.1")
    tom.is_told("Confirmed, no change: 16.1")
    daniel = sit_down("office")
    daniel.visit(f"{PLAN}/13.1")
    daniel.send("Agree to 1 Dec 2026 for Monthly watch on plans out of date")
    daniel.is_told("Date agreed: 13.1")


def _auditor_and_moderator(sit_down: SitDown, draft: str) -> None:
    ruth = sit_down("auditor")
    ruth.visit(f"/audits/{draft}/concern")
    ruth.write("Who did you tell?", "Keith Lomax, team manager")
    ruth.write("What did you tell them?", "The safety plan was not followed last night.")
    ruth.send("Record it")
    marcus = sit_down("moderator")
    marcus.visit("/themes/supervision/words")
    expect(marcus.page.locator("main")).to_contain_text("Supervision")


def _viewer(sit_down: SitDown) -> None:
    bevan = sit_down("viewer")
    bevan.visit("/themes")
    expect(bevan.page.get_by_role("heading", level=1)).to_have_text("You cannot see this page")


def _entries(records: Session) -> list[tuple[int, str]]:
    records.rollback()
    rows = records.execute(select(log_entry.c.number, log_entry.c.act).order_by(log_entry.c.number))
    return [(number, act) for number, act in rows]


def _verify(app: Flask) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(app.cli, ["verify-log"])
    return result.exit_code, result.output.strip().splitlines()[-1]


def _alter_by_hand(engine: Engine, number: int) -> None:
    """Do what somebody with the database file could: take the guard away, change a word, put the guard back."""
    with engine.begin() as connection:
        drop_triggers(connection)
        connection.execute(text("UPDATE log_entry SET actor = 'person:1' WHERE number = :number"), {"number": number})
        create_triggers(connection)
