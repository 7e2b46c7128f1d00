"""Forms sent, after their session ended, to addresses that show no page: nothing of them is lost either."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import A_THURSDAY
from tests.support.builders.people import a_person
from tests.support.builders.plans import a_lead, a_plan, an_action, an_update
from tests.support.checked_client import PASSWORD, CheckedClient
from tracker.people.models import HeldForm, LeadParty, Person, PostHolding, RoleGrant
from tracker.people.rules import PartyKind, Role

ClockAt = Callable[[date | datetime], datetime]
TITLE = "You were signed out. Your text is here and is not saved yet"


@pytest.fixture
def office(session: Session, today: date) -> Person:
    return a_person(session, Role.OFFICE, "Grace Adeyemi")


@pytest.fixture
def post(session: Session) -> LeadParty:
    return a_lead(session, "Head of Practice", kind=PartyKind.POST)


@pytest.fixture
def typed(client: CheckedClient, session: Session, office: Person, post: LeadParty) -> dict[str, Any]:
    """Who holds the post from when, as the office filled it in before the session ended."""
    holder = a_person(session, Role.LEAD, "Tom Whitcombe")
    session.commit()
    client.sign_in(office)
    client.get(f"/settings/leads/{post.id}")
    return client.form("holder").filled({"holder": str(holder.id), "starts_on": "1 Nov 2026"})


def _ended(clock_at: ClockAt) -> None:
    clock_at(A_THURSDAY + timedelta(hours=1))


def _sign_in(client: CheckedClient, person: Person) -> None:
    assert client.heading == "Sign in"
    client.submit({"email": person.email, "password": PASSWORD})


def _held(session: Session) -> list[HeldForm]:
    session.expire_all()
    return list(session.scalars(select(HeldForm)))


def test_after_signing_in_one_press_saves_what_was_sent(
    *,
    client: CheckedClient,
    session: Session,
    office: Person,
    post: LeadParty,
    typed: dict[str, Any],
    clock_at: ClockAt,
) -> None:
    _ended(clock_at)
    client.post(f"/settings/leads/{post.id}/holders", data=typed, follow_redirects=True)
    _sign_in(client, office)
    assert client.heading == TITLE
    assert "1 Nov 2026" in client.text
    assert session.scalars(select(PostHolding)).all() == []
    client.submit(button="Save it now")
    assert "Tom Whitcombe holds Head of Practice" in client.text
    assert [one.starts_on for one in session.scalars(select(PostHolding))] == [date(2026, 11, 1)]
    assert _held(session) == []


def test_what_is_wrong_with_it_is_said_where_it_belongs_and_it_can_be_put_right(
    *, client: CheckedClient, office: Person, post: LeadParty, typed: dict[str, Any], clock_at: ClockAt
) -> None:
    _ended(clock_at)
    sending = typed | {"starts_on": "one fine day"}
    client.post(f"/settings/leads/{post.id}/holders", data=sending, follow_redirects=True)
    _sign_in(client, office)
    answer = client.submit(button="Save it now")
    assert answer.status_code == 422
    assert client.form("holder").sent["starts_on"] == ["one fine day"]


def test_somebody_else_who_signs_in_sees_nothing_of_it(
    *, client: CheckedClient, session: Session, post: LeadParty, typed: dict[str, Any], clock_at: ClockAt
) -> None:
    other = a_person(session, Role.OFFICE, "Daniel Hughes")
    session.commit()
    _ended(clock_at)
    client.post(f"/settings/leads/{post.id}/holders", data=typed, follow_redirects=True)
    _sign_in(client, other)
    assert "Nothing is kept here for you" in client.text
    assert "1 Nov 2026" not in client.text
    assert len(_held(session)) == 1


def test_who_may_no_longer_send_it_is_shown_nothing(
    *,
    client: CheckedClient,
    session: Session,
    office: Person,
    post: LeadParty,
    typed: dict[str, Any],
    clock_at: ClockAt,
) -> None:
    _ended(clock_at)
    client.post(f"/settings/leads/{post.id}/holders", data=typed, follow_redirects=True)
    for grant in session.scalars(select(RoleGrant).where(RoleGrant.person_id == office.id)):
        session.delete(grant)
    session.commit()
    _sign_in(client, office)
    assert client.answer is not None
    assert client.answer.status_code == 403
    assert "1 Nov 2026" not in client.text


@pytest.mark.parametrize("token", ["x", "9" * 500])
def test_what_is_not_held_is_not_there(client: CheckedClient, session: Session, office: Person, token: str) -> None:
    session.commit()
    client.sign_in(office)
    assert client.get(f"/my/held/{token}").status_code == 404
    assert "Nothing is kept here for you" in client.text


def test_an_address_with_odd_names_in_its_query_does_no_harm(
    *, client: CheckedClient, office: Person, post: LeadParty, typed: dict[str, Any], clock_at: ClockAt
) -> None:
    _ended(clock_at)
    odd = "?token=1&_external=1&_scheme=javascript&endpoint=x&held=2"
    client.post(f"/settings/leads/{post.id}/holders{odd}", data=typed, follow_redirects=True)
    _sign_in(client, office)
    assert client.heading == TITLE
    assert client.form("starts_on").action.startswith(f"/settings/leads/{post.id}/holders?token=1")


def test_a_button_alone_leads_back_to_the_page_where_it_stands(
    *, client: CheckedClient, session: Session, clock_at: ClockAt
) -> None:
    tom = a_person(session, Role.LEAD, "Tom Whitcombe")
    action = an_action(session, a_plan(session), lead=tom)
    an_update(session, action, by=tom, on="-30d")
    session.commit()
    client.sign_in(tom)
    client.get("/my/actions?show=all")
    form = client.form("after")
    _ended(clock_at)
    here = "http://localhost/my/actions?show=all"
    client.post(form.action, data=form.sent, headers={"Referer": here}, follow_redirects=True)
    assert _held(session) == []
    _sign_in(client, tom)
    assert client.answer is not None
    assert client.answer.request.full_path == "/my/actions?show=all"


@pytest.mark.parametrize(
    "page", ["https://elsewhere.example/my/actions", "http://localhost//elsewhere.example", "", "x"]
)
def test_a_page_elsewhere_is_no_way_back(
    *, client: CheckedClient, session: Session, office: Person, clock_at: ClockAt, page: str
) -> None:
    session.commit()
    client.sign_in(office)
    client.get("/my/settings")
    token = client.form("new_password").sent["csrf_token"]
    _ended(clock_at)
    answer = client.post("/my/sessions/end-others", data={"csrf_token": token}, headers={"Referer": page})
    assert answer.location == "/sign-in"
