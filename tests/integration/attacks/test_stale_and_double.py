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

PLAN = "/plans/{slug}"
MINE, THEIRS = f"{PLAN}/{{my_ref}}", f"{PLAN}/{{their_ref}}"
WHY = "Because the work has moved on since then"
Fields = dict[str, str]
# Who sends it, the page, what is filled in, and which button is pressed when there are several.
FORMS: list[tuple[str, str, Fields]] = [
    ("lead", f"{MINE}/update", {"happened": "Two posts are filled", "declared": "G"}),
    ("office", f"{THEIRS}/update", {"happened": "They rang to say so", "declared": "G", "came_by": "E-mail"}),
    ("office", f"{THEIRS}/decide/hold", {"reason": WHY}),
    ("office", f"{THEIRS}/decide/withdraw", {"reason": WHY}),
    ("office", f"{PLAN}/{{date_ref}}/dates/{{date}}", {"note": WHY, "answer": "refuse"}),
    ("office", f"{PLAN}/{{link_ref}}/references/{{reference}}", {"answer": "reject"}),
    ("office", f"{PLAN}/areas/1/priority", {"priority": "yes", "reason": WHY}),
    ("office", f"{PLAN}/areas/1/items/new", {"words": "Reduce the number of cases", "number": "Paragraph 99"}),
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
    ("moderator", "/audits/{their_draft}/void", {"reason": WHY}),
    ("moderator", "/concerns/{concern}", {"note": WHY}),
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
]


def _form(visitor: Visitor, at: str, fields: Fields) -> PageForm:
    wanted = set(fields) - {"answer", "go"}
    found = [form for form in forms_of(visitor.get(at).text) if wanted <= form.known and form.action != "/sign-out"]
    assert found, f"{at} has no form with {sorted(wanted)}"
    return found[0]


def _send(visitor: Visitor, at: str, form: PageForm, fields: Fields) -> Any:
    return visitor.post(form.action or at, data={**form.sent, **fields, "csrf_token": visitor.token})


@pytest.mark.parametrize("sent", FORMS, ids=lambda sent: sent[1])
def test_a_form_sent_twice_changes_nothing_more(
    sent: tuple[str, str, Fields], places: Places, stored: Session, come: SignIn
) -> None:
    who, page_at, fields = sent
    visitor, at = come(who), page_at.format_map(places)
    form, before = _form(visitor, at, fields), fingerprint(stored)
    assert _send(visitor, at, form, fields).status_code == 303, at
    once = fingerprint(stored)
    assert once != before, "the first time it must change something"
    again = _send(visitor, at, form, fields)
    assert again.status_code in {303, 409, 422}, f"{at}: {again.status_code}"
    assert fingerprint(stored) == once, f"{at}: sent twice it did something twice"


# Buttons that stand alone: who presses, on which page, and where the first button with this ending leads.
PRESSED: list[tuple[str, str, str]] = [
    ("lead", "/my/actions", "/no-change"),
    ("office", f"{PLAN}/checks", "/settle"),
    ("office", "/settings/leads/{party}", "/end"),
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
    ("office", f"{THEIRS}/decide/hold", {"reason": "{} reasons for it"}, "reason"),
    ("moderator", "/settings/themes/supervision", {"name": "{} kinds of supervision"}, "name"),
    ("moderator", "/audits/{their_draft}/void", {"reason": "{} reasons for it"}, "reason"),
    ("moderator", "/concerns/{concern}", {"note": "{} things are being done"}, "note"),
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
