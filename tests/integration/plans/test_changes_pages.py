"""Everything that changed since a day, on a page and as a file."""

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_meeting, a_person
from tests.support.builders.plans import a_plan, an_action, an_area, an_update
from tests.support.checked_client import CheckedClient
from tests.support.pages import words
from tracker.people.models import Body, Person
from tracker.people.rules import Role
from tracker.plans.commands import dates
from tracker.plans.models import Milestone, Plan
from tracker.plans.rules.dates import read_target_date

Read = Callable[..., str]


@pytest.fixture
def moved(session: Session, plan: Plan, meetings: None, office: Person, today: date) -> Plan:
    """The plan with the date of 1.3 moved by approval today."""
    milestone = session.scalars(select(Milestone).where(Milestone.due == date(2027, 3, 31))).one()
    wish = read_target_date("30 June 2027", today=today)
    change = dates.ask_date(session, milestone, to=wish, because="The supplier is late", by=office)
    session.flush()
    session.expire_all()
    dates.approve_date(session, change, by=a_person(session, Role.ASSURANCE, "Helen Marsh"))
    return plan


def test_lists_stand_in_the_order_in_which_a_meeting_asks(
    read: Read, client: CheckedClient, office: Person, moved: Plan
) -> None:
    text = read(office, moved, "/changes")
    assert client.heading == "Changes since 27 Aug 2026"
    captions = [words(caption) for caption in client.page.iter("caption")]
    assert captions == ["Went red (2)", "Went amber (1)", "Improved (1)", "Dates moved (1)", "Not updated (2)"]
    assert "31 Mar 2027 → 30 Jun 2027, 91 days later“The supplier is late”" in text


def test_the_file_holds_exactly_these_lists(read: Read, client: CheckedClient, office: Person, moved: Plan) -> None:
    slug = moved.slug
    read(office, moved)
    answer = client.get(f"/plans/{slug}/changes.csv")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    lists = [(row["List"], row["No."]) for row in rows]
    assert lists == [
        ("Went red", "1.1"),
        ("Went red", "2.1"),
        ("Went amber", "1.2"),
        ("Improved", "1.3"),
        ("Dates moved", "1.3"),
        ("Not updated", "1.2"),
        ("Not updated", "2.1"),
    ]
    move = rows[4]
    assert (move["Date then"], move["Date now"], move["Days moved"]) == ("2027-03-31", "2027-06-30", "91")


@pytest.mark.parametrize(
    ("day", "is_silent"),
    [(date(2026, 8, 26), True), (date(2026, 8, 27), True), (date(2026, 8, 28), False)],
    ids=["the day before the meeting", "the day of the meeting", "the day after"],
)
def test_an_update_of_the_day_compared_with_is_not_one_since(
    *, read: Read, client: CheckedClient, session: Session, meetings: None, tom: Person, day: date, is_silent: bool
) -> None:
    plan = a_plan(session, slug="plan", approved_on=date(2026, 1, 13))
    an_update(session, an_action(session, plan, due="2027-12-31", lead=tom), by=tom, on=day)
    in_list = "Not updated (1)" in read(tom, plan, "/changes")
    in_chip = "Not updated since the meeting (1)" in read(tom, plan)
    found = read(tom, plan, "/actions?updated=no")
    assert [in_list, in_chip, "Review every caseload" in found] == [is_silent] * 3


def test_a_plan_in_which_nothing_changed_says_so(read: Read, session: Session, office: Person, today: date) -> None:
    quiet = a_plan(session, approved_on=today)
    an_action(session, quiet, area=an_area(session, quiet), due="2027-12-31")
    assert "Nothing has changed since 26 Nov 2026." in read(office, quiet, "/changes")


def test_a_meeting_before_the_approval_is_not_compared_with(
    read: Read, session: Session, office: Person, plan: Plan, meetings: None
) -> None:
    body = session.scalars(select(Body)).one()
    a_meeting(session, body, date(2025, 11, 20), is_held=True)
    assert "What changed since 28 May 2026" in read(office, plan, "?since=meeting-before")
