"""A plan between two inspections, through its pages and people: its history tells all, and any day is rated right."""

import json
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.integration.plans.story import chapters
from tests.integration.plans.story.telling import HoldClock, Story, people_of
from tests.support.checked_client import CheckedClient

CHAPTERS = (
    chapters.the_plan_comes_in,
    chapters.a_body_approves_it,
    chapters.work_begins_and_slips,
    chapters.nobody_agrees_to_their_own_wish,
    chapters.the_body_agrees,
    chapters.the_lead_says_it_is_complete,
    chapters.another_person_verifies_it,
    chapters.it_falls_back,
    chapters.it_comes_again,
    chapters.the_body_agrees_again,
    chapters.the_plan_is_renumbered,
)
# Worked out by hand: 28 days are amber days and look-ahead, and 98 without an update are stale (domain A4, A5).
DAYS = (
    ("2026-03-09", "G", "approved; the first date, 15 May, is 67 days ahead"),
    ("2026-04-16", "G", "15 May is 29 days ahead, one more than the look-ahead"),
    ("2026-04-17", "A", "15 May is 28 days ahead and the rota has not been started"),
    ("2026-04-20", "G", "the rota is started"),
    ("2026-05-15", "G", "due today is not late"),
    ("2026-05-16", "A", "one day late"),
    ("2026-05-18", "R", "she expects it on 3 July, 49 days after 15 May: a wish that nobody agreed to clears nothing"),
    ("2026-05-20", "R", "the wish still waits"),
    ("2026-05-21", "A", "3 July is agreed and 43 days ahead; what the lead said on 18 May, amber, is the worse"),
    ("2026-06-01", "G", "the lead says green; the desk is due on 30 June, in 29 days"),
    ("2026-06-02", "A", "the desk is due in 28 days and has not been started"),
    ("2026-06-08", "G", "the desk is started"),
    ("2026-06-29", "G", "both are done and nobody has checked it: a claim is not complete"),
    ("2026-07-02", "C", "another person has confirmed it"),
    ("2026-09-06", "C", "complete until the day on which it falls back"),
    ("2026-09-07", "R", "re-opened: the desk, due on 30 June, is 69 days late"),
    ("2026-09-10", "R", "a later version asks for 31 October; the approved date stands until that is agreed"),
    ("2026-09-17", "G", "31 October is agreed, the desk is started, and the claim that was re-opened says nothing"),
    ("2026-10-05", "G", "the 98th day since the last update, of 29 June"),
    ("2026-10-06", "A", "the 99th day without an update"),
    ("2026-10-08", "G", "an update; another number changes no rating"),
)
# The whole history of the action as its page tells it, the oldest entry first.
HISTORY = (
    (
        "Green 20 Apr 2026 “Both teams sit together” “Rota agreed”: started 20 Apr 2026Priya Nair · Link to this "
        "update of 20 Apr 2026"
    ),
    (
        "Green→Amber went from Green to Amber, worse 18 May 2026 Why: “Two teams have not signed” What is being "
        "done: “Priya meets both on 22 May” Rota agreed: 15 May 2026 → to 3 Jul 2026, “Two teams have not "
        "signed”. Agreed. Priya Nair · Link to this update of 18 May 2026"
    ),
    "Date decided, 21 May 2026 Rota agreed: 15 May 2026 → to 3 Jul 2026. Agreed. Helen Marsh",
    (
        "Amber→Green went from Amber to Green, better 1 Jun 2026 “The last team has signed” Priya Nair · Link to "
        "this update of 1 Jun 2026"
    ),
    (
        "Green no change 8 Jun 2026 “The room is ready” “Desk open”: started 8 Jun 2026Priya Nair · Link to this "
        "update of 8 Jun 2026"
    ),
    (
        "Green→Complete went from Green to Complete, completed 29 Jun 2026 Back-dated: entered 29 Jun 2026 for "
        "26 Jun 2026“The desk is open” “Rota agreed”: done 26 Jun 2026“Desk open”: done 29 Jun 2026Evidence: The "
        "signed rota for July (it shows what it says) Priya Nair · Link to this update of 29 Jun 2026"
    ),
    "Confirmed as complete, 2 Jul 2026 “Saw the desk at work” Grace Adeyemi",
    "Re-opened, 7 Sep 2026 “The desk has closed again” Grace Adeyemi",
    "Milestone, 7 Sep 2026 “Desk open”: not done after all 7 Sep 2026. The desk has closed againGrace Adeyemi",
    (
        "Action reworded: came with plan-2.xlsx, 10 Sep 2026 Was: “Open a second duty desk” Is: “Open a second "
        "duty desk in the evenings” Daniel Hughes"
    ),
    (
        "A new date was asked for, 10 Sep 2026 Desk open: 30 Jun 2026 → to 31 Oct 2026, “Came with plan-2.xlsx”. "
        "Agreed. Daniel Hughes"
    ),
    "Date decided, 17 Sep 2026 Desk open: 30 Jun 2026 → to 31 Oct 2026. Agreed. Helen Marsh",
    "Renumbered, 8 Oct 2026 “It was 1.3 until then” Daniel Hughes",
    (
        "Complete→Green went from Complete to Green, worse 8 Oct 2026 “A new room is found” Priya Nair · Link to "
        "this update of 8 Oct 2026"
    ),
)


@pytest.fixture
def story(session: Session, client: CheckedClient, clock_at: HoldClock) -> Story:
    clock_at(datetime(2026, 2, 20, 9, tzinfo=UTC))
    return Story(session, client, clock_at, people_of(session))


@pytest.mark.both_databases
def test_a_plan_from_its_import_to_its_new_numbers(app: Flask, story: Story) -> None:
    for chapter in CHAPTERS:
        chapter(story)
    story.read(story.people.grace, "/2.1")
    assert story.history() == list(HISTORY)
    found = {day: rated(app, day) for day, _, _ in DAYS}
    assert found == {day: expected for day, expected, _ in DAYS}


def rated(app: Flask, day: str) -> str:
    """Ask the command how the action of the story was rated on a day, under the number that it has now."""
    printed = app.test_cli_runner().invoke(args=["rag", "improvement-plan", "--as-at", day, "--json"])
    assert printed.exit_code == 0, printed.output
    return str(json.loads(printed.stdout)["actions"]["2.1"]["effective"])
