"""The checked client sends what a person would send, and refuses faulty answers."""

import pytest
from flask import Flask, Response, request

from tests.support.checked_client import CheckedClient
from tests.unit.support.test_pages import GOOD

POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
FORM = """<form method="post" action="/echo">
<input type="hidden" name="csrf_token" value="abc"><input type="hidden" name="version" value="7">
<label for="a">Words</label><textarea id="a" name="words">
As they were</textarea>
<label><input type="radio" name="rag" value="A"> Amber</label>
<label><input type="radio" name="rag" value="G" checked> Green</label>
<label for="b">Lead</label><select id="b" name="lead"><option value="">None</option>
<option value="3" selected>Priya</option></select>
<label><input type="checkbox" name="sure" value="yes" checked> Sure</label>
<button name="act" value="save">Save update</button><button name="act" value="same">No change</button>
</form>"""


@pytest.fixture
def small_app() -> Flask:
    app = Flask("small")

    @app.after_request
    def safe(answer: Response) -> Response:
        answer.headers["Content-Security-Policy"] = POLICY
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Referrer-Policy"] = "same-origin"
        return answer

    app.add_url_rule("/", "page", lambda: GOOD[: GOOD.index("<form")] + FORM + GOOD[GOOD.index("<details>") :])
    app.add_url_rule("/echo", "echo", lambda: dict(request.form.lists()), methods=["POST"])
    app.add_url_rule("/faulty", "faulty", lambda: GOOD.replace(' lang="en-GB"', ""))
    app.add_url_rule("/bare", "bare", lambda: Response("words", headers={"Content-Security-Policy": "default-src *"}))
    return app


@pytest.fixture
def small_client(small_app: Flask) -> CheckedClient:
    client = CheckedClient(small_app)
    client.get("/")
    return client


def test_an_untouched_form_sends_what_stands_in_it(small_client: CheckedClient) -> None:
    assert small_client.submit().json == {
        "csrf_token": ["abc"],
        "version": ["7"],
        "words": ["As they were"],
        "rag": ["G"],
        "lead": ["3"],
        "sure": ["yes"],
        "act": ["save"],
    }


def test_a_filled_in_form_sends_the_answers_and_the_pressed_button(small_client: CheckedClient) -> None:
    sent = small_client.submit({"rag": "A", "lead": "", "sure": None, "words": "New"}, button="No change").json
    assert sent == {
        "csrf_token": ["abc"],
        "version": ["7"],
        "words": ["New"],
        "rag": ["A"],
        "lead": [""],
        "act": ["same"],
    }


@pytest.mark.parametrize(
    ("fields", "button", "words"),
    [
        ({"colour": "A"}, None, "have the fields"),
        ({"rag": "R"}, None, "offers"),
        ({"words": "New"}, "Delete", "have the fields"),
    ],
)
def test_what_a_page_does_not_offer_cannot_be_sent(
    small_client: CheckedClient, fields: dict[str, str], button: str | None, words: str
) -> None:
    with pytest.raises(AssertionError, match=words):
        small_client.submit(fields, button=button)


def test_a_faulty_page_is_refused(small_client: CheckedClient) -> None:
    with pytest.raises(AssertionError, match="html has no lang"):
        small_client.get("/faulty")


def test_an_answer_without_its_safety_headers_is_refused(small_app: Flask) -> None:
    small_app.after_request_funcs.clear()
    with pytest.raises(AssertionError, match="X-Content-Type-Options") as refusal:
        CheckedClient(small_app).get("/bare")
    assert "the policy lacks default-src 'none'" in str(refusal.value)
