"""Every form of every page, filled in by somebody hostile: words beside a field, never an error of ours."""

import pytest
from sqlalchemy.orm import Session

from tests.integration.attacks.conftest import SignIn
from tests.integration.attacks.form_pages import FORMS
from tests.integration.attacks.hostile import NOT_TEXT, ON_ANY_PAGE, fillings, forms_of, names_of
from tests.integration.attacks.places import Places
from tests.integration.attacks.state import fingerprint
from tests.integration.attacks.visitor import Visitor
from tests.support.houses import House
from tests.support.pages import parsed
from tracker.people.models import Person
from tracker.web.security import largest_form

LARGEST_FILE = 20 * 1024 * 1024
TYPED = "application/x-www-form-urlencoded"
# No page of these sends to them: a script does, or the page shows only after something was done.
BESIDE = {
    *("audits.draft_save", "plans.update_withdraw", "settings.meeting_held", "settings.person_reactivate"),
    *("search.search_suggest", "plans.draft_keep", "plans.draft_discard", "home.office_chase_send"),
    *("people.session_end", "people.sessions_end_others", "plans.action_contributor_end"),
    *("settings.holding_add", "settings.holding_end", "settings.invitation_withdraw", "settings.party_back"),
    "plans.reimport_discard",
    *("plans.doubt_open", "plans.workbook_discard", "plans.workbook_show", "plans.workbook_write"),
    *("plans.inspection_confirm", "plans.inspection_item_restore"),
    *("plans.import_show", "plans.import_mapping", "plans.import_discard", "plans.import_checks"),
    *("plans.import_action", "plans.import_leads", "plans.import_confirm", "plans.import_undo"),
    *("audits.response_draft", "audits.sample_discard"),
    *("audits.past_show", "audits.past_preview", "audits.past_discard"),
}
PAGES = [(who, page) for who, pages in FORMS.items() for page in pages]


