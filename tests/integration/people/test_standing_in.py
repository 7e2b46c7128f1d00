"""Deputies while somebody is away, and who holds a post when."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tracker.core.problems import Conflict, Invalid
from tracker.people import commands, queries
from tracker.people.models import Deputy, LeadParty, Person, PostHolding
from tracker.people.rules import PartyKind, Role

DAY = timedelta(days=1)


@pytest.fixture
def tom(session: Session, today: date) -> Person:
    return a_person(session, Role.LEAD, "Tom Baker")


@pytest.fixture
def grace(session: Session, today: date) -> Person:
    return a_person(session, Role.LEAD, "Grace Adeyemi")


@pytest.fixture
def post(session: Session, today: date) -> LeadParty:
    made = commands.make_lead_party(session, name="Head of Safeguarding", kind=PartyKind.POST, by=None)
    session.commit()
    return loaded(session, made.id)


def loaded(session: Session, party_id: int) -> LeadParty:
    session.expire_all()
    found = queries.lead_party(session, party_id)
    assert found is not None
    return found


def test_grace_covers_tom_until_a_day(session: Session, tom: Person, grace: Person, today: date) -> None:
    commands.stand_in(session, tom, deputy=grace, starts_on=today, ends_on=date(2027, 1, 4), by=tom)
    found = queries.absences(session, since=today)
    assert [(one.person.name, one.deputy.name, one.ends_on) for one in found] == [
        ("Tom Baker", "Grace Adeyemi", date(2027, 1, 4))
    ]
    assert queries.absences(session, since=date(2027, 1, 5)) == []


def test_what_cannot_be_a_cover_is_refused_beside_its_field(
    session: Session, tom: Person, grace: Person, today: date
) -> None:
    viewer = a_person(session, Role.VIEWER, "A Viewer")
    cases = [
        (tom, today, today, "deputy", "stands in for themselves"),
        (viewer, today, today, "deputy", "has no role as delivery lead"),
        (grace, today, today - DAY, "ends_on", "on or after the first"),
        (grace, today - 9 * DAY, today - DAY, "ends_on", "gone by already"),
        (grace, today, today + 400 * DAY, "ends_on", "for a year at most"),
    ]
    for deputy, first, last, field, words in cases:
        with pytest.raises(Invalid, match=words) as told:
            commands.stand_in(session, tom, deputy=deputy, starts_on=first, ends_on=last, by=tom)
        assert told.value.field == field
    commands.stand_in(session, tom, deputy=grace, starts_on=today, ends_on=today + 9 * DAY, by=tom)
    with pytest.raises(Conflict, match="Grace Adeyemi stands in for Tom Baker from 26 Nov 2026 to 5 Dec 2026"):
        commands.stand_in(session, tom, deputy=grace, starts_on=today + 9 * DAY, ends_on=today + 10 * DAY, by=tom)


def test_a_cover_ends_at_once_and_keeps_the_days_that_were(
    session: Session, tom: Person, grace: Person, today: date
) -> None:
    old = commands.stand_in(session, tom, deputy=grace, starts_on=today - 5 * DAY, ends_on=today + DAY, by=tom)
    new = commands.stand_in(session, grace, deputy=tom, starts_on=today, ends_on=today + DAY, by=tom)
    for absence in (old, new):
        commands.end_standing_in(session, absence, by=tom)
    assert session.scalars(select(Deputy.ends_on)).all() == [today - DAY]


def test_a_post_is_handed_over_on_its_day(
    session: Session, post: LeadParty, tom: Person, grace: Person, today: date
) -> None:
    commands.hold_post(session, post, tom, starts_on=today - 30 * DAY, by=tom)
    commands.hold_post(session, loaded(session, post.id), grace, starts_on=today, by=tom)
    held = [(one.person.name, one.starts_on, one.ends_on) for one in loaded(session, post.id).holdings]
    assert held == [("Tom Baker", today - 30 * DAY, today - DAY), ("Grace Adeyemi", today, None)]


def test_two_people_do_not_hold_a_post_on_one_day(
    session: Session, post: LeadParty, tom: Person, grace: Person, today: date
) -> None:
    commands.hold_post(session, post, tom, starts_on=today, ends_on=today + 9 * DAY, by=tom)
    with pytest.raises(Conflict, match="Tom Baker holds this post on some of these days"):
        commands.hold_post(session, loaded(session, post.id), grace, starts_on=today + 9 * DAY, by=tom)
    commands.hold_post(session, loaded(session, post.id), grace, starts_on=today + 10 * DAY, by=tom)
    assert session.scalar(select(func.count(PostHolding.id))) == 2


@pytest.mark.both_databases
def test_a_post_given_meanwhile_by_somebody_else_is_not_given_again(
    session: Session, post: LeadParty, tom: Person, grace: Person, today: date
) -> None:
    assert not post.holdings
    session.commit()
    with Session(session.get_bind()) as other:
        commands.hold_post(other, loaded(other, post.id), other.get_one(Person, tom.id), starts_on=today, by=tom)
        other.commit()
    with pytest.raises(Conflict, match="Tom Baker holds this post on some of these days"):
        commands.hold_post(session, post, grace, starts_on=today, by=tom)


def test_only_a_post_is_held(session: Session, tom: Person, today: date) -> None:
    team = commands.make_lead_party(session, name="North Team", kind=PartyKind.TEAM, by=None)
    with pytest.raises(Invalid, match="is not a post"):
        commands.hold_post(session, loaded(session, team.id), tom, starts_on=today, by=tom)


def test_holding_ends_at_once(session: Session, post: LeadParty, tom: Person, today: date) -> None:
    held = commands.hold_post(session, post, tom, starts_on=today - DAY, by=tom)
    commands.end_holding(session, held, by=tom)
    assert held.ends_on == today - DAY
