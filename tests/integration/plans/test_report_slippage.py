"""Slippage and declared better than computed: a year of one plan, worked out by hand, on the pages and in the files."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_lead, a_milestone, an_action, an_update
from tests.support.checked_client import CheckedClient
from tests.support.pages import words
from tracker.core import clock
from tracker.core.changelog.tables import log_entry, log_payload
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands import dates
from tracker.plans.models import Action, Milestone, Plan
from tracker.plans.rules.dates import read_target_date
from tracker.plans.rules.vocabulary import Precision

Read = Callable[..., str]
REPORTS = ("exceptions", "turning", "slippage", "declared")

pytestmark = pytest.mark.usefixtures("meetings")


def move(session: Session, milestone: Milestone, *, to: str, because: str, by: tuple[Person, Person], on: date) -> None:
    """Let a lead ask for a date and the assurance body agree on the same day."""
    lead, body = by
    with clock.at(datetime(on.year, on.month, on.day, 12, tzinfo=UTC)):
        wish = dates.ask_date(session, milestone, to=read_target_date(to, today=on), because=because, by=lead)
        dates.approve_date(session, wish, by=body)


def milestone_of(session: Session, action: Action) -> Milestone:
    return session.scalars(select(Milestone).where(Milestone.action_id == action.id)).one()


@pytest.fixture
def chair(session: Session, today: date) -> Person:
    """Somebody of the assurance body since last year, who agreed to dates in the summer."""
    return a_person(session, Role.ASSURANCE, "Ola Berg", scope={"starts_on": date(2025, 9, 1)})


@pytest.fixture
def moved(session: Session, plan: Plan, tom: Person, chair: Person) -> Plan:
    """1.4 moved twice, 184 days in all; a date of 1.5 was lost; that of 1.6 was set for the first time."""
    both = (tom, chair)
    first = milestone_of(session, an_action(session, plan, title="Move twice", due="2026-07-31", lead=tom))
    move(session, first, to="30 Sep 2026", because="Posts are vacant", by=both, on=date(2026, 7, 6))
    move(session, first, to="31 Jan 2027", because="posts are vacant", by=both, on=date(2026, 10, 1))
    lead = a_lead(session, "Joanne Pike")
    lost = milestone_of(session, an_action(session, plan, title="Lose a date", due="2026-12-31", lead=lead))
    move(session, lost, to="TBC", because="=The programme took it back", by=both, on=date(2026, 8, 3))
    unset = an_action(session, plan, title="Set a date", due=None, lead=tom)
    move(session, a_milestone(session, unset, due=None), to="Mar 2027", because="", by=both, on=date(2026, 6, 1))
    return plan


def table(client: CheckedClient) -> list[list[str]]:
    return [[words(cell) for cell in row] for row in next(client.page.iter("tbody"))]


def test_slippage_by_action_tells_how_often_and_how_far_from_the_first_date(
    read: Read, client: CheckedClient, office: Person, moved: Plan
) -> None:
    text = read(office, moved, "/reports/slippage")
    rows = table(client)
    assert [(row[0].split()[0], row[2], row[3]) for row in rows] == [("1.4", "2", "184"), ("1.5", "1", "No date now")]
    assert "New structure live: 31 Jul 2026 → 31 Jan 2027, twice" in rows[0][4]
    assert "6 Jul 2026: “Posts are vacant”" in rows[0][4]
    assert "Dates of 2 actions have moved, 3 times in all. The furthest is 184 days later" in text


def test_slippage_by_lead_and_by_reason(read: Read, client: CheckedClient, office: Person, moved: Plan) -> None:
    read(office, moved, "/reports/slippage?view=lead")
    assert table(client) == [
        ["Tom Whitcombe", "1", "5", "2", "184"],
        ["Joanne Pike", "1", "2", "1", "No date now"],
    ]
    read(office, moved, "/reports/slippage?view=reason")
    assert table(client) == [["Posts are vacant", "2", "184"], ["=The programme took it back", "1", "0"]]


def test_slippage_as_at_a_day_knows_only_what_was_agreed_by_then(
    read: Read, client: CheckedClient, office: Person, moved: Plan
) -> None:
    read(office, moved, "/reports/slippage?as_at=2026-09-30")
    assert [(row[0].split()[0], row[2], row[3]) for row in table(client)] == [
        ("1.4", "1", "61"),
        ("1.5", "1", "No date now"),
    ]
    assert "No date has moved since it was first agreed" in read(office, moved, "/reports/slippage?as_at=2026-07-05")


def test_what_an_exception_had_as_its_first_date_and_what_is_asked_for_now(
    read: Read, session: Session, chair: Person, tom: Person, plan: Plan
) -> None:
    made = an_action(session, plan, title="Late and moved", due="2026-07-31", lead=tom)
    move(session, milestone_of(session, made), to="30 Sep 2026", because="Vacant", by=(tom, chair), on=date(2026, 7, 6))
    to = read_target_date("31 Jan 2027", today=date(2026, 11, 26))
    dates.ask_date(session, milestone_of(session, made), to=to, because="Still vacant", by=tom)
    text = read(chair, plan, "/reports/exceptions")
    assert "First 31 Jul 2026, moved once. Now 30 Sep 2026. Expected by 31 Jan 2027" in text


def test_a_month_that_moved_to_a_quarter_is_not_made_a_day(
    read: Read, session: Session, chair: Person, tom: Person, plan: Plan
) -> None:
    made = milestone_of(session, an_action(session, plan, title="A month", due="2026-07-31", lead=tom))
    made.precision = Precision.MONTH
    move(session, made, to="Q2 2026/27", because="Vacant", by=(tom, chair), on=date(2026, 7, 6))
    assert "Jul 2026 → Q2 2026/27 (Jul to Sep 2026), once" in read(chair, plan, "/reports/slippage")
    assert "First Jul 2026, moved once. Now Q2 2026/27 (Jul to Sep 2026)" in read(chair, plan, "/reports/exceptions")
    assert "First due Jul 2026, moved once, 61 days later in all" in read(chair, plan, "/actions")


@pytest.fixture
def said(session: Session, plan: Plan, tom: Person) -> Plan:
    """On 20 November Tom calls 1.1 green, which by its dates was red since the 18th, and 1.3 red, which was green."""
    for ref, declared in (("1.1", "G"), ("1.3", "R")):
        action = session.scalars(select(Action).where(Action.plan_id == plan.id, Action.ref == ref)).one()
        an_update(session, action, by=tom, declared=declared, on=date(2026, 11, 20))
    return plan


def test_what_was_declared_stands_beside_what_was_computed_on_that_very_day(
    read: Read, client: CheckedClient, office: Person, said: Plan
) -> None:
    text = read(office, said, "/reports/declared")
    # 1.1: green 3 August (green), red 3 November (amber), green 20 November (red); 1.2 and 1.3 green once; 1.3 red.
    assert "In 1 of 6 updates the lead's colour was better than that of the dates." in text
    assert table(client) == [["Tom Whitcombe", "6", "1", "2", "Too few"]]
    read(office, said, "/reports/declared?view=area")
    assert table(client) == [["1 Reasonable workloads", "6", "1", "2", "Too few"]]
    read(office, said, "/reports/declared?view=each")
    (row,) = table(client)
    assert row[0].startswith("1.1")
    assert row[1:4] == ["20 Nov 2026", "Green", "Red"]
    assert row[4] == "'New structure live' was due by 20 October 2026 and is more than 28 days late"


def test_an_update_counts_for_a_report_only_from_its_day_on(
    read: Read, office: Person, said: Plan, client: CheckedClient
) -> None:
    text = read(office, said, "/reports/declared?as_at=2026-11-19")
    assert "In 0 of 4 updates" in text
    read(office, said, "/reports/declared?as_at=2026-11-19&view=each")
    assert "None was better." in client.text


def csv_rows(client: CheckedClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def sheets(client: CheckedClient, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(answer.data))


def test_the_csv_of_slippage_has_its_day_and_rule_in_every_row_and_no_formula(
    read: Read, client: CheckedClient, office: Person, moved: Plan
) -> None:
    read(office, moved, "/reports/slippage")
    rows = csv_rows(client, f"/plans/{moved.slug}/reports/slippage.csv")
    assert [(row["No."], row["First date"], row["Date now"], row["Days moved"]) for row in rows] == [
        ("1.4", "2026-07-31", "2027-01-31", "184"),
        ("1.5", "2026-12-31", "", ""),
    ]
    assert {(row["As at"], row["Rule"]) for row in rows} == {("2026-11-26", "delivery-1")}
    assert rows[1]["Reasons"] == "'=The programme took it back"


def test_the_workbook_of_slippage_says_what_it_is_and_holds_words_as_words(
    read: Read, client: CheckedClient, office: Person, moved: Plan
) -> None:
    read(office, moved, "/reports/slippage")
    book = sheets(client, f"/plans/{moved.slug}/reports/slippage.xlsx?as_at=2026-11-20")
    assert book.sheetnames == ["About", "Milestones", "Actions", "Leads", "Moves", "Reasons"]
    about = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True) if row[0]}
    assert (about["As at"], about["Rule"], about["Made on"]) == ("20 November 2026", "delivery-1", "26 November 2026")
    assert about["Plan"] == "Improvement plan 2026"
    for name in book.sheetnames[1:]:
        assert book[name].freeze_panes == "B2"
        assert book[name].auto_filter.ref.startswith("A1:")
        assert {cell.data_type for row in book[name] for cell in row} <= {"s", "n", "d"}
    assert book["Reasons"]["A3"].value == "=The programme took it back"
    assert book["Milestones"]["G2"].value.date() == date(2026, 7, 31)


@pytest.mark.parametrize("report", REPORTS)
def test_every_file_that_leaves_is_in_the_log_with_its_number_of_rows(
    *, read: Read, client: CheckedClient, session: Session, office: Person, said: Plan, report: str
) -> None:
    read(office, said, "/reports")
    rows = csv_rows(client, f"/plans/{said.slug}/reports/{report}.csv?before=2027-03-31")
    book = sheets(client, f"/plans/{said.slug}/reports/{report}.xlsx?before=2027-03-31")
    assert book.worksheets[1].max_row == 1 + len(rows)
    session.rollback()
    query = select(log_payload.c.after).join(log_entry, log_entry.c.number == log_payload.c.entry_number)
    logged = [str(after) for after in session.scalars(query.where(log_entry.c.act == "exported"))]
    assert logged == [f'{{"list":"{report}","rows":{len(rows)}}}'] * 2


@pytest.mark.parametrize("report", REPORTS)
def test_a_lead_takes_only_own_actions_away(
    *, read: Read, client: CheckedClient, session: Session, tom: Person, moved: Plan, report: str
) -> None:
    an_update(session, an_action(session, moved, title="Another", due="-40d", lead="Joanne Pike"), by=tom)
    read(tom, moved, "/reports")
    query = "?before=2027-12-31"
    rows = csv_rows(client, f"/plans/{moved.slug}/reports/{report}.csv{query}")
    assert rows
    assert {row["Lead"] for row in rows} == {"Tom Whitcombe"}
    book = sheets(client, f"/plans/{moved.slug}/reports/{report}.xlsx{query}")
    shown = str([list(sheet.values) for sheet in book.worksheets])
    assert "Joanne" not in shown
    assert "took it back" not in shown


def test_an_assurance_member_reads_and_takes_nothing_away(
    read: Read, client: CheckedClient, session: Session, plan: Plan
) -> None:
    member = a_person(session, Role.ASSURANCE, "Margaret Ellery")
    for report in REPORTS:
        assert "Download" not in read(member, plan, f"/reports/{report}")
        assert client.get(f"/plans/{plan.slug}/reports/{report}.csv").status_code == 403
        assert client.get(f"/plans/{plan.slug}/reports/{report}.xlsx").status_code == 403


def test_the_load_of_leads_leaves_as_a_workbook_too(
    *, read: Read, client: CheckedClient, session: Session, office: Person, tom: Person, plan: Plan
) -> None:
    read(office, plan, "/leads")
    book = sheets(client, f"/plans/{plan.slug}/leads.xlsx")
    leads = [row[0] for row in book["Leads"].iter_rows(min_row=2, values_only=True)]
    assert leads == ["Tom Whitcombe", "Joanne Pike"]
