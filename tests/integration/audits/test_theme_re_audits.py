"""A theme audited again through HTTP: planned for an action, looked at in its round, before and after side by side."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_round, a_sent_audit, a_theme
from tests.support.builders.impact import a_link
from tests.support.builders.people import a_person, an_organisation
from tests.support.builders.plans import a_plan, an_action
from tests.support.checked_client import CheckedClient
from tracker.audits.models import AuditRound, ThemeReAudit
from tracker.audits.rules.vocabulary import Selection
from tracker.impact.models import ThemeReAuditAction
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.models import Action, Plan

NEW = "/re-audits/themes/supervision/new"
SAID = {"in_place_on": "1 Sep 2026", "due_on": "15 Jan 2027", "files": "12", "why": "The new policy is in use"}


@pytest.fixture
def moderator(client: CheckedClient, session: Session) -> Person:
    an_organisation(session)
    a_theme(session)
    marcus = a_person(session, Role.MODERATOR, "Marcus Bell")
    session.commit()
    client.sign_in(marcus)
    return marcus


@pytest.fixture
def action(session: Session, moderator: Person) -> Action:
    del moderator
    made = an_action(session, a_plan(session), ref="15.1", title="Agree a standard")
    a_link(session, a_theme(session, "supervision"), made)
    session.commit()
    return made


def plan(client: CheckedClient, **said: str) -> int:
    client.get(NEW)
    return client.submit({**SAID, **said}, button="Plan it").status_code


def test_it_is_planned_from_the_action_whose_page_says_so(
    client: CheckedClient, session: Session, action: Action
) -> None:
    page = f"/plans/{session.get_one(Plan, action.plan_id).slug}/15.1"
    client.get(page)
    client.follow("Audit this theme again: Supervision")
    client.submit(SAID, button="Plan it")
    assert client.heading == "Before and after: Supervision"
    assert "15.1 Agree a standard" in client.text
    made = session.scalars(select(AuditRound).where(AuditRound.selection == Selection.RE_AUDIT)).one()
    assert (made.name, made.sample_target, made.due_on) == (
        "Re-audit of supervision, January 2027",
        12,
        date(2027, 1, 15),
    )
    client.get(page)
    assert "The theme is audited again by 15 Jan 2027." in client.text
    client.get("/re-audits")
    assert "Supervision 15.1 Agree a standard 15 Jan 2027 0 final, 0 given out, 12 planned" in client.text


def test_before_and_after_stand_side_by_side_with_their_n(
    client: CheckedClient, session: Session, moderator: Person
) -> None:
    del moderator
    assert plan(client) == 200
    planned = session.scalars(select(ThemeReAudit)).one()
    again = session.get_one(AuditRound, planned.round_id)
    ruth = a_person(session, Role.AUDITOR, "Ruth Osei")
    earlier = a_round(session, name="June audits", starts="2026-06-01", due="2026-06-30")
    wanting = {"supervision": "Hold it every month"}
    a_sent_audit(session, auditor=ruth, audit_round=earlier, on="2026-06-10", developments=wanting)
    a_sent_audit(session, auditor=ruth, audit_round=earlier, on="2026-08-31")
    a_sent_audit(session, auditor=ruth, audit_round=earlier, on="2026-09-01", developments=wanting)
    for _ in range(3):
        a_sent_audit(session, auditor=ruth, audit_round=again)
    session.commit()
    client.get(f"/re-audits/themes/{planned.public_id}")
    assert "1 Mar 2026 to 31 Aug 2026, files chosen at random 1 of 2 files 2 of 2 files due" in client.text
    assert "The files of the round 0 of 3 files 3 of 3 files due" in client.text
    assert "Too few to say" in client.text


def test_a_round_that_is_there_takes_the_files_in(client: CheckedClient, session: Session, moderator: Person) -> None:
    del moderator
    plan(client)
    first = session.scalars(select(AuditRound.id)).one()
    assert plan(client, round=str(first), files="8", due_on="1 Mar 2027") == 200
    session.expire_all()
    found = session.scalars(select(AuditRound)).one()
    assert (found.sample_target, found.due_on) == (20, date(2027, 3, 1))


def test_pressing_twice_plans_one(client: CheckedClient, session: Session, action: Action) -> None:
    del action
    client.get(NEW)
    data = client.form("why").filled(SAID)
    for _ in range(2):
        assert client.post(NEW, data=data).status_code == 303
    assert len(session.scalars(select(ThemeReAudit)).all()) == 1
    assert session.scalars(select(ThemeReAuditAction)).all() == []


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"in_place_on": "1 Jan 2030"}, "This day must be today or in the past"),
        ({"due_on": "1 Jan 2020"}, "The day it is due must be today or later"),
        ({"files": "0"}, "whole number from 1"),
        ({"why": ""}, "Say why the theme is audited again"),
        ({"why": "Emma Carter asked for it"}, "may tell who somebody is"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    client: CheckedClient, session: Session, moderator: Person, said: dict[str, str], problem: str
) -> None:
    del moderator
    assert plan(client, **said) == 422
    assert problem in client.text
    assert session.scalars(select(ThemeReAudit)).all() == []


@pytest.mark.parametrize("role", [Role.OFFICE, Role.LEAD, Role.AUDITOR, Role.ASSURANCE, Role.VIEWER])
def test_nobody_else_plans_or_reads_it(client: CheckedClient, session: Session, moderator: Person, role: Role) -> None:
    del moderator
    plan(client)
    planned = session.scalars(select(ThemeReAudit)).one()
    other = a_person(session, role, "Somebody Else")
    session.commit()
    client.sign_in(other)
    for address in (NEW, f"/re-audits/themes/{planned.public_id}"):
        assert client.get(address).status_code == 403
    assert "Audit it again" not in client.get("/themes/supervision").text
