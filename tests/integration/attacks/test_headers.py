"""Headers, cookies, addresses to go on to, and what strangers may learn: on every kind of answer."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.integration.attacks.conftest import SignIn
from tests.integration.attacks.places import Places
from tests.integration.attacks.state import fingerprint
from tests.integration.attacks.visitor import Visitor
from tests.support.houses import House
from tracker.web.security import safe_next

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PASSWORD = "tracker-demonstration"


def test_every_kind_of_answer_has_its_headers_and_is_kept_by_nobody(places: Places, come: SignIn) -> None:
    office = come("office")
    answers = [
        office.get(f"/plans/{places['slug']}"),
        office.get(f"/plans/{places['slug']}/actions.csv"),
        office.get("/dates/read?text=March"),
        office.get("/nothing-there"),
        office.get("/audits"),
        office.get("/sign-out"),
        office.post("/settings/units"),
        office.get(f"/search?q={places['my_ref']}"),
        office.post("/plans/new", data=b"x" * 22_000_000, content_type="application/x-www-form-urlencoded"),
        office.open("/plans", method="OPTIONS"),
        office.head(f"/plans/{places['slug']}"),
        come().get("/healthz"),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 404, 403, 405, 400, 303, 413, 200, 200, 200]
    for answer in answers:
        assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS, answer.request.path
        assert answer.headers["Cache-Control"] == "no-store", answer.request.path
        assert "Cookie" in answer.headers["Vary"]
        assert "Access-Control-Allow-Origin" not in answer.headers
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'nonce-" in policy
        assert "'self' 'nonce" not in policy
    static = office.get("/static/css/base.css")
    assert {name: static.headers.get(name) for name in ALWAYS} == ALWAYS
    assert "Set-Cookie" not in static.headers


def test_files_are_sent_to_be_kept_and_each_nonce_is_used_once(places: Places, come: SignIn) -> None:
    office = come("office")
    sent = office.get(f"/plans/{places['slug']}/changes.csv")
    assert sent.headers["Content-Disposition"].startswith("attachment;")
    assert sent.headers["Content-Type"] == "text/csv; charset=utf-8"
    nonces = {office.get("/plans").headers["Content-Security-Policy"] for _ in range(3)}
    assert len(nonces) == 3


@pytest.mark.parametrize(
    "path",
    [
        "/static/../config.py",
        "/static/..%2fconfig.py",
        "/static/%2e%2e/config.py",
        "/static/....//config.py",
        "/static//etc/passwd",
        "/static/%00",
        "/static/css",
        "/static/..\\..\\config.py",
        "/.git/config",
        "/.env",
        "/instance/tracker.db",
        "/console",
        "/debug",
        "/metrics",
        "/server-status",
    ],
)
def test_nothing_but_our_own_files_is_served(path: str, come: SignIn) -> None:
    answer = come().get(path, follow_redirects=True)
    assert answer.status_code == 404


AWAY = (
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    " //evil.example",
    "javascript:alert(1)",
    "http:/evil.example",
    "data:text/html,x",
    "/\x00//evil.example",
    "https:evil.example",
)


@pytest.mark.parametrize("address", AWAY)
def test_nobody_is_sent_away_after_signing_in(address: str, come: SignIn) -> None:
    assert safe_next(address) is None
    visitor = come()
    fields = {"email": "office@demo.example", "password": PASSWORD, "next": address}
    answer = visitor.send("/sign-in", fields)
    assert answer.status_code == 303
    assert answer.location == "/"
    again = visitor.get("/sign-in", query_string={"next": address})
    assert again.location in {None, "/"}


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:99", "localhost@evil.example", "a b", "[::1", "x" * 300]
)
def test_a_false_host_leads_nowhere(host: str, come: SignIn) -> None:
    for address in ("/plans", "/sign-in", "/"):
        answer = come().get(address, headers={"Host": host, "X-Forwarded-Host": host})
        assert answer.status_code in {200, 302, 400}
        assert "evil" not in (answer.location or "")
        assert "evil" not in answer.text


def test_a_session_from_before_signing_in_is_worth_nothing_after_it(come: SignIn) -> None:
    visitor, other = come(), come()
    visitor.get("/sign-in")
    before = visitor.get_cookie("tracker")
    assert before is not None
    visitor.sign_in("office@demo.example", PASSWORD)
    after = visitor.get_cookie("tracker")
    assert after is not None
    assert after.value != before.value
    other.set_cookie("tracker", before.value)
    assert other.get("/plans").status_code == 302


def test_a_copied_session_ends_with_signing_out_and_a_forged_one_is_none(come: SignIn) -> None:
    visitor, thief = come("office"), come()
    cookie = visitor.get_cookie("tracker")
    assert cookie is not None
    thief.set_cookie("tracker", cookie.value)
    assert thief.get("/plans").status_code == 200
    assert visitor.send("/sign-out").headers["Clear-Site-Data"]
    thief.set_cookie("tracker", cookie.value)
    assert thief.get("/plans").status_code == 302
    for forged in ("", "x", cookie.value[:-3] + "abc", "." * 3000, "eyJfdXNlcl9pZCI6IjEuMCJ9.aaaa.bbbb"):
        thief.set_cookie("tracker", forged)
        assert thief.get("/plans").status_code == 302
    thief.set_cookie("remember_token", "1.0|0" + "a" * 127)
    assert thief.get("/plans").status_code == 302


def test_a_token_of_another_session_forges_nothing(places: Places, stored: Session, come: SignIn) -> None:
    lead, other = come("lead"), come("office")
    address = f"/plans/{places['slug']}/{places['my_ref']}/no-change"
    for token in (other.token, "", "x", "\x00", lead.token[:-2] + "xx"):
        assert lead.post(address, data={"csrf_token": token}).status_code == 400
        assert lead.post(address, headers={"X-CSRFToken": token}).status_code == 400
    before = fingerprint(stored)
    assert lead.get(f"{address}?csrf_token={lead.token}").status_code in {200, 302}, "a link opens, it never acts"
    assert fingerprint(stored) == before
    assert lead.post(f"{address}?csrf_token={lead.token}").status_code == 400


def test_cookies_are_closed_to_scripts_and_other_sites(town: House, come: SignIn) -> None:
    app: Flask = town.app
    answer = come().get("/sign-in")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert app.config["DEBUG"] is False


NETWORKS = [
    ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
    ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
    ("203.0.113.7", "::ffff:203.0.113.7", True),
    ("203.0.113.7", "203.0.113.8", False),
]


@pytest.mark.parametrize(("first", "second", "is_one_place"), NETWORKS)
def test_guessing_is_counted_by_network_whatever_is_claimed(
    first: str, second: str, is_one_place: bool, come: SignIn
) -> None:
    for number in range(10):
        visitor = come(address=first)
        claim = {"X-Forwarded-For": f"198.51.100.{number}", "X-Real-IP": f"198.51.100.{number}", "Forwarded": "for=1"}
        fields = {"email": f"somebody{number}@council.example", "password": "wrong password"}
        assert visitor.send("/sign-in", fields, headers=claim).status_code == 422
    answer = come(address=second).sign_in("another@council.example", "wrong password")
    assert answer.status_code == (429 if is_one_place else 422)


def test_an_account_is_guarded_wherever_guesses_come_from_and_however_it_is_written(come: SignIn) -> None:
    spellings = ("zoe@council.example", " ZOE@council.example ", "Zoe@Council.Example\x00")
    codes = {}
    for number in range(12):
        visitor = come(address=f"203.0.113.{number + 1}")
        codes[number] = visitor.sign_in(spellings[number % 3], "wrong password").status_code
    assert list(codes.values()).count(422) == 10
    assert codes[11] == 429


def test_demonstration_people_come_from_this_machine_only(come: SignIn) -> None:
    afar = come(address="203.0.113.9")
    assert afar.sign_in("office@demo.example", PASSWORD).status_code == 422
    assert "@demo.example" not in afar.get("/sign-in").text
    behind: Visitor = come()
    for claim in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"):
        fields = {"email": "office@demo.example", "password": PASSWORD}
        assert behind.send("/sign-in", fields, headers={claim: "127.0.0.1"}).status_code == 422


def test_refused_entries_hold_nothing_that_was_typed(places: Places, stored: Session, come: SignIn) -> None:
    viewer = come("viewer")
    for path in ("/audits/A%0Afalse%20entry", "/themes/x%0D%0Aline", f"/audits/{places['their_audit']}?q=secret-words"):
        viewer.get(path, headers={"User-Agent": "secret-words", "Referer": "secret-words"})
    rows = stored.execute(
        text(
            "SELECT e.subject_kind, e.subject_id, e.fields, p.after FROM log_entry e"
            " LEFT JOIN log_payload p ON p.entry_number = e.number WHERE e.act = 'refused'"
        )
    ).all()
    assert rows
    assert not [row for row in rows if "secret" in str(row) or "false entry" in str(row)]
    assert all(row.subject_id == "" or row.subject_id.isdecimal() for row in rows), "a record is named by its number"


def test_many_notices_do_not_sign_anybody_out(come: SignIn) -> None:
    moderator = come("moderator")
    for number in range(12):
        name = f"{number} " + "".join(chr(0x4E00 + 97 * number + place) for place in range(110))
        assert moderator.send("/settings/themes", {"name": name, "group": "practice"}).status_code == 303
        cookie = moderator.get_cookie("tracker")
        assert cookie is not None
        assert len(cookie.value) < 4000
    assert moderator.get("/settings/themes").status_code == 200
