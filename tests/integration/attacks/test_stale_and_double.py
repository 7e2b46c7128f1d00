"""Forms sent twice and forms from an older page: one record, nothing written over, and nobody's words lost."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.integration.attacks.conftest import SignIn
from tests.integration.attacks.hostile import forms_of
from tests.integration.attacks.places import Places
from tests.integration.attacks.state import fingerprint
from tests.integration.attacks.visitor import Visitor, words_of
from tests.support.forms import PageForm
from tests.support.houses import House

PLAN = "/plans/{slug}"
TOOL = "/audits/tools/{tool}/{drafted}"
MINE, THEIRS = f"{PLAN}/{{my_ref}}", f"{PLAN}/{{their_ref}}"
WHY = "Because the work has moved on since then"
# The first answer that a list offers.
FIRST = "*"
# What a button says of itself, or what a page asks twice: no field that must stand in the form at first.
PRESSES = frozenset({"answer", "go", "confirm"})
Fields = dict[str, str]
# Who sends it, the page, what is filled in, and which button is pressed when there are several.
FORMS: list[tuple[str, str, Fields]] = [
    ("lead", f"{MINE}/update", {"happened": "Two posts are filled", "declared": "G"}),
    ("office", f"{THEIRS}/update", {"happened": "They rang to say so", "declared": "G", "came_by": "E-mail"}),
    ("office", f"{THEIRS}/decide/hold", {"reason": WHY, "review_on": "1 Feb 2027"}),
    ("office", f"{THEIRS}/waits", {"target": "{successor}", "why": WHY}),
    ("lead", f"{MINE}/waits", {"target": "{their_id}", "why": WHY}),
    ("office", f"{PLAN}/{{wait_ref}}/links/{{wait}}/end", {"why": WHY}),
    ("office", f"{THEIRS}/supersede", {"successor": "{successor}", "reason": WHY}),
    (
        "office",
        f"{PLAN}/{{placeholder}}/agree",
        {"title_1": "Train every team", "due_1": "March 2027", "reason": WHY},
    ),
    ("assurance", f"{PLAN}/{{embeddable}}/embed", {"independent_check": WHY, "no_measure_reason": WHY, "reason": WHY}),
    ("office", f"{THEIRS}/decide/withdraw", {"reason": WHY}),
    ("office", f"{PLAN}/{{date_ref}}/dates/{{date}}", {"note": WHY, "answer": "refuse"}),
    ("assurance", f"{PLAN}/{{override_ref}}/overrides/{{override}}", {"note": WHY, "answer": "refuse"}),
    (
        "office",
        f"{PLAN}/{{no_date_ref}}/milestones/{{no_date}}/no-date",
        {"decided_by": "The board", "ask_again_on": "7 Jan 2027"},
    ),
    ("office", f"{PLAN}/{{link_ref}}/references/{{reference}}", {"answer": "reject"}),
    ("office", f"{PLAN}/areas/1/priority", {"priority": "yes", "reason": WHY}),
    ("office", f"{PLAN}/approve", {"body": FIRST, "approved_on": "26 Nov 2026", "note": WHY}),
    ("office", f"{PLAN}/status", {"to": "closing", "reason": WHY}),
    ("office", f"{PLAN}/renumber?area=2&to=1", {"version": ""}),
    ("office", f"{PLAN}/areas/new", {"title": "An area of its own"}),
    ("office", f"{PLAN}/areas/1/edit", {"title": "Another title"}),
    ("office", f"{PLAN}/areas/1/objective/new", {"text": "An objective of its own"}),
    ("office", f"{PLAN}/areas/1/objective/{{objective}}", {"text": "Other words"}),
    ("office", f"{PLAN}/areas/1/actions/new", {"title": "An action of its own"}),
    ("office", f"{THEIRS}/edit", {"title": "Another title"}),
    ("office", f"{THEIRS}/place", {"to": "1.1"}),
    ("office", f"{THEIRS}/milestones/new", {"title": "A step of its own", "date": "Mar 2027"}),
    (
        "office",
        f"{PLAN}/{{turn_ref}}/milestones/{{turn_milestone}}/edit",
        {"title": "A step with another name"},
    ),
    ("office", f"{PLAN}/areas/1/items/new", {"words": "Reduce the number of cases", "number": "Paragraph 99"}),
    ("office", "/inspections/{inspection}/change", {"authority": "Another council"}),
    ("office", "/inspections/{inspection}/items/new", {"words": "Hold fewer meetings", "number": "99"}),
    ("office", "/inspections/{inspection}/items/{item}/change", {"words": "Hold fewer meetings"}),
    ("office", "/inspections/{inspection}/items/{open_item}/remove", {"why": WHY}),
    ("office", f"{PLAN}/items/{{item}}/areas", {"areas": FIRST}),
    ("office", f"{THEIRS}/link", {"theme": "voice", "relation": "monitors", "why": WHY}),
    ("office", "/theme-links/{theme_link}/end", {"why": WHY}),
    ("office", "/settings/bodies", {"name": "A body of its own"}),
    ("office", "/settings/bodies/{body}", {"day": "7 Jan 2027"}),
    ("office", "/settings/leads/{party}", {"post": "Another post"}),
    ("moderator", "/settings/themes", {"name": "Reading together"}),
    ("moderator", "/settings/themes/supervision", {"name": "Supervision of staff"}),
    (
        "moderator",
        "/audits/rounds/new",
        {
            "name": "A round",
            "starts_on": "1 Dec 2026",
            "due_on": "24 Dec 2026",
            "selection": "random",
            "sample_target": "4",
        },
    ),
    ("moderator", "/audits/tools/new", {"name": "A tool of its own"}),
    ("moderator", f"{TOOL}/sections/new", {"title": "A section of its own", "question": WHY}),
    ("moderator", f"{TOOL}/sections/2", {"title": "Another title"}),
    ("moderator", f"{TOOL}/sections/2/questions/new", {"text": "Is it so?"}),
    ("moderator", f"{TOOL}/sections/2/questions/1", {"text": "Is it otherwise?"}),
    ("moderator", f"{TOOL}/equal", {"section_3": FIRST, "go": "save"}),
    ("moderator", f"{TOOL}/check", {"version": ""}),
    ("moderator", "/audits/tools/{other_tool}/1/retire", {"version": ""}),
    ("moderator", "/audits/{their_draft}/void", {"reason": WHY}),
    ("moderator", "/audits/{their_draft}/exempt", {"reason": WHY}),
    ("moderator", "/audits/programme", {"year": FIRST}),
    ("moderator", "/audits/programme/{year}/1", {"target": "99"}),
    (
        "moderator",
        "/audits/programme/{year}/new",
        {"name": "Checks of our own", "kind": "event", "cadence": "annual", "target": "1"},
    ),
    ("moderator", "/audits/rounds/{drawn}/share", {"seen": ""}),
    ("moderator", "/audits/rounds/{drawn}/sample/files/1/leave-out", {"reason": WHY}),
    ("assurance", "/audits/exemptions/{exemption}", {"decision": "grant"}),
    ("auditor", "/audits/{my_draft}/conflict", {"kind": "worker"}),
    ("moderator", "/concerns/{concern}", {"note": WHY}),
    ("lead", "/immediate-actions/{my_remedial}", {"note": "", "answer": "take"}),
    ("moderator", "/immediate-actions/{to_check}", {"note": WHY, "answer": "verify"}),
    (
        "auditor",
        "/audits/{my_draft}/remedial",
        {"text": "Hold the review that was missed", "owner": FIRST, "priority": "urgent"},
    ),
    ("moderator", "/audits/{their_audit}/re-audit", {"why": WHY}),
    ("moderator", "/audits/{planned}/re-audit/give", {"auditor": FIRST}),
    ("auditor", "/audits/{my_draft}/section/4", {"strengths": "The child was seen alone", "go": "next"}),
    ("auditor", "/audits/{my_draft}/section/1", {"audited_on": "25 Nov 2026", "go": "next"}),
    (
        "auditor",
        "/audits/{my_draft}/concern",
        {"told_to": "Duty manager", "told_on": "25 Nov 2026", "told_at": "9:00", "what": "The plan no longer holds"},
    ),
    ("admin", "/settings/organisation", {"urgent_contact": "Ring 01 811 8055"}),
    ("admin", "/settings/units", {"name": "A team of its own"}),
    ("admin", "/settings/people/{person}/change", {"post": "Another post"}),
    ("admin", "/settings/people/{person}", {"role": "assurance"}),
    ("lead", f"{MINE}/evidence/add", {"evidence": "The guide is read in both teams"}),
    ("office", f"{THEIRS}/contributors", {"party": FIRST}),
    (
        "office",
        "/themes/supervision/link",
        {"plan": "another-plan", "action": "1.1", "relation": "monitors", "why": WHY},
    ),
    ("office", "/office/chase/send?person={owing}&again=1", {"form_token": ""}),
    ("office", "/settings/leads/{party}", {"person_id": "{person}"}),
    ("office", "/settings/leads/{post}", {"holder": "{person}", "starts_on": "1 Dec 2026"}),
    (
        "office",
        "/settings/absences",
        {"person": "{owing}", "deputy": "{deputy}", "starts_on": "1 Feb 2027", "ends_on": "9 Feb 2027"},
    ),
    (
        "office",
        "/settings/bodies/{body}/meetings",
        {"first": "7 Jan 2027", "cycle": "monthly", "number": "2", "closes_before": "3", "confirm": "yes"},
    ),
    ("office", "/settings/first-run/meeting", {"name": "A meeting of its own", "day": "7 Jan 2027"}),
    ("moderator", "/audits/rounds/{round}", {"category": FIRST, "unit": FIRST, "auditor": FIRST}),
    (
        "moderator",
        "/feedback/new",
        {
            "source": "staff",
            "question": "Is the form shorter?",
            "starts_on": "1 Oct 2026",
            "ends_on": "31 Oct 2026",
            "invited": "9",
            "responded": "4",
            "yes": "3",
        },
    ),
    ("moderator", "/feedback/{feedback}/change", {"question": "Is the form shorter now?"}),
    (
        "moderator",
        "/alerts/new",
        {"source": "iro", "theme": FIRST, "unit": FIRST, "raised_on": "25 Nov 2026", "words": "Plans come late"},
    ),
    ("moderator", "/alerts/{alert}", {"answer": "Managers now check the plans", "go": "answer"}),
    (
        "moderator",
        "/events/new",
        {
            "kind": "assurance_day",
            "name": "A day of its own",
            "starts_on": "24 Nov 2026",
            "ends_on": "24 Nov 2026",
            "focus": "Visits",
        },
    ),
    ("moderator", "/events/{event}/change", {"focus": "Another focus"}),
    ("moderator", "/events/{event}/findings/new", {"kind": "strength", "words": "Visits have a purpose"}),
    ("moderator", "/event-findings/{headline}", {"words": "Visits have a purpose now"}),
    (
        "moderator",
        "/events/{event}/quick-wins/new",
        {"words": "Print the guide", "owner": FIRST, "due_on": "30 Nov 2026"},
    ),
    ("moderator", "/quick-wins/{quick_win}", {"done_on": "25 Nov 2026", "outcome": "It is done"}),
    ("moderator", "/quick-wins/{quick_win}/action", {"plan": "another-plan", "action": "1.1"}),
    (
        "moderator",
        "/learning/new",
        {"theme": FIRST, "words": "Ask why first", "audience": "managers", "sent_on": "25 Nov 2026"},
    ),
    ("moderator", "/learning/{message}", {"changed": "More ask why", "changed_day": "26 Nov 2026"}),
    ("moderator", "/you-said/new", {"voice": "staff", "said": "Too many forms", "said_on": "25 Nov 2026"}),
    ("moderator", "/you-said/{said}", {"did": "One form went", "did_on": "26 Nov 2026"}),
    ("admin", "/settings/people/new", {"name": "Wren New", "email": "wren@council.example", "role": "viewer"}),
    (
        "admin",
        "/settings/people/invite",
        {"people": "Robin New, robin@council.example", "role": "viewer", "confirm": "yes"},
    ),
    ("admin", "/settings/first-run/office", {"name": "Lark New", "email": "lark@council.example"}),
    ("admin", "/settings/first-run/organisation", {"name": "A council of its own"}),
]
# Routes that make no record of what they are sent, or cannot make a second: why a form sent twice does no harm there.
HARMLESS = {
    **dict.fromkeys(
        ("search.search_send", "search.search_suggest", "settings.first_plan", "plans.inspection_new"),
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
        ("audits.draft_save", "plans.draft_keep", "plans.workbook_write"), "one draft a person and a thing, by version"
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
    found = [form for form in forms_of(visitor.get(at).text) if wanted <= form.known and form.action != "/sign-out"]
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


# Forms that say what becomes of one record: two pages open, the second to be sent must not write over the first.
EDITS: list[tuple[str, str, Fields, str]] = [
    ("lead", f"{MINE}/update", {"happened": "{} posts are filled", "declared": "G"}, "happened"),
    ("office", f"{PLAN}/areas/1/priority", {"priority": "yes", "reason": "{} reasons for it"}, "reason"),
    ("office", f"{THEIRS}/decide/hold", {"reason": "{} reasons for it", "review_on": "1 Feb 2027"}, "reason"),
    ("office", "/inspections/{inspection}/change", {"authority": "{} councils"}, "authority"),
    ("office", "/inspections/{inspection}/items/{item}/change", {"words": "Hold {} meetings"}, "words"),
    ("office", "/inspections/{inspection}/items/{open_item}/remove", {"why": "{} reasons for it"}, "why"),
    ("office", f"{PLAN}/status", {"to": "closing", "reason": "{} reasons for it"}, "reason"),
    ("office", f"{PLAN}/areas/1/edit", {"title": "{} workloads"}, "title"),
    ("office", f"{PLAN}/areas/1/objective/{{objective}}", {"text": "{} cases at most"}, "text"),
    ("office", f"{THEIRS}/edit", {"title": "{} new teams"}, "title"),
    ("moderator", "/settings/themes/supervision", {"name": "{} kinds of supervision"}, "name"),
    ("moderator", f"{TOOL}/sections/2", {"title": "{} titles"}, "title"),
    ("moderator", f"{TOOL}/sections/2/questions/1", {"text": "Are there {}?"}, "text"),
    ("moderator", "/audits/{their_draft}/void", {"reason": "{} reasons for it"}, "reason"),
    ("moderator", "/concerns/{concern}", {"note": "{} things are being done"}, "note"),
    ("moderator", "/immediate-actions/{to_check}", {"note": "{} papers seen", "answer": "verify"}, "note"),
    ("moderator", "/feedback/{feedback}/change", {"question": "Are there {} forms?"}, "question"),
    ("moderator", "/alerts/{alert}", {"answer": "{} managers now check"}, "answer"),
    ("moderator", "/events/{event}/change", {"focus": "{} kinds of visits"}, "focus"),
    ("moderator", "/event-findings/{headline}", {"words": "{} visits have a purpose"}, "words"),
    (
        "moderator",
        "/quick-wins/{quick_win}",
        {"done_on": "25 Nov 2026", "outcome": "{} teams have it"},
        "outcome",
    ),
    ("moderator", "/learning/{message}", {"words": "{} times ask why"}, "words"),
    ("moderator", "/you-said/{said}", {"said": "{} forms are too many"}, "said"),
    ("auditor", "/audits/{my_draft}/section/4", {"strengths": "{} strengths"}, "strengths"),
    ("auditor", "/audits/{my_draft}/section/9", {"feedback": "{} words for them"}, "feedback"),
    ("admin", "/settings/organisation", {"urgent_contact": "Ring {}"}, "urgent_contact"),
    ("admin", "/settings/people/{person}/change", {"post": "{} posts"}, "post"),
    ("office", "/theme-links/{theme_link}/end", {"why": "{} reasons for it"}, "why"),
]


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
