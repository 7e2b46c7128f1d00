"""The moderator's part by keyboard alone: acknowledge a concern, make a round, give out a file, unlink a theme."""

from collections.abc import Callable

from playwright.sync_api import expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.journeys.keyboard import Keyboard
from tracker.audits.models import Audit, AuditRound, ImmediateConcern
from tracker.impact.models import ThemeAction
from tracker.impact.rules import Relation

SitDown = Callable[[str], Keyboard]


def test_a_moderator_acknowledges_a_concern(sit_down: SitDown, records: Session) -> None:
    marcus = sit_down("moderator")
    marcus.visit("/audits")
    marcus.follow("Open the concerns")
    waiting = marcus.page.get_by_role("row").filter(has_text="Waiting to be acknowledged")
    marcus.reach(waiting.get_by_role("link").first)
    with marcus.page.expect_navigation():
        marcus.press("Enter")
    marcus.write("What is being done?", "Seen this morning by the team manager; a strategy meeting is at noon.")
    marcus.send("Acknowledge this concern")
    marcus.is_told("Acknowledged: ")
    still_open = select(func.count()).where(ImmediateConcern.acknowledged_at.is_(None))
    assert records.scalar(still_open) == 0


def test_a_moderator_makes_a_round_and_gives_a_file_to_an_auditor(sit_down: SitDown, records: Session) -> None:
    marcus = sit_down("moderator")
    marcus.visit("/audits")
    marcus.follow("Make a round")
    marcus.write("Name of the round", "Supervision, looked at in depth")
    marcus.write("First day", "1 dec 2026")
    marcus.write("Due by", "31 dec 2026")
    marcus.pick("How the files are chosen", "Targeted")
    marcus.write("How many files are planned", "6")
    marcus.send("Make this round")
    marcus.is_told("Round made: Supervision, looked at in depth")
    marcus.pick("What help the child gets", "Child in care")
    marcus.pick("Team", "Children in Care Team")
    marcus.pick("Auditor", "Ruth Osei")
    marcus.send("Allocate this file")
    made = records.scalars(select(AuditRound).where(AuditRound.name == "Supervision, looked at in depth")).one()
    assert records.scalar(select(func.count()).where(Audit.round_id == made.id)) == 1
    ruth = sit_down("auditor")
    ruth.visit("/my/audits")
    expect(ruth.page.get_by_text("Supervision, looked at in depth")).to_be_visible()


def test_a_moderator_links_an_action_to_a_theme_and_ends_the_link_again(sit_down: SitDown, records: Session) -> None:
    marcus = sit_down("moderator")
    marcus.visit("/themes/supervision")
    marcus.skip_to_content()
    marcus.follow("Link an action")
    marcus.write("Number of the action", "1.2")
    marcus.choose("What does the action do for this theme?", "Watches it")
    marcus.write("Why do you link them?", "Smaller caseloads leave time for supervision.")
    marcus.send("Link this action")
    marcus.is_told("Linked: 1.2")
    marcus.is_told("to Supervision")
    made = records.scalars(select(ThemeAction).order_by(ThemeAction.id.desc()).limit(1)).one()
    assert (made.relation, made.ended_on) == (Relation.MONITORS, None)
    marcus.follow("End this link with 1.2")
    marcus.write("Why does the link end?", "Caseloads are watched in the plan itself.")
    marcus.send("End this link")
    marcus.is_told("Link ended: 1.2 and Supervision")
    expect(marcus.page.get_by_role("link", name="End this link with 1.2")).to_have_count(0)
    records.rollback()
    ended = records.scalars(select(ThemeAction).where(ThemeAction.ended_why != "")).one()
    assert (ended.id, ended.ended_why) == (made.id, "Caseloads are watched in the plan itself.")
