"""Two assurance bodies that meet on one day: the one is still the next meeting when the other was held."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from tests.integration.plans.conftest import Read
from tests.support.builders.people import a_body, a_meeting
from tests.support.builders.plans import a_plan, an_action, an_area
from tracker.notices.queries.closings import calendar
from tracker.people.models import Person
from tracker.plans.models import Plan
from tracker.plans.queries.window import update_window

CLOSES = datetime(2026, 11, 26, 17, tzinfo=UTC)


@pytest.fixture
def plan(session: Session, tom: Person) -> Plan:
    made = a_plan(session, slug="plan", approved_on="2026-01-13")
    an_action(session, made, area=an_area(session, made), due="2027-12-31", lead=tom)
    day = CLOSES.date()
    a_meeting(session, a_body(session, "Assurance meeting"), day, is_held=True)
    a_meeting(session, a_body(session, "Members' assurance panel"), day, updates_close_at=CLOSES)
    return made


def test_every_page_names_the_meeting_that_is_still_ahead(
    session: Session, read: Read, tom: Person, plan: Plan
) -> None:
    window, day = update_window(session), CLOSES.date()
    assert (window.last_held, window.next_day, window.closes_at) == (day, day, CLOSES)
    assert window.held == (day,)
    overview = read(tom, plan)
    assert "next meeting Thursday 26 November 2026" in overview
    assert "26 Nov 2026" in overview
    assert "For the assurance meeting on Thursday 26 November 2026." in read(tom, plan, "/1.1")


def test_notices_count_days_to_the_closing_of_the_one_ahead(session: Session, plan: Plan) -> None:
    closing = calendar(session).closing
    assert closing is not None
    assert closing.closes_at == CLOSES
