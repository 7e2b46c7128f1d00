"""A multi-agency audit through HTTP: each agency gives its part, all agree on a grade, and only then is it sent."""

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_round, a_theme, an_audit, answered, loaded
from tests.support.builders.people import a_person, a_unit, an_organisation
from tests.support.checked_client import CheckedClient
from tests.support.queries import queries_of
from tracker.audits import commands
from tracker.audits.models import Audit
from tracker.audits.queries.agencies import agencies_of
from tracker.audits.rules.agencies import PartState
from tracker.audits.rules.choosing import MODERATE_NOTHING
from tracker.audits.rules.vocabulary import AuditState, Grade, Mode
from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Person, Unit
from tracker.people.rules import Role, UnitKind

GIVEN = {
    "standing": "given",
    "given_by": "named nurse",
    "given_on": "20 Nov 2026",
    "grade": "good",
}
AGREED = {
    "grade": "requires_improvement",
    "words": "Nobody held the whole picture",
    "agreed_by": "named nurse, detective sergeant, team manager",
    "agreed_on": "24 Nov 2026",
}


@pytest.fixture
def ruth(session: Session) -> Person:
    an_organisation(session)
    a_theme(session)
    for name in ("Northmoor Police", "Northmoor Hospital"):
        a_unit(session, name, kind=UnitKind.PARTNER)
    return a_person(session, Role.AUDITOR, "Ruth Osei")


@pytest.fixture
def audit(client: CheckedClient, session: Session, ruth: Person) -> Audit:
    """An audit whose round says that agencies take part, opened by its auditor."""
    a_unit(session)
    held = a_round(session)
    held.mode = Mode.MULTI_AGENCY
    made = an_audit(session, auditor=ruth, audit_round=held)
    session.commit()
    client.sign_in(ruth)
    return made


def add(client: CheckedClient, session: Session, audit: Audit, *names: str) -> None:
    for name in names:
        client.get(f"/audits/{audit.public_id}/agencies")
        client.submit({"unit": str(session.scalars(select(Unit.id).where(Unit.name == name)).one())})


def part(client: CheckedClient, audit: Audit, number: int, **said: str) -> int:
    client.get(f"/audits/{audit.public_id}/agencies/{number}")
    return client.submit(said, button="Save their part").status_code


def agree(client: CheckedClient, audit: Audit, **said: str) -> int:
    client.get(f"/audits/{audit.public_id}/agencies/agreed")
    return client.submit({**AGREED, **said}, button="Save what they agreed").status_code


def send(session: Session, audit: Audit) -> Audit:
    session.expire_all()
    audit = loaded(session, audit)
    return commands.send_audit(session, audit, names_confirmed=True, rule=MODERATE_NOTHING, by=audit.auditor)


def test_it_is_sent_only_when_every_part_is_in_or_said_not_to_be_given_and_all_agreed(
    client: CheckedClient, session: Session, audit: Audit
) -> None:
    answered(session, audit)
    session.commit()
    with pytest.raises(Invalid, match="Choose an overall grade"):
        send(session, audit)
    session.rollback()

    add(client, session, audit, "Northmoor Police", "Northmoor Hospital")
    voice = str(a_theme(session, "voice").id)
    points = {"strength_theme_1": voice, "strength_words_1": "Officers spoke with the child first"}
    assert part(client, audit, 1, **GIVEN, **points) == 200
    assert "Northmoor Police: in" in client.text
    client.get(f"/audits/{audit.public_id}/check")
    assert "Enter the part of Northmoor Hospital, or say why it was not given" in client.text
    client.get(f"/audits/{audit.public_id}/agencies/agreed")
    assert client.submit(AGREED, button="Save what they agreed").status_code == 409

    assert part(client, audit, 2, standing="not_given", not_given_why="The records are with the coroner") == 200
    assert agree(client, audit) == 200
    sent = send(session, audit)
    assert (sent.state, sent.grade, sent.mode) == (AuditState.FINAL, Grade.REQUIRES_IMPROVEMENT, Mode.MULTI_AGENCY)
    session.commit()
    client.get(f"/audits/{audit.public_id}")
    for words in ("Officers spoke with the child first", "coroner", "Nobody held the whole picture", "named nurse"):
        assert words in client.text
    assert client.get(f"/audits/{audit.public_id}/agencies").status_code == 303


def test_the_form_of_the_last_section_cannot_change_what_was_agreed(
    client: CheckedClient, session: Session, audit: Audit
) -> None:
    add(client, session, audit, "Northmoor Police")
    part(client, audit, 1, **GIVEN)
    agree(client, audit)
    form = client.get(f"/audits/{audit.public_id}/section/9").text
    assert 'name="answer"' not in form
    assert "The overall grade is the one that the agencies agreed: Requires improvement" in client.text
    data = client.form("feedback").filled({"feedback": "Thank you all"})
    client.post(f"/audits/{audit.public_id}/section/9", data={**data, "answer": "outstanding", "go": "next"})
    session.expire_all()
    stored = loaded(session, audit)
    assert (stored.grade, stored.feedback) == (Grade.REQUIRES_IMPROVEMENT, "Thank you all")


