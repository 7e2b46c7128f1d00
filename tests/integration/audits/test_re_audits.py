"""Auditing a case again through HTTP: planned, given out, counted in no theme, and both audits side by side."""

from datetime import date
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tests.support.builders.audits import a_round, a_sent_audit, a_theme, an_audit, answered, loaded
from tests.support.builders.people import a_person, an_organisation
from tests.support.checked_client import CheckedClient
from tests.support.houses import House
from tests.support.queries import queries_of
from tracker.audits import commands, queries
from tracker.audits.commands import allocate_re_audit, plan_re_audit, send_audit
from tracker.audits.models import Audit, AuditRound, AuditTool, ReAudit
from tracker.audits.rules.choosing import MODERATE_NOTHING
from tracker.audits.rules.further_tools import SUPERVISION_AUDIT
from tracker.audits.rules.vocabulary import AuditState, Grade, Mode, Selection
from tracker.core import clock
from tracker.core.changelog.tables import log_entry
from tracker.core.problems import Conflict
from tracker.people.models import Person
from tracker.people.rules import Role


@pytest.fixture
def ruth(session: Session) -> Person:
    an_organisation(session)
    a_theme(session)
    return a_person(session, Role.AUDITOR, "Ruth Osei")


@pytest.fixture
def marcus(session: Session, first: Audit) -> Person:
    return session.scalars(select(Person).where(Person.name == "Marcus Bell")).one()


@pytest.fixture
def first(session: Session, ruth: Person) -> Audit:
    said = {"supervision": "Record it", "risk": "Say who acts"}
    grades: dict[int, Grade] = {3: Grade.INADEQUATE}
    made = a_sent_audit(
        session, auditor=ruth, code="CP-104", grade=Grade.INADEQUATE, grades={**grades}, developments=said
    )
    session.commit()
    return made


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def again(session: Session, first: Audit, marcus: Person, *, send: bool = True) -> Audit:
    planned = queries.planned_re_audit(session, first)
    assert planned is not None
    keith = session.scalar(select(Person).where(Person.name == "Keith Lomax").options(selectinload(Person.grants)))
    keith = keith or a_person(session, Role.AUDITOR, "Keith Lomax")
    audit = allocate_re_audit(session, planned, auditor=keith, by=marcus)
    if send:
        answered(session, audit, grade=Grade.GOOD, developments={"risk": "Say who acts at night", "voice": "Ask"})
        send_audit(session, loaded(session, audit), names_confirmed=True, rule=MODERATE_NOTHING, by=keith)
    session.commit()
    return audit


def test_an_inadequate_case_stands_on_the_list_and_is_given_to_an_auditor(
    client: CheckedClient, session: Session, first: Audit, marcus: Person
) -> None:
    keith = a_person(session, Role.AUDITOR, "Keith Lomax")
    session.commit()
    client.sign_in(marcus)
    client.get("/audits")
    client.follow("Re-audits")
    assert "18 Feb 2027" in client.text
    assert "Not given to anybody yet" in client.text
    client.follow("Give it to an auditor: CP-104")
    assert "The audit was graded Inadequate" in client.text
    client.submit({"auditor": str(keith.id)}, button="Allocate this file")
    assert "Allocated: CP-104 to Keith Lomax" in client.text
    made = session.scalars(select(Audit).where(Audit.re_audit_of_id == first.id)).one()
    held = session.scalars(select(AuditRound).where(AuditRound.id == made.round_id)).one()
    assert (held.name, held.selection, held.sample_target) == ("Re-audits 2026", Selection.RE_AUDIT, 1)
    assert client.get(f"/audits/{first.public_id}/re-audit").status_code == 302


