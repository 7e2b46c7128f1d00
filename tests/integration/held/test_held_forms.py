"""A form sent after its session ended: held, sealed, given back to its own writer at its own address, and only once."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import A_THURSDAY
from tests.support.builders.people import a_person
from tests.support.builders.plans import a_plan, an_action
from tests.support.checked_client import PASSWORD, CheckedClient
from tracker.people.models import HeldForm, Person, PersonSession, RoleGrant
from tracker.people.rules import Role
from tracker.plans.models import Action, Plan, Update

ClockAt = Callable[[date | datetime], datetime]
WORDS = "Two posts are filled, and the third is advertised"
SAID = "You were signed out. Your text is here and is not saved yet."


@pytest.fixture
def tom(session: Session, today: date) -> Person:
    return a_person(session, Role.LEAD, "Tom Whitcombe")


@pytest.fixture
def plan(session: Session, tom: Person) -> Plan:
    return a_plan(session)


@pytest.fixture
def action(session: Session, plan: Plan, tom: Person) -> Action:
    return an_action(session, plan, lead=tom)


@pytest.fixture
def address(plan: Plan, action: Action) -> str:
    return f"/plans/{plan.slug}/{action.ref}/update"


@pytest.fixture
def typed(client: CheckedClient, session: Session, tom: Person, address: str) -> dict[str, Any]:
    """What the form of an update sends, filled in by Tom while he was signed in."""
    session.commit()
    client.sign_in(tom)
    client.get(address)
    return client.form("happened").filled({"happened": WORDS, "declared": "G"})


def _held(session: Session) -> list[HeldForm]:
    session.expire_all()
    return list(session.scalars(select(HeldForm).order_by(HeldForm.id)))


def _come_back(client: CheckedClient, person: Person) -> None:
    """Sign in on the page that the refused form led to, and go where that leads."""
    assert client.heading == "Sign in"
    client.submit({"email": person.email, "password": PASSWORD})


def _sign_out(client: CheckedClient, token: str) -> None:
    assert client.post("/sign-out", data={"csrf_token": token}).status_code == 303


def _run_out(clock_at: ClockAt) -> None:
    clock_at(A_THURSDAY + timedelta(hours=1))


@pytest.mark.both_databases
def test_after_an_idle_hour_the_form_comes_back_filled_in_and_saves(
    *, client: CheckedClient, session: Session, tom: Person, address: str, typed: dict[str, Any], clock_at: ClockAt
) -> None:
    _run_out(clock_at)
    client.post(address, data=typed, follow_redirects=True)
    assert WORDS not in client.text
    _come_back(client, tom)
    assert SAID in client.text
    form = client.form("happened")
    assert (form.sent["happened"], form.sent["declared"]) == ([WORDS], ["G"])
    assert session.scalars(select(Update)).all() == []
    client.submit({"happened": WORDS}, button="Save update")
    assert SAID not in client.text
    assert session.scalars(select(Update.happened)).all() == [WORDS]
    assert _held(session) == []


def test_after_signing_out_in_another_tab_it_comes_back_too(
    client: CheckedClient, session: Session, tom: Person, address: str, typed: dict[str, Any]
) -> None:
    _sign_out(client, typed["csrf_token"][0])
    client.post(address, data=typed, follow_redirects=True)
    _come_back(client, tom)
    assert client.form("happened").sent["happened"] == [WORDS]


def test_a_raised_epoch_ends_the_session_and_loses_no_words(
    client: CheckedClient, session: Session, tom: Person, address: str, typed: dict[str, Any]
) -> None:
    tom.session_epoch += 1
    session.commit()
    client.post(address, data=typed, follow_redirects=True)
    _come_back(client, tom)
    assert client.form("happened").sent["happened"] == [WORDS]


def test_who_has_signed_in_again_in_another_tab_gets_the_form_back_at_once(
    client: CheckedClient, tom: Person, address: str, typed: dict[str, Any]
) -> None:
    _sign_out(client, typed["csrf_token"][0])
    client.sign_in(tom)
    client.post(address, data=typed, follow_redirects=True)
    assert SAID in client.text
    assert client.form("happened").sent["happened"] == [WORDS]
    client.get(address)
    assert SAID not in client.text


def test_another_person_who_signs_in_gets_nothing_and_learns_nothing(
    client: CheckedClient, session: Session, tom: Person, address: str, typed: dict[str, Any]
) -> None:
    office = a_person(session, Role.OFFICE, "Grace Adeyemi")
    session.commit()
    _sign_out(client, typed["csrf_token"][0])
    client.post(address, data=typed, follow_redirects=True)
    _come_back(client, office)
    assert SAID not in client.text
    assert WORDS not in client.text
    assert client.form("happened").sent["happened"] == [""]
    assert len(_held(session)) == 1


def test_a_form_of_somebody_else_is_refused_and_not_held(
    client: CheckedClient, session: Session, address: str, typed: dict[str, Any]
) -> None:
    office = a_person(session, Role.OFFICE, "Grace Adeyemi")
    session.commit()
    client.sign_in(office)
    answer = client.post(address, data=typed)
    assert answer.status_code == 400
    assert WORDS not in client.text
    assert _held(session) == []


def test_what_is_held_cannot_be_read_in_the_database_and_goes_after_an_hour(
    *, client: CheckedClient, session: Session, tom: Person, address: str, typed: dict[str, Any], clock_at: ClockAt
) -> None:
    _run_out(clock_at)
    client.post(address, data=typed, follow_redirects=True)
    [held] = _held(session)
    assert WORDS.encode() not in held.sealed
    assert (held.person_id, held.address) == (tom.id, address)
    clock_at(A_THURSDAY + timedelta(hours=2, minutes=1))
    _come_back(client, tom)
    assert SAID not in client.text
    assert client.form("happened").sent["happened"] == [""]


def test_it_fills_in_no_other_page(
    *, client: CheckedClient, session: Session, tom: Person, plan: Plan, address: str, typed: dict[str, Any]
) -> None:
    an_action(session, plan, lead=tom)
    session.commit()
    _sign_out(client, typed["csrf_token"][0])
    led_to = client.post(address, data=typed).headers["Location"]
    token = led_to.rpartition("held%3D")[2]
    client.sign_in(tom)
    client.get(f"/plans/{plan.slug}/1.2/update?held={token}")
    assert WORDS not in client.text
    for wrong in ("", "x", "\x00", "9" * 5000, token[:-1]):
        assert client.get(address, query_string={"held": wrong}).status_code == 200
        assert WORDS not in client.text
    client.get(address, query_string={"held": token})
    assert client.form("happened").sent["happened"] == [WORDS]


def test_a_page_that_may_no_longer_be_read_gives_nothing_back(
    *, client: CheckedClient, session: Session, tom: Person, address: str, typed: dict[str, Any], clock_at: ClockAt
) -> None:
    _run_out(clock_at)
    client.post(address, data=typed, follow_redirects=True)
    for grant in session.scalars(select(RoleGrant).where(RoleGrant.person_id == tom.id)):
        session.delete(grant)
    session.commit()
    _come_back(client, tom)
    assert client.heading == "You cannot see this page"
    assert WORDS not in client.text


def test_the_sixth_form_of_a_person_makes_the_first_one_go(
    *, client: CheckedClient, session: Session, address: str, typed: dict[str, Any], clock_at: ClockAt
) -> None:
    _run_out(clock_at)
    for _ in range(7):
        client.post(address, data=typed)
    kept = [held.id for held in _held(session)]
    assert len(kept) == 5
    assert kept == sorted(kept)[-5:]


@pytest.mark.parametrize("own", [0, 5])
def test_one_network_gets_no_more_than_twenty_and_nobody_loses_what_is_held(
    *,
    own: int,
    tom: Person,
    client: CheckedClient,
    session: Session,
    address: str,
    typed: dict[str, Any],
    clock_at: ClockAt,
) -> None:
    for number in range(20):
        writer = tom if number < own else a_person(session, Role.LEAD, f"Lead {number}")
        one = HeldForm(
            token_hash=str(number),
            person_id=writer.id,
            address=address,
            network="127.0.0.1",
            sealed=b"",
            held_at=A_THURSDAY + timedelta(hours=1),
        )
        session.add(one)
    session.commit()
    _run_out(clock_at)
    assert client.post(address, data=typed).status_code == 302
    assert len(_held(session)) == 20


def test_too_long_a_form_and_one_without_a_true_guard_are_not_held(
    *, client: CheckedClient, session: Session, address: str, typed: dict[str, Any], clock_at: ClockAt
) -> None:
    _run_out(clock_at)
    assert client.post(address, data=typed | {"happened": "x" * 300_000}).status_code == 302
    for guard in ("", "x", typed["csrf_token"][0][:-2] + "xx"):
        assert client.post(address, data=typed | {"csrf_token": guard}).status_code == 400
    assert _held(session) == []


def test_passwords_are_never_held(client: CheckedClient, session: Session, tom: Person, clock_at: ClockAt) -> None:
    session.commit()
    client.sign_in(tom)
    client.get("/my/settings")
    fields = client.form("new_password").filled({"present_password": PASSWORD, "new_password": "three random words"})
    _run_out(clock_at)
    client.post("/my/settings", data=fields)
    _sign_out(client, fields["csrf_token"][0])
    client.post("/my/settings", data=fields)
    client.post("/sign-in", data=fields | {"email": tom.email, "password": PASSWORD})
    assert _held(session) == []


def test_a_file_is_lost_and_its_field_says_so(
    *, client: CheckedClient, tom: Person, address: str, typed: dict[str, Any], clock_at: ClockAt
) -> None:
    _run_out(clock_at)
    sending = typed | {"evidence_files": (BytesIO(b"%PDF-1.7"), "proof.pdf")}
    client.post(address, data=sending, content_type="multipart/form-data", follow_redirects=True)
    _come_back(client, tom)
    assert "The file was not kept. Choose it again" in client.text
    assert client.form("happened").sent["happened"] == [WORDS]


def test_an_autosave_is_told_to_go_on_trying_and_gets_a_new_guard_after_signing_in(
    *, client: CheckedClient, session: Session, tom: Person, address: str, typed: dict[str, Any], clock_at: ClockAt
) -> None:
    draft, how = address.replace("/update", "/draft"), {"Accept": "application/json"}
    _run_out(clock_at)
    answer = client.post(draft, data=typed, headers=how)
    assert (answer.status_code, answer.get_json()) == (401, {"signed_out": True})
    client.sign_in(tom)
    answer = client.post(draft, data=typed, headers=how)
    assert answer.status_code == 401
    fresh = typed | {"csrf_token": answer.get_json()["csrf_token"]}
    assert client.post(draft, data=fresh, headers=how).get_json()["version"] == 1
    assert _held(session) == []


def test_an_autosave_of_somebody_else_gets_no_guard(
    client: CheckedClient, session: Session, address: str, typed: dict[str, Any]
) -> None:
    office = a_person(session, Role.OFFICE, "Grace Adeyemi")
    session.commit()
    client.sign_in(office)
    answer = client.post(address.replace("/update", "/draft"), data=typed, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.get_json()) == (401, {"signed_out": True})


def test_the_guard_of_a_form_is_another_one_in_each_session(
    client: CheckedClient, session: Session, tom: Person, typed: dict[str, Any]
) -> None:
    with client.session_transaction() as kept:
        first = kept["csrf_token"]
    assert first == session.scalars(select(PersonSession.key_hash)).one()
    client.sign_in(tom)
    with client.session_transaction() as kept:
        assert kept["csrf_token"] != first
