"""The components show what they are given: words for every colour, labels for every box, one meaning by every route."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask, render_template_string
from wtforms import (
    BooleanField,
    FileField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm

from tests.support.pages import words
from tracker.plans.rules.rag import Rag
from tracker.plans.rules.strip import Mark
from tracker.web.forms import AtMost

TEMPLATES = Path(__file__).parents[3] / "templates"
GRADES = {"good": "Clear, timely, and it is helping the child.", "inadequate": "Basic practice is missing."}


class AForm(PlainForm):
    """One field of every kind."""

    version = HiddenField(default="7")
    declared = RadioField("How is this action now?", choices={"G": "Green", "R": "Red"}, default="R")
    grade = RadioField("Grade", choices={"good": "Good", "inadequate": "Inadequate", "not_enough": "Not enough"})
    why = TextAreaField("Why?", [AtMost(400, "Why")])
    due = StringField("New date")
    email = StringField("E-mail address")
    password = PasswordField("Password", default="never shown")
    theme = SelectField("Theme", choices={"1": "Supervision", "2": "Analysis"}, default="2")
    is_chair = BooleanField("Chairs the meeting")
    plan = FileField("The plan as a text file")


@pytest.fixture(scope="module", autouse=True)
def _page() -> Iterator[None]:
    app = Flask(__name__, template_folder=str(TEMPLATES))
    app.jinja_env.globals["csrf_token"] = lambda: "a-token"
    with app.test_request_context():
        yield


def shown(component: str, call: str, **context: Any) -> Element:
    """Return the one element that a call of a component renders, strictly parsed."""
    source = f'{{% from "components/{component}.html" import {component} as macro %}}{{{{ macro({call}) }}}}'
    return parsed(render_template_string(source, **context))


def parsed(html: str) -> Element:
    """Parse a fragment strictly: a fault of the HTML fails the test."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parse(f"<!doctype html><html lang=en><title>t</title><body>{html}</body></html>")
    body = tree.find("body")
    assert body is not None
    return body


def the(tree: Element, path: str) -> Element:
    """Return the element at a path, which must be there."""
    found = tree.find(f".//{path}")
    assert found is not None, path
    return found


@pytest.mark.parametrize("code", Rag)
def test_a_tag_says_the_word_of_its_code_beside_a_shape(code: Rag) -> None:
    tag = the(shown("rag", "code", code=code), "span")
    assert words(tag) == code.word
    assert the(tag, "{*}svg").get("aria-hidden") == "true"
    assert f"rag-{code.value.lower()}" in tag.get("class", "")


def test_no_two_codes_are_drawn_alike() -> None:
    drawn = [the(shown("rag", "code", code=code), "{*}path").get("d") for code in Rag]
    assert len(set(drawn)) == len(Rag)


def test_a_move_is_read_aloud_once_as_a_sentence() -> None:
    move = shown("rag_move", "'A', 'R', 'worse'")
    aloud = [span for span in move.iter("span") if "visually-hidden" in span.get("class", "")]
    assert [words(span) for span in aloud] == ["went from Amber to Red, worse"]
    assert the(move, "span/span").get("aria-hidden") == "true"


def test_a_move_to_the_same_colour_says_no_change() -> None:
    assert words(shown("rag_move", "'A', 'A'")) == "Amber no change"


def test_a_square_is_a_link_that_names_action_colour_and_movement() -> None:
    link = the(shown("rag_square", "'1.3', 'R', 'Start stage 1', '/1.3', was='A', way='worse'"), "a")
    assert link.get("aria-label") == "1.3 Red, was Amber: Start stage 1"
    assert words(link) == "R▼"


def test_a_square_that_did_not_move_has_no_badge() -> None:
    link = the(shown("rag_square", "'1.3', 'N', 'Start', '/1.3', was='N'"), "a")
    assert (link.get("aria-label"), words(link)) == ("1.3 Not scheduled: Start", "–")


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("G", "Working"),
        ("A", "No clear change"),
        ("R", "Getting worse"),
        ("N", "Too early to tell"),
        ("0", "Not measured"),
    ],
)
def test_a_verdict_says_its_word(code: str, word: str) -> None:
    assert words(shown("verdict", "code", code=code)) == word


def test_each_mark_of_a_milestone_has_a_box_and_a_place_in_the_key() -> None:
    strip = shown("milestone_strip", "marks", marks=list(Mark))
    boxes = [box.get("class") for box in strip.iter("span") if "mark-" in box.get("class", "")]
    assert boxes == [f"mark mark-{mark}" for mark in Mark]
    assert [words(item).lstrip("!? ") for item in shown("milestone_key", "").iter("li")] == [mark.word for mark in Mark]


