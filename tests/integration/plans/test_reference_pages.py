"""References settled on one page, dependencies added and proposed, circles refused by name, links that end."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.builders.plans import a_plan, an_action
from tests.support.checked_client import CheckedClient
from tests.support.queries import queries_of
from tracker.core.problems import Conflict, Forbidden, Invalid
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands import links, signoffs
from tracker.plans.models import Action, ActionLink, Plan
from tracker.plans.queries.positions import positions
from tracker.plans.rules.states import LinkKind, LinkStatus

Read = Callable[..., str]
Hold = Callable[[date], object]


@pytest.fixture
def plan(session: Session, today: date) -> Plan:
    return a_plan(session, slug="plan", approved_on="-60d")


@pytest.fixture
def actions(session: Session, plan: Plan, tom: Person) -> list[Action]:
    """Three actions that Tom leads; the second is red."""
    return [
        an_action(session, plan, title="Join the doors", lead=tom),
        an_action(session, plan, title="Agree the structure", lead=tom, due="-40d"),
        an_action(session, plan, title="Train every team", lead=tom),
    ]


def proposed(session: Session, origin: Action, text: str, target: Action | None = None) -> ActionLink:
    link = ActionLink(
        from_id=origin.id,
        to_id=target.id if target else None,
        kind=LinkKind.CROSS_REFERENCE,
        text=text,
        status=LinkStatus.PROPOSED,
    )
    session.add(link)
    session.flush()
    return link


def link_of(session: Session) -> ActionLink:
    session.expire_all()
    return session.scalars(select(ActionLink).order_by(ActionLink.id.desc())).first() or ActionLink()


def token_of(client: CheckedClient) -> str:
    return next(field.get("value", "") for field in client.page.iter("input") if field.get("name") == "csrf_token")


def test_references_are_settled_in_one_go(
    *, read: Read, session: Session, client: CheckedClient, office: Person, plan: Plan, actions: list[Action]
) -> None:
    one, two, three = actions
    waits = proposed(session, one, "once 1.2 is agreed", two)
    refers = proposed(session, three, "see 7.9")
    gone = proposed(session, three, "as in 1.1", one)
    later = proposed(session, two, "with 1.3", three)
    text = read(office, plan, "/references")
    assert client.heading == "References to confirm: 4"
    assert "“see 7.9”" in text
    assert "The plan has no action of the number that is written." in text
    names = {key: f"r{link.id}" for key, link in (("w", waits), ("r", refers), ("g", gone))}
    answers = {f"{names['w']}_answer": "depends_on", f"{names['r']}_answer": "cross_reference"}
    answers[f"{names['g']}_answer"] = "reject"
    assert client.submit(answers, button="Save what I answered").status_code == 422
    assert "Enter the number of the action that is meant" in client.text
    session.expire_all()
    assert waits.status is LinkStatus.PROPOSED
    client.submit({**answers, f"{names['r']}_target": " 1.2 "}, button="Save what I answered")
    assert "3 references settled" in client.text
    assert client.heading == "References to confirm: 1"
    session.expire_all()
    assert (waits.status, waits.kind, waits.to_id) == (LinkStatus.CONFIRMED, LinkKind.DEPENDS_ON, two.id)
    assert (refers.status, refers.kind, refers.to_id) == (LinkStatus.CONFIRMED, LinkKind.CROSS_REFERENCE, two.id)
    assert (gone.status, later.status) == (LinkStatus.REJECTED, LinkStatus.PROPOSED)
    assert "Blocked by 1.2, which is red" in read(office, plan, "/1.1")
    text = read(office, plan, "/1.3")
    assert "Refers to, 26 Nov 2026 “see 7.9” 1.2 Agree the structure" in text
    assert "Reference that holds no longer, 26 Nov 2026 “as in 1.1”" in text


def test_a_circle_among_the_answers_is_named_and_nothing_is_saved(
    *, read: Read, session: Session, client: CheckedClient, office: Person, plan: Plan, actions: list[Action]
) -> None:
    one, two, three = actions
    pairs = [(one, two), (two, three), (three, one)]
    found = [proposed(session, origin, f"see {target.ref}", target) for origin, target in pairs]
    read(office, plan, "/references")
    answer = client.submit({f"r{link.id}_answer": "depends_on" for link in found}, button="Save what I answered")
    assert answer.status_code == 422
    circle = "That would be a circle: 1.3 waits for 1.1, which waits for 1.2, which waits for 1.3"
    assert circle in client.text
    session.expire_all()
    assert {link.status for link in found} == {LinkStatus.PROPOSED}


def test_references_settled_meanwhile_are_a_conflict(
    *, read: Read, session: Session, client: CheckedClient, office: Person, plan: Plan, actions: list[Action]
) -> None:
    link, other = proposed(session, actions[0], "see 1.2", actions[1]), proposed(session, actions[2], "see 1.1")
    read(office, plan, "/references")
    link.text = "see 1.2 first"
    session.commit()
    sent = {f"r{link.id}_answer": "reject", f"r{other.id}_answer": "reject"}
    assert client.submit(sent, button="Save what I answered").status_code == 409
    assert "settled since you opened the page" in client.text
    session.expire_all()
    assert {link.status, other.status} == {LinkStatus.PROPOSED}


@pytest.mark.parametrize("sent", [{}, {"answer": "x"}, {"target": "9" * 21}, {"answer": ["reject", "depends_on"]}])
def test_strange_answers_change_nothing(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    office: Person,
    plan: Plan,
    actions: list[Action],
    sent: dict[str, object],
) -> None:
    link = proposed(session, actions[0], "<b>see 1.2</b>", actions[1])
    assert "“<b>see 1.2</b>”" in read(office, plan, "/references")
    fields = {f"r{link.id}_{name}": value for name, value in sent.items()} | {"csrf_token": token_of(client)}
    assert client.post("/plans/plan/references", data=fields).status_code in {409, 422}
    session.expire_all()
    assert link.status is LinkStatus.PROPOSED


def test_many_references_come_in_pages_and_ask_no_more_of_the_database(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    engine: Engine,
    office: Person,
    plan: Plan,
    actions: list[Action],
) -> None:
    def asked() -> int:
        read(office, plan, "/references")
        with queries_of(engine) as statements:
            client.get("/plans/plan/references")
        return len(statements)

    proposed(session, actions[0], "see 1.2", actions[1])
    few = asked()
    for number in range(24):
        proposed(session, actions[number % 3], f"see {number}")
    assert asked() == few <= 12
    assert "1 to 20 of 25" in client.text
    client.get("/plans/plan/references?page=2")
    assert "21 to 25 of 25" in client.text


def test_the_office_adds_what_an_action_waits_for_and_ends_it(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    office: Person,
    plan: Plan,
    actions: list[Action],
    clock_at: Hold,
) -> None:
    one, two, _ = actions
    read(office, plan, "/1.1")
    client.follow("Say what it waits for")
    assert client.submit({"why": "It needs the structure"}, button="Add it").status_code == 422
    client.submit({"why": "It needs the structure", "target": str(two.id)}, button="Add it")
    assert "1.1 waits for 1.2" in client.text
    assert "Waits for 1.2 Agree the structure Blocked by 1.2, which is red" in client.text
    assert "Blocks 1.1 while this is red" in read(office, plan, "/1.2")
    clock_at(date(2026, 12, 1))
    read(office, plan, "/1.1")
    client.follow("Change waits for")
    assert client.submit({"why": ""}, button="End it").status_code == 422
    client.submit({"why": "The structure is not needed"}, button="End it")
    assert "No longer waits for, 1 Dec 2026 “The structure is not needed”" in client.text
    assert "Waits for, 26 Nov 2026 “It needs the structure” 1.2 Agree the structure" in client.text
    assert "Blocked by" not in read(office, plan, "/1.1")
    days = [date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 30), date(2026, 12, 1)]
    session.expire_all()
    assert [positions(session, plan, day=day)["1.1"].effective.value for day in days] == ["G", "A", "A", "G"]
    assert session.get_one(Action, one.id).amber_from not in days


def test_a_lead_proposes_what_the_office_confirms(
    *,
    read: Read,
    session: Session,
    client: CheckedClient,
    office: Person,
    tom: Person,
    plan: Plan,
    actions: list[Action],
) -> None:
    read(tom, plan, "/1.1/waits")
    assert "The programme office confirms it first." in client.text
    sent = {"why": "It needs <i>that</i>", "target": str(actions[1].id)}
    client.submit(sent, button="Propose it")
    assert "Proposed: 1.1 waits for 1.2" in client.text
    assert "Waits for 1.2 Agree the structure not confirmed yet" in client.text
    assert "Blocked by 1.2" not in client.text
    read(tom, plan, "/1.1/waits")
    assert client.submit(sent, button="Propose it").status_code == 422
    assert "is proposed already" in client.text
    text = read(office, plan, "/references")
    assert "“It needs <i>that</i>”" in text
    client.submit({f"r{link_of(session).id}_answer": "depends_on"}, button="Save what I answered")
    assert "Blocked by 1.2, which is red" in read(office, plan, "/1.1")


@pytest.mark.parametrize("role", [Role.LEAD, Role.AUDITOR, Role.MODERATOR, Role.ASSURANCE, Role.VIEWER, Role.ADMIN])
def test_others_are_refused_by_page_and_by_hand(
    *, session: Session, client: CheckedClient, plan: Plan, actions: list[Action], office: Person, role: Role
) -> None:
    link = links.add_dependency(session, actions[0], on=actions[1], by=office)
    person = a_person(session, role, "Sam Okoro")
    session.commit()
    client.sign_in(person)
    for path in ("references", "1.1/waits", f"1.1/links/{link.id}/end"):
        assert client.get(f"/plans/plan/{path}").status_code == 403
        sent = {"why": "x", "target": str(actions[2].id), "version": "1", "csrf_token": token_of(client)}
        assert client.post(f"/plans/plan/{path}", data=sent).status_code == 403
    session.expire_all()
    assert session.scalars(select(ActionLink)).one().ended_on is None


def test_the_lead_of_a_partner_reads_no_other_action_here(
    session: Session, client: CheckedClient, plan: Plan, actions: list[Action]
) -> None:
    partner = a_person(session, Role.LEAD, "Colin Reeve", scope={"is_partner": True})
    an_action(session, plan, ref="1.9", lead=partner)
    session.commit()
    client.sign_in(partner)
    assert client.get("/plans/plan/1.9").status_code == 200
    assert "Say what it waits for" not in client.text
    assert client.get("/plans/plan/1.9/waits").status_code == 403


def test_commands_refuse_what_pages_do_not_offer(
    session: Session, plan: Plan, actions: list[Action], office: Person
) -> None:
    one, two, three = actions
    elsewhere = an_action(session, a_plan(session))
    stranger = a_person(session, Role.LEAD, "Sam Okoro")
    with pytest.raises(Invalid, match="Choose an action of this plan"):
        links.add_dependency(session, one, on=elsewhere, by=office)
    with pytest.raises(Forbidden, match="You may not say what"):
        links.add_dependency(session, one, on=two, by=stranger)
    signoffs.withdraw_action(session, three, reason="Not needed", by=office)
    with pytest.raises(Invalid, match=r"1\.3 is withdrawn, so nothing can wait for it"):
        links.add_dependency(session, one, on=three, by=office)
    with pytest.raises(Conflict, match="must be re-opened"):
        links.add_dependency(session, three, on=one, by=office)
    link = links.add_dependency(session, one, on=two, by=office)
    with pytest.raises(Conflict, match="has changed"):
        links.end_link(session, link, why="Done", by=office, version=link.version + 1)
    links.end_link(session, link, why="Done", by=office, version=link.version)
    with pytest.raises(Conflict, match="has changed"):
        links.end_link(session, link, why="Done", by=office, version=link.version)
    links.add_dependency(session, two, on=one, by=office)
