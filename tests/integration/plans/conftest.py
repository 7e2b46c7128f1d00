"""A small plan as a meeting finds it, with the people and meetings around it."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.support.builders.people import a_body, a_meeting, a_person
from tests.support.builders.plans import a_plan, an_action, an_area, an_update
from tests.support.checked_client import CheckedClient
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.models import Plan

Read = Callable[..., str]


@pytest.fixture
def office(session: Session, today: date) -> Person:
    return a_person(session, Role.OFFICE, "Daniel Hughes")


@pytest.fixture
def tom(session: Session, today: date) -> Person:
    return a_person(session, Role.LEAD, "Tom Whitcombe")


@pytest.fixture
def read(client: CheckedClient, session: Session) -> Read:
    """Sign somebody in, fetch a page of a plan, which must answer, and return its words."""

    def read(person: Person, plan: Plan, path: str = "") -> str:
        session.commit()
        client.sign_in(person)
        assert client.get(f"/plans/{plan.slug}{path}").status_code == 200
        return client.text

    return read


@pytest.fixture
def meetings(session: Session, today: date) -> None:
    """Held on 27 August and 28 May; the next one on 10 December."""
    body = a_body(session)
    a_meeting(session, body, date(2026, 5, 28), is_held=True)
    a_meeting(session, body, date(2026, 8, 27), is_held=True)
    a_meeting(session, body, date(2026, 12, 10))


@pytest.fixture
def plan(session: Session, tom: Person) -> Plan:
    """Approved a year ago; 1.1 went red since the summer, 1.2 is late, 1.3 is on track, 2.1 was never updated."""
    made = a_plan(session, approved_on=date(2026, 1, 13))
    first = an_area(session, made, title="Reasonable workloads")
    second = an_area(session, made, title="Early help")
    red = an_action(session, made, area=first, title="Start stage 1", due="2026-10-20", lead=tom)
    an_update(session, red, by=tom, declared="G", on=date(2026, 8, 3))
    an_update(session, red, by=tom, declared="R", why="11 of 31 posts are vacant", on=date(2026, 11, 3))
    late = an_action(session, made, area=first, title="Agree the framework", due="2026-11-18", lead=tom)
    an_update(session, late, by=tom, on=date(2026, 8, 3))
    well = an_action(session, made, area=first, title="Analyse caseloads", due="2027-03-31", lead=tom)
    an_update(session, well, by=tom, on=date(2026, 11, 10))
    an_action(session, made, area=second, title="Agree the early help model", due="2026-10-12", lead="Joanne Pike")
    return made