def test_what_a_title_holds_is_shown_as_text() -> None:
    body = shown("notice", "'saved', title, text=title", title="<b>1.3</b> & more")
    assert words(the(body, "h2")) == "<b>1.3</b> & more"


def test_the_error_summary_leads_to_each_field() -> None:
    body = shown("error_summary", "problems", problems=[("why", "Say why it is red"), (None, "Somebody was quicker")])
    assert [(link.get("href"), words(link)) for link in body.iter("a")] == [("#why", "Say why it is red")]
    assert [words(item) for item in body.iter("li")] == ["Say why it is red", "Somebody was quicker"]


@pytest.mark.parametrize(
    ("component", "name", "tag"),
    [
        ("text_field", "email", "input"),
        ("password_field", "password", "input"),
        ("textarea_field", "why", "textarea"),
        ("date_field", "due", "input"),
        ("select_field", "theme", "select"),
        ("file_field", "plan", "input"),
    ],
)
def test_label_hint_and_error_belong_to_their_box(component: str, name: str, tag: str) -> None:
    form = AForm()
    form[name].errors = ["This is wrong"]
    body = shown(component, "field, hint='A hint'", field=form[name])
    box = the(body, tag)
    described = [words(the(body, f"*[@id='{place}']")) for place in box.get("aria-describedby", "").split()]
    assert the(body, f"label[@for='{box.get('id')}']") is not None
    assert described[:2] == ["A hint", "Error: This is wrong"]
    assert box.get("aria-invalid") == "true"


def test_a_password_is_never_sent_back() -> None:
    assert the(shown("password_field", "field", field=AForm().password), "input").get("value") == ""


def test_text_with_a_limit_says_how_much_it_takes() -> None:
    body = shown("textarea_field", "field", field=AForm().why)
    assert words(the(body, "p[@id='why-count']")) == "Up to 400 characters"


@pytest.mark.parametrize(("component", "name"), [("rag_cards", "declared"), ("radio_field", "declared")])
def test_the_first_answer_has_the_id_to_which_the_summary_leads(component: str, name: str) -> None:
    radios = list(shown(component, "field", field=AForm()[name]).iter("input"))
    assert [radio.get("id") for radio in radios] == [name, f"{name}-1"]
    assert [radio.get("value") for radio in radios if radio.get("checked") is not None] == ["R"]


def test_answers_that_are_no_grade_stand_below_the_cards() -> None:
    body = shown("grade_cards", "field, meanings", field=AForm().grade, meanings=GRADES)
    cards, others = body.findall(".//fieldset/div")
    assert [words(card) for card in cards.iter("strong")] == ["Good", "Inadequate"]
    assert [words(other) for other in others.iter("label")] == ["Not enough"]
    assert [radio.get("id") for radio in body.iter("input")] == ["grade", "grade-1", "grade-2"]


def test_many_forms_on_a_page_share_no_id() -> None:
    body = shown("hidden_fields", "form", form=AForm())
    sent = {field.get("name"): field.get("value") for field in body.iter("input")}
    assert sent == {"csrf_token": "a-token", "version": "7"}
    assert all(field.get("id") is None for field in body.iter("input"))


def test_an_act_of_one_press_is_a_guarded_post() -> None:
    form = the(shown("post_button", "'No change', '/1.3/same', hidden='in 1.3'"), "form")
    assert (form.get("method"), form.get("action"), words(form)) == ("post", "/1.3/same", "No change in 1.3")
    assert the(form, "input[@name='csrf_token']").get("value") == "a-token"


def test_this_page_in_the_breadcrumbs_is_no_link() -> None:
    body = shown("breadcrumbs", "[('Plans', '/plans'), ('Area 1', none)]")
    assert [words(link) for link in body.iter("a")] == ["Plans"]
    assert words(the(body, "*[@aria-current='page']")) == "Area 1"


def test_a_column_says_how_it_is_sorted() -> None:
    source = "<table><thead><tr>{{ sort_header('No.', '/?s=-no', 'ascending') }}</tr></thead></table>"
    body = parsed(
        render_template_string('{% from "components/sort_header.html" import sort_header %}' + source),
    )
    assert the(body, "th").get("aria-sort") == "ascending"


def test_facts_show_value_alert_and_the_way_to_change_them() -> None:
    row = SimpleNamespace(label="Due now", value="Oct 2026", alert="Overdue 19 days", change_url="/change")
    body = shown("facts", "rows", rows=[row])
    assert words(the(body, "dd")) == "Oct 2026 Overdue 19 days Change due now"
