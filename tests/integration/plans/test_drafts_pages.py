"""Drafts of updates through the pages: kept while they are typed, given back, discarded, and nobody else's (ux 7)."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import A_THURSDAY
from tests.support.builders.people import a_person
from tests.support.builders.plans import an_update
from tests.support.checked_client import CheckedClient
from tracker.core import clock
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands.drafts import discard_old_drafts, keep_draft
from tracker.plans.models import Action, Plan, Update, UpdateDraft

JSON = {"Accept": "application/json"}
WORDS = "Two posts are filled, and the third is adv"


@pytest.fixture
def typed(client: CheckedClient, session: Session, tom: Person, plan: Plan, action: Action) -> dict[str, Any]:
    """What Tom's form sends with a few words typed, he having signed in and opened the page."""
    session.commit()
    client.sign_in(tom)
    client.get(f"/plans/{plan.slug}/1.1")
    return client.form("happened").filled({"happened": WORDS, "declared": "A"})


@pytest.fixture
def action(session: Session, plan: Plan) -> Action:
    return session.scalars(select(Action).where(Action.plan_id == plan.id, Action.ref == "1.1")).one()


def _keep(client: CheckedClient, plan: Plan, fields: dict[str, Any]) -> Any:
    return client.post(f"/plans/{plan.slug}/1.1/draft", data=fields, headers=JSON)


def _drafts(session: Session) -> list[UpdateDraft]:
    session.expire_all()
    return list(session.scalars(select(UpdateDraft).order_by(UpdateDraft.id)))


@pytest.mark.both_databases
def test_a_draft_is_kept_and_fills_the_form_in_when_the_page_is_opened_again(
    client: CheckedClient, session: Session, plan: Plan, typed: dict[str, Any]
) -> None:
    assert _keep(client, plan, typed).get_json() == {"saved_at": "10:44", "version": 1}
    assert _keep(client, plan, typed | {"why": "Nobody applied", "draft_version": "1"}).get_json()["version"] == 2
    client.get(f"/plans/{plan.slug}/1.1")
    form = client.form("happened")
    assert (form.sent["happened"], form.sent["why"], form.sent["declared"]) == ([WORDS], ["Nobody applied"], ["A"])
    assert form.sent["draft_version"] == ["2"]
    assert "Draft kept at 10:44" in client.text
    assert len(_drafts(session)) == 1
    assert session.scalars(select(Update).where(Update.happened == WORDS)).all() == []


def test_the_colour_of_a_link_in_a_mail_counts_over_the_draft(
    client: CheckedClient, plan: Plan, typed: dict[str, Any]
) -> None:
    _keep(client, plan, typed)
    client.get(f"/plans/{plan.slug}/1.1/update?rag=red")
    assert client.form("happened").sent["declared"] == ["R"]
    assert client.form("happened").sent["happened"] == [WORDS]


def test_saving_the_update_ends_its_draft_and_a_late_autosave_does_not_bring_it_back(
    client: CheckedClient, session: Session, plan: Plan, typed: dict[str, Any]
) -> None:
    _keep(client, plan, typed)
    complete = typed | {"declared": "G"}
    assert client.post(f"/plans/{plan.slug}/1.1/update", data=complete).status_code == 303
    assert _drafts(session) == []
    late = _keep(client, plan, complete)
    assert (late.status_code, list(late.get_json())) == (409, ["conflict"])
    assert _drafts(session) == []


def test_a_refused_update_leaves_its_draft(
    client: CheckedClient, session: Session, plan: Plan, typed: dict[str, Any]
) -> None:
    _keep(client, plan, typed)
    assert client.post(f"/plans/{plan.slug}/1.1/update", data=typed | {"why": ""}).status_code == 422
    assert len(_drafts(session)) == 1


def test_a_second_window_is_told_and_writes_nothing_over(
    client: CheckedClient, session: Session, plan: Plan, typed: dict[str, Any]
) -> None:
    client.get(f"/plans/{plan.slug}/1.1")
    second = client.form("happened").filled({"happened": "Something else", "declared": "G"})
    _keep(client, plan, typed)
    answer = _keep(client, plan, second)
    assert (answer.status_code, list(answer.get_json())) == (409, ["conflict"])
    assert WORDS in _drafts(session)[0].typed


def test_a_page_that_never_heard_the_answer_goes_on_writing(
    client: CheckedClient, session: Session, plan: Plan, typed: dict[str, Any]
) -> None:
    _keep(client, plan, typed)
    assert _keep(client, plan, typed | {"happened": "More", "draft_version": "0"}).status_code == 200
    assert "More" in _drafts(session)[0].typed