def test_any_final_audit_can_be_planned_again_once_with_a_reason(
    client: CheckedClient, session: Session, ruth: Person, first: Audit, marcus: Person
) -> None:
    session.refresh(ruth, ["grants"])
    audit = a_sent_audit(session, auditor=ruth, code="CP-105")
    draft = an_audit(session, auditor=ruth)
    session.commit()
    client.sign_in(marcus)
    client.get(f"/audits/{audit.public_id}")
    client.follow("Audit this case again")
    assert client.submit({"why": "Short"}, button="Plan the re-audit").status_code == 422
    assert client.submit({"why": "To see whether it held", "due_on": "1 Nov 2026"}).status_code == 422
    client.submit({"why": "To see whether it held", "due_on": "1 Feb 2027"}, button="Plan the re-audit")
    assert client.heading == "Give the re-audit to an auditor"
    for refused in (audit, draft):
        with pytest.raises(Conflict):
            plan_re_audit(session, loaded(session, refused), due_on=clock.today(), why="Once more, to see", by=marcus)


def test_what_an_audit_found_wanting_is_shown_once_it_counts_and_its_opening_is_written_down(
    client: CheckedClient, session: Session, ruth: Person, first: Audit, marcus: Person
) -> None:
    session.refresh(ruth, ["grants"])
    audit = a_sent_audit(session, auditor=ruth, code="CP-105", developments={"risk": "Say who acts"})
    session.commit()
    client.sign_in(marcus)
    address = f"/audits/{audit.public_id}/re-audit"
    client.get(address)
    assert "Risk and safety planning" in client.text
    session.rollback()
    opened = select(log_entry.c.subject_id).where(log_entry.c.act == "opened", log_entry.c.subject_kind == "audit")
    assert session.scalars(opened).all() == [str(audit.id)]
    for state in (AuditState.DISPUTED, AuditState.PANEL, AuditState.VOID):
        audit.state = state
        session.commit()
        assert client.get(address).status_code == 403
        assert "Risk and safety planning" not in client.text


def test_a_re_audit_is_given_once_and_counted_in_no_theme(session: Session, first: Audit, marcus: Person) -> None:
    today = clock.today()
    before = queries.theme_counts(session, since=today.replace(day=1), until=today)["risk"].total
    again(session, first, marcus)
    after = queries.theme_counts(session, since=today.replace(day=1), until=today)["risk"].total
    assert (after.answered, after.concerns) == (before.answered, before.concerns) == (1, 1)
    assert {reason.value: count for reason, count in after.left_out.items()} == {"re_audit": 1}
    planned = session.scalars(select(ReAudit)).one()
    with pytest.raises(Conflict):
        allocate_re_audit(session, planned, auditor=marcus, by=marcus)


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({}, "Made by hand"),
        ({"theme_id": True}, "Re-audits 2026"),
        ({"closed_on": date(2026, 11, 20)}, "Re-audits 2026"),
        ({"seed": 7}, "Re-audits 2026"),
        ({"mode": Mode.OBSERVATION}, "Re-audits 2026"),
    ],
)
def test_a_case_is_audited_again_in_no_round_that_is_about_something_else(
    session: Session, first: Audit, marcus: Person, facts: dict[str, Any], name: str
) -> None:
    there = a_round(session, name="Made by hand", selection=Selection.RE_AUDIT)
    for field, value in facts.items():
        setattr(there, field, a_theme(session).id if field == "theme_id" else value)
    session.commit()
    made = again(session, first, marcus, send=False)
    assert session.get_one(AuditRound, made.round_id).name == name


@pytest.fixture
def supervision(session: Session, ruth: Person) -> AuditTool:
    del ruth
    commands.add_further_tools(session)
    found = queries.audit_tool(session, SUPERVISION_AUDIT.slug, 1)
    assert found is not None
    return found


def test_a_re_audit_is_done_in_the_way_of_the_audit_before_and_asked_what_its_tool_asks_now(
    session: Session, ruth: Person, supervision: AuditTool
) -> None:
    before = a_sent_audit(session, auditor=ruth, grade=Grade.INADEQUATE, tool=supervision)
    before.mode = Mode.OBSERVATION
    marcus = session.scalars(select(Person).where(Person.name == "Marcus Bell")).one()
    newer = commands.begin_version(session, supervision, by=marcus)
    commands.make_tool_live(session, newer, by=marcus)
    after = again(session, before, marcus, send=False)
    assert (after.tool_id, after.mode) == (newer.id, Mode.OBSERVATION)


