"""A mail server, the command that sends, and a town with leads who owe updates on the last day."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.support import mail_server
from tests.support.builders.people import a_body, a_meeting, a_person
from tests.support.builders.plans import a_plan, an_action, an_update
from tests.support.mail_server import Postbox
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.models import Plan

Send = Callable[..., tuple[int, str]]
HELD = date(2026, 8, 27)
MEETING = date(2026, 12, 4)


@pytest.fixture
def postbox(app: Flask) -> Iterator[Postbox]:
    before = app.config["SETTINGS"]
    with mail_server.listening(app) as box:
        box.serve()
        yield box
    app.config["SETTINGS"] = before


@pytest.fixture
def send(app: Flask) -> Send:
    """Run the command; returns its exit status and all that it said."""

    def run(*words: str) -> tuple[int, str]:
        done = app.test_cli_runner().invoke(args=["send-notices", *words])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.output

    return run


@pytest.fixture
def plan(session: Session) -> Plan:
    """A plan before an assurance meeting: updates close on Friday 27 November, tomorrow."""
    body = a_body(session)
    a_meeting(session, body, HELD, is_held=True)
    a_meeting(session, body, MEETING, updates_close_at=datetime(2026, 11, 27, 17, tzinfo=UTC))
    plan = a_plan(session, approved_on="2026-07-01")
    session.commit()
    return plan


@pytest.fixture
def lead(session: Session, plan: Plan) -> Callable[[str], Person]:
    """Make a lead who owes the update of one green action that was last told of in September."""

    def make(name: str, actions: int = 1) -> Person:
        person = a_person(session, Role.LEAD, name)
        for number in range(actions):
            action = an_action(session, plan, title=f"Work {number + 1} of {name}", lead=person, due="2027-06-30")
            an_update(session, action, by=person, happened=f"Progress by {name}", on="2026-09-20")
        session.commit()
        return person

    return make
