"""Units, bodies, their meetings, lead parties and the organisation, by the commands alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.builders.people import a_body, a_meeting, a_person, a_unit
from tracker.core.problems import Conflict, Invalid
from tracker.people import commands, queries
from tracker.people.models import LeadParty
from tracker.people.rules import BodyKind, Cycle, PartyKind, UnitKind

pytestmark = pytest.mark.both_databases


def test_a_unit_belongs_to_another_and_has_a_name_of_its_own(session: Session) -> None:
    service = commands.make_unit(session, name="Children's Social Care", kind=UnitKind.SERVICE, by=None)
    team = commands.make_unit(session, name="North Team", kind=UnitKind.TEAM, parent=service, by=None)
    assert team.parent_id == service.id
    with pytest.raises(Conflict):
        commands.make_unit(session, name=" North  Team ", kind=UnitKind.TEAM, by=None)


def test_a_unit_cannot_end_before_it_began(session: Session, today: date) -> None:
    with pytest.raises(Invalid) as caught:
        commands.make_unit(
            session, name="Old", kind=UnitKind.TEAM, starts_on=today, ends_on=today - timedelta(days=1), by=None
        )
    assert caught.value.field == "ends_on"


def test_a_body_reports_to_another(session: Session) -> None:
    cabinet = commands.make_body(session, name="Cabinet", kind=BodyKind.EXECUTIVE, cycle=Cycle.MONTHLY, by=None)
    board = commands.make_body(
        session, name="Board", kind=BodyKind.ASSURANCE, cycle=Cycle.QUARTERLY, reports_to=cabinet, by=None
    )
    assert board.reports_to is cabinet
    with pytest.raises(Conflict):
        commands.make_body(session, name="Board", kind=BodyKind.ASSURANCE, cycle=Cycle.QUARTERLY, by=None)


def test_a_body_meets_once_on_a_day(session: Session, today: date) -> None:
    body = a_body(session)
    commands.plan_meeting(session, body, day=today, by=None)
    with pytest.raises(Conflict) as caught:
        commands.plan_meeting(session, body, day=today, by=None)
    assert caught.value.field == "day"


def test_updates_close_before_a_meeting_and_no_meeting_is_in_another_age(session: Session, today: date) -> None:
    body = a_body(session)
    tomorrow = datetime(2026, 11, 27, 17, tzinfo=UTC)
    with pytest.raises(Invalid):
        commands.plan_meeting(session, body, day=today, updates_close_at=tomorrow, by=None)
    with pytest.raises(Invalid):
        commands.plan_meeting(session, body, day=date(2099, 1, 1), by=None)


def test_a_meeting_is_held_on_its_day_at_the_earliest(session: Session, today: date) -> None:
    body = a_body(session)
    to_come, at_last = a_meeting(session, body, today + timedelta(days=1)), a_meeting(session, body, today)
    with pytest.raises(Invalid):
        commands.record_held(session, to_come, by=None)
    commands.record_held(session, at_last, by=None)
    assert (to_come.is_held, at_last.is_held) == (False, True)


def test_a_lead_of_the_plan_is_linked_to_people_and_unlinked(session: Session) -> None:
    person = a_person(session)
    party = commands.make_lead_party(session, name="Chair of the Partnership", kind=PartyKind.POST, by=None)
    member = commands.link_member(session, party, person, by=None)
    with pytest.raises(Conflict):
        commands.link_member(session, party, person, by=None)
    commands.end_member(session, member, by=None)
    again = commands.link_member(session, _reloaded(session, party), person, by=None)
    assert (again.id, again.ends_on) == (member.id, None)


def test_nobody_who_cannot_sign_in_is_linked(session: Session) -> None:
    party = commands.make_lead_party(session, name="Tom Whitcombe", kind=PartyKind.PERSON, by=None)
    with pytest.raises(Invalid, match="not active"):
        commands.link_member(session, party, a_person(session, is_active=False), by=None)


def test_a_lead_has_one_text_and_changes_its_kind_and_post(session: Session) -> None:
    party = commands.make_lead_party(session, name="Tom Whitcombe", kind=PartyKind.UNKNOWN, by=None)
    commands.change_lead_party(session, party, kind=PartyKind.PERSON, post="Head of service", by=None)
    assert (party.kind, party.post) == (PartyKind.PERSON, "Head of service")
    with pytest.raises(Conflict):
        commands.make_lead_party(session, name="Tom Whitcombe", kind=PartyKind.PERSON, by=None)


def test_there_is_one_organisation(session: Session) -> None:
    commands.set_organisation(session, name="Northmoor", is_demonstration=True, by=None)
    ours = commands.set_organisation(session, name="Northmoor Council", urgent_contact="Call 01632 960000", by=None)
    assert queries.organisation(session) is ours
    assert (ours.name, ours.is_demonstration) == ("Northmoor Council", True)


def test_the_organisation_is_not_overwritten_unseen(session: Session) -> None:
    seen = commands.set_organisation(session, name="Northmoor", by=None).version
    commands.set_organisation(session, name="Northmoor Council", version=seen, by=None)
    with pytest.raises(Conflict):
        commands.set_organisation(session, name="North Moor", version=seen, by=None)


def test_a_unit_s_name_is_no_longer_than_its_column(session: Session) -> None:
    with pytest.raises(Invalid, match="120 characters or fewer"):
        commands.make_unit(session, name="x" * 121, kind=UnitKind.TEAM, by=None)
    assert queries.unit_by_name(session, a_unit(session).name) is not None


def _reloaded(session: Session, party: LeadParty) -> LeadParty:
    session.expire_all()
    found = queries.lead_party(session, party.id)
    assert found is not None
    return found