def test_the_pages_send_to_every_route_that_takes_a_form(town: House, places: Places, come: SignIn) -> None:
    adapter, reached = town.app.url_map.bind("localhost"), set()
    for who, pages in FORMS.items():
        visitor = come(who)
        for address in (at.format_map(places) for at in pages):
            sent_to = [form.action or address for form in forms_of(visitor.get(address).text)]
            reached |= {adapter.match(to.partition("?")[0], "POST")[0] for to in sent_to}
    takes = {rule.endpoint for rule in town.app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert takes - reached == BESIDE


def test_a_form_that_asks_for_a_file_is_sent_to_where_the_largest_may_go(
    town: House, places: Places, come: SignIn
) -> None:
    adapter, asked = town.app.url_map.bind("localhost"), set()
    for who, pages in FORMS.items():
        visitor = come(who)
        for address in (at.format_map(places) for at in pages):
            for form in parsed(visitor.get(address).text)[0].iter("form"):
                if any(field.get("type") == "file" for field in form.iter("input")):
                    to = [form.get("action"), *(button.get("formaction") for button in form.iter("button"))]
                    asked |= {adapter.match(one.partition("?")[0], "POST")[0] for one in to if one} or {
                        adapter.match(address, "POST")[0]
                    }
    assert asked >= {"plans.plan_new", "plans.workbook_new", "plans.evidence_add", "plans.action_update"}
    with town.app.app_context():
        # An audit tool is words alone: 500 KB are plenty.
        assert [one for one in sorted(asked) if largest_form(one) <= LARGEST_FILE] == ["audits.tool_import"]


def test_a_draft_takes_anything_a_script_may_send(places: Places, stored: Session, come: SignIn) -> None:
    auditor, address = come("auditor"), f"/audits/{places['my_draft']}/section/4"
    before = fingerprint(stored)["audit"]
    for form in forms_of(auditor.get(address).text):
        for sending in fillings(form):
            answer = auditor.post(f"{address}/draft", data=sending, content_type=TYPED)
            assert answer.status_code in {200, 400, 409, 413, 422}, sending[:200]
    for torn in (b"{}", b"[" * 50_000, b'{"strengths": ["x"]}', b"null", NOT_TEXT):
        assert auditor.post(f"{address}/draft", data=torn, content_type="application/json").status_code == 400
    assert fingerprint(stored)["audit"][0] == before[0]


@pytest.mark.parametrize(("who", "at"), PAGES)
def test_a_form_takes_anything_with_words(who: str, at: str, places: Places, come: SignIn) -> None:
    visitor, address = come(who), at.format_map(places)
    forms = [form for form in forms_of(visitor.get(address).text) if form.action not in ON_ANY_PAGE - {at}]
    assert forms, f"{address} has no form"
    # A table has the same small form in every row: one row of each kind is attacked.
    kinds = {(form.action.rpartition("/")[2], *names_of(form)): form for form in forms}
    for form in kinds.values():
        for sending in fillings(form, turn=len(at)):
            answer = visitor.post(form.action or address, data=sending, content_type=TYPED)
            assert answer.status_code in {200, 302, 303, 400, 403, 404, 409, 413, 422, 429}, sending[:200]


@pytest.mark.parametrize("who", FORMS)
def test_two_megabytes_in_a_field_are_refused_before_they_are_read(
    who: str, places: Places, stored: Session, come: SignIn
) -> None:
    visitor = come(who)
    pages = [at.format_map(places) for at in FORMS[who]]
    found = [(at, form) for at in pages for form in forms_of(visitor.get(at).text)]
    forms = [(at, form) for at, form in found if form.action not in ON_ANY_PAGE - {at}]
    before = fingerprint(stored)
    for at, form in forms:
        for name in names_of(form):
            fields = {"csrf_token": visitor.token, name: "x" * 2_000_000}
            assert visitor.post(form.action or at, data=fields).status_code == 413, f"{at} {name}"
    assert fingerprint(stored) == before


def test_bodies_that_are_no_form_are_refused(places: Places, stored: Session, come: SignIn) -> None:
    visitor, before = come("office"), fingerprint(stored)
    address = f"/plans/{places['slug']}/{places['their_ref']}/update"
    torn = b'--x\r\nContent-Disposition: form-data; name="happened"\r\n\r\nwords'
    for sending, kind in (
        (NOT_TEXT, TYPED),
        (b"%" * 10_000, TYPED),
        (b"&" * 100_000, TYPED),
        (b"a=1&" * 100_000, TYPED),
        (torn, "multipart/form-data; boundary=x"),
        (b"--" * 50_000, "multipart/form-data; boundary=x"),
        (b"x", "multipart/form-data"),
        (
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + b"x" * 2_000_000,
            "multipart/form-data; boundary=x",
        ),
        (b'{"declared": "G"}', "application/json"),
        (b"<x/>", "text/xml"),
        (b"", ""),
        (b"declared=G", "text/plain"),
    ):
        answer = visitor.post(address, data=sending, content_type=kind)
        assert answer.status_code in {400, 413}, f"{kind} {sending[:20]!r}: {answer.status_code}"
    parts = "".join(f'--x\r\nContent-Disposition: form-data; name="f{number}"\r\n\r\n1\r\n' for number in range(1500))
    many = visitor.post(address, data=f"{parts}--x--\r\n", content_type="multipart/form-data; boundary=x")
    assert many.status_code == 413
    assert fingerprint(stored) == before


def test_only_named_fields_can_be_set(places: Places, stored: Session, come: SignIn) -> None:
    visitor, number = come("admin"), int(places["person"])
    form = forms_of(visitor.get(f"/settings/people/{number}/change").text)[-1]
    more = {
        "id": "1",
        "email": "evil@council.example",
        "password_hash": "x",
        "is_active": "",
        "is_demonstration": "",
        "session_epoch": "9",
        "created_by": "9",
        "grants": "admin",
        "role": "admin",
    }
    before = stored.get_one(Person, number)
    was = (before.email, before.password_hash, before.is_active, before.session_epoch, before.created_by)
    answer = visitor.post(f"/settings/people/{number}/change", data={**form.sent, **more, "post": "Another post"})
    assert answer.status_code == 303
    stored.expire_all()
    now = stored.get_one(Person, number)
    assert now.post == "Another post"
    assert (now.email, now.password_hash, now.is_active, now.session_epoch, now.created_by) == was


ADDRESSES = {
    "office": (
        "/plans/{slug}/areas/{value}",
        "/plans/{slug}/checks/{value}/settle",
        "/plans/{slug}/{my_ref}/updates/{value}",
        "/plans/{slug}/{date_ref}/dates/{value}",
        "/plans/{slug}/{turn_ref}/milestones/{value}/turns/{turn}",
        "/plans/{slug}/{turn_ref}/milestones/{turn_milestone}/turns/{value}",
        "/plans/{slug}/{link_ref}/references/{value}",
        "/plans/{slug}/{wait_ref}/links/{value}/end",
        "/plans/{slug}/{my_ref}/decide/{value}",
        "/plans/{value}/{my_ref}/update",
        "/plans/{slug}/{value}/link",
        "/plans/{value}",
        "/theme-links/{value}/end",
        "/themes/{value}",
        "/settings/leads/{value}",
        "/settings/bodies/{value}",
    ),
    "moderator": (
        "/audits/{value}",
        "/audits/rounds/{value}",
        "/concerns/{value}",
        "/immediate-actions/{value}",
        "/audits/{value}/re-audit",
        "/feedback/{value}",
        "/feedback/{value}/change",
        "/alerts/{value}",
        "/events/{value}",
        "/event-findings/{value}",
        "/quick-wins/{value}",
        "/learning/{value}",
        "/you-said/{value}",
        "/settings/themes/{value}",
    ),
    "auditor": ("/audits/{value}/section/4", "/audits/{my_draft}/section/{value}"),
    "admin": ("/settings/people/{value}", "/settings/roles/{value}/end"),
}
IN_ADDRESSES = (
    "%00",
    "a%00b",
    "0",
    "-1",
    "9" * 12,
    "9" * 5000,
    "%D9%A3",
    "%FF%FE",
    "..%2f..%2fetc",
    "%0d%0aX-Evil:1",
    "'%20OR%201=1--",
    "x" * 3000,
)


@pytest.mark.parametrize("who", ADDRESSES)
def test_hostile_addresses_are_not_found(who: str, town: House, places: Places, come: SignIn) -> None:
    visitor: Visitor = come(who)
    for pattern in ADDRESSES[who]:
        for value in IN_ADDRESSES:
            address = pattern.format_map({**places, "value": value})
            for answer in (visitor.get(address), visitor.send(address)):
                assert answer.status_code in {404, 405, 308}, f"{address[:80]}: {answer.status_code}"


QUERIES = (
    *("page", "since", "by", "order", "show", "rag", "area", "lead", "due", "history", "months", "sort", "group", "q"),
    *("text", "more", "skipped", "saved", "changed", "updated", "next", "placeholder", "partner", "kind"),
    *("as_at", "before", "view"),
)
IN_QUERIES = (
    *("%00", "a%00", "-1", "0", "9" * 30, "000001" + "9" * 4500, "%D9%A3", "%C2%B2", "%FF", "[]", "x" * 3000),
    *("2199-12-31", "0001-01-01", "%0d%0aX:1", "{{7*7}}", "%3Cscript%3E", "yes"),
)


@pytest.mark.parametrize(
    ("who", "at"),
    [
        ("office", "/plans/{slug}"),
        ("office", "/plans/{slug}/actions"),
        ("office", "/plans/{slug}/actions.csv"),
        ("office", "/plans/{slug}/changes"),
        ("office", "/plans/{slug}/checks"),
        ("office", "/plans/{slug}/reports/exceptions"),
        ("office", "/plans/{slug}/reports/turning"),
        ("office", "/plans/{slug}/reports/turning.xlsx"),
        ("office", "/plans/{slug}/reports/slippage"),
        ("office", "/plans/{slug}/reports/slippage.csv"),
        ("office", "/plans/{slug}/reports/declared"),
        ("office", "/plans/{slug}/areas/1"),
        ("office", "/plans/{slug}/{my_ref}"),
        ("office", "/themes"),
        ("office", "/themes/supervision"),
        ("office", "/unlinked"),
        ("office", "/search"),
        ("office", "/dates/read"),
        ("office", "/settings/leads"),
        ("admin", "/settings/people"),
        ("moderator", "/themes/supervision/words"),
        ("moderator", "/audits"),
        ("moderator", "/concerns"),
        ("moderator", "/immediate-actions"),
        ("moderator", "/re-audits"),
        ("moderator", "/feedback"),
        ("moderator", "/alerts"),
        ("moderator", "/events"),
        ("moderator", "/learning"),
        ("moderator", "/you-said"),
        ("auditor", "/my/audits"),
        ("lead", "/my/actions"),
        ("lead", "/my/actions/run"),
        ("", "/sign-in"),
        ("", "/session-ended"),
    ],
)
def test_hostile_queries_count_as_none(who: str, at: str, places: Places, come: SignIn) -> None:
    visitor, address = come(who), at.format_map(places)
    for value in IN_QUERIES:
        query = "&".join(f"{name}={value}" for name in QUERIES)
        answer = visitor.get(f"{address}?{query}")
        assert answer.status_code in {200, 302, 303}, f"{address}?{value[:80]}: {answer.status_code}"
    twice = "&".join(f"{name}=1&{name}=2&{name}[]=3" for name in QUERIES)
    assert visitor.get(f"{address}?{twice}").status_code in {200, 302, 303}