def test_where_that_tool_is_out_of_use_it_is_the_usual_one_and_nobody_sits_beside_the_auditor_yet(
    session: Session, ruth: Person, supervision: AuditTool
) -> None:
    before = a_sent_audit(session, auditor=ruth, grade=Grade.INADEQUATE, tool=supervision)
    before.mode = Mode.COLLABORATIVE
    marcus = session.scalars(select(Person).where(Person.name == "Marcus Bell")).one()
    commands.retire_tool(session, supervision, version=supervision.version, by=marcus)
    after = again(session, before, marcus, send=False)
    usual = queries.live_tool(session)
    assert usual is not None
    assert (after.tool_id, after.mode) == (usual.id, Mode.DESK)


def test_an_exempt_re_audit_is_given_out_again_and_stands_on_the_list_once(
    client: CheckedClient, session: Session, first: Audit, marcus: Person
) -> None:
    audit = again(session, first, marcus, send=False)
    audit.state = AuditState.EXEMPT
    session.commit()
    client.sign_in(marcus)
    client.get("/re-audits")
    assert "Not given to anybody yet" in client.text
    client.follow("Give it to an auditor: CP-104")
    client.submit({"auditor": str(audit.auditor_id)}, button="Allocate this file")
    assert "Allocated: CP-104 to Keith Lomax" in client.text
    rows = [words(row) for row in client.page.iter("tr") if "CP-104" in words(row)]
    assert len(rows) == 1
    assert "Not started" in rows[0]


def test_before_and_after_stand_side_by_side(
    client: CheckedClient, session: Session, first: Audit, marcus: Person
) -> None:
    audit = again(session, first, marcus)
    client.sign_in(marcus)
    client.get("/re-audits")
    client.follow("Before and after: CP-104")
    rows = {words(row[0]): [words(cell) for cell in row[1:]] for row in client.page.iter("tr")}
    assert rows["The whole"] == ["Inadequate", "Good", "Better"]
    assert rows["Risk and safety"] == ["Inadequate", "Good", "Better"]
    *sides, right, still, new = (words(item) for item in client.page.iter("dd"))
    assert all("final" in side for side in sides)
    assert len(sides) == 2
    assert [right, still, new] == ["Supervision", "Risk and safety planning", "Voice and lived experience of the child"]
    session.rollback()
    opened = select(log_entry.c.subject_id).where(log_entry.c.act == "opened", log_entry.c.subject_kind == "audit")
    assert set(session.scalars(opened)) >= {str(first.id), str(audit.id)}


def test_only_who_may_read_both_sees_them_side_by_side(
    client: CheckedClient, session: Session, ruth: Person, first: Audit, marcus: Person
) -> None:
    audit = again(session, first, marcus, send=False)
    keith = session.scalars(select(Person).where(Person.name == "Keith Lomax")).one()
    page = f"/audits/{audit.public_id}/before-and-after"
    # While the one after is a draft, it is its auditor's alone, who does not see the one before.
    for reader in (keith, ruth, marcus):
        client.sign_in(reader)
        assert client.get(page).status_code == 403
    client.get("/re-audits")
    client.follow("Open the re-audit: CP-104")
    assert "Only its auditor reads an audit before it is sent." in client.text
    assert client.get(f"/audits/{first.public_id}/before-and-after").status_code == 404


def test_the_pages_ask_no_more_when_there_is_more(
    client: CheckedClient, session: Session, first: Audit, marcus: Person, database: House
) -> None:
    audit = again(session, first, marcus)

    def counted() -> list[int]:
        found = []
        for page in ("/re-audits", f"/audits/{audit.public_id}/before-and-after"):
            with queries_of(database.engine) as statements:
                assert client.get(page).status_code == 200
            found.append(len(statements))
        return found

    client.sign_in(marcus)
    few = counted()
    for _ in range(3):
        session.refresh(first.auditor, ["grants"])
        again(session, a_sent_audit(session, auditor=first.auditor, grade=Grade.INADEQUATE), marcus)
    assert counted() == few
    assert few[0] <= 6
