"""What the two databases take differently: NUL, long numbers and torn text, sent to either, are never an error."""

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.integration.attacks.hostile import ON_ANY_PAGE, body, forms_of, names_of
from tests.integration.attacks.visitor import Visitor
from tests.support.builders.audits import a_round, a_theme, an_audit
from tests.support.builders.people import a_person, an_organisation
from tests.support.builders.plans import a_plan, an_action
from tests.support.checked_client import PASSWORD
from tests.support.queries import queries_of
from tracker.people.models import Person
from tracker.people.rules import Role

pytestmark = pytest.mark.both_databases
HOSTILE = (
    "a\x00b",
    "\x00",
    "9" * 30,
    "x" * 5000,
    "\ud800".encode("utf-8", "replace").decode(),
    "\U0010ffff",
    "-1",
    "'",
)


@pytest.fixture
def everybody(session: Session) -> Person:
    """Somebody of every role, with a plan and an audit of their own."""
    an_organisation(session)
    a_theme(session, "voice")
    person = a_person(
        session, Role.LEAD, "Alex Moor", also=tuple(set(Role) - {Role.LEAD}), email="alex@council.example"
    )
    plan = a_plan(session, slug="the-plan")
    an_action(session, plan, lead=person)
    an_audit(session, auditor=person, audit_round=a_round(session), code="CP-1").public_id = "OWNAUDIT"
    session.commit()
    return person


@pytest.fixture
def alex(app: Flask, everybody: Person) -> Visitor:
    visitor = Visitor(app)
    assert visitor.sign_in(everybody.email, PASSWORD).status_code == 303
    return visitor


@pytest.mark.parametrize(
    "address",
    [
        "/plans/{}",
        "/plans/{}/1.1",
        "/plans/{}/actions.csv",
        "/audits/{}",
        "/audits/rounds/{}",
        "/audits/tools/{}/1",
        "/audits/tools/case-file-audit/{}",
        "/audits/tools/case-file-audit/2/preview/{}",
        "/concerns/{}",
        "/themes/{}",
        "/settings/people/{}",
        "/settings/bodies/{}",
        "/theme-links/{}/end",
        "/plans/the-plan/checks/{}/settle",
        "/plans/the-plan/1.1/updates/{}",
        "/plans/the-plan/{}/link",
        "/plans/the-plan/areas/{}",
    ],
)
def test_no_address_reaches_a_database_that_cannot_take_it(address: str, alex: Visitor) -> None:
    for value in ("%00", "a%00", "9" * 10, "9" * 20, "9" * 5000, "%FF", "%ED%A0%80", "'", "2147483648"):
        for answer in (alex.get(address.format(value)), alex.send(address.format(value))):
            assert answer.status_code in {404, 405}, f"{address} {value[:20]}: {answer.status_code}"


@pytest.mark.parametrize(
    "address",
    [
        "/plans/the-plan/1.1/update",
        "/plans/new",
        "/audits/OWNAUDIT/section/4",
        "/audits/OWNAUDIT/concern",
        "/audits/rounds/new",
        "/audits/tools/new",
        "/audits/rounds/november-audits",
        "/settings/themes",
        "/settings/people/new",
        "/settings/units",
        "/settings/bodies",
        "/settings/organisation",
        "/themes/voice/link",
        "/my/settings",
        "/plans/the-plan/areas/1/items/new",
    ],
)
def test_no_form_reaches_a_database_that_cannot_take_it(address: str, alex: Visitor) -> None:
    for form in forms_of(alex.get(address).text):
        if form.action in ON_ANY_PAGE:
            continue
        names = names_of(form)
        for value in HOSTILE:
            filled = {name: [value] for name in names}
            for fields in (filled, *({**form.sent, name: [value]} for name in names)):
                answer = alex.post(
                    form.action or address,
                    data=body({**fields, "csrf_token": [alex.token]}),
                    content_type="application/x-www-form-urlencoded",
                )
                assert answer.status_code in {200, 302, 303, 409, 422, 429}, f"{address} {value[:9]!r}"


def test_hostile_queries_reach_neither(alex: Visitor, engine: Engine) -> None:
    for path in (
        "/search?q=",
        "/plans/the-plan/actions?lead=",
        "/plans/the-plan?since=",
        "/themes?group=",
        "/concerns?page=",
        "/audits/read-log?audit=",
    ):
        for value in ("%00", "a%00b", "9" * 30, "9" * 5000, "%FF", "%25%5F%5C", "'"):
            with queries_of(engine) as asked:
                assert alex.get(path + value).status_code in {200, 302}
            assert not [statement for statement in asked if "\x00" in statement]


def test_a_role_elsewhere_shows_nobody_names_here(app: Flask, session: Session) -> None:
    """Somebody who may only view this plan, and leads work in another, reads here what a viewer reads."""
    an_organisation(session)
    here, elsewhere = a_plan(session, slug="here"), a_plan(session, slug="elsewhere")
    tom = a_person(session, Role.LEAD, "Tom Whitcombe")
    an_action(session, here, lead=tom)
    both = a_person(session, Role.VIEWER, "Sam Both", email="sam@council.example", scope={"plan_id": here.id})
    both.grants.extend(a_person(session, Role.LEAD, "Gone", scope={"plan_id": elsewhere.id}).grants)
    session.commit()
    sam = Visitor(app)
    sam.sign_in("sam@council.example", PASSWORD)
    for path in ("/plans/here", "/plans/here/1.1", "/plans/here/actions", "/plans/here/areas/1", "/plans/here/print"):
        answer = sam.get(path)
        assert answer.status_code == 200
        assert "Whitcombe" not in answer.text, path
