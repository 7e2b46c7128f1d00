"""Every route, every role and nobody: who is let in, who is refused, and that a refusal changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.integration.attacks.conftest import SignIn
from tests.integration.attacks.places import Places
from tests.integration.attacks.state import entries_since, fingerprint, last_entry
from tests.integration.attacks.visitor import Visitor
from tests.support.houses import House

WHO = ("admin", "office", "lead", "auditor", "moderator", "assurance", "viewer")
# G is shown to whoever may, P takes a form from whoever may; the letters are the first of each role that may:
# a(d)min, (o)ffice, (l)ead, (a)uditor, (m)oderator, a(s)surance, (v)iewer. `all` is everybody, nobody included.
LETTERS = dict(zip("dolamsv", WHO, strict=True))
TABLE = """
G   /                                                             dolamsv
G   /accessibility                                                all
G   /help                                                         all
G   /help/colours                                                 all
G   /help/dates                                                   all
G   /help/keys                                                    all
G   /help/verdicts                                                all
G   /privacy                                                      all
G   /healthz                                                      all
G   /session-ended                                                all
GP  /sign-in                                                      all
P   /sign-out                                                     all
G   /static/css/base.css                                          all
G   /nothing-here                                                 dolamsv
GP  /search?q=1.1                                                 dolamsv
P   /search/suggest                                               dolamsv
G   /dates/read?text=March                                        dolamsv
GP  /my/settings                                                  dolamsv
P   /my/sessions/999999/end                                       dolamsv
G   /my/held/unknown                                              dolamsv
P   /my/sessions/end-others                                       dolamsv
GP  /join/{link}                                                  all
GP  /my/settings/mail                                             dolamsv
G   /office                                                       o
G   /office/chase                                                 o
GP  /office/chase/send                                            o
G   /office/waiting/dates                                         o
G   /my/actions                                                   l
G   /my/actions/run                                               l
G   /my/actions.csv                                               l
G   /my/actions/workbook.xlsx                                     l
GP  /workbooks/new                                                ol
GP  /workbooks/unknown                                            ol
P   /workbooks/unknown/discard                                    ol
P   /workbooks/unknown/rows/1/write                               ol
G   /my/audits                                                    a
G   /plans                                                        olamsv
GP  /plans/new                                                    o
G   /plans/imports                                                o
GP  /plans/imports/{import}/undo                                  o
GP  /plans/import/unknown                                         o
P   /plans/import/unknown/mapping                                 o
P   /plans/import/unknown/discard                                 o
GP  /plans/import/unknown/checks                                  o
GP  /plans/import/unknown/actions/1.1                             o
G   /plans/import/unknown/preview                                 o
GP  /plans/import/unknown/leads                                   o
GP  /plans/import/unknown/confirm                                 o
G   /plans/{slug}                                                 olamsv
G   /plans/{slug}/print                                           olamsv
G   /plans/{slug}/actions                                         olamsv
G   /plans/{slug}/actions.csv                                     olm
G   /plans/{slug}/workbook.xlsx                                   ol
G   /plans/{slug}/changes                                         olamsv
G   /plans/{slug}/changes.csv                                     olm
G   /plans/{slug}/leads                                           olams
G   /plans/{slug}/leads.csv                                       olm
G   /plans/{slug}/leads.xlsx                                      olm
G   /plans/{slug}/reports                                         olamsv
G   /plans/{slug}/reports/exceptions                              olamsv
G   /plans/{slug}/reports/exceptions.csv                          olm
G   /plans/{slug}/reports/exceptions.xlsx                         olm
G   /plans/{slug}/reports/turning                                 olamsv
G   /plans/{slug}/reports/turning.csv                             olm
G   /plans/{slug}/reports/turning.xlsx                            olm
G   /plans/{slug}/reports/slippage                                olamsv
G   /plans/{slug}/reports/slippage.csv                            olm
G   /plans/{slug}/reports/slippage.xlsx                           olm
G   /plans/{slug}/reports/declared                                olams
G   /plans/{slug}/reports/declared.csv                            olm
G   /plans/{slug}/reports/declared.xlsx                           olm
G   /plans/{slug}/checks                                          o
P   /plans/{slug}/checks/{doubt}/settle                           o
P   /plans/{slug}/checks/{doubt}/open                             o
G   /plans/{slug}/versions                                        olamsv
GP  /plans/{slug}/approve                                         o
GP  /plans/{slug}/status                                          o
G   /plans/{slug}/edit                                            o
G   /plans/{slug}/order                                           o
GP  /plans/{slug}/renumber                                        o
GP  /plans/{slug}/areas/new                                       o
GP  /plans/{slug}/areas/1/edit                                    o
GP  /plans/{slug}/areas/1/objective/new                           o
GP  /plans/{slug}/areas/1/objective/{objective}                   o
GP  /plans/{slug}/areas/1/actions/new                             o
GP  /plans/{slug}/{my_ref}/edit                                   o
GP  /plans/{slug}/{my_ref}/place                                  o
GP  /plans/{slug}/{my_ref}/milestones/new                         o
GP  /plans/{slug}/{turn_ref}/milestones/{turn_milestone}/edit     o
G   /plans/{slug}/coverage                                        olamsv
G   /plans/{slug}/coverage.csv                                    olm
G   /plans/{slug}/later-versions                                  o
GP  /plans/{slug}/later-versions/new                              o
G   /plans/{slug}/later-versions/{reimport}                       o
GP  /plans/{slug}/later-versions/waiting/{later}                  o
P   /plans/{slug}/later-versions/waiting/{later}/discard          o
G   /plans/{slug}/quality                                         olams
G   /plans/{slug}/quality.csv                                     olm
G   /plans/{slug}/quality.xlsx                                    olm
GP  /plans/{slug}/inspection                                      o
GP  /plans/{slug}/items/{item}/areas                              o
G   /inspections                                                  olamsv
GP  /inspections/new                                              o
P   /inspections/new/confirm                                      o
G   /inspections/{inspection}                                     olamsv
GP  /inspections/{inspection}/change                              o
GP  /inspections/{inspection}/items/new                           o
GP  /inspections/{inspection}/items/{item}/change                 o
GP  /inspections/{inspection}/items/{item}/remove                 o
P   /inspections/{inspection}/items/{item}/restore                o
G   /plans/{slug}/areas/1                                         olamsv
GP  /plans/{slug}/areas/1/items/new                               o
GP  /plans/{slug}/areas/1/priority                                o
G   /plans/{slug}/{my_ref}                                        olamsv
GP  /plans/{slug}/{my_ref}/update                                 ol
GP  /plans/{slug}/{my_ref}/no-change                              ol
P   /plans/{slug}/{my_ref}/draft                                  ol
P   /drafts/unknown/discard                                       dolamsv
G   /plans/{slug}/{my_ref}/updates/{my_update}                    olams
GP  /plans/{slug}/{my_ref}/decide/hold                            o
GP  /plans/{slug}/{my_ref}/embed                                  s
GP  /plans/{slug}/{my_ref}/supersede                              o
GP  /plans/{slug}/{placeholder}/agree                             o
GP  /plans/{slug}/{my_ref}/waits                                  ol
GP  /plans/{slug}/{their_ref}/waits                               o
GP  /plans/{slug}/references                                      o
GP  /plans/{slug}/{wait_ref}/links/{wait}/end                     o
GP  /plans/{slug}/{my_ref}/contributors                           o
P   /plans/{slug}/{my_ref}/contributors/{party}/end               o
P   /plans/{slug}/{my_ref}/contributors/lead                      o
GP  /plans/{slug}/{my_ref}/link                                   om
G   /plans/{slug}/{my_ref}/evidence                                olams
GP  /plans/{slug}/{my_ref}/evidence/add                           ol
GP  /plans/{slug}/{their_ref}/evidence/add                        o
G   /plans/{slug}/{file_ref}/evidence/{file}/file                 olams
GP  /plans/{slug}/{file_ref}/evidence/{file}/verify               o
GP  /plans/{slug}/{file_ref}/evidence/{file}/remove               o
G   /plans/{slug}/{their_ref}                                     olamsv
GP  /plans/{slug}/{their_ref}/update                              o
GP  /plans/{slug}/{their_ref}/no-change                           o
P   /plans/{slug}/{their_ref}/draft                               o
G   /plans/{slug}/{their_ref}/updates/{their_update}              olams
GP  /plans/{slug}/{their_ref}/decide/withdraw                     o
GP  /plans/another-plan/1.1/update                                o
GP  /plans/another-plan/1.1/no-change                             o
GP  /plans/another-plan/1.1/decide/hold                           o
GP  /plans/{slug}/{date_ref}/dates/{date}                         os
G   /decisions/open                                               os
GP  /plans/{slug}/{my_ref}/override                               ol
GP  /plans/{slug}/{their_ref}/override                            o
GP  /plans/{slug}/{override_ref}/overrides/{override}             s
GP  /plans/{slug}/{override_ref}/overrides/{override}/withdraw    o
GP  /plans/{slug}/{no_date_ref}/milestones/{no_date}/no-date      o
GP  /plans/{slug}/{link_ref}/references/{reference}               o
GP  /plans/{slug}/{turn_ref}/milestones/{turn_milestone}/turns/{turn}  o
G   /themes                                                       olams
G   /themes/supervision                                           olams
G   /themes/supervision/numbers.csv                               om
G   /themes/supervision/words                                     am
GP  /themes/supervision/link                                      om
GP  /theme-links/{theme_link}/end                                 om
G   /unlinked                                                     olams
GP  /settings/themes                                              m
GP  /settings/themes/supervision                                  m
G   /audits                                                       m
GP  /audits/rounds/new                                            m
GP  /audits/rounds/{round}                                        m
G   /audits/{my_audit}                                            am
G   /audits/{their_audit}                                         m
GP  /audits/{my_draft}/section/4                                  am
P   /audits/{my_draft}/section/4/draft                            am
GP  /audits/{my_draft}/check                                      am
GP  /audits/{my_draft}/concern                                    am
GP  /audits/{my_draft}/void                                       m
GP  /audits/{their_draft}/section/4                               m
P   /audits/{their_draft}/section/4/draft                         m
GP  /audits/{their_draft}/check                                   m
GP  /audits/{their_draft}/concern                                 m
GP  /audits/{their_draft}/void                                    m
G   /concerns                                                     m
GP  /concerns/{concern}                                           m
G   /settings                                                     do
GP  /settings/bodies                                              do
GP  /settings/bodies/{body}                                       do
P   /settings/meetings/{meeting}/held                             do
G   /settings/leads                                               do
GP  /settings/leads/{party}                                       do
P   /settings/leads/{party}/people                                do
P   /settings/leads/people/{member}/end                           do
GP  /settings/organisation                                        d
GP  /settings/units                                               d
G   /settings/people                                              d
GP  /settings/people/new                                          d
G   /settings/people/{person}                                     d
GP  /settings/people/{person}/change                              d
P   /settings/people/{person}/deactivate                          d
P   /settings/people/{person}/reactivate                          d
P   /settings/people/{person}/link                                d
P   /settings/people/{person}/sessions/end                        d
P   /settings/invitations/{invitation}/withdraw                   d
GP  /settings/people/invite                                       d
GP  /settings/absences                                            do
P   /settings/absences/{absence}/end                              do
GP  /settings/bodies/{body}/meetings                              do
P   /settings/leads/{party}/holders                               do
P   /settings/leads/{party}/left                                  do
P   /settings/leads/{party}/back                                  do
P   /settings/leads/holders/{holding}/end                         do
G   /settings/organisation.css                                    all
G   /settings/first-run                                           d
GP  /settings/first-run/organisation                              d
GP  /settings/first-run/office                                    d
GP  /settings/first-run/plan                                      d
GP  /settings/first-run/meeting                                   do
P   /settings/people/{person}/roles                               d
P   /settings/roles/{grant}/end                                   d
"""
# The office may take back any update while that is open, a lead only their own; these have been closed since.
CLOSED = "GP /plans/{slug}/{my_ref}/updates/{my_update}/withdraw"


@dataclass(frozen=True)
class Row:
    """An address with how it may be asked and who may; None for everybody."""

    methods: str
    address: str
    may: frozenset[str] | None


def _rows() -> Iterator[Row]:
    for line in [*TABLE.strip().splitlines(), f"{CLOSED} none"]:
        methods, address, letters = line.split()
        may = None if letters == "all" else frozenset(LETTERS[one] for one in letters if letters != "none")
        yield Row(methods, address, may)


ROWS = tuple(_rows())


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
