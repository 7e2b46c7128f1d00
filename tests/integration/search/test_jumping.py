"""Typing a number: it leads straight to what bears it, asks where several do, and keeps case references apart."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_round, a_sent_audit
from tests.support.builders.people import a_person
from tests.support.builders.plans import a_plan, an_action, an_area
from tests.support.checked_client import CheckedClient
from tests.support.queries import queries_of
from tracker.people.models import Person
from tracker.people.rules import Role


@pytest.fixture
def plans(session: Session, client: CheckedClient) -> None:
    old, new = a_plan(session, title="Old plan", slug="old"), a_plan(session, title="New plan", slug="new")
    for plan in (old, new):
        an_action(session, plan, ref="1.3", title=f"Review caseloads of the {plan.title}")
    an_action(session, old, area=an_area(session, old), ref="2.1b", title="Recruit 100% of team managers")
    person = a_person(session, Role.OFFICE)
    session.commit()
    client.sign_in(person)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("2.1b", "/plans/old/2.1b"),
        (" 2.1B ", "/plans/old/2.1b"),
        ("action 2.1b", "/plans/old/2.1b"),
        ("2", "/plans/old/areas/2"),
        ("Area 2", "/plans/old/areas/2"),
    ],
)
@pytest.mark.both_databases
def test_a_number_jumps(client: CheckedClient, plans: None, typed: str, address: str) -> None:
    assert client.get("/search", query_string={"q": typed}).location == address


def test_a_number_in_several_plans_is_chosen_from(client: CheckedClient, plans: None) -> None:
    client.get("/search?q=1.3")
    assert client.heading == "Which 1.3?"
    assert "2 places" in client.text
    assert client.follow("1.3 Review caseloads of the Old plan").request.path == "/plans/old/1.3"


def test_a_number_that_no_action_has_says_so(client: CheckedClient, session: Session, plans: None) -> None:
    client.get("/search?q=19.2")
    assert "There is no action 19.2 in the plans that you may read." in client.text


def test_of_one_plan_the_last_area_is_named(client: CheckedClient, session: Session) -> None:
    plan = a_plan(session)
    for _ in range(17):
        an_area(session, plan)
    person = a_person(session, Role.VIEWER, scope={"plan_id": plan.id})
    an_area(session, a_plan(session, slug="another"), number=40)
    session.commit()
    client.sign_in(person)
    client.get("/search?q=19.2")
    assert "There is no action 19.2 in this plan. Area 17 is the last." in client.text


def test_a_number_leads_only_to_what_one_may_read(client: CheckedClient, session: Session, plans: None) -> None:
    mine = a_plan(session, slug="mine")
    an_action(session, mine, ref="1.3")
    viewer = a_person(session, Role.VIEWER, scope={"plan_id": mine.id})
    nobody = a_person(session, Role.ADMIN, "Neil Foster")
    session.commit()
    client.sign_in(viewer)
    assert client.get("/search?q=1.3").location == "/plans/mine/1.3"
    client.sign_in(nobody)
    client.get("/search?q=1.3")
    assert "There is no action 1.3" in client.text


@pytest.fixture
def ruth(session: Session, client: CheckedClient) -> Person:
    """Ruth, signed in, with an audit of her own; Omar has another."""
    ruth, omar = (a_person(session, Role.AUDITOR, name) for name in ("Ruth Osei", "Omar Aziz"))
    a_sent_audit(session, auditor=ruth, code="A-7XK2-PT")
    a_sent_audit(session, auditor=omar, code="A-9XK2-PT")
    session.commit()
    client.sign_in(ruth)
    return ruth


def test_a_case_reference_in_the_box_opens_ones_own_audit_and_stands_in_no_address(
    client: CheckedClient, ruth: Person
) -> None:
    client.get("/search")
    sent = client.submit({"q": " a-7xk2-pt "}, follow=False)
    assert sent.location
    assert sent.location.startswith("/audits/")
    assert "7XK2" not in sent.location.upper()


def test_the_box_of_every_page_posts_for_whoever_may_know_a_case(
    client: CheckedClient, session: Session, ruth: Person
) -> None:
    page = client.get("/plans")
    assert page.text.count('action="/search" method="post"') == 1
    lead, viewer = a_person(session, Role.LEAD), a_person(session, Role.VIEWER)
    session.commit()
    client.sign_in(lead)
    assert client.get("/plans").text.count('action="/search" method="post"') == 1
    client.sign_in(viewer)
    assert client.get("/plans").text.count('action="/search" method="get"') == 1


def test_a_reference_that_a_lead_types_stands_in_no_address(client: CheckedClient, session: Session) -> None:
    lead = a_person(session, Role.LEAD)
    session.commit()
    client.sign_in(lead)
    client.get("/search")
    sent = client.submit({"q": "A-7XK2-PT"}, follow=False)
    assert sent.status_code == 200
    assert "Nothing found" in client.text
    assert "q=A-7XK2-PT" not in client.text


def test_words_in_the_box_of_an_auditor_go_on_as_an_address(client: CheckedClient, ruth: Person) -> None:
    client.get("/search")
    assert client.submit({"q": "voice of the child"}, follow=False).location == "/search?q=voice+of+the+child"
    client.get("/search")
    assert client.submit({"q": "1.3"}, follow=False).location == "/search?q=1.3"


def test_the_reference_of_somebody_elses_case_tells_nothing(client: CheckedClient, ruth: Person) -> None:
    for code in ("A-9XK2-PT", "A-2XK2-PT"):
        client.get("/search")
        client.submit({"q": code})
        assert f"You have no audit of a case file {code}." in client.text


def test_a_case_reference_in_an_address_is_refused_with_a_sentence(client: CheckedClient, ruth: Person) -> None:
    client.get("/search?q=A-7XK2-PT")
    assert client.heading == "Search"
    assert "This looks like a case reference." in client.text
    assert "7XK2" not in client.text


def test_a_case_with_several_audits_is_chosen_from(client: CheckedClient, session: Session) -> None:
    moderator, ruth = a_person(session, Role.MODERATOR, "Grace Bell"), a_person(session, Role.AUDITOR, "Ruth Osei")
    later = a_round(session, name="December audits", by=moderator)
    audit = a_sent_audit(session, auditor=ruth, audit_round=later, code="A-5XK2-PT")
    first = a_sent_audit(session, auditor=ruth, case=None, code="A-6XK2-PT")
    audit.case_id = first.case_id
    session.commit()
    client.sign_in(moderator)
    client.get("/search")
    client.submit({"q": "A-6XK2-PT"})
    assert client.heading == "Which A-6XK2-PT?"
    assert "A-6XK2" not in str(client.answer.request.url if client.answer else "")


HOSTILE = [
    *("", " ", "\x00", "a\x00b", "x" * 100_000, "1." * 5000, "💣", "\u202eolleh", "שלום עולם", "%", "_", "'"),
    *('"', '"" OR 1', "NEAR(a b)", "a NEAR b", "title:x", "{title}: x", "a*", "*", "^a", "-a", "a AND", "OR", "NOT a"),
    *("(a", "a)", "a & b | !c", "a:*", "a <-> b", "'; DROP TABLE action; --", "<script>alert(1)</script>"),
    *(
        "\ud800".encode("utf-8", "replace").decode(),
        "\uffff",
        "e\u0301" * 60,
        "a" * 99 + "é",
        "١٢٣",
        "²",
        "ﬁ",
        "İ",
        "ß",
    ),
    *("\\", "$$", "%s", ":q", "{}", "\r\n", "٣.٣", "1e5", "1e999 2", "0x1f", "a_b", "http://a.b/c?d=e#f"),
]


@pytest.mark.both_databases
def test_no_typed_text_breaks_the_page(client: CheckedClient, plans: None) -> None:
    for typed in HOSTILE:
        assert client.get("/search", query_string={"q": typed}).status_code in {200, 303}, typed
        assert client.get("/search", query_string={"q": typed, "kind": "finding"}).status_code == 200, typed


@pytest.mark.parametrize("kind", ["", "nonsense", "\x00", "action' OR 1=1", "x" * 5000])
def test_a_kind_that_there_is_not_counts_as_all(client: CheckedClient, plans: None, kind: str) -> None:
    client.get("/search", query_string={"q": "caseloads", "kind": kind})
    assert "Review caseloads of the New plan" in client.text


def test_words_that_hold_no_letter_say_what_to_do(client: CheckedClient, plans: None) -> None:
    client.get("/search", query_string={"q": "%"})
    assert "Nothing found for '%'. Type a word or a number." in client.text


@pytest.mark.both_databases
def test_the_palette_suggests_places_and_things_to_do(
    client: CheckedClient, session: Session, plans: None, engine: Engine
) -> None:
    def suggested(typed: str) -> dict[str, list[tuple[str, str]]]:
        token = client.form(button="Sign out").filled({})["csrf_token"]
        answer = client.post("/search/suggest", data={"q": typed}, headers={"X-CSRFToken": token})
        assert answer.json
        return {
            group["label"]: [(item["text"], item["url"]) for item in group["items"]] for group in answer.json["groups"]
        }

    client.get("/plans")
    page = client.answer
    found = {}
    for typed in ("", "2.1b", "1.3", "caseload", "print old", "go them", "zzz"):
        with queries_of(engine) as asked:
            found[typed] = suggested(typed)
        assert len(asked) <= 12, asked
        client.answer = page
    assert found["2.1b"] == {
        "Go to": [("2.1b Recruit 100% of team managers", "/plans/old/2.1b")],
        "Do": [("Update 2.1b: Recruit 100% of team managers", "/plans/old/2.1b/update")],
    }
    assert [text for text, _ in found["1.3"]["Go to"]] == [
        "1.3 Review caseloads of the New plan",
        "1.3 Review caseloads of the Old plan",
    ]
    assert len(found["caseload"]["Actions"]) == 2
    assert found["print old"]["Do"] == [("Print Old plan", "/plans/old/print")]
    assert found["go them"]["Do"] == [("Go to Themes", "/themes")]
    assert found["zzz"] == {}
    assert ("Go to Plans", "/plans") in found[""]["Do"]


def test_the_palette_takes_a_case_reference_and_no_finding(client: CheckedClient, ruth: Person) -> None:
    client.get("/plans")
    token = client.form(button="Sign out").filled({})["csrf_token"]
    answer = client.post("/search/suggest", data={"q": "A-7XK2-PT"}, headers={"X-CSRFToken": token})
    assert answer.json
    assert [group["label"] for group in answer.json["groups"]] == ["Case files"]
    answer = client.post("/search/suggest", data={"q": "A-9XK2-PT"}, headers={"X-CSRFToken": token})
    assert answer.json
    assert answer.json["groups"] == []


def test_the_palette_of_nobody_is_told_so(client: CheckedClient) -> None:
    assert client.post("/search/suggest", data={"q": "a"}, headers={"Accept": "application/json"}).status_code >= 400


def test_too_many_searches_within_a_minute_are_refused(client: CheckedClient, plans: None) -> None:
    client.application.extensions.pop("search_pace", None)
    found = [client.get("/search?q=2.1b").status_code for _ in range(121)]
    assert (found[-2], found[-1]) == (303, 429)
    assert client.get("/search").status_code == 200
    client.application.extensions.pop("search_pace", None)
