"""The plan overview and the list of plans, through HTTP."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_milestone, a_plan, an_action, an_area, an_update
from tests.support.checked_client import CheckedClient
from tests.support.pages import words
from tests.support.queries import queries_of
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.models import Plan
from tracker.plans.rules.vocabulary import ActionKind

Read = Callable[..., str]
BUDGET = 12
SINCE = {
    "": "What changed since 27 Aug 2026",
    "last-meeting": "What changed since 27 Aug 2026",
    "meeting-before": "What changed since 28 May 2026",
    "start": "What changed since 13 Jan 2026",
    "2026-10-01": "What changed since 1 Oct 2026",
    "1+October+2026": "What changed since 1 Oct 2026",
    "2025-01-01": "Choose a day from 13 January 2026, when this plan was approved",
    "2027-01-01": "Choose today or an earlier day",
    "October": "Enter a day, for example 27 August 2026",
    "31+Feb+2026": "31 Feb 2026 is not a real date",
    "%00%ff": "Comparing with last meeting, 27 Aug 2026",
    "9" * 5000: "Enter a day, for example 27 August 2026",
}


@pytest.mark.usefixtures("meetings")
def test_the_overview_answers_what_changed_since_the_last_meeting(
    read: Read, client: CheckedClient, office: Person, plan: Plan
) -> None:
    text = read(office, plan)
    assert client.heading == "Improvement plan 2026"
    assert "2 areas · 4 actions · 4 milestones · next meeting Thursday 10 December 2026" in text
    assert "What changed since 27 Aug 2026 2 actions went red, 1 went from green to amber and 1 improved." in text
    assert "1.1 Start stage 1 Green→Red went from Green to Red, worse" in text
    assert "11 of 31 posts are vacant" in text
    assert "'New structure live' was due by 20 October 2026 and is more than 28 days late" in text
    assert "No reason given yet" in text


@pytest.mark.usefixtures("meetings")
def test_tiles_count_now_and_then(read: Read, client: CheckedClient, office: Person, plan: Plan) -> None:
    read(office, plan)
    tiles = [words(tile) for tile in client.page.iter("li") if tile.get("class") == "tile"]
    assert tiles == [
        "2 of 4 Red was 0 up 2",
        "1 of 4 Amber was 2 down 1",
        "1 of 4 Green was 2 down 1",
        "0 of 4 Complete was 0 no change",
        "0 of 4 Not scheduled was 0 no change",
    ]


@pytest.mark.usefixtures("meetings")
def test_what_will_turn_red_is_listed_with_its_day_and_reason(read: Read, office: Person, plan: Plan) -> None:
    text = read(office, plan, "?by=31+December+2026")
    assert "Will turn red by 31 Dec 2026 1.2 Agree the framework on 17 Dec 2026" in text
    text = read(office, plan)
    assert "Will turn red by the next meeting, 10 Dec 2026 No action, as things stand." in text


@pytest.mark.usefixtures("meetings")
def test_any_day_may_be_compared_with_and_a_bad_one_is_explained(read: Read, office: Person, plan: Plan) -> None:
    found = {since: read(office, plan, f"?since={since}") for since in SINCE}
    assert {since[:20]: expected for since, expected in SINCE.items() if expected not in found[since]} == {}


@pytest.mark.usefixtures("meetings")
def test_a_bad_day_ahead_is_explained_too(read: Read, office: Person, plan: Plan) -> None:
    for by in ("yesterday", "2026-01-01", "%00", "9999-12-31", "1" * 3000):
        assert "Looking ahead by the next meeting" in read(office, plan, f"?by={by}")


def test_without_a_meeting_the_plan_is_compared_with_its_start(read: Read, office: Person, plan: Plan) -> None:
    text = read(office, plan)
    assert "No earlier meeting to compare with. Comparing with the start of the plan." in text
    assert "What changed since 13 Jan 2026" in text
    assert "Will turn red in the next 28 days" in text


@pytest.mark.usefixtures("meetings")
def test_areas_stand_in_plan_order_or_by_concern(
    read: Read, session: Session, office: Person, tom: Person, plan: Plan
) -> None:
    first = an_area(session, plan, title="Pathway plans")
    an_update(session, an_action(session, plan, area=first, due="+200d", lead=tom), by=tom)
    an_action(session, plan, area=an_area(session, plan, title="Care leavers", priority_set=True), due="-40d")
    for query, order in (("", "Pathway Care"), ("?order=concern", "Care Pathway")):
        text = read(office, plan, query)
        before, after = order.split()
        assert text.rindex(f"{before} ") < text.rindex(f"{after} "), query


@pytest.mark.usefixtures("meetings")
def test_a_priority_area_is_red_with_one_red_action_and_placeholders_are_counted_apart(
    read: Read, session: Session, office: Person, tom: Person, plan: Plan
) -> None:
    area = an_area(session, plan, title="Care leavers", priority_set=True)
    for _ in range(6):
        an_action(session, plan, area=area, due="+200d", lead=tom)
    an_action(session, plan, area=area, due="-40d", lead=tom)
    an_action(session, plan, area=area, due=None, lead=tom, kind=ActionKind.PLACEHOLDER)
    text = read(office, plan)
    row = text[text.rindex("Care leavers") :]
    assert row.startswith("Care leavers Priority Red")
    assert "1 placeholder" in row


def test_a_draft_is_not_rated(read: Read, session: Session, office: Person) -> None:
    draft = a_plan(session, title="Next plan", approved_on=None)
    an_action(session, draft, area=an_area(session, draft))
    text = read(office, draft)
    assert "This plan is not approved yet. It is not rated until it is." in text
    assert "What changed" not in text
    assert all(read(office, draft, path) for path in ("/changes", "/areas/1", "/actions", "/print"))


def test_a_plan_without_areas_says_what_to_do(read: Read, session: Session, office: Person) -> None:
    assert "This plan has no areas yet" in read(office, a_plan(session))


def test_the_list_of_plans_shows_how_each_stands(
    client: CheckedClient, session: Session, office: Person, plan: Plan
) -> None:
    a_plan(session, title="Next plan", approved_on=None)
    session.commit()
    client.sign_in(office)
    client.get("/plans")
    assert "Improvement plan 2026 Live 13 Jan 2026 2 areas, 4 actions Red Red 2Amber 1Green 1" in client.text
    assert "Next plan Draft, not rated until approved Not yet 0 areas, 0 actions Not rated" in client.text


@pytest.mark.both_databases
def test_many_plans_come_in_pages_the_newest_first(client: CheckedClient, session: Session, office: Person) -> None:
    for number in range(1, 24):
        a_plan(session, title=f"Plan number {number:02d}", approved_on=f"-{100 - number}d")
    a_plan(session, title="Not approved yet", approved_on=None)
    session.commit()
    client.sign_in(office)
    client.get("/plans")
    assert [f"Plan number {number:02d}" in client.text for number in (23, 5, 4)] == [True, True, False]
    assert client.text.index("Not approved yet") < client.text.index("Plan number 23")
    client.get("/plans?page=2")
    assert [f"Plan number {number:02d}" in client.text for number in (5, 4, 1)] == [False, True, True]
    client.get("/plans?page=99")
    assert "Plan number 01" in client.text


def test_an_empty_list_tells_the_office_how_to_bring_a_plan_in(
    client: CheckedClient, session: Session, office: Person
) -> None:
    session.commit()
    client.sign_in(office)
    client.get("/plans")
    assert "tracker import-plan FILE" in client.text


def test_an_unknown_plan_is_not_found(client: CheckedClient, session: Session, office: Person) -> None:
    session.commit()
    client.sign_in(office)
    for slug in ("no-such-plan", "%00", "x" * 3000):
        for path in ("", "/changes", "/actions", "/print", "/areas/1", "/actions.csv"):
            assert client.get(f"/plans/{slug}{path}").status_code == 404


def test_an_administrator_reads_no_plan(client: CheckedClient, session: Session, plan: Plan) -> None:
    admin, slug = a_person(session, Role.ADMIN, "Ada Moss"), plan.slug
    session.commit()
    client.sign_in(admin)
    for path in ("/plans", f"/plans/{slug}", f"/plans/{slug}/areas/1", f"/plans/{slug}/print"):
        assert client.get(path).status_code == 403


def test_a_lead_of_another_plan_does_not_read_this_one(client: CheckedClient, session: Session, plan: Plan) -> None:
    other, slug = a_plan(session, title="Another plan"), plan.slug
    guest = a_person(session, Role.LEAD, "Guest Lead", scope={"plan_id": other.id})
    session.commit()
    client.sign_in(guest)
    assert client.get(f"/plans/{slug}").status_code == 403
    client.get("/plans")
    assert "Another plan" in client.text
    assert "Improvement plan 2026" not in client.text


@pytest.mark.both_databases
@pytest.mark.usefixtures("meetings")
def test_reading_pages_ask_no_more_for_many_actions_than_for_few(
    read: Read, client: CheckedClient, session: Session, engine: Engine, plan: Plan
) -> None:
    reader = a_person(session, Role.LEAD, "Rita Reader", also=(Role.OFFICE,))
    slug, area = plan.slug, an_area(session, plan)
    pages = [f"/plans/{slug}{path}" for path in ("", "/areas/3", "/changes", "/actions", "/print", "/actions.csv")]
    an_update(session, an_action(session, plan, area=area, due=date(2026, 6, 1)), by=reader)
    read(reader, plan)
    few = [_asked(client, engine, page) for page in pages]
    for number in range(30):
        action = an_action(session, plan, area=area, due=date(2026, 6, 1) + timedelta(days=9 * number))
        a_milestone(session, action, due=None)
        an_update(session, action, by=reader, on=date(2026, 9, 1))
    session.commit()
    many = [_asked(client, engine, page) for page in pages]
    assert few == many
    assert max(many[:-1]) <= BUDGET, dict(zip(pages, many, strict=True))


def _asked(client: CheckedClient, engine: Engine, page: str) -> int:
    with queries_of(engine) as statements:
        assert client.get(page).status_code == 200
    return len(statements)
