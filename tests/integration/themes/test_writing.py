"""Linking from either side, ending a link, and keeping the list of themes, through the pages (domain A9, ux 7)."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.integration.themes.conftest import Loop
from tests.support.builders.audits import a_theme
from tests.support.builders.impact import a_link
from tests.support.builders.plans import a_plan, an_action
from tests.support.checked_client import CheckedClient
from tracker.audits.models import Theme
from tracker.impact.models import ThemeAction
from tracker.people.rules import Role

ANSWER = {"action": "2.1", "relation": "addresses", "why": "Managers ask how history was weighed"}
LINK = "/themes/assessment/link"


@pytest.fixture
def office(client: CheckedClient, loop: Loop) -> CheckedClient:
    client.sign_in(loop.people[Role.OFFICE])
    return client


def links(session: Session) -> list[ThemeAction]:
    session.expire_all()
    return list(session.scalars(select(ThemeAction).order_by(ThemeAction.id)))


def test_an_action_is_linked_by_its_number(office: CheckedClient, loop: Loop, session: Session) -> None:
    office.get("/themes/assessment")
    office.follow("Link an action")
    office.submit({**ANSWER, "plan": "plan-2026"})
    assert "Linked: 2.1 Check supervision (Improvement plan 2026) to Assessment and analysis" in office.text
    made = links(session)[-1]
    assert (made.action_id, made.why, made.set_by_id) == (loop.alone.id, ANSWER["why"], loop.people[Role.OFFICE].id)


def test_of_several_plans_none_is_chosen_beforehand(office: CheckedClient, loop: Loop, session: Session) -> None:
    an_action(session, a_plan(session, title="Children's plan"), ref="2.1", title="Write to schools")
    session.commit()
    office.get(LINK)
    assert office.submit(ANSWER).status_code == 422
    assert "Choose a plan" in office.text
    office.submit({**ANSWER, "plan": "plan-2026"})
    assert links(session)[-1].action_id == loop.alone.id


def test_a_theme_is_linked_coming_from_the_action(office: CheckedClient, loop: Loop, session: Session) -> None:
    office.get("/plans/plan-2026/2.1/link")
    office.submit({"theme": "supervision", "relation": "monitors", "why": "It counts supervisions"}, follow=False)
    assert office.answer is not None
    assert office.answer.headers["Location"] == "/plans/plan-2026/2.1"
    made = links(session)[-1]
    assert (made.action_id, made.relation.value) == (loop.alone.id, "monitors")


@pytest.mark.parametrize("path", [LINK, "/plans/plan-2026/2.1/link"])
def test_only_office_and_moderator_may_link(app: Flask, loop: Loop, path: str) -> None:
    for role, person in loop.people.items():
        client = CheckedClient(app)
        client.sign_in(person)
        allowed = role in {Role.OFFICE, Role.MODERATOR}
        assert client.get(path).status_code == (200 if allowed else 403), role
        assert client.get(f"/theme-links/{loop.link.id}/end").status_code == (200 if allowed else 403), role


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    office: CheckedClient, loop: Loop, session: Session
) -> None:
    wrong: list[tuple[dict[str, Any], int, str]] = [
        ({"action": ""}, 422, "Enter the number of an action"),
        ({"action": "9.9"}, 422, "There is no action 9.9 in this plan that you can link"),
        ({"action": "1" * 21}, 422, "The number must be 20 characters or fewer (you have 21)"),
        ({"action": "2\x001"}, 422, "There is no action 21 in this plan"),
        ({"plan": "another"}, 422, "Choose one from the list"),
        ({"plan": "plan\x00"}, 422, "Choose one from the list"),
        ({"relation": "heals"}, 422, "Choose what the action does for this theme"),
        ({"why": "   "}, 422, "Say why you link them"),
        ({"why": "x" * 200_000}, 422, "The reason must be 500 characters or fewer (you have 200,000)"),
        ({"action": "15.1"}, 409, "15.1 is linked to this theme already"),
    ]
    for change, status, words in wrong:
        office.get(LINK)
        sending = {**office.form("action").sent, **ANSWER, "plan": "plan-2026", **change}
        answer = office.post(LINK, data=sending)
        assert (answer.status_code, words in office.text) == (status, True), (change.keys(), words)
        if "why" not in change:
            assert ANSWER["why"] in answer.text
    office.get(LINK)
    assert office.post(LINK, data={"csrf_token": office.form("action").sent["csrf_token"]}).status_code == 422
    assert [one.id for one in links(session)] == [loop.link.id]


def test_a_double_press_makes_one_link(office: CheckedClient, loop: Loop, session: Session) -> None:
    office.get(LINK)
    sending = {**office.form("action").sent, **ANSWER, "plan": "plan-2026"}
    assert [office.post(LINK, data=sending).status_code for _ in range(2)] == [303, 409]
    assert len(links(session)) == 2


def test_a_link_ends_with_a_reason_and_stays_readable(office: CheckedClient, loop: Loop, session: Session) -> None:
    office.get("/themes/assessment")
    office.follow("End this link with 15.1")
    assert "The guide says how to weigh what is known." in office.text
    assert office.submit({"why": ""}).status_code == 422
    office.submit({"why": "It turned out to be about plans"})
    assert "Link ended: 15.1 and Assessment and analysis" in office.text
    assert "Not measured" in office.text
    (kept,) = links(session)
    assert (kept.why, kept.ended_why) == (
        "The guide says how to weigh what is known.",
        "It turned out to be about plans",
    )
    assert kept.ended_by_id == loop.people[Role.OFFICE].id


def test_a_link_that_somebody_else_ended_is_a_conflict_that_keeps_the_words(
    app: Flask, office: CheckedClient, loop: Loop, session: Session
) -> None:
    path = f"/theme-links/{loop.link.id}/end"
    office.get(path)
    quicker = CheckedClient(app)
    quicker.sign_in(loop.people[Role.MODERATOR])
    quicker.get(path)
    quicker.submit({"why": "First"})
    answer = office.submit({"why": "Second, and lost to nobody"})
    assert answer.status_code == 409
    assert "Second, and lost to nobody" in answer.text
    assert [one.ended_why for one in links(session)] == ["First"]
    assert office.get(path).headers["Location"] == "/themes/assessment"


def test_a_link_that_is_not_there_answers_404(office: CheckedClient, loop: Loop) -> None:
    for number in (0, 99999, 2**31, 2**63, 10**30):
        assert office.get(f"/theme-links/{number}/end").status_code == 404, number


def test_the_moderator_adds_renames_and_ends_a_theme(client: CheckedClient, loop: Loop, session: Session) -> None:
    client.sign_in(loop.people[Role.MODERATOR])
    client.get("/themes")
    client.follow("Change the list")
    client.submit({"name": "Life story work", "group": "practice", "synonyms": "life story\n\nmemory box"})
    assert "Theme added: Life story work" in client.text
    client.follow("Life story work")
    client.submit({"name": "Life story", "ends_on": "31 oct 2026"})
    assert "Theme saved: Life story" in client.text
    theme = session.scalars(select(Theme).where(Theme.code == "life-story-work")).one()
    assert (theme.name, theme.synonyms, str(theme.ends_on)) == (
        "Life story",
        ["life story", "memory box"],
        "2026-10-31",
    )
    client.get(f"/settings/themes/{theme.code}")
    assert client.form("ends_on").sent["ends_on"] == ["31 Oct 2026"]


def test_a_wrong_theme_is_refused_beside_its_field(client: CheckedClient, loop: Loop) -> None:
    client.sign_in(loop.people[Role.MODERATOR])
    wrong: list[tuple[str, dict[str, Any], int, str]] = [
        ("/settings/themes", {"name": ""}, 422, "Enter the name of the theme"),
        ("/settings/themes", {"name": "supervision"}, 409, "There is a theme of this name already"),
        ("/settings/themes", {"name": "x" * 121}, 422, "The name must be 120 characters or fewer (you have 121)"),
        ("/settings/themes", {"name": "New", "group": "magic\x00"}, 422, "Choose a group from the list"),
        ("/settings/themes", {"name": "New", "synonyms": "y" * 2001}, 422, "The other words must be 2,000 characters"),
        ("/settings/themes/assessment", {"ends_on": "spring"}, 422, "Enter one day, for example 15 Jan 2027"),
        ("/settings/themes/assessment", {"ends_on": "March 2027"}, 422, "Enter one day, for example 15 Jan 2027"),
    ]
    for path, change, status, words in wrong:
        client.get(path)
        sending = {**client.form("name").sent, "group": "practice", **change}
        assert (client.post(path, data=sending).status_code, words in client.text) == (status, True), change


def test_two_moderators_at_once_lose_nothing(client: CheckedClient, loop: Loop, session: Session) -> None:
    client.sign_in(loop.people[Role.MODERATOR])
    client.get("/settings/themes/assessment")
    stale = {**client.form("name").sent, "group": "practice", "name": "Analysis"}
    client.submit({"name": "Assessment"})
    assert client.post("/settings/themes/assessment", data=stale).status_code == 409
    assert "Assessment, Practice" in client.text
    assert client.form("name").sent["name"] == ["Analysis"]
    client.submit({"name": "Analysis"})
    assert "Theme saved: Analysis" in client.text


def test_only_the_moderator_keeps_the_list(app: Flask, loop: Loop) -> None:
    for role, person in loop.people.items():
        client = CheckedClient(app)
        client.sign_in(person)
        for path in ("/settings/themes", "/settings/themes/assessment"):
            assert client.get(path).status_code == (200 if role is Role.MODERATOR else 403), role


def test_an_ended_theme_takes_no_link(office: CheckedClient, app: Flask, loop: Loop, session: Session) -> None:
    moderator = CheckedClient(app)
    moderator.sign_in(loop.people[Role.MODERATOR])
    moderator.get("/settings/themes/assessment")
    moderator.submit({"ends_on": "1 nov 2026"})
    office.get(LINK)
    answer = office.submit({**ANSWER, "plan": "plan-2026"})
    assert answer.status_code == 422
    assert "is not in use" in office.text


def test_numbers_already_linked_are_not_suggested(office: CheckedClient, loop: Loop, session: Session) -> None:
    a_link(session, a_theme(session, "voice"), loop.alone, by=None)
    session.commit()
    office.get(LINK)
    assert [option.get("value") for option in office.page.iter("option")][-1:] == ["2.1"]
    office.get("/themes/voice/link")
    assert "2.1" not in [option.get("value") for option in office.page.iter("option")]
