"""The first page of each role, the sign of life, help for everybody, and the search box."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_plan, an_action, an_area
from tests.support.checked_client import CheckedClient
from tests.support.queries import queries_of
from tracker.people.rules import Role

OPEN = ["/help", "/help/colours", "/help/dates", "/help/keys", "/help/verdicts", "/accessibility", "/privacy"]


@pytest.mark.parametrize(
    ("roles", "first"),
    [
        ((Role.LEAD,), "/my/actions"),
        ((Role.AUDITOR,), "/my/audits"),
        ((Role.MODERATOR,), "/audits"),
        ((Role.OFFICE,), "/plans"),
        ((Role.ASSURANCE,), "/plans"),
        ((Role.VIEWER,), "/plans"),
        ((Role.ADMIN,), "/settings"),
        ((Role.ADMIN, Role.VIEWER), "/plans"),
        ((Role.ASSURANCE, Role.LEAD), "/my/actions"),
        ((), "/nothing-here"),
    ],
)
def test_everybody_lands_where_most_of_their_month_is_spent(
    client: CheckedClient, session: Session, roles: tuple[Role, ...], first: str
) -> None:
    person = a_person(session, None, also=roles)
    session.commit()
    client.get("/sign-in")
    client.submit({"email": person.email, "password": "an invented password, long enough"}, follow=False)
    assert client.get("/").location == first


def test_somebody_without_a_role_is_told_whom_to_ask(client: CheckedClient, session: Session) -> None:
    person = a_person(session, None)
    session.commit()
    client.sign_in(person)
    assert client.heading == "Nothing here yet"


def test_nobody_is_led_to_sign_in(client: CheckedClient) -> None:
    assert client.get("/").location == "/sign-in?next=/"


def test_a_monitor_learns_that_the_service_answers_and_nothing_else(client: CheckedClient, engine: Engine) -> None:
    with queries_of(engine) as asked:
        answer = client.get("/healthz")
    assert (answer.status_code, answer.text, asked) == (200, "ok\n", [])


@pytest.mark.parametrize("address", OPEN)
def test_help_and_statements_are_open_to_everybody(client: CheckedClient, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.fixture
def plans(session: Session, client: CheckedClient) -> None:
    old, new = a_plan(session, title="Old plan", slug="old"), a_plan(session, title="New plan", slug="new")
    draft = a_plan(session, title="Draft", slug="draft", approved_on=None)
    for plan in (old, new, draft):
        an_action(session, plan, ref="1.3", title=f"Review caseloads of the {plan.title}")
    an_action(session, old, area=an_area(session, old), ref="9.1", title="Recruit 100% of team managers")
    person = a_person(session, Role.OFFICE)
    session.commit()
    client.sign_in(person)


def test_a_number_jumps_to_the_action_of_the_newest_live_plan(client: CheckedClient, plans: None) -> None:
    assert client.get("/search?q=+1.3+").location == "/plans/new/1.3"
    assert client.get("/search?q=9.1").location == "/plans/old/9.1"


def test_a_number_that_no_action_has_says_so(client: CheckedClient, plans: None) -> None:
    client.get("/search?q=19.2")
    assert "There is no action 19.2 in the plans that you may read." in client.text


def test_words_list_the_actions_that_hold_them_all(client: CheckedClient, plans: None) -> None:
    client.get("/search?q=caseloads+REVIEW")
    assert client.heading == "Search: caseloads REVIEW"
    assert "Review caseloads of the Old plan" in client.text
    assert "Review caseloads of the New plan" in client.text
    assert "Recruit" not in client.text


@pytest.mark.parametrize("words", ["advocacy", "%", "_", "<script>alert(1)</script>", "'; DROP TABLE action; --"])
def test_words_that_no_title_holds_find_nothing(client: CheckedClient, plans: None, words: str) -> None:
    client.get("/search", query_string={"q": words})
    if words == "%":
        assert "Recruit 100% of team managers" in client.text
    else:
        assert f"Nothing found for '{words}'" in client.text


@pytest.mark.parametrize("words", ["", " ", "\x00", "x" * 100_000, "1." * 5000, "💣"])
def test_no_search_breaks_the_page(client: CheckedClient, plans: None, words: str) -> None:
    assert client.get("/search", query_string={"q": words}).status_code == 200


def test_the_search_finds_only_what_one_may_read(client: CheckedClient, session: Session) -> None:
    mine, theirs = a_plan(session, title="Mine", slug="mine"), a_plan(session, title="Theirs", slug="theirs")
    for plan in (mine, theirs):
        an_action(session, plan, ref="1.3", title=f"Review caseloads of {plan.title}")
    person = a_person(session, Role.VIEWER, scope={"plan_id": mine.id})
    admin = a_person(session, Role.ADMIN, "Neil Foster")
    session.commit()
    client.sign_in(person)
    client.get("/search?q=caseloads")
    assert "of Mine" in client.text
    assert "of Theirs" not in client.text
    assert client.get("/search?q=1.3").location == "/plans/mine/1.3"
    client.sign_in(admin)
    client.get("/search?q=caseloads")
    assert "Nothing found" in client.text


def test_a_search_asks_the_same_of_the_database_for_few_and_many(
    client: CheckedClient, session: Session, plans: None, engine: Engine
) -> None:
    counts = []
    for slug, many in (("few", 5), ("many", 70)):
        plan = a_plan(session, slug=slug)
        for _ in range(many):
            an_action(session, plan, title="Write down every decision", due=None, lead=None)
        session.commit()
        with queries_of(engine) as asked:
            client.get("/search?q=decision")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12
    assert "These are the first 50" in client.text
