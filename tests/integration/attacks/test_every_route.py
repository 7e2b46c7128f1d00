"""Every route, every role and nobody: who is let in, who is refused, and that a refusal changes nothing."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.integration.attacks.conftest import SignIn
from tests.integration.attacks.doors import ROWS, WHO, Row
from tests.integration.attacks.places import Places
from tests.integration.attacks.state import entries_since, fingerprint, last_entry
from tests.integration.attacks.visitor import Visitor
from tests.support.houses import House


def test_the_table_speaks_of_every_route(town: House, places: Places) -> None:
    adapter = town.app.url_map.bind("localhost")
    spoken = set()
    for row in ROWS:
        path = row.address.format_map(places).partition("?")[0]
        spoken |= {(adapter.match(path, method)[0], method) for method in _methods(row)}
    routes = {(rule.endpoint, method) for rule in town.app.url_map.iter_rules() for method in rule.methods or ()}
    assert {(name, method) for name, method in routes if method in {"GET", "POST"}} == spoken


def _methods(row: Row) -> list[str]:
    return [{"G": "GET", "P": "POST"}[letter] for letter in row.methods]


@pytest.mark.parametrize("who", ["", *WHO])
def test_nobody_passes_a_door_that_is_not_theirs(
    who: str, town: House, places: Places, stored: Session, come: SignIn
) -> None:
    visitor = come(who)
    before = fingerprint(stored)
    for row in ROWS:
        if row.may is None or who in row.may:
            continue
        address = row.address.format_map(places)
        for method in _methods(row):
            seen = last_entry(stored)
            _refused(visitor, method, address, is_somebody=bool(who))
            acts = entries_since(stored, seen)
            assert set(acts) <= {"refused"}, f"{who} {method} {address} wrote {acts}"
            assert acts or not who, f"{who} {method} {address} was refused without an entry"
    assert fingerprint(stored) == before


def _refused(visitor: Visitor, method: str, address: str, *, is_somebody: bool) -> None:
    if method == "POST":
        assert visitor.post(address, data={"anything": "1"}).status_code == 400, f"{address} takes a forged form"
        answer = visitor.send(address, {"reason": "x", "version": "1", "name": "x", "anything": "1"})
    else:
        answer = visitor.get(address)
    if is_somebody:
        assert answer.status_code == 403, f"{method} {address} answers {answer.status_code}"
    else:
        assert answer.status_code == 302, f"{method} {address} answers {answer.status_code}"
        assert answer.location.startswith("/sign-in"), address


@pytest.mark.parametrize("who", ["", *WHO])
def test_whoever_may_is_let_in_and_forged_forms_change_nothing(
    who: str, places: Places, stored: Session, come: SignIn
) -> None:
    visitor = come(who)
    before = fingerprint(stored)
    for row in ROWS:
        if row.may is not None and who not in row.may:
            continue
        address = row.address.format_map(places)
        for method in _methods(row):
            answer = visitor.open(address, method=method)
            expected = {400} if method == "POST" else {404} if "/unknown" in address else {200, 302, 303}
            assert answer.status_code in expected, f"{who} {method} {address} answers {answer.status_code}"
            is_asked_to_sign_in = answer.status_code == 302 and answer.location.startswith("/sign-in")
            assert not is_asked_to_sign_in, address
    assert fingerprint(stored) == before


def test_other_methods_open_no_door(places: Places, stored: Session, come: SignIn) -> None:
    visitor, before = come("admin"), fingerprint(stored)
    for row in ROWS:
        address = row.address.format_map(places)
        for method in ("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"):
            assert visitor.open(address, method=method).status_code == 405, f"{method} {address}"
        hidden = {"X-HTTP-Method-Override": "POST", "X-Method-Override": "DELETE"}
        answer = visitor.get(f"{address.partition('?')[0]}?_method=POST", headers=hidden)
        expected = {403, 404, 405} if "/unknown" in address else {200, 302, 303, 403, 405}
        assert answer.status_code in expected, address
    assert fingerprint(stored) == before


def test_a_role_for_one_plan_opens_nothing_of_another(places: Places, stored: Session, come: SignIn) -> None:
    before = fingerprint(stored)
    for role in WHO[1:]:
        visitor = come(f"only.{role}@council.example")
        for row in ROWS:
            if row.address == "/sign-out":
                continue
            address = row.address.format_map(places)
            is_about_plan = "{slug}" in row.address
            for method in _methods(row):
                answer = visitor.open(address, method=method) if method == "GET" else visitor.send(address)
                if is_about_plan:
                    assert answer.status_code in {403, 404}, f"{role} {method} {address} answers {answer.status_code}"
    assert stored.scalar(text("SELECT count(*) FROM progress_update")) == before["progress_update"][0]


# What exists, asked for under an action or a plan that it does not belong to; `other` is never the action it hangs on.
ASTRAY = (
    ("their_ref", "/plans/{slug}/{other}/updates/{their_update}"),
    ("their_ref", "/plans/{slug}/{other}/updates/{their_update}/withdraw"),
    ("date_ref", "/plans/{slug}/{other}/dates/{date}"),
    ("link_ref", "/plans/{slug}/{other}/references/{reference}"),
    ("wait_ref", "/plans/{slug}/{other}/links/{wait}/end"),
    ("turn_ref", "/plans/{slug}/{other}/milestones/{turn_milestone}/turns/{turn}"),
    ("their_ref", "/plans/another-plan/1.1/updates/{their_update}"),
    ("their_ref", "/plans/another-plan/1.1/updates/{their_update}/withdraw"),
    ("date_ref", "/plans/another-plan/1.1/dates/{date}"),
    ("link_ref", "/plans/another-plan/1.1/references/{reference}"),
    ("turn_ref", "/plans/another-plan/1.1/milestones/{turn_milestone}/turns/{turn}"),
    ("their_ref", "/plans/another-plan/checks/{doubt}/settle"),
    ("their_ref", "/plans/another-plan/items/{item}/areas"),
    ("their_ref", "/inspections/{visit}/items/{item}/change"),
    ("their_ref", "/inspections/{visit}/items/{item}/remove"),
)


@pytest.mark.parametrize(("belongs_to", "pattern"), ASTRAY)
def test_what_belongs_elsewhere_is_not_found_here(
    belongs_to: str, pattern: str, places: Places, stored: Session, come: SignIn
) -> None:
    office, before = come("office"), fingerprint(stored)
    other = next(ref for ref in (places["my_ref"], places["their_ref"]) if ref != places[belongs_to])
    address = pattern.format_map({**places, "other": other})
    said = {"answer": "approve", "note": "It is ours", "reason": "It is ours", "version": "1"}
    assert office.get(address).status_code in {404, 405}
    takes_a_form = not address.endswith(str(places["their_update"]))
    assert office.send(address, said).status_code == (404 if takes_a_form else 405)
    assert fingerprint(stored) == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_not_there_is_not_there_for_anybody(method: str, town: House, come: SignIn) -> None:
    app: Flask = town.app
    for who in ("", "office", "moderator", "admin"):
        visitor = come(who)
        for rule in app.url_map.iter_rules():
            if not rule.arguments or rule.endpoint == "static" or method.upper() not in (rule.methods or ()):
                continue
            address = rule.rule
            for name, value in {"action_number:ref": "99.99", "slug": "nothing", "code": "nothing"}.items():
                address = address.replace(f"<{name}>", value)
            address = (
                address.replace("<public_id>", "NOTHING").replace("<act>", "nothing").replace("<due>", "2026-01-01")
            )
            address = address.replace("<ref>", "99.99")
            parts = [("999999" if part.startswith("<") else part) for part in address.split("/")]
            answer = getattr(visitor, "get" if method == "get" else "send")("/".join(parts))
            assert answer.status_code in {302, 403, 404}, f"{who} {method} {rule.rule} answers {answer.status_code}"
