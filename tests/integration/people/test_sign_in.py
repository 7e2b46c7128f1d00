"""Signing in and out through the pages: who gets in, what is said to whoever does not, and where it leads."""

import re
from typing import Any
from urllib.parse import quote

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person, an_organisation
from tests.support.checked_client import PASSWORD, CheckedClient
from tracker.core.changelog.tables import log_entry
from tracker.people.commands import passwords
from tracker.people.models import Person
from tracker.people.rules import Role

WRONG = "Check your e-mail address and password"
ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}


@pytest.fixture
def priya(session: Session) -> Person:
    an_organisation(session, is_demonstration=True)
    person = a_person(session, Role.VIEWER, email="priya@council.example")
    session.commit()
    return person


def acts(session: Session) -> list[tuple[str, str, str]]:
    query = select(log_entry.c.act, log_entry.c.actor, log_entry.c.subject_id).order_by(log_entry.c.number)
    found = [(act, actor, subject) for act, actor, subject in session.execute(query)]
    return [row for row in found if row[0].startswith(("signed_", "sign_in"))]


def is_signed_in(client: CheckedClient) -> bool:
    return client.get("/my/settings").status_code == 200


def test_a_person_signs_in_and_lands_on_the_first_page_of_the_role(client: CheckedClient, priya: Person) -> None:
    client.get("/sign-in")
    answer = client.submit({"email": " Priya@Council.example", "password": PASSWORD}, follow=False)
    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/").location == "/plans"


