"""Adding and stopping people, their roles and their sessions, by the commands alone."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person, a_unit, an_organisation
from tracker.core.problems import Conflict, Invalid
from tracker.people import commands, queries
from tracker.people.models import Person
from tracker.people.policy import Permission, may, roles_of
from tracker.people.rules import Role

pytestmark = pytest.mark.both_databases


@pytest.fixture
def admin(session: Session) -> Person:
    return a_person(session, Role.ADMIN, "Neil Foster")


def test_a_new_person_is_kept_tidy_and_cannot_sign_in_yet(session: Session, admin: Person) -> None:
    person = commands.add_person(session, email=" Tom.W@Council.Example ", name=" Tom  Whitcombe ", by=admin)
    assert (person.email, person.name) == ("tom.w@council.example", "Tom Whitcombe")
    assert person.password_hash is None
    assert (person.created_by, person.changed_by) == (admin.id, admin.id)


def test_an_address_belongs_to_one_person_whatever_its_case(session: Session, admin: Person) -> None:
    commands.add_person(session, email="tom@council.example", name="Tom", by=admin)
    with pytest.raises(Conflict, match="already a person with this e-mail") as caught:
        commands.add_person(session, email="TOM@council.example", name="Tim", by=admin)
    assert caught.value.field == "email"


@pytest.mark.parametrize(
    ("email", "name", "field"),
    [("tom", "Tom", "email"), ("tom@council.example", " ", "name"), ("tom@council.example", "T" * 121, "name")],
)
def test_what_cannot_be_a_person_is_refused_beside_its_field(
    session: Session, admin: Person, email: str, name: str, field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        commands.add_person(session, email=email, name=name, by=admin)
    assert caught.value.field == field


def test_a_second_change_from_the_same_page_is_a_conflict(session: Session, admin: Person) -> None:
    person = a_person(session)
    seen = person.version
    commands.change_person(session, person, name="Priya N", post="", unit=None, version=seen, by=admin)
    with pytest.raises(Conflict):
        commands.change_person(session, person, name="P Nair", post="", unit=None, version=seen, by=admin)
    assert person.name == "Priya N"


def test_a_first_password_is_made_by_chance_and_runs_out(session: Session, admin: Person) -> None:
    an_organisation(session)
    person = a_person(session)
    first, second = (commands.reset_password(session, person, by=admin) for _ in range(2))
    assert first != second
    assert len(second.replace("-", "")) == 16
    assert person.password_expires_at is not None
    commands.set_password(session, person, password="three random words", by=person)
    assert person.password_expires_at is None


def test_a_weak_password_is_refused_and_the_old_one_stays(session: Session) -> None:
    person = a_person(session)
    before = (person.password_hash, person.session_epoch)
    with pytest.raises(Invalid):
        commands.set_password(session, person, password="short", by=person)
    assert (person.password_hash, person.session_epoch) == before


def test_roles_add_up_and_end_at_once(session: Session, admin: Person) -> None:
    person = a_person(session, Role.LEAD)
    grant = commands.grant_role(session, person, Role.AUDITOR, by=admin)
    assert roles_of(person) == {Role.LEAD, Role.AUDITOR}
    commands.end_role(session, grant, by=admin)
    commands.end_role(session, person.grants[0], by=admin)
    assert roles_of(person) == frozenset()


def test_a_role_given_today_and_ended_today_held_on_no_day(session: Session, admin: Person) -> None:
    person = a_person(session, role=None)
    grant = commands.grant_role(session, person, Role.VIEWER, by=admin)
    commands.end_role(session, grant, by=admin)
    session.expire_all()
    again = queries.person(session, person.id)
    assert again is not None
    assert again.grants == []


def test_a_role_that_ended_long_ago_keeps_its_last_day(session: Session, admin: Person, today: date) -> None:
    last = today - timedelta(days=10)
    person = a_person(session, Role.LEAD, scope={"ends_on": last})
    commands.end_role(session, person.grants[0], by=admin)
    assert person.grants[0].ends_on == last


def test_a_role_may_run_to_a_last_day(session: Session, admin: Person, today: date) -> None:
    person = a_person(session, Role.LEAD)
    commands.end_role(session, person.grants[0], on=today, by=admin)
    assert roles_of(person) == {Role.LEAD}


def test_a_role_that_is_held_is_not_given_twice(session: Session, admin: Person) -> None:
    person = a_person(session, Role.LEAD)
    with pytest.raises(Conflict):
        commands.grant_role(session, person, Role.LEAD, by=admin)
    commands.grant_role(session, person, Role.LEAD, plan_id=7, by=admin)


def test_scopes_and_marks_that_a_role_cannot_have_are_refused(session: Session, admin: Person, today: date) -> None:
    person, unit = a_person(session, role=None), a_unit(session)
    with pytest.raises(Invalid, match="everywhere"):
        commands.grant_role(session, person, Role.ADMIN, unit=unit, by=admin)
    with pytest.raises(Invalid, match="assurance member"):
        commands.grant_role(session, person, Role.LEAD, is_chair=True, by=admin)
    with pytest.raises(Invalid, match="last day"):
        commands.grant_role(session, person, Role.LEAD, ends_on=today - timedelta(days=1), by=admin)


def test_every_change_of_rights_ends_the_sessions(session: Session, admin: Person) -> None:
    person = a_person(session, role=None)
    epochs = [person.session_epoch]
    grant = commands.grant_role(session, person, Role.LEAD, by=admin)
    epochs.append(person.session_epoch)
    commands.end_role(session, grant, by=admin)
    epochs.append(person.session_epoch)
    commands.set_password(session, person, password="three random words", by=admin)
    epochs.append(person.session_epoch)
    commands.deactivate(session, person, by=admin)
    epochs.append(person.session_epoch)
    assert epochs == sorted(set(epochs))


def test_the_deactivated_may_nothing_until_they_are_active_again(session: Session, admin: Person) -> None:
    person = a_person(session, Role.OFFICE)
    commands.deactivate(session, person, by=admin)
    assert not may(person, Permission.PLAN_READ)
    commands.reactivate(session, person, by=admin)
    assert may(person, Permission.PLAN_READ)


def test_the_last_administrator_stays(session: Session, admin: Person) -> None:
    with pytest.raises(Conflict, match="last active administrator"):
        commands.deactivate(session, admin, by=admin)
    session.rollback()


def test_the_last_administrator_keeps_the_role(session: Session, admin: Person) -> None:
    with pytest.raises(Conflict, match="last active administrator"):
        commands.end_role(session, admin.grants[0], by=admin)
    session.rollback()


def test_an_administrator_whose_role_runs_out_does_not_count(session: Session, admin: Person, today: date) -> None:
    a_person(session, Role.ADMIN, "Short Stay", scope={"ends_on": today + timedelta(days=3)})
    a_person(session, Role.ADMIN, "Gone Away", is_active=False)
    with pytest.raises(Conflict):
        commands.deactivate(session, admin, by=admin)


def test_an_administrator_may_go_when_there_is_another(session: Session, admin: Person) -> None:
    other = a_person(session, Role.ADMIN, "Moira Fenn")
    commands.end_role(session, admin.grants[0], by=other)
    commands.deactivate(session, admin, by=other)
    assert not admin.is_active
