"""Forms sent twice and forms from an older page: one record, nothing written over, and nobody's words lost."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.integration.attacks.conftest import SignIn
from tests.integration.attacks.hostile import ON_ANY_PAGE, forms_of
from tests.integration.attacks.places import Places
from tests.integration.attacks.sent_again import EDITS, FIRST, FORMS, PLAN, TOOL, Fields
from tests.integration.attacks.state import fingerprint
from tests.integration.attacks.visitor import Visitor, words_of
from tests.support.forms import PageForm
from tests.support.houses import House

# What a button says of itself, or what a page asks twice: no field that must stand in the form at first.
PRESSES = frozenset({"answer", "go", "confirm"})
# Routes that make no record of what they are sent, or cannot make a second: why a form sent twice does no harm there.
HARMLESS = {
    **dict.fromkeys(
        (
            *("search.search_send", "search.search_suggest", "settings.first_plan", "plans.inspection_new"),
            "audits.read_log_index",
        ),
        "reads, or goes on to the next page",
    ),
    **dict.fromkeys(
        (
            "people.sign_out",
            "people.session_end",
            "people.sessions_end_others",
            "settings.sessions_end",
            "settings.absence_end",
            "settings.holding_end",
            "settings.invitation_withdraw",
            "settings.party_left",
            "settings.party_back",
            "settings.meeting_held",
            "settings.person_reactivate",
            "plans.action_contributor_end",
            "plans.draft_discard",
            "plans.workbook_discard",
            "plans.reimport_discard",
            "plans.override_withdraw",
            "plans.update_withdraw",
            "plans.inspection_item_restore",
        ),
        "ends, marks or takes back one record, which is so already the second time",
    ),
    **dict.fromkeys(
        (
            "people.my_settings",
            "people.notice_settings",
            "plans.action_lead_replace",
            "plans.doubt_open",
            "plans.evidence_remove",
            "plans.evidence_verify",
            "plans.override_ask",
            "plans.reference_index",
            "plans.turn_excuse",
            "audits.audit_check",
        ),
        "sets what one record says, under its version or to the same again",
    ),
    **dict.fromkeys(
        ("audits.draft_save", "audits.response_draft", "plans.draft_keep", "plans.workbook_write"),
        "one draft a person and a thing, by version",
    ),
    **dict.fromkeys(
        ("plans.workbook_new", "plans.workbook_show"), "what was brought waits an hour; its rows are saved by version"
    ),
    **dict.fromkeys(
        ("plans.reimport_new", "plans.reimport_compare"),
        "a later version waits; what differs is taken in as it was seen",
    ),
    "people.sign_in": "each signing in is a session of its own, listed under one's own settings",
    "people.join": "the link works once",
    "audits.sample_show": "a list waits an hour; its sample is kept once",
    **dict.fromkeys(("audits.sample_draw", "audits.sample_discard"), "ends one list, which is so already"),
    "audits.tool_discard": "ends one draft, which is so already",
    "audits.tool_import": "a tool has one draft at a time: the second is refused",
    **dict.fromkeys(
        ("audits.audit_swap", "audits.conflict_index", "audits.conflict_end", "audits.round_close"),
        "a round's own tests send them twice: the second is refused",
    ),
    "settings.link_make": "each link ends the one before",
    "plans.inspection_confirm": "the very same document is brought in once",
    "plans.plan_inspection": "a plan answers one inspection, and keeps to the first",
    "plans.plan_new": "what was brought waits for its later steps; the very same document is imported once",
    **dict.fromkeys(
        (
            "plans.import_show",
            "plans.import_mapping",
            "plans.import_checks",
            "plans.import_action",
            "plans.import_leads",
        ),
        "answers of one import that waits, by its version",
    ),
    **dict.fromkeys(
        ("plans.import_confirm", "plans.import_discard", "plans.import_undo"), "ends one import, which is so already"
    ),
    "audits.past_new": "what was brought waits for its later steps; no audit comes in twice",
    "audits.past_show": "answers of one import that waits, by its version",
    **dict.fromkeys(
        ("audits.past_preview", "audits.past_discard", "audits.past_undo"), "ends one import, which is so already"
    ),
}


def _form(visitor: Visitor, at: str, fields: Fields) -> PageForm:
    wanted = set(fields) - PRESSES
    found = [form for form in forms_of(visitor.get(at).text) if wanted <= form.known and form.action not in ON_ANY_PAGE]
    assert found, f"{at} has no form with {sorted(wanted)}"
    return found[0]


def _filled(form: PageForm, fields: Fields, places: Places) -> Fields:
    """Return the fields with their places, and what is to be chosen or left as the page gave it."""
    filled = {name: value.format_map(places) for name, value in fields.items() if value}
    offered = {name: sorted(form.choices[name] - {""}) for name, value in filled.items() if value == FIRST}
    return {**filled, **{name: answers[0] for name, answers in offered.items()}}


def _send(visitor: Visitor, at: str, form: PageForm, fields: Fields) -> Any:
    return visitor.post(form.action or at, data={**form.sent, **fields, "csrf_token": visitor.token})


@pytest.mark.parametrize("sent", FORMS, ids=lambda sent: "-".join([sent[1], *sent[2]]))
def test_a_form_sent_twice_changes_nothing_more(
    sent: tuple[str, str, Fields], places: Places, stored: Session, come: SignIn
) -> None:
    who, page_at, fields = sent
    visitor, at = come(who), page_at.format_map(places)
    form, before = _form(visitor, at, fields), fingerprint(stored)
    sending = _filled(form, fields, places)
    assert _send(visitor, at, form, sending).status_code in {200, 303}, at
    once = fingerprint(stored)
    assert once != before, "the first time it must change something"
    again = _send(visitor, at, form, sending)
    assert again.status_code in {303, 409, 422}, f"{at}: {again.status_code}"
    assert fingerprint(stored) == once, f"{at}: sent twice it did something twice"


def test_every_route_that_takes_a_form_is_sent_twice_or_says_why_that_does_no_harm(
    town: House, places: Places, come: SignIn
) -> None:
    adapter, tried = town.app.url_map.bind("localhost"), set()
    visitors = {who: come(who) for who in {row[0] for row in (*FORMS, *PRESSED)}}
    for who, page_at, fields in FORMS:
        at = page_at.format_map(places)
        to = _form(visitors[who], at, fields).action or at
        tried.add(adapter.match(to.partition("?")[0], "POST")[0])
    for who, page_at, ending in PRESSED:
        forms = forms_of(visitors[who].get(page_at.format_map(places)).text)
        tried.add(adapter.match(next(form.action for form in forms if form.action.endswith(ending)), "POST")[0])
    takes = {rule.endpoint for rule in town.app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert takes - tried == set(HARMLESS)


# Buttons that stand alone: who presses, on which page, and where the first button with this ending leads.
PRESSED: list[tuple[str, str, str]] = [
    ("lead", "/my/actions", "/no-change"),
    ("office", f"{PLAN}/checks", "/settle"),
    ("office", "/settings/leads/{party}", "/end"),
    ("moderator", TOOL, "/sections/2/act"),
    ("moderator", TOOL, "/questions/1/act"),
    ("moderator", "/audits/tools/{other_tool}/1", "/next"),
    ("admin", "/settings/people/{person}", "/deactivate"),
    ("admin", "/settings/people/{person}", "/end"),
]


@pytest.mark.parametrize("pressed", PRESSED, ids=lambda pressed: pressed[1] + pressed[2])
def test_a_button_pressed_twice_does_its_work_once(
    pressed: tuple[str, str, str], places: Places, stored: Session, come: SignIn
) -> None:
    who, page_at, ending = pressed
    visitor, at = come(who), page_at.format_map(places)
    form = next(form for form in forms_of(visitor.get(at).text) if form.action.endswith(ending))
    before = fingerprint(stored)
    assert _send(visitor, at, form, {}).status_code == 303, at
    once = fingerprint(stored)
    assert once != before, "the first time it must change something"
    assert _send(visitor, at, form, {}).status_code in {303, 409, 422}
    assert fingerprint(stored) == once, f"{at}: pressed twice it did something twice"


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit[1])
def test_an_older_page_writes_nothing_over_and_keeps_its_words(
    edit: tuple[str, str, Fields, str], places: Places, stored: Session, come: SignIn
) -> None:
    who, page_at, fields, field = edit
    first, second, at = come(who), come(who), page_at.format_map(places)
    forms = _form(first, at, fields), _form(second, at, fields)
    assert (
        _send(first, at, forms[0], {name: value.format("seven") for name, value in fields.items()}).status_code == 303
    )
    kept, mine = fingerprint(stored), fields[field].format("eight")
    answer = _send(second, at, forms[1], {name: value.format("eight") for name, value in fields.items()})
    assert fingerprint(stored) == kept, f"{at}: written over"
    assert answer.status_code in {303, 409}
    if answer.status_code == 409:
        assert mine in words_of(answer), f"{at}: the words are lost"
    for version in ("0", "", "-1", "x", "999999999", "9" * 40):
        tampered = {name: value.format("nine") for name, value in fields.items()} | {
            "version": version,
            "after": version,
        }
        assert _send(second, at, forms[1], tampered).status_code != 500
        assert fingerprint(stored) == kept, f"{at}: version {version!r} writes over"