@pytest.mark.parametrize("email", ["priya@council.example", "nobody@council.example"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_words(
    client: CheckedClient, priya: Person, email: str
) -> None:
    answer = client.sign_in(email, "not the password at all")
    assert answer.status_code == 422
    assert WRONG in client.text
    assert not is_signed_in(client)


def _comparable(page: str, email: str) -> str:
    page = page.replace(email, "EMAIL")
    return re.sub(r'(nonce|value)="[^"]{16,}"', "", page)


def test_nothing_tells_an_unknown_person_from_a_known_one(
    client: CheckedClient, session: Session, priya: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_person(session, Role.VIEWER, email="gone@council.example", is_active=False)
    a_person(session, Role.VIEWER, email="new@council.example", password_hash=None)
    session.commit()
    checks: list[str] = []
    verify = passwords._hasher.verify

    def counting(kept: str, password: str) -> bool:
        checks.append(kept)
        return verify(kept, password)

    monkeypatch.setattr(passwords, "_hasher", _Counting(counting))
    pages = set()
    for email in ("priya@council.example", "gone@council.example", "new@council.example", "no@council.example"):
        answer = client.sign_in(email, PASSWORD if email.startswith("gone") else "not the password")
        pages.add((answer.status_code, _comparable(answer.text, email)))
    assert len(pages) == 1
    assert len(checks) == 4


class _Counting:
    def __init__(self, verify: object) -> None:
        self.verify = verify


def test_the_deactivated_do_not_get_in(client: CheckedClient, session: Session) -> None:
    client.sign_in(_stored(session, is_active=False))
    assert WRONG in client.text


def test_demonstration_people_get_in_from_this_machine_only(client: CheckedClient, session: Session) -> None:
    email = _stored(session, is_demonstration=True).email
    fields = {"email": email, "password": PASSWORD}
    client.get("/sign-in", environ_overrides=ELSEWHERE)
    token = client.form("email").filled({})["csrf_token"]
    answer = client.post("/sign-in", data={**fields, "csrf_token": token}, environ_overrides=ELSEWHERE)
    assert WRONG in answer.text
    behind = client.post("/sign-in", data={**fields, "csrf_token": token}, headers={"X-Forwarded-For": "192.0.2.7"})
    assert WRONG in behind.text
    client.sign_in(email)
    assert is_signed_in(client)
    assert client.get("/my/settings", environ_overrides=ELSEWHERE).status_code == 302


def test_the_sign_in_page_names_the_demonstration_people_on_this_machine_only(
    client: CheckedClient, session: Session, priya: Person
) -> None:
    a_person(session, Role.OFFICE, email="office@demo.example", is_demonstration=True)
    session.commit()
    client.get("/sign-in")
    assert "office@demo.example" in client.text
    assert "priya@council.example" not in client.text
    client.get("/sign-in", environ_overrides=ELSEWHERE)
    assert "office@demo.example" not in client.text


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [
        ("/plans/improvement-plan/actions?rag=R&sort=due#5", "/plans/improvement-plan/actions?rag=R&sort=due#5"),
        ("/my/settings", "/my/settings"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("/\n//evil.example", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("evil.example", "/"),
        ("/" + "a" * 2000, "/"),
    ],
)
def test_signing_in_leads_back_to_where_one_was_and_nowhere_else(
    client: CheckedClient, priya: Person, wanted: str, leads_to: str
) -> None:
    client.get(f"/sign-in?next={quote(wanted)}")
    answer = client.submit({"email": priya.email, "password": PASSWORD}, follow=False)
    assert answer.location == leads_to


def test_a_deep_link_survives_signing_in_with_its_query(client: CheckedClient, priya: Person) -> None:
    asked = client.get("/my/settings?a=1&b=two%20words")
    client.get(asked.location)
    answer = client.submit({"email": priya.email, "password": PASSWORD}, follow=False)
    assert answer.location == "/my/settings?a=1&b=two%20words"


def test_a_session_of_before_is_not_kept(client: CheckedClient, priya: Person) -> None:
    client.get("/sign-in")
    with client.session_transaction() as before:
        before["planted"] = "by somebody else"
        token = before["csrf_token"]
    client.submit({"email": priya.email, "password": PASSWORD})
    with client.session_transaction() as after:
        assert "planted" not in after
        assert after.get("csrf_token") != token


def test_without_the_form_s_token_nobody_signs_in(client: CheckedClient, priya: Person) -> None:
    answer = client.post("/sign-in", data={"email": priya.email, "password": PASSWORD})
    assert answer.status_code == 400
    assert not is_signed_in(client)


def test_signing_out_ends_the_session_here_and_on_the_server(client: CheckedClient, priya: Person) -> None:
    client.sign_in(priya)
    stolen = client.get_cookie("tracker")
    assert stolen is not None
    client.get("/my/settings")
    answer = client.submit(button="Sign out", follow=False)
    assert answer.status_code == 303
    assert '"storage"' in answer.headers["Clear-Site-Data"]
    assert not is_signed_in(client)
    client.set_cookie("tracker", stolen.value)
    assert not is_signed_in(client)


def test_nobody_is_signed_out_by_a_link(client: CheckedClient, priya: Person) -> None:
    client.sign_in(priya)
    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out").status_code == 400
    assert is_signed_in(client)


def test_how_signing_in_ended_is_logged_without_what_was_typed(
    client: CheckedClient, session: Session, priya: Person
) -> None:
    client.sign_in("nobody@council.example")
    client.sign_in(priya, "wrong, wrong, wrong")
    client.sign_in(priya)
    client.get("/my/settings")
    client.submit(button="Sign out")
    me, number = f"person:{priya.id}", str(priya.id)
    assert acts(session) == [
        ("sign_in_refused", "nobody", ""),
        ("sign_in_refused", "nobody", number),
        ("signed_in", me, number),
        ("signed_out", me, number),
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"email": "", "password": ""},
        {"email": "x" * 300, "password": "y"},
        {"email": "a\x00b@council.example", "password": "p\x00q"},
        {"email": "priya@council.example", "password": "z" * 5000},
        {"email": "💣" * 50, "password": "💣"},
    ],
)
def test_no_typed_nonsense_gets_in_or_breaks_the_page(
    client: CheckedClient, priya: Person, fields: dict[str, str]
) -> None:
    client.get("/sign-in")
    token = client.form("email").filled({})["csrf_token"]
    answer = client.post("/sign-in", data={**fields, "csrf_token": token})
    assert answer.status_code == 422
    assert "Error: " in answer.text


def test_an_older_hash_is_made_anew_on_signing_in(client: CheckedClient, session: Session) -> None:
    old = PasswordHasher(memory_cost=8192, time_cost=1, parallelism=1).hash(PASSWORD)
    person = _stored(session, password_hash=old)
    client.sign_in(person)
    session.expire_all()
    stored = session.get(Person, person.id)
    assert stored is not None
    assert stored.password_hash != old
    assert stored.password_hash is not None
    assert not passwords.is_outdated(stored.password_hash)


def _stored(session: Session, **columns: Any) -> Person:
    person = a_person(session, Role.VIEWER, **columns)
    session.commit()
    return person
