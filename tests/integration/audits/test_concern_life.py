"""The life of a concern through HTTP: acknowledged, acted on, closed by the head of service; on show until acted on."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_concern, a_theme, an_audit
from tests.support.builders.people import a_person, an_organisation
from tests.support.checked_client import CheckedClient
from tracker.audits.commands import acknowledge_concern, act_on_concern, close_concern
from tracker.audits.models import ImmediateConcern
from tracker.core.problems import Conflict, Forbidden, Invalid
from tracker.people.models import Person
from tracker.people.rules import Role


@pytest.fixture
def concern(session: Session) -> ImmediateConcern:
    an_organisation(session)
    a_theme(session)
    ruth = a_person(session, Role.AUDITOR, "Ruth Osei")
    made = a_concern(session, an_audit(session, auditor=ruth, code="CP-104"), by=ruth)
    session.commit()
    return made


@pytest.fixture
def marcus(session: Session, concern: ImmediateConcern) -> Person:
    return session.scalars(select(Person).where(Person.name == "Marcus Bell")).one()


@pytest.fixture
def grace(session: Session) -> Person:
    return a_person(session, Role.MODERATOR, "Grace Adeyemi", scope={"is_head": True})


def say(client: CheckedClient, concern: ImmediateConcern, note: str, button: str) -> None:
    client.get(f"/concerns/{concern.public_id}")
    client.submit({"note": note}, button=button)


def test_a_concern_is_on_show_until_it_was_acted_on_and_is_closed_by_the_head_of_service(
    client: CheckedClient, session: Session, concern: ImmediateConcern, marcus: Person, grace: Person
) -> None:
    session.commit()
    client.sign_in(marcus)
    client.get("/audits")
    assert "1 concern waits to be acknowledged or acted on" in client.text
    client.get("/concerns")
    assert "Told, 26 Nov 2026 Waiting to be acknowledged, by 26 Nov 2026" in client.text
    say(client, concern, "The duty worker is on the way.", "Acknowledge this concern")
    assert "Acknowledged: CP-104" in client.text
    assert "Waiting to be acted on, by 27 Nov 2026" in client.text
    client.get("/audits")
    assert "1 concern waits" in client.text
    say(client, concern, "Seen at home this afternoon.", "It was acted on")
    assert "Acted on: CP-104" in client.text
    client.get("/audits")
    assert "concern waits" not in client.text
    client.get(f"/concerns/{concern.public_id}")
    assert "The head of service closes it." in client.text
    assert "Close this concern" not in client.text

    client.sign_in(grace)
    say(client, concern, "Safe with an aunt.", "Close this concern")
    assert "Closed by Grace Adeyemi, 26 Nov 2026" in client.text
    client.get(f"/concerns/{concern.public_id}")
    for words in ("The duty worker is on the way.", "Seen at home this afternoon.", "Safe with an aunt."):
        assert words in client.text
    assert "Next" not in client.text


def test_an_older_page_takes_no_further_stage_and_keeps_the_words(
    client: CheckedClient, session: Session, concern: ImmediateConcern, marcus: Person
) -> None:
    client.sign_in(marcus)
    client.get(f"/concerns/{concern.public_id}")
    older = client.form("note").sent["version"][0]
    client.submit({"note": "The duty worker is on the way."}, button="Acknowledge this concern")
    client.get(f"/concerns/{concern.public_id}")
    answer = client.submit({"note": "Written on the older page", "version": str(older)}, button="It was acted on")
    assert answer.status_code == 409
    assert "Written on the older page" in client.text
    session.expire_all()
    assert session.scalars(select(ImmediateConcern)).one().acted_at is None


def test_what_is_said_of_a_concern_names_nobody_unless_somebody_has_checked_it(
    client: CheckedClient, session: Session, concern: ImmediateConcern, marcus: Person
) -> None:
    client.sign_in(marcus)
    say(client, concern, "Emma Smith is with her aunt.", "Acknowledge this concern")
    assert "“Emma Smith” may tell who somebody is" in client.text
    session.expire_all()
    assert concern.acknowledged_at is None
    client.submit({"names_confirmed": "y"}, button="Acknowledge this concern")
    assert "Acknowledged: CP-104" in client.text
    session.expire_all()
    assert concern.acknowledgement == "Emma Smith is with her aunt."


def test_each_stage_refuses_who_may_not_and_what_is_out_of_turn(
    session: Session, concern: ImmediateConcern, marcus: Person, grace: Person
) -> None:
    ruth = session.scalars(select(Person).where(Person.name == "Ruth Osei")).one()
    session.refresh(marcus, ["grants"])
    with pytest.raises(Conflict):
        act_on_concern(session, concern, note="Done", version=concern.version, by=marcus)
    acknowledge_concern(session, concern, note="On it", version=concern.version, by=marcus)
    with pytest.raises(Forbidden):
        act_on_concern(session, concern, note="Done", version=concern.version, by=ruth)
    with pytest.raises(Conflict):
        close_concern(session, concern, note="Safe", version=concern.version, by=grace)
    with pytest.raises(Invalid):
        act_on_concern(session, concern, note="  ", version=concern.version, by=marcus)
    act_on_concern(session, concern, note="Done", version=concern.version, by=marcus)
    with pytest.raises(Forbidden):
        close_concern(session, concern, note="Safe", version=concern.version, by=marcus)
    with pytest.raises(Conflict):
        close_concern(session, concern, note="Safe", version=concern.version - 1, by=grace)
    close_concern(session, concern, note="Safe", version=concern.version, by=grace)
    with pytest.raises(Conflict):
        close_concern(session, concern, note="Safe", version=concern.version, by=grace)


def test_an_administrator_marks_who_is_head_of_service(
    client: CheckedClient, session: Session, concern: ImmediateConcern
) -> None:
    admin = a_person(session, Role.ADMIN, "Neil Foster")
    somebody = a_person(session, None, "Grace Adeyemi")
    session.commit()
    client.sign_in(admin)
    client.get(f"/settings/people/{somebody.id}")
    assert client.submit({"role": "lead", "is_head": "y"}, button="Give this role").status_code == 422
    assert "Only a moderator closes concerns as head of service" in client.text
    client.submit({"role": "moderator", "is_head": "y"}, button="Give this role")
    assert "Moderator and QA lead, head of service" in client.text
