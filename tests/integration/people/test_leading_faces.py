"""Who may update for a lead, asked of one person and of everybody at once: both give the same answer on any day."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tracker.people import queries
from tracker.people.models import Deputy, LeadParty, LeadPartyMember, PostHolding
from tracker.people.policy import leading_today, led_by, led_by_oneself
from tracker.people.rules import PartyKind, Role

Span = tuple[date, date | None]
Members = dict[tuple[int, int], date | None]
Holdings = list[tuple[int, int, Span]]
Absences = list[tuple[int, int, tuple[date, date]]]
TODAY = date(2026, 11, 26)
places = st.integers(0, 2)
# Around today, where an answer turns.
days = st.integers(-2, 2).map(lambda number: TODAY + timedelta(days=number))
spans = st.tuples(days, st.none() | days).filter(lambda span: span[1] is None or span[0] <= span[1])
closed_spans = st.tuples(days, days).filter(lambda span: span[0] <= span[1])
members = st.dictionaries(st.tuples(places, places), st.none() | days, max_size=4)
holdings = st.lists(st.tuples(places, places, spans), max_size=4)
absences = st.lists(st.tuples(places, places, closed_spans).filter(lambda one: one[0] != one[1]), max_size=4)


@pytest.fixture
def people(session: Session, today: date) -> list[int]:
    return [a_person(session, Role.LEAD, name).id for name in ("Priya Nair", "Tom Baker", "Grace Adeyemi")]


@pytest.fixture
def parties(session: Session) -> list[int]:
    made = [LeadParty(name=name, kind=PartyKind.POST) for name in ("Head of Care", "North Team", "Tom Baker")]
    session.add_all(made)
    session.flush()
    return [party.id for party in made]


@pytest.mark.both_databases
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(links=st.tuples(members, holdings, absences))
def test_one_person_and_everybody_at_once_get_the_same_answer(
    session: Session, people: list[int], parties: list[int], links: tuple[Members, Holdings, Absences]
) -> None:
    with session.begin_nested() as trial:
        link(session, people, parties, *links)
        for person_id in people:
            person = queries.person(session, person_id)
            assert person is not None
            for with_deputies, alone in ((True, led_by), (False, led_by_oneself)):
                rows = leading_today(with_deputies=with_deputies)
                of_all = set(session.scalars(select(rows.c.party_id).where(rows.c.person_id == person.id)))
                assert of_all == set(session.scalars(select(LeadParty.id).where(alone(person))))
        trial.rollback()
    session.expunge_all()


def link(session: Session, people: list[int], parties: list[int], *links: *tuple[Members, Holdings, Absences]) -> None:
    members, holdings, absences = links
    session.add_all(
        LeadPartyMember(party_id=parties[party], person_id=people[person], ends_on=ends_on)
        for (party, person), ends_on in members.items()
    )
    session.add_all(
        PostHolding(party_id=parties[party], person_id=people[person], starts_on=starts_on, ends_on=ends_on)
        for party, person, (starts_on, ends_on) in holdings
    )
    session.add_all(
        Deputy(person_id=people[away], deputy_id=people[deputy], starts_on=starts_on, ends_on=ends_on)
        for away, deputy, (starts_on, ends_on) in absences
    )
    session.flush()
    session.expire_all()
