"""Two people settle the references of a plan at the same time: no answer of either is lost, or lands elsewhere."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.plans import a_plan, an_action
from tests.support.checked_client import CheckedClient
from tracker.people.models import Person
from tracker.plans.models import Action, ActionLink
from tracker.plans.rules.states import LinkKind, LinkStatus

PAGE, SAVE = "/plans/plan/references", "Save what I answered"


@pytest.fixture
def links(session: Session, today: date, office: Person) -> list[int]:
    """Twenty-five references that wait, on two pages."""
    plan = a_plan(session, slug="plan", approved_on="-60d")
    first, second = (an_action(session, plan, title=title) for title in ("Join the doors", "Train every team"))
    made = [_proposed(first, second, f"see {number}") for number in range(25)]
    session.add_all(made)
    session.commit()
    return [link.id for link in made]


def _proposed(origin: Action, target: Action, text: str) -> ActionLink:
    kind, status = LinkKind.CROSS_REFERENCE, LinkStatus.PROPOSED
    return ActionLink(from_id=origin.id, to_id=target.id, kind=kind, text=text, status=status)


def _rejected(session: Session) -> list[int]:
    session.rollback()
    return list(session.scalars(select(ActionLink.id).where(ActionLink.status == LinkStatus.REJECTED)))


def test_answers_of_a_later_page_are_taken_when_the_first_page_was_settled_meanwhile(
    client: CheckedClient, app: Flask, session: Session, office: Person, links: list[int]
) -> None:
    other = CheckedClient(app)
    for one in (client, other):
        one.sign_in(office)
    client.get(f"{PAGE}?page=2")
    other.get(PAGE)
    other.submit({f"r{link}_answer": "reject" for link in links[:20]}, button=SAVE)
    client.submit({f"r{links[22]}_answer": "reject", f"r{links[24]}_answer": "reject"}, button=SAVE)
    assert "2 references settled" in client.text
    assert _rejected(session) == [*links[:20], links[22], links[24]]


def test_an_answer_that_somebody_else_gave_before_is_told_and_the_others_stay_below(
    client: CheckedClient, app: Flask, session: Session, office: Person, links: list[int]
) -> None:
    other = CheckedClient(app)
    for one in (client, other):
        one.sign_in(office)
        one.get(PAGE)
    other.submit({f"r{links[0]}_answer": "reject"}, button=SAVE)
    said = {f"r{links[0]}_answer": "reject", f"r{links[1]}_answer": "reject"}
    assert client.submit(said, button=SAVE).status_code == 409
    assert "A reference that you answered was settled since you opened the page" in client.text
    assert _rejected(session) == links[:1]
    client.submit(button=SAVE)
    assert _rejected(session) == links[:2]


def test_no_more_is_looked_for_than_a_page_holds(
    client: CheckedClient, session: Session, office: Person, links: list[int]
) -> None:
    client.sign_in(office)
    client.get(PAGE)
    token = client.form("csrf_token").sent["csrf_token"][0]
    crowd = {f"r{number}_version": "1" for number in range(10**9 - 500, 10**9)} | {f"r{links[0]}_answer": "reject"}
    assert client.post(PAGE, data={"csrf_token": token, **crowd}).status_code in {409, 422}
    assert _rejected(session) == []