def test_a_draft_says_who_saved_an_update_since(
    client: CheckedClient, session: Session, plan: Plan, action: Action, typed: dict[str, Any]
) -> None:
    _keep(client, plan, typed)
    grace = a_person(session, Role.OFFICE, "Grace Adeyemi")
    an_update(session, action, by=grace, happened="Thirty plans were read")
    session.commit()
    client.get(f"/plans/{plan.slug}/1.1")
    assert "Grace Adeyemi saved an update to 1.1" in client.text
    fields = client.form("happened").filled({"declared": "G"})
    assert client.post(f"/plans/{plan.slug}/1.1/update", data=fields).status_code == 303


def test_without_a_script_a_button_keeps_the_draft_and_another_discards_it(
    client: CheckedClient, session: Session, plan: Plan, typed: dict[str, Any]
) -> None:
    answer = client.post(f"/plans/{plan.slug}/1.1/draft", data=typed)
    assert answer.status_code == 303
    client.get(f"/plans/{plan.slug}/1.1")
    address = f"/drafts/{_drafts(session)[0].public_id}/discard"
    assert "Discard draft" in client.text
    assert client.post(address, data={"csrf_token": typed["csrf_token"]}).status_code == 303
    assert _drafts(session) == []
    assert client.post(address, data={"csrf_token": typed["csrf_token"]}).status_code == 404


def test_nobody_else_reads_or_discards_a_draft(
    client: CheckedClient, session: Session, plan: Plan, action: Action, typed: dict[str, Any]
) -> None:
    _keep(client, plan, typed)
    session.commit()
    office = a_person(session, Role.OFFICE, "Grace Adeyemi")
    session.commit()
    client.sign_in(office)
    client.get(f"/plans/{plan.slug}/1.1")
    assert WORDS not in client.text
    token = client.form("happened").sent["csrf_token"][0]
    address = f"/drafts/{_drafts(session)[0].public_id}/discard"
    assert client.post(address, data={"csrf_token": token}).status_code == 404
    assert len(_drafts(session)) == 1


def test_a_draft_is_bounded(client: CheckedClient, session: Session, plan: Plan, typed: dict[str, Any]) -> None:
    answer = _keep(client, plan, typed | {"happened": "x" * 70_000})
    assert (answer.status_code, list(answer.get_json())) == (422, ["problem"])
    assert _keep(client, plan, typed | {"nothing_of_ours": "x", "happened": "a\x00b"}).status_code == 200
    assert "nothing_of_ours" not in _drafts(session)[0].typed
    assert client.get(f"/plans/{plan.slug}/1.1").status_code == 200
    again = client.post(f"/plans/{plan.slug}/1.1/draft", data=typed | {"happened": "x" * 70_000, "draft_version": "1"})
    assert again.status_code == 422
    assert "x" * 70_000 in again.text


def test_drafts_go_after_thirty_days(
    client: CheckedClient, session: Session, plan: Plan, typed: dict[str, Any]
) -> None:
    _keep(client, plan, typed)
    with clock.at(A_THURSDAY + timedelta(days=30)):
        assert discard_old_drafts(session) == 0
    with clock.at(A_THURSDAY + timedelta(days=31)):
        assert discard_old_drafts(session) == 1


def test_a_draft_past_its_days_is_neither_shown_nor_in_the_way_of_a_new_one(
    client: CheckedClient, session: Session, tom: Person, plan: Plan, typed: dict[str, Any]
) -> None:
    _keep(client, plan, typed)
    address = f"/drafts/{_drafts(session)[0].public_id}/discard"
    session.commit()
    with clock.at(A_THURSDAY + timedelta(days=31)):
        client.sign_in(tom)
        client.get(f"/plans/{plan.slug}/1.1")
        assert "Draft kept" not in client.text
        again = client.form("happened").filled({"happened": "Begun again", "declared": "G"})
        assert again["happened"] != WORDS
        assert client.post(address, data={"csrf_token": again["csrf_token"]}).status_code == 404
        assert _keep(client, plan, again).get_json()["version"] == 1
    (draft,) = _drafts(session)
    assert "Begun again" in draft.typed
    assert WORDS not in draft.typed


def test_keeping_a_draft_throws_nobody_elses_away(
    client: CheckedClient, session: Session, action: Action, plan: Plan, typed: dict[str, Any]
) -> None:
    office = a_person(session, Role.OFFICE, "Grace Adeyemi")
    with clock.at(A_THURSDAY - timedelta(days=31)):
        keep_draft(session, action, typed={}, after=0, written_from="theirs", version=0, by=office)
    session.commit()
    _keep(client, plan, typed)
    assert len(_drafts(session)) == 2
