"""Which roles reach which settings: tried through HTTP, and nothing has changed after a refusal."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_body, a_meeting, a_person, a_unit
from tests.support.checked_client import CheckedClient
from tracker.core import clock
from tracker.core.changelog.tables import log_entry
from tracker.people import commands
from tracker.people.models import Deputy, Invitation, PostHolding
from tracker.people.rules import InvitationKind, PartyKind, Role

ADMIN, OFFICE = {Role.ADMIN}, {Role.ADMIN, Role.OFFICE}
PAGES = {
    "/settings": OFFICE,
    "/settings/people": ADMIN,
    "/settings/people/new": ADMIN,
    "/settings/people/{person}": ADMIN,
    "/settings/people/{person}/change": ADMIN,
    "/settings/units": ADMIN,
    "/settings/bodies": OFFICE,
    "/settings/bodies/{body}": OFFICE,
    "/settings/leads": OFFICE,
    "/settings/leads/{party}": OFFICE,
    "/settings/organisation": ADMIN,
    "/settings/people/invite": ADMIN,
    "/settings/absences": OFFICE,
    "/settings/bodies/{body}/meetings": OFFICE,
    "/settings/first-run": ADMIN,
    "/settings/first-run/organisation": ADMIN,
    "/settings/first-run/office": ADMIN,
    "/settings/first-run/plan": ADMIN,
    "/settings/first-run/meeting": OFFICE,
}
ACTS = {
    "/settings/people/new": ADMIN,
    "/settings/people/{person}/change": ADMIN,
    "/settings/people/{person}/deactivate": ADMIN,
    "/settings/people/{person}/reactivate": ADMIN,
    "/settings/people/{person}/link": ADMIN,
    "/settings/people/{person}/sessions/end": ADMIN,
    "/settings/people/invite": ADMIN,
    "/settings/invitations/{invitation}/withdraw": ADMIN,
    "/settings/absences": OFFICE,
    "/settings/absences/{absence}/end": OFFICE,
    "/settings/bodies/{body}/meetings": OFFICE,
    "/settings/leads/{party}/holders": OFFICE,
    "/settings/leads/{party}/left": OFFICE,
    "/settings/leads/{party}/back": OFFICE,
    "/settings/leads/holders/{holding}/end": OFFICE,
    "/settings/first-run/organisation": ADMIN,
    "/settings/first-run/office": ADMIN,
    "/settings/first-run/plan": ADMIN,
    "/settings/first-run/meeting": OFFICE,
    "/settings/people/{person}/roles": ADMIN,
    "/settings/roles/{grant}/end": ADMIN,
    "/settings/units": ADMIN,
    "/settings/bodies": OFFICE,
    "/settings/bodies/{body}": OFFICE,
    "/settings/meetings/{meeting}/held": OFFICE,
    "/settings/leads/{party}": OFFICE,
    "/settings/leads/{party}/people": OFFICE,
    "/settings/leads/people/{member}/end": OFFICE,
    "/settings/organisation": ADMIN,
}


@pytest.fixture
def numbers(session: Session) -> dict[str, int]:
    person, body = a_person(session, Role.LEAD, "Somebody Else"), a_body(session)
    a_unit(session)
    party = commands.make_lead_party(session, name="A lead", kind=PartyKind.POST, by=None)
    member = commands.link_member(session, party, person, by=None)
    meeting = a_meeting(session, body, clock.today())
    grant_id = person.grants[0].id
    commands.invite(session, person, kind=InvitationKind.RESET, by=None)
    today = clock.today()
    absence = Deputy(person_id=person.id, deputy_id=a_person(session).id, starts_on=today, ends_on=today)
    holding = PostHolding(party_id=party.id, person_id=person.id, starts_on=today)
    session.add_all([absence, holding])
    session.commit()
    return {
        "person": person.id,
        "grant": grant_id,
        "body": body.id,
        "meeting": meeting.id,
        "party": party.id,
        "member": member.id,
        "invitation": session.scalars(select(Invitation.id)).one(),
        "absence": absence.id,
        "holding": holding.id,
    }


def changes(session: Session) -> int:
    session.rollback()
    acts = session.scalars(select(log_entry.c.act))
    return sum(1 for act in acts if act in {"insert", "update", "delete"})


@pytest.mark.parametrize("role", list(Role))
def test_each_role_sees_its_settings_and_no_other(
    client: CheckedClient, session: Session, numbers: dict[str, int], role: Role
) -> None:
    me = a_person(session, role, "Me Myself")
    session.commit()
    client.sign_in(me)
    seen = {address: client.get(address.format(**numbers)).status_code for address in PAGES}
    assert seen == {address: 200 if role in roles else 403 for address, roles in PAGES.items()}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_each_role_changes_its_settings_and_no_other(
    client: CheckedClient, session: Session, numbers: dict[str, int], role: Role
) -> None:
    me = a_person(session, role, "Me Myself")
    session.commit()
    client.sign_in(me)
    client.get("/my/settings")
    sending = {"csrf_token": client.form("new_password").sent["csrf_token"][0]}
    for address, roles in ACTS.items():
        before = changes(session)
        answer = client.post(address.format(**numbers), data=sending)
        if role not in roles:
            assert answer.status_code == 403, address
            assert changes(session) == before, address
        else:
            assert answer.status_code in {200, 303, 422}, address


def test_a_refusal_is_logged_with_who_and_what(
    client: CheckedClient, session: Session, numbers: dict[str, int]
) -> None:
    me = a_person(session, Role.VIEWER, "Me Myself")
    session.commit()
    client.sign_in(me)
    client.get("/settings/people")
    assert client.heading
    refusals = session.execute(select(log_entry.c.actor, log_entry.c.act).where(log_entry.c.act == "refused")).all()
    assert [tuple(row) for row in refusals] == [(f"person:{me.id}", "refused")]


def test_nobody_is_asked_to_sign_in_first(client: CheckedClient, numbers: dict[str, int]) -> None:
    for address in PAGES:
        answer = client.get(address.format(**numbers))
        assert answer.status_code == 302
        assert answer.location.startswith("/sign-in?next=/settings")


def test_what_the_office_may_not_set_is_not_offered(client: CheckedClient, session: Session) -> None:
    me = a_person(session, Role.OFFICE, "Me Myself")
    session.commit()
    client.sign_in(me)
    client.get("/settings")
    assert "Bodies and meetings" in client.text
    assert "People and roles" not in client.text
