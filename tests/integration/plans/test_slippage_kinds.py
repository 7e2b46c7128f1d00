"""The slippage report names what kind of reason was chosen for each move, on the page and in the files."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import an_action
from tests.support.checked_client import CheckedClient
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands import dates
from tracker.plans.models import Milestone, Plan
from tracker.plans.rules.dates import read_target_date
from tracker.plans.rules.moves import MoveReason

Read = Callable[..., str]
pytestmark = pytest.mark.usefixtures("meetings")
CHOSEN = "Posts are vacant or new in post"
SAID = "Two of six posts"


@pytest.fixture
def moved(session: Session, plan: Plan, tom: Person, office: Person) -> Plan:
    action = an_action(session, plan, title="Fill the posts", due="2026-12-31", lead=tom)
    step = session.scalars(select(Milestone).where(Milestone.action_id == action.id)).one()
    to = read_target_date("20 Jan 2027", today=date(2026, 11, 26))
    wish = dates.ask_date(session, step, to=to, because=SAID, by=tom, code=MoveReason.RECRUITMENT)
    dates.approve_date(session, wish, by=office)
    return plan


def test_the_page_names_the_kind_beside_the_words_and_counts_by_kind(
    read: Read, client: CheckedClient, office: Person, moved: Plan
) -> None:
    assert f"26 Nov 2026: {CHOSEN}, “{SAID}”" in read(office, moved, "/reports/slippage")
    text = read(office, moved, "/reports/slippage?view=reason")
    assert CHOSEN in text
    assert SAID not in text


def test_the_files_name_the_kind_of_each_move(
    read: Read, client: CheckedClient, office: Person, moved: Plan, session: Session
) -> None:
    read(office, moved)
    lines = client.get(f"/plans/{moved.slug}/reports/slippage.csv").get_data(as_text=True).splitlines()
    assert ",Kinds of reason,Reasons," in lines[0]
    assert f",{CHOSEN},{SAID}," in lines[1]
    book = load_workbook(BytesIO(client.get(f"/plans/{moved.slug}/reports/slippage.xlsx").get_data()))
    [header, row] = list(book["Moves"].iter_rows(values_only=True))
    assert header[-5:] == ("From", "To", "Days", "Kind of reason", "Reason")
    assert row[-3:] == (20, CHOSEN, SAID)
    assert book["Reasons"]["A2"].value == CHOSEN


def test_who_reads_no_words_reads_no_kinds(read: Read, session: Session, moved: Plan) -> None:
    text = read(a_person(session, Role.VIEWER, "Vera Lint"), moved, "/reports/slippage")
    assert "Fill the posts" in text
    assert CHOSEN not in text
