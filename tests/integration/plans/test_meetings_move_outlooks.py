"""A meeting in the calendar moves the outlook of what waits on its body, by whichever page it got there."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.support.builders.people import a_body, a_person
from tests.support.builders.plans import a_milestone, a_plan, an_action
from tests.support.checked_client import CheckedClient
from tracker.people.models import Body
from tracker.people.rules import Role
from tracker.plans.models import Action
from tracker.plans.rules.vocabulary import MilestoneKind


@pytest.fixture
def cabinet(session: Session) -> Body:
    return a_body(session, "Cabinet")


@pytest.fixture
def waiting(session: Session, cabinet: Body) -> Action:
    """An action that has waited on a body since its approval, for more than eight weeks."""
    plan = a_plan(session, approved_on="2026-09-20")
    action = an_action(session, plan, due=None)
    a_milestone(session, action, title="Cabinet agrees", due=None, kind=MilestoneKind.WAITING, waits_on="Cabinet")
    session.commit()
    return action


@pytest.mark.parametrize(
    ("address", "fields", "button"),
    [
        ("/settings/bodies/{}", {"day": "20 Nov 2026"}, None),
        ("/settings/bodies/{}/meetings", {"first": "20 Nov 2026", "cycle": "monthly", "number": "2"}, "Add"),
        ("/settings/first-run/meeting", {"name": "Cabinet", "day": "20 Nov 2026"}, None),
    ],
)
def test_every_page_that_adds_a_meeting_works_out_anew_what_waits_on_it(
    *,
    client: CheckedClient,
    session: Session,
    cabinet: Body,
    waiting: Action,
    address: str,
    fields: dict[str, str],
    button: str | None,
) -> None:
    before = waiting.amber_from
    assert before is not None
    assert before < date(2026, 11, 26)
    office = a_person(session, Role.OFFICE, "Daniel Hughes")
    session.commit()
    client.sign_in(office)
    client.get(address.format(cabinet.id))
    client.submit(fields)
    if button is not None:
        client.submit(button=button)
    session.expire_all()
    assert waiting.amber_from is not None
    assert waiting.amber_from > date(2026, 11, 26)
