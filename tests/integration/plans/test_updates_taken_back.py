"""Looking at one update by itself and taking it back, through HTTP."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_body, a_meeting, a_person
from tests.support.builders.plans import a_lead, a_plan, an_action, an_area, an_update
from tests.support.checked_client import CheckedClient
from tracker.core.problems import Forbidden
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands.updates import withdraw_update
from tracker.plans.models import Action, ActionLead, Plan, Update
from tracker.plans.rules.states import UpdateState

Read = Callable[..., str]
HoldClock = Callable[[date | datetime], datetime]
CLOSES = datetime(2026, 12, 7, 17, tzinfo=UTC)
RED = {"declared": "R", "why": "11 of 31 posts are vacant", "doing": "Agency team starts on 7 December"}


@pytest.fixture(autouse=True)
def meetings(session: Session, today: date) -> None:
    a_meeting(session, a_body(session), date(2026, 12, 10), updates_close_at=CLOSES)


@pytest.fixture
def plan(session: Session, tom: Person) -> Plan:
    made = a_plan(session, slug="plan", approved_on=date(2026, 1, 13))
    an_area(session, made)
    return made


@pytest.fixture
def action(session: Session, plan: Plan, tom: Person) -> Action:
    return an_action(session, plan, title="Start stage 1", due="-19d", lead=tom)


def saved(session: Session) -> list[Update]:
    session.expire_all()
    return list(session.scalars(select(Update).order_by(Update.id)))


def test_an_update_can_be_taken_back_until_the_closing_time(
    *, read: Read, session: Session, client: CheckedClient, tom: Person, action: Action, plan: Plan
) -> None:
    read(tom, plan, "/1.1")
    client.submit(RED, button="Save update")
    client.follow("Undo or change it")
    assert client.heading == "Update to 1.1 of 26 Nov 2026"
    client.follow("Take it back")
    client.submit({"reason": "Wrong action"}, button="Take back the update")
    assert "Update taken back: 1.1" in client.text
    assert "Taken back: it does not count" in client.text
    assert saved(session)[0].state is UpdateState.WITHDRAWN


def test_after_the_closing_time_it_stays(
    *, read: Read, session: Session, client: CheckedClient, tom: Person, action: Action, plan: Plan, clock_at: HoldClock
) -> None:
    update = an_update(session, action, by=tom)
    clock_at(datetime(2026, 12, 8, 9, tzinfo=UTC))
    text = read(tom, plan, f"/1.1/updates/{update.id}")
    assert "Take it back" not in text
    assert client.get(f"/plans/plan/1.1/updates/{update.id}/withdraw").status_code == 403


def test_the_command_itself_refuses_after_the_closing_time(
    *, session: Session, tom: Person, office: Person, action: Action, clock_at: HoldClock
) -> None:
    update = an_update(session, action, by=tom)
    clock_at(datetime(2026, 12, 8, 9, tzinfo=UTC))
    for person in (tom, office):
        with pytest.raises(Forbidden, match="has passed, so it stays"):
            withdraw_update(session, update, reason="", by=person, version=update.version)
    assert update.state is UpdateState.SUBMITTED


@pytest.mark.parametrize("leads_it", [False, True], ids=["a stranger", "a second lead of the action"])
def test_the_command_itself_refuses_all_but_the_author_and_the_office(
    *, session: Session, tom: Person, office: Person, action: Action, leads_it: bool
) -> None:
    update, other = an_update(session, action, by=tom), a_person(session, Role.LEAD, "Ann Able")
    if leads_it:
        session.add(ActionLead(action_id=action.id, party_id=a_lead(session, other).id, position=2))
        session.flush()
    with pytest.raises(Forbidden, match="Only its author or the programme office"):
        withdraw_update(session, update, reason="", by=other, version=update.version)
    withdraw_update(session, update, reason="", by=office, version=update.version)
    assert update.state is UpdateState.WITHDRAWN


def test_an_update_is_found_under_its_own_action_only(
    *, read: Read, session: Session, client: CheckedClient, tom: Person, action: Action, plan: Plan
) -> None:
    other = an_action(session, plan, lead=tom)
    update = an_update(session, other, by=tom)
    read(tom, plan, "/1.1")
    for number in (update.id, 999_999, "9" * 30):
        assert client.get(f"/plans/plan/1.1/updates/{number}").status_code == 404
        assert client.get(f"/plans/plan/1.1/updates/{number}/withdraw").status_code == 404
