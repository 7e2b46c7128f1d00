"""When a lead is gone: the rule in Python and the condition in SQL say the same."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.plans import a_lead
from tracker.people.models import LeadParty
from tracker.people.queries import left_by
from tracker.people.rules import has_left

TODAY = date(2026, 11, 26)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("left_on", "is_gone"),
    [(None, False), (date(2026, 11, 25), True), (TODAY, True), (date(2026, 11, 27), False)],
)
def test_a_lead_is_gone_from_the_day_of_leaving_on(session: Session, left_on: date | None, *, is_gone: bool) -> None:
    party = a_lead(session, "Joanne Pike")
    party.left_on = left_on
    session.flush()
    found = session.scalars(select(LeadParty.id).where(left_by(TODAY))).all()
    there = session.scalars(select(LeadParty.id).where(~left_by(TODAY))).all()
    assert (found == [party.id], there == [party.id]) == (is_gone, not is_gone)
    assert has_left(left_on, TODAY) is is_gone