def test_a_part_that_changes_after_the_agreement_has_to_be_agreed_again(
    client: CheckedClient, session: Session, audit: Audit
) -> None:
    add(client, session, audit, "Northmoor Police")
    part(client, audit, 1, **GIVEN)
    agree(client, audit)
    assert part(client, audit, 1, **{**GIVEN, "grade": "inadequate"}) == 200
    assert "A part was changed since the agencies agreed" in client.text
    assert agree(client, audit, grade="inadequate") == 200
    session.expire_all()
    held = agencies_of(session, loaded(session, audit))
    assert held.missing == ()
    assert held.agreement is not None
    assert held.agreement.grade is Grade.INADEQUATE


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"given_by": ""}, "Say who gave it, by post"),
        ({"grade": ""}, "Choose the grade they gave"),
        ({"given_on": "1 Jan 2030"}, "This day must be today or in the past"),
        ({"strength_words_1": "Seen alone"}, "Choose a theme for it"),
        ({"standing": "not_given"}, "Say why it was not given"),
        ({"given_by": "Emma Carter, nurse"}, "may tell who somebody is"),
    ],
)
def test_what_is_wrong_with_a_part_is_said_and_kept(
    client: CheckedClient, session: Session, audit: Audit, said: dict[str, str], problem: str
) -> None:
    add(client, session, audit, "Northmoor Police")
    assert part(client, audit, 1, **{**GIVEN, **said}) == 422
    assert problem in client.text
    session.expire_all()
    [stored] = agencies_of(session, loaded(session, audit)).parts
    assert stored.state is PartState.AWAITED


def test_an_agency_takes_part_once_and_an_older_page_changes_nothing(
    client: CheckedClient, session: Session, audit: Audit
) -> None:
    index = f"/audits/{audit.public_id}/agencies"
    client.get(index)
    police = str(session.scalars(select(Unit.id).where(Unit.name == "Northmoor Police")).one())
    older_list = client.form("unit").filled({"unit": police})
    add(client, session, audit, "Northmoor Police")
    client.get(index)
    assert police not in client.form("unit").choices["unit"], "nobody is asked twice"
    assert client.post(index, data=older_list).status_code == 409
    assert "Northmoor Police takes part already" in client.text
    address = f"{index}/1"
    client.get(address)
    older = client.form("given_by").filled({**GIVEN, "given_by": "duty inspector"})
    part(client, audit, 1, **GIVEN)
    assert client.post(address, data=older).status_code == 409
    assert "What is stored now" in client.text
    session.expire_all()
    assert agencies_of(session, loaded(session, audit)).parts[0].given_by == "named nurse"


def test_only_its_auditor_writes_it_and_other_audits_have_no_agencies(
    client: CheckedClient, session: Session, audit: Audit, ruth: Person
) -> None:
    session.refresh(ruth, ["grants"])
    desk = a_round(session, name="Audits at the desk")
    plain = an_audit(session, auditor=ruth, audit_round=desk)
    session.commit()
    assert client.get(f"/audits/{plain.public_id}/agencies").status_code == 404
    assert "Agencies" not in client.get(f"/audits/{plain.public_id}/section/9").text
    for role, status in ((Role.MODERATOR, 403), (Role.AUDITOR, 403), (Role.LEAD, 403), (Role.VIEWER, 403)):
        other = a_person(session, role, f"Somebody {role.value}")
        session.commit()
        client.sign_in(other)
        for place in ("", "/agreed"):
            assert client.get(f"/audits/{audit.public_id}/agencies{place}").status_code == status


def test_a_unit_that_is_no_partner_gives_no_part(session: Session, audit: Audit) -> None:
    with pytest.raises(Invalid, match="Choose a partner organisation"):
        commands.ask_agency(session, loaded(session, audit), a_unit(session, "East Team"), by=audit.auditor)
    audit.state = AuditState.VOID
    with pytest.raises(Conflict, match="can no longer be changed"):
        commands.ask_agency(session, loaded(session, audit), a_unit(session, "West Team"), by=audit.auditor)


def test_the_pages_ask_the_database_as_often_for_one_agency_as_for_many(
    client: CheckedClient, session: Session, audit: Audit, engine: Engine
) -> None:
    counts: list[int] = []
    for name in ("Northmoor Police", "Northmoor Hospital"):
        add(client, session, audit, name)
        part(client, audit, len(counts) + 1, **GIVEN)
        with queries_of(engine) as statements:
            client.get(f"/audits/{audit.public_id}/agencies")
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 12
