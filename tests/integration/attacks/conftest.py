"""The town under attack: the demonstration with a second plan beside it, loaded once for a worker's whole run."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import sha256

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, joinedload

from tests.conftest import A_THURSDAY
from tests.integration.attacks.places import HANDED_OVER, Places, places_in
from tests.integration.attacks.second_looks import add_second_looks
from tests.integration.attacks.visitor import Visitor
from tests.support import houses
from tests.support.builders.people import a_person
from tests.support.builders.plans import a_lead, a_milestone, a_plan, an_action, an_update
from tests.support.checked_client import PASSWORD
from tests.support.houses import House
from tracker.audits.models import AuditSample, WaitingCaseList
from tracker.audits.rules.case_list import CaseList
from tracker.audits.rules.sampling import ListedFile
from tracker.audits.rules.vocabulary import Category
from tracker.cli.demo import DOCUMENTED
from tracker.core import clock
from tracker.core.plain_values import plain_value
from tracker.people.models import Deputy, Invitation, Person, PostHolding, Unit
from tracker.people.rules import InvitationKind, PartyKind, Role

SignIn = Callable[..., Visitor]


def _load(app: Flask) -> None:
    """Load the demonstration, a plan that none of its people lead, and somebody of each role for that plan alone."""
    with clock.at(A_THURSDAY):
        houses.load_demonstration(app)
        with Session(houses.engine_of(app)) as session:
            zoe = a_person(session, Role.LEAD, "Zoe Quill", email="zoe@council.example")
            plan = a_plan(session, title="Another plan", slug="another-plan")
            action = an_action(session, plan, title="Write the other guide", lead=zoe)
            a_milestone(session, action, title="The other guide is read", due="+30d")
            an_update(session, action, by=zoe, happened="The other guide is drafted")
            _add_people_in_depth(session, zoe)
            _add_case_list(session, zoe)
            add_second_looks(session)
            for role in set(Role) - {Role.ADMIN}:
                a_person(
                    session, role, f"Only {role}", email=f"only.{role}@council.example", scope={"plan_id": plan.id}
                )
            session.commit()


def _add_people_in_depth(session: Session, zoe: Person) -> None:
    """Add somebody who covers her, a post that she holds, and a link that she was given."""
    today, party = clock.today(), a_lead(session, "Head of the other guide", kind=PartyKind.POST)
    deputy = a_person(session, Role.LEAD, "Yan Quill", email="yan@council.example")
    session.add_all(
        [
            Deputy(person_id=zoe.id, deputy_id=deputy.id, starts_on=today, ends_on=today + timedelta(days=9)),
            PostHolding(party_id=party.id, person_id=zoe.id, starts_on=today),
            Invitation(
                person_id=zoe.id,
                kind=InvitationKind.RESET,
                code_hash=sha256(HANDED_OVER.encode()).hexdigest(),
                expires_at=clock.now() + timedelta(hours=72),
            ),
        ]
    )
    session.flush()


def _add_case_list(session: Session, zoe: Person) -> None:
    """Add a list that was brought to the round whose sample is drawn and is not thrown away yet."""
    file = ListedFile("W-4711", Category.CONTACT, session.scalars(select(Unit.id)).first() or 0)
    drawn = session.scalars(select(AuditSample).options(joinedload(AuditSample.round))).one()
    session.add(
        WaitingCaseList(
            public_id="a-list-that-waits",
            round=drawn.round,
            person_id=zoe.id,
            content=json.dumps(plain_value(CaseList((file,)))),
            kept_at=clock.now(),
        )
    )
    session.flush()


@pytest.fixture(scope="session")
def town_house() -> Iterator[House]:
    with houses.on_sqlite(_load) as house:
        yield house


@pytest.fixture
def town(town_house: House) -> House:
    """The town as it was at first."""
    town_house.restore()
    return town_house


@pytest.fixture
def stored(town: House) -> Iterator[Session]:
    """A session of the test's own on the town's database."""
    with Session(town.engine) as own:
        yield own


@pytest.fixture
def places(stored: Session) -> Places:
    found = places_in(stored)
    stored.rollback()
    return found


@pytest.fixture
def come(town: House) -> SignIn:
    """Come as one of the demonstration's people, as somebody else by e-mail address, or as nobody."""
    town.app.extensions.pop("search_pace", None)

    def come(who: str = "", **how: str) -> Visitor:
        visitor = Visitor(town.app, **how)
        if who:
            is_council = "@council" in who
            answer = visitor.sign_in(
                who if "@" in who else f"{who}@demo.example", PASSWORD if is_council else DOCUMENTED
            )
            assert answer.status_code == 303, who
        return visitor

    return come


@pytest.fixture
def town_engine(town: House) -> Engine:
    return town.engine
