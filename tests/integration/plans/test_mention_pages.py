"""Numbers of actions in what people write lead to these actions, also after they have got other numbers."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_milestone, a_plan, an_action, an_update
from tests.support.checked_client import CheckedClient
from tests.support.queries import queries_of
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands import dates, links, signoffs
from tracker.plans.models import Action, Mention, Plan, Update
from tracker.plans.rules.dates import read_target_date

Read = Callable[..., str]


@pytest.fixture
def plan(session: Session, today: date) -> Plan:
    return a_plan(session, slug="plan", approved_on="-60d")


@pytest.fixture
def action(session: Session, plan: Plan, tom: Person) -> Action:
    return an_action(session, plan, title="Join the doors", lead=tom)


@pytest.fixture
def other(session: Session, action: Action, plan: Plan) -> Action:
    return an_action(session, plan, title="Agree the structure")


def mentioned(client: CheckedClient) -> dict[str, str]:
    """The links of the history by their words."""
    [history] = [one for one in client.page.iter("section") if one.get("aria-labelledby") == "history"]
    return {"".join(link.itertext()): link.get("href", "") for link in history.iter("a") if link.text in {"1.2", "1.9"}}


def test_a_number_in_an_update_leads_to_the_action_under_its_number_of_today(
    *, read: Read, session: Session, client: CheckedClient, office: Person, plan: Plan, action: Action, other: Action
) -> None:
    an_update(session, action, by=office, happened="We wait, see 1.2. Costs rose 1.2 per cent; 7.7 is nobody’s.")
    assert "see 1.2. Costs rose 1.2 per cent; 7.7 is" in read(office, plan, "/1.1")
    assert mentioned(client) == {"1.2": "/plans/plan/1.2"}
    other.ref = "1.9"
    session.flush()
    third = an_action(session, plan, ref="1.2", title="Something else")
    assert "see 1.9 (written as 1.2). Costs rose 1.2 per cent" in read(office, plan, "/1.1")
    assert mentioned(client) == {"1.9": "/plans/plan/1.9"}
    assert client.follow("1.9").status_code == 200
    assert client.heading == "1.9 Agree the structure"
    update = session.scalars(select(Update)).one()
    assert "see 1.2." in update.happened
    assert session.scalars(select(Mention.meant_id)).all() == [other.id] != [third.id]


def test_words_of_every_kind_lead_there(
    *, read: Read, session: Session, client: CheckedClient, office: Person, tom: Person, plan: Plan, action: Action
) -> None:
    for number in range(2, 8):
        an_action(session, plan, ref=f"2.{number}", title=f"Number {number}")
    today = date(2026, 11, 26)
    milestone = a_milestone(session, action, title="Report", due=date(2026, 12, 31))
    later = read_target_date("Mar 2027", today=today)
    change = dates.ask_date(session, milestone, to=later, because="It waits for 2.2", by=tom)
    dates.refuse_date(session, change, note="Not because of 2.3", by=a_person(session, Role.ASSURANCE))
    signoffs.hold(session, action, reason="Until 2.4 is done", review_on=date(2026, 12, 31), by=office)
    signoffs.resume(session, action, reason="Since 2.5 is done", by=office)
    link = links.add_dependency(session, action, on=session.scalars(select(Action).filter_by(ref="2.6")).one(), by=tom)
    links.reject_link(session, link, by=office, version=link.version)
    an_update(session, action, by=tom, declared="R", why="Held up by 2.7", doing="Asking 2.6 and 1.1")
    read(office, plan, "/1.1")
    found = {"".join(one.itertext()): one.get("href") for one in client.page.iter("a")}
    for number in range(2, 8):
        assert found[f"2.{number}"] == f"/plans/plan/2.{number}"
    # An action does not mention itself.
    assert session.scalars(select(Mention).where(Mention.meant_id == action.id)).all() == []


def test_what_is_typed_stays_text(
    *, read: Read, session: Session, client: CheckedClient, office: Person, plan: Plan, action: Action, other: Action
) -> None:
    typed = "<script>1.2</script> <a href='//evil.example'>1.2</a> {{1.2}}"
    an_update(session, action, by=office, happened=typed)
    assert f"“{typed}”" in read(office, plan, "/1.1")
    assert [link for link in client.page.iter("a") if "evil" in link.get("href", "")] == []
    assert mentioned(client) == {"1.2": "/plans/plan/1.2"}


def test_nothing_leads_out_of_the_plan(
    *, read: Read, session: Session, client: CheckedClient, office: Person, plan: Plan, action: Action
) -> None:
    an_action(session, a_plan(session), ref="1.2")
    an_update(session, action, by=office, happened="See 1.2 of the other plan")
    read(office, plan, "/1.1")
    assert mentioned(client) == {}
    assert session.scalars(select(Mention)).all() == []


def test_a_text_full_of_figures_is_no_list_of_references(
    session: Session, plan: Plan, action: Action, office: Person
) -> None:
    for number in range(30):
        an_action(session, plan, ref=f"3.{number}")
    an_update(session, action, by=office, happened=" ".join(f"3.{number}" for number in range(30)))
    assert len(session.scalars(select(Mention)).all()) == 20


def test_mentions_cost_the_page_nothing_more(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    engine: Engine,
    office: Person,
    plan: Plan,
    action: Action,
    other: Action,
) -> None:
    def asked() -> int:
        read(office, plan, "/1.1")
        with queries_of(engine) as statements:
            client.get("/plans/plan/1.1")
        return len(statements)

    few = asked()
    for _ in range(9):
        an_update(session, action, by=office, happened="See 1.2")
    assert asked() == few <= 12
