"""Independence, changes of auditor, conflicts, exemptions and closing a round, through the pages."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_case, a_round, a_sent_audit, a_theme, an_audit
from tests.support.builders.people import a_person, a_unit, an_organisation
from tests.support.checked_client import CheckedClient
from tracker.audits import commands
from tracker.audits.models import Audit, AuditorSwap, AuditRound, CaseReference, DeclaredConflict, Exemption
from tracker.audits.rules.vocabulary import AuditState
from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Person, Unit
from tracker.people.rules import Role, UnitKind

ROUND = "/audits/rounds/november-audits"
WHY = "Away until the end of the round"


@pytest.fixture
def team(session: Session) -> Unit:
    an_organisation(session)
    a_theme(session)
    service = a_unit(session, "Social Care", kind=UnitKind.SERVICE)
    return a_unit(session, "South Team", parent_id=service.id)


@pytest.fixture
def ruth(session: Session) -> Person:
    return a_person(session, Role.AUDITOR, "Ruth Osei")


@pytest.fixture
def audit(session: Session, team: Unit, ruth: Person) -> Audit:
    made = an_audit(session, auditor=ruth, case=a_case(session, code="CP-104", unit=team))
    session.commit()
    return made


@pytest.fixture
def moderator(client: CheckedClient, session: Session, audit: Audit) -> Person:
    marcus = a_person(session, Role.MODERATOR, "Marcus Bell 2")
    session.commit()
    client.sign_in(marcus)
    return marcus


def come(client: CheckedClient, person: Person) -> None:
    token = client.form(button="Sign out").sent["csrf_token"][0]
    client.post("/sign-out", data={"csrf_token": token})
    client.sign_in(person)


@pytest.mark.parametrize(
    ("unit", "words"),
    [("South Team", "works in the team whose file this is"), ("Social Care", "is in the line of management above")],
)
def test_a_file_is_never_given_to_its_own_team_or_the_line_above_it(
    session: Session, team: Unit, unit: str, words: str
) -> None:
    found = session.scalars(select(Unit).where(Unit.name == unit)).one()
    keith = a_person(session, Role.AUDITOR, "Keith Lomax", unit_id=found.id)
    with pytest.raises(Invalid, match=words):
        an_audit(session, auditor=keith, case=a_case(session, unit=team))


def test_a_file_changes_hands_with_its_reason_and_the_first_auditor_no_longer_sees_it(
    client: CheckedClient, session: Session, moderator: Person, audit: Audit, ruth: Person
) -> None:
    owen = a_person(session, Role.AUDITOR, "Owen Tranter")
    session.commit()
    client.get(ROUND)
    client.follow("Give to another CP-104")
    stale = client.form("auditor").filled({"auditor": str(owen.id), "reason": WHY})
    client.submit({"auditor": str(owen.id), "reason": WHY})
    assert "CP-104 is now with Owen Tranter" in client.text
    [swap] = session.scalars(select(AuditorSwap))
    assert (swap.from_id, swap.to_id, swap.reason, swap.created_by) == (ruth.id, owen.id, WHY, moderator.id)
    assert client.post(f"/audits/{audit.public_id}/swap", data=stale).status_code == 409
    come(client, ruth)
    assert client.get(f"/audits/{audit.public_id}").status_code == 403


@pytest.mark.parametrize(
    ("reason", "words"),
    [("", "Say why"), ("Ill", "Say why in 10 characters or more"), ("Emma Smith is ill now", "without names")],
)
@pytest.mark.usefixtures("moderator")
def test_a_swap_needs_a_reason_without_names(
    client: CheckedClient, session: Session, audit: Audit, reason: str, words: str
) -> None:
    owen = a_person(session, Role.AUDITOR, "Owen Tranter")
    session.commit()
    client.get(f"/audits/{audit.public_id}/swap")
    assert client.submit({"auditor": str(owen.id), "reason": reason}).status_code == 422
    assert words in client.text
    assert session.scalars(select(AuditorSwap)).all() == []


def test_an_audit_that_was_begun_stays_with_its_auditor(
    client: CheckedClient, session: Session, moderator: Person, audit: Audit
) -> None:
    owen = a_person(session, Role.AUDITOR, "Owen Tranter")
    session.get_one(Audit, audit.id).state = AuditState.IN_PROGRESS
    session.commit()
    client.get(f"/audits/{audit.public_id}/swap")
    assert client.submit({"auditor": str(owen.id), "reason": WHY}).status_code == 409
    assert "has been begun" in client.text


def test_an_auditor_declares_a_conflict_and_is_never_given_that_file_again(
    client: CheckedClient, session: Session, moderator: Person, audit: Audit, ruth: Person
) -> None:
    come(client, ruth)
    client.get(f"/audits/{audit.public_id}/conflict")
    client.submit({"kind": "worker"})
    assert "Conflict declared: CP-104" in client.text
    come(client, moderator)
    client.get(ROUND)
    assert "Conflict declared: give to another CP-104" in client.text
    client.get("/audits/conflicts")
    assert "Ruth Osei Worked with this child" in client.text
    session.refresh(ruth, ["grants"])
    case = session.scalars(select(CaseReference)).one()
    other = a_round(session, name="December audits")
    with pytest.raises(Invalid, match="has declared a conflict about this file"):
        commands.allocate_audit(session, other, case, auditor=ruth, by=moderator)


def test_the_worker_of_a_file_is_given_no_audit_of_it(
    client: CheckedClient, session: Session, moderator: Person, audit: Audit, team: Unit
) -> None:
    keith, owen = (a_person(session, Role.AUDITOR, name) for name in ("Keith Lomax", "Owen Tranter"))
    session.get_one(Audit, audit.id).worker_id = keith.id
    a_round(session, name="December audits")
    session.commit()
    client.get("/audits/rounds/december-audits")
    said = {"code": "CP-104", "category": "child_protection", "unit": str(team.id)}
    assert client.submit({**said, "auditor": str(keith.id)}).status_code == 422
    assert "Choose somebody else: Keith Lomax was named as the worker of this file" in client.text
    client.submit({**said, "auditor": str(owen.id)})
    assert "Allocated: CP-104 to Owen Tranter" in client.text


def test_a_conflict_is_written_down_once_and_ended_as_it_was_seen(
    client: CheckedClient, session: Session, moderator: Person, ruth: Person
) -> None:
    client.get("/audits/conflicts")
    said = {"auditor": str(ruth.id), "code": "cp-104", "kind": "knows_family"}
    client.submit(said)
    assert client.submit(said).status_code == 409
    assert client.submit(said | {"code": "CP-999"}).status_code == 422
    assert "No file of this reference is known here" in client.text
    client.get("/audits/conflicts")
    end = client.form(button="End").filled({})
    [declared] = session.scalars(select(DeclaredConflict))
    page = f"/audits/conflicts/{declared.id}/end"
    assert client.post(page, data=end | {"version": "9"}).status_code == 409
    assert client.post(page, data=end).status_code == 303
    assert client.post(page, data=end).status_code == 409
    client.get("/audits/conflicts")
    assert "No conflicts declared" in client.text


def test_an_exemption_is_asked_for_and_decided_by_somebody_else_who_sees_no_file(
    client: CheckedClient, session: Session, moderator: Person, audit: Audit
) -> None:
    eleanor = a_person(session, Role.ASSURANCE, "Eleanor Voss")
    session.commit()
    client.get(f"/audits/{audit.public_id}/exempt")
    client.submit({"reason": "The file is with the court until spring"})
    client.get(f"/audits/{audit.public_id}/exempt")
    assert client.submit({"reason": "The file is with the court until spring"}).status_code == 409
    [asked] = session.scalars(select(Exemption))
    client.get(ROUND)
    assert "Not started, asked to exempt" in client.text
    assert "Ask to exempt" not in client.text
    page = f"/audits/exemptions/{asked.id}"
    assert client.get(page).status_code == 403

    come(client, eleanor)
    client.get("/audits/exemptions")
    assert "Waits for a decision" in client.text
    client.get(page)
    assert "The file is with the court until spring" in client.text
    assert "CP-104" not in client.text
    assert "Ruth" not in client.text
    assert client.submit({"decision": "refuse", "note": ""}).status_code == 422
    client.get(page)
    twice = client.form("decision").filled({"decision": "grant", "note": ""})
    client.submit({"decision": "grant", "note": ""})
    assert "Exempt: Eleanor Voss" in client.text
    assert client.post(page, data=twice).status_code == 409
    session.expire_all()
    assert session.get_one(Audit, audit.id).state is AuditState.EXEMPT
    assert client.get(f"/audits/{audit.public_id}").status_code == 403
    come(client, moderator)
    client.get("/audits")
    assert "0 sent, 1 exempt, 1 allocated" in client.text


def test_who_asked_reads_why_an_audit_is_not_exempt(
    client: CheckedClient, session: Session, moderator: Person, audit: Audit
) -> None:
    eleanor = a_person(session, Role.ASSURANCE, "Eleanor Voss")
    asked = commands.ask_exemption(session, audit, reason="It is with the court", version=audit.version, by=moderator)
    note = "Audit what came before the court"
    commands.decide_exemption(session, asked, is_granted=False, note=note, version=asked.version, by=eleanor)
    session.commit()
    client.get(ROUND)
    assert "Not started, not exempt: Audit what came before the court" in client.text
    assert "Ask to exempt" in client.text


def test_the_menu_marks_exemptions_on_their_own_pages_alone(
    client: CheckedClient, session: Session, moderator: Person, audit: Audit
) -> None:
    asked = commands.ask_exemption(session, audit, reason="It is with the court", version=audit.version, by=moderator)
    eleanor = a_person(session, Role.ASSURANCE, "Eleanor Voss")
    session.commit()
    come(client, eleanor)
    for page, current in (
        ("/audits/exemptions", ["Exemptions"]),
        (f"/audits/exemptions/{asked.id}", ["Exemptions"]),
        ("/audits/reports", []),
    ):
        assert client.get(page).status_code == 200
        assert [one.text for one in client.page.iter("a") if one.get("aria-current") == "page"] == current, page


def test_a_code_that_is_too_long_for_a_conflict_is_named(
    client: CheckedClient, moderator: Person, ruth: Person
) -> None:
    client.get("/audits/conflicts")
    client.submit({"auditor": str(ruth.id), "code": "x" * 21, "kind": "worker"})
    assert "The case reference must be 20 characters or fewer (you have 21)" in client.text


def test_nobody_decides_on_what_they_asked_for(client: CheckedClient, session: Session, audit: Audit) -> None:
    both = a_person(session, Role.MODERATOR, "Marcus Bell 2", also=(Role.ASSURANCE,))
    asked = commands.ask_exemption(session, audit, reason="It is with the court", version=audit.version, by=both)
    session.commit()
    client.sign_in(both)
    assert client.get(f"/audits/exemptions/{asked.id}").status_code == 403
    client.get("/audits/exemptions")
    assert "Nobody has asked to exempt an audit" in client.text


def test_a_round_is_closed_once_nothing_of_it_waits_and_then_gives_nothing_out(
    client: CheckedClient, session: Session, moderator: Person, audit: Audit, ruth: Person
) -> None:
    client.get(ROUND)
    assert client.submit(button="Close this round").status_code == 409
    assert "1 audit is still open. Finish, exempt or void them first" in client.text
    session.get_one(Audit, audit.id).state = AuditState.VOID
    session.refresh(ruth, ["grants"])
    a_sent_audit(session, auditor=ruth)
    session.commit()
    client.get(ROUND)
    twice = client.form(button="Close this round").filled({})
    client.submit(button="Close this round")
    assert "Closed 26 Nov" in client.text
    assert "Give a file to an auditor" not in client.text
    assert "No sample was drawn. Files were given out one by one." in client.text
    assert client.post(f"{ROUND}/close", data=twice).status_code == 409
    with pytest.raises(Conflict, match="This round is closed"):
        an_audit(session, auditor=ruth, audit_round=session.scalars(select(AuditRound)).one())
