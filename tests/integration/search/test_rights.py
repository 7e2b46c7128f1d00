"""Whoever searches finds what they may read and nothing else, in results, counts, snippets and suggestions."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.integration.search.test_finding import found
from tests.support.builders.audits import a_sent_audit, an_audit
from tests.support.builders.people import a_person
from tests.support.builders.plans import a_lead, a_plan, an_action, an_area, an_update
from tests.support.checked_client import CheckedClient
from tracker.audits.models import Audit, Finding
from tracker.audits.rules.vocabulary import AuditState, FindingKind
from tracker.people.models import LeadPartyMember, Person
from tracker.people.rules import PartyKind, Role
from tracker.plans.models import Evidence, Objective
from tracker.plans.rules.states import EvidenceKind

pytestmark = pytest.mark.both_databases
INSIDE = (Role.OFFICE, Role.LEAD, Role.AUDITOR, Role.MODERATOR, Role.ASSURANCE)


@pytest.fixture
def plans(session: Session) -> None:
    """Two plans in which every place holds the word osprey."""
    tom = a_person(session, Role.LEAD, "Tom Osprey")
    party = a_lead(session, tom, post="Head of kestrel services")
    for slug in ("mine", "theirs"):
        plan = a_plan(session, title=f"Osprey plan {slug}", slug=slug)
        area = an_area(session, plan, title=f"Osprey area {slug}")
        action = an_action(session, plan, area=area, title=f"Osprey action {slug}", lead=party)
        an_update(session, action, by=tom, happened=f"Osprey update {slug}")
        session.add(Objective(area_id=area.id, position=1, text=f"Osprey objective {slug}"))
        session.add(
            Evidence(
                action_id=action.id,
                kind=EvidenceKind.SENTENCE,
                text=f"Osprey evidence {slug}",
                effective_on=plan.approved_on,
            )
        )
    session.commit()


def as_somebody(client: CheckedClient, session: Session, role: Role, **scope: object) -> Person:
    person = a_person(session, role, "Sam Other", scope=scope)
    session.commit()
    client.sign_in(person)
    return person


@pytest.mark.parametrize("role", INSIDE)
def test_everybody_inside_finds_plans_leads_updates_and_evidence(
    client: CheckedClient, session: Session, plans: None, role: Role
) -> None:
    as_somebody(client, session, role)
    kinds = {"Actions", "Areas", "Plans", "Objectives", "Leads", "Updates", "Evidence"}
    assert found(client, "osprey").keys() == kinds


def test_a_viewer_finds_posts_in_place_of_names_and_nothing_that_leads_wrote(
    client: CheckedClient, session: Session, plans: None
) -> None:
    as_somebody(client, session, Role.VIEWER)
    assert found(client, "osprey").keys() == {"Actions", "Areas", "Plans", "Objectives"}
    assert "All (8)" in client.text
    assert found(client, "tom") == {}
    assert found(client, "kestrel") == {"Leads": ["Head of kestrel services"] * 2}
    assert "Tom" not in client.text
    assert "lead=" not in client.answer.text if client.answer else False
    for kind in ("update", "evidence", "lead", "finding", "person", "theme"):
        assert found(client, "osprey", kind) == {}


def test_a_viewer_finds_teams_by_name_but_no_lead_who_may_be_a_person(client: CheckedClient, session: Session) -> None:
    plan = a_plan(session)
    an_action(session, plan, lead=a_lead(session, "Avocet team", kind=PartyKind.TEAM))
    an_action(session, plan, lead=a_lead(session, "Avocet Jones", kind=PartyKind.UNKNOWN))
    as_somebody(client, session, Role.VIEWER)
    assert found(client, "avocet") == {"Leads": ["Avocet team"]}


@pytest.mark.parametrize("role", [*INSIDE, Role.VIEWER])
def test_a_role_for_one_plan_finds_nothing_of_another(
    client: CheckedClient, session: Session, plans: None, role: Role
) -> None:
    number = session.scalar(text("SELECT id FROM plan WHERE slug = 'mine'"))
    as_somebody(client, session, role, plan_id=number)
    client.get("/search?q=osprey")
    assert "Osprey action mine" in client.text
    assert "theirs" not in client.text
    assert "Show all" not in client.text


def test_a_role_for_one_plan_reads_names_there_alone(client: CheckedClient, session: Session, plans: None) -> None:
    mine, theirs = session.scalars(text("SELECT id FROM plan ORDER BY slug")).all()
    person = a_person(session, Role.LEAD, "Sam Other", scope={"plan_id": mine})
    person.grants.extend(a_person(session, Role.VIEWER, "Gone", scope={"plan_id": theirs}).grants)
    session.commit()
    client.sign_in(person)
    assert sorted(found(client, "kestrel")["Leads"]) == [
        "Head of kestrel services",
        "Tom Osprey, Head of kestrel services",
    ]
    assert found(client, "tom")["Leads"] == ["Tom Osprey, Head of kestrel services"]


def test_a_partner_finds_own_actions_alone(client: CheckedClient, session: Session, plans: None) -> None:
    partner = as_somebody(client, session, Role.LEAD, is_partner=True)
    plan = a_plan(session, title="Osprey plan three", slug="three")
    own = an_action(session, plan, title="Osprey action of the partner", lead=partner)
    an_update(session, own, by=partner, happened="Osprey of the partner")
    session.commit()
    assert found(client, "osprey") == {
        "Actions": ["1.1 Osprey action of the partner"],
        "Updates": ["1.1 Osprey action of the partner"],
    }
    assert "All (2)" in client.text
    member = session.scalars(select(LeadPartyMember).where(LeadPartyMember.person_id == partner.id)).one()
    session.delete(member)
    session.commit()
    assert found(client, "osprey") == {}


def test_only_an_administrator_finds_people_and_finds_nothing_else(
    client: CheckedClient, session: Session, plans: None
) -> None:
    as_somebody(client, session, Role.ADMIN)
    assert found(client, "osprey") == {"People": ["Tom Osprey"]}


@pytest.fixture
def findings(session: Session) -> Person:
    """Ruth, who wrote one finding of heron and is writing another; Omar wrote and is writing one too."""
    ruth, omar = (a_person(session, Role.AUDITOR, name) for name in ("Ruth Osei", "Omar Aziz"))
    for person, code in ((ruth, "A-7XK2-PT"), (omar, "A-9XK2-PT")):
        a_sent_audit(
            session, auditor=person, code=code, developments={"assessment": f"Heron sent by {person.first_name}"}
        )
        draft = an_audit(session, auditor=person, code=f"{code[:-2]}QQ")
        words = f"Heron drafted by {person.first_name}"
        session.add(Finding(audit_id=draft.id, section_number=4, position=1, kind=FindingKind.DEVELOPMENT, text=words))
    session.commit()
    return ruth


def test_an_auditor_finds_own_findings_alone(client: CheckedClient, session: Session, findings: Person) -> None:
    client.sign_in(findings)
    assert found(client, "heron") == {"Findings": []}
    assert "Findings (2)" in client.text
    assert "sent by" not in client.text
    found(client, "heron", "finding")
    assert "Heron sent by Ruth" in client.text
    assert "Heron drafted by Ruth" in client.text
    assert "Omar" not in client.text


def test_a_moderator_finds_what_was_sent_and_no_draft(
    client: CheckedClient, session: Session, findings: Person
) -> None:
    as_somebody(client, session, Role.MODERATOR)
    found(client, "heron", "finding")
    assert "sent by Ruth" in client.text
    assert "sent by Omar" in client.text
    assert "drafted" not in client.text
    assert "Findings (2)" in client.text


@pytest.mark.parametrize("role", [Role.OFFICE, Role.LEAD, Role.ASSURANCE, Role.VIEWER, Role.ADMIN])
def test_nobody_else_finds_a_finding_or_learns_that_there_is_one(
    client: CheckedClient, session: Session, findings: Person, role: Role
) -> None:
    as_somebody(client, session, role)
    for address in ("/search?q=heron", "/search?q=heron&kind=finding", "/search?q=A-7XK2-PT"):
        client.get(address)
        assert "Nothing found" in client.text
        assert "Findings" not in client.text


def test_words_of_findings_are_shown_only_after_their_opening_is_written_down(
    client: CheckedClient, session: Session, findings: Person
) -> None:
    client.sign_in(findings)
    opened = text("SELECT count(*) FROM log_entry WHERE act = 'opened'")
    before = session.scalar(opened)
    client.get("/search?q=heron")
    session.rollback()
    assert session.scalar(opened) == before
    client.get("/search?q=heron&kind=finding")
    session.rollback()
    assert session.scalar(opened) == (before or 0) + 1
    written = session.scalars(text("SELECT after FROM log_payload ORDER BY entry_number DESC LIMIT 1")).one()
    assert "heron" not in written.lower()


def test_the_findings_of_a_void_audit_are_not_found(client: CheckedClient, session: Session, findings: Person) -> None:
    for audit in session.scalars(select(Audit)):
        audit.state = AuditState.VOID
    session.commit()
    client.sign_in(findings)
    assert found(client, "heron") == {}
