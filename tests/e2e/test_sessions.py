"""A session begins where one wanted to go, ends when idle with a sentence, and two people at once lose no words."""

import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from tests.support.journeys import records as stored
from tests.support.journeys.keyboard import Keyboard
from tests.support.journeys.visitors import PASSWORD, email_of
from tests.support.live import LiveServer

SitDown = Callable[[str], Keyboard]
HAPPENED = re.compile("^What has happened")
PLAN = "/plans/childrens-social-care-improvement-plan-2025"


def test_a_deep_link_with_its_query_survives_signing_in(page: Page) -> None:
    tom = Keyboard(page)
    tom.visit(f"{PLAN}/13.2/update?rag=red")
    _sign_in(tom, "lead")
    assert page.url.endswith(f"{PLAN}/13.2/update?rag=red")
    expect(page.get_by_role("radio", name="Red")).to_be_checked()


def test_a_wrong_password_and_an_unknown_address_are_answered_in_the_same_words(page: Page) -> None:
    somebody = Keyboard(page)
    somebody.visit("/sign-in")
    for email in (email_of("lead"), "nobody@nowhere.example"):
        somebody.write("E-mail address", email)
        somebody.write("Password", "not the right words")
        somebody.send("Sign in")
        expect(page.get_by_role("alert")).to_be_focused()
        expect(page.get_by_role("alert").get_by_role("link")).to_have_text("Check your e-mail address and password")


def test_an_idle_session_ends_with_a_sentence_and_leads_back(sit_down: SitDown, live_server: LiveServer) -> None:
    tom = sit_down("lead")
    tom.visit("/my/actions")
    live_server.moment += timedelta(hours=2)
    tom.visit(f"{PLAN}/13.2")
    expect(tom.page.locator("main")).to_contain_text("You were signed out. That happens after")
    _sign_in(tom, "lead")
    assert tom.page.url.endswith(f"{PLAN}/13.2")


def test_two_minutes_before_the_end_the_page_says_so_and_lets_one_stay(sit_down: SitDown) -> None:
    tom = sit_down("lead")
    tom.page.clock.install()
    tom.visit("/my/actions")
    idle = int(tom.page.locator("body").get_attribute("data-idle-minutes") or 0)
    tom.page.clock.fast_forward(timedelta(minutes=idle - 1).seconds * 1000)
    expect(tom.page.get_by_role("alert")).to_contain_text("You will be signed out at")
    tom.reach(tom.page.get_by_role("button", name="Stay signed in"))
    tom.press("Enter")
    expect(tom.page.get_by_role("alert")).to_have_count(0)


def test_before_the_last_end_of_a_session_a_page_left_open_says_so_and_what_to_do(
    sit_down: SitDown, live_server: LiveServer
) -> None:
    tom = sit_down("lead")
    for _ in range(15):
        live_server.moment += timedelta(minutes=29)
        tom.page.request.get("/my/actions")
    live_server.moment += timedelta(minutes=20)
    tom.page.clock.install()
    tom.visit("/my/actions")
    left = int(tom.page.locator("body").get_attribute("data-minutes-left") or 0)
    assert 15 < left <= 25
    expect(tom.page.locator("main")).not_to_contain_text("You will be signed out at")
    tom.page.clock.fast_forward(timedelta(minutes=left - 2, seconds=1).seconds * 1000)
    expect(tom.page.get_by_role("alert")).to_contain_text("Save now. What you send later is kept")
    expect(tom.page.get_by_role("button", name="Stay signed in")).to_have_count(0)


def test_signing_out_ends_the_session_and_the_way_back_shows_nothing(sit_down: SitDown) -> None:
    tom = sit_down("lead")
    tom.visit("/my/actions")
    tom.open("Tom Whitcombe")
    tom.send("Sign out")
    expect(tom.page.get_by_role("heading", level=1)).to_have_text("You are signed out")
    tom.page.go_back()
    tom.page.reload()
    expect(tom.page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_two_people_write_of_one_action_at_once_and_neither_loses_a_word(sit_down: SitDown, records: Session) -> None:
    tom, daniel = sit_down("lead"), sit_down("office")
    for person in (tom, daniel):
        person.visit(f"{PLAN}/13.2/update")
    daniel.write(HAPPENED, "Thirty plans were read.")
    daniel.send("Save update")
    tom.write(HAPPENED, "Twelve young people were asked.")
    tom.send("Save update")
    expect(tom.page.get_by_role("alert")).to_contain_text("Thirty plans were read.")
    expect(tom.page.get_by_label(HAPPENED)).to_have_value("Twelve young people were asked.")
    assert stored.latest_update(records, "13.2").happened == "Thirty plans were read."
    tom.send("Save mine as the newer update")
    tom.is_told("Update saved: 13.2")
    assert stored.latest_update(records, "13.2").happened == "Twelve young people were asked."


def _sign_in(person: Keyboard, name: str) -> None:
    person.write("E-mail address", email_of(name))
    person.write("Password", PASSWORD)
    person.send("Sign in")
