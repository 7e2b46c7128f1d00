"""Verifying evidence by another person, taking it from view, and what pages say of both."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.integration.evidence.conftest import A_PDF, Desk, add, kept
from tests.support.builders.people import a_person
from tests.support.builders.plans import a_plan, an_action
from tests.support.checked_client import CheckedClient
from tests.support.queries import queries_of
from tracker.core.problems import Conflict, Forbidden
from tracker.people import queries as people_queries
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.plans.commands.evidence import About, add_evidence, remove_evidence, verify_evidence
from tracker.plans.models import Action, Evidence, Milestone
from tracker.plans.queries.action import action_with_leads
from tracker.plans.rules.states import ActionState, EvidenceResult
from tracker.plans.rules.vocabulary import MilestoneState


def again(session: Session, person: Person) -> Person:
    """Return a person as a page has them, with their roles."""
    loaded = people_queries.person(session, person.id)
    assert loaded is not None
    return loaded


@pytest.fixture
def piece(session: Session, action: Action, tom: Person) -> Evidence:
    made = add_evidence(session, action, text="11 of 31 posts are vacant", by=tom, about=About(title="Vacancies"))
    session.commit()
    return made


def test_the_office_verifies_what_a_lead_added(
    client: CheckedClient, session: Session, office: Person, place: str, piece: Evidence
) -> None:
    client.sign_in(office)
    client.get(f"{place}/{piece.code}/verify")
    client.submit({"result": "shows", "note": "Seen with the board's secretary"})
    assert "Verified: Vacancies" in client.text
    assert "Verified by Daniel Hughes on 26 Nov 2026: it shows what it says" in client.text
    client.get(place.removesuffix("/evidence"))
    assert "1 piece, verified" in client.text
    session.expire_all()
    assert (piece.result, piece.verified_by_id) == (EvidenceResult.SHOWS, office.id)


def test_what_falls_short_needs_a_word(client: CheckedClient, office: Person, place: str, piece: Evidence) -> None:
    client.sign_in(office)
    client.get(f"{place}/{piece.code}/verify")
    assert client.submit({"result": "shows_not", "note": ""}).status_code == 422
    assert "Say what is missing" in client.text


def test_the_lead_may_not_verify_evidence_of_an_own_action(
    client: CheckedClient, tom: Person, place: str, piece: Evidence
) -> None:
    client.sign_in(tom)
    assert client.get(f"{place}/{piece.code}/verify").status_code == 403
    assert "Verify" not in client.get(place).text


def test_who_is_office_and_lead_may_not_verify_either(session: Session, piece: Evidence, action: Action) -> None:
    both = a_person(session, Role.OFFICE, "Priya Nair")
    own = an_action(session, a_plan(session), title="Own", lead=both)
    shown = add_evidence(session, own, text="x", by=a_person(session, Role.OFFICE))
    with pytest.raises(Forbidden):
        verify_evidence(session, action_with_leads(session, own.id), shown, result=EvidenceResult.SHOWS, by=both)


def test_who_added_evidence_may_not_verify_it(
    client: CheckedClient, session: Session, office: Person, action: Action, place: str
) -> None:
    own = add_evidence(session, action, text="Told to the office", by=office)
    session.commit()
    with pytest.raises(Forbidden, match="other than who added it"):
        verify_evidence(
            session, action_with_leads(session, action.id), own, result=EvidenceResult.SHOWS, by=again(session, office)
        )
    session.rollback()
    client.sign_in(office)
    assert client.get(f"{place}/{own.code}/verify").status_code == 403


def test_confirming_completion_says_what_nobody_has_verified(
    client: CheckedClient, office: Person, place: str, piece: Evidence
) -> None:
    client.sign_in(office)
    client.get(place.replace("/evidence", "/decide/confirm"))
    assert "Evidence: 1 piece, not verified." in client.text


def test_a_claim_without_evidence_leads_to_adding_some(
    client: CheckedClient, session: Session, office: Person, place: str, action: Action
) -> None:
    action.state = ActionState.CLAIMED
    for step in session.scalars(select(Milestone).where(Milestone.action_id == action.id)):
        step.state, step.done_on = MilestoneState.DONE, date(2026, 11, 20)
    session.commit()
    client.sign_in(office)
    client.get(place.replace("/evidence", "/decide/confirm"))
    assert "No evidence yet. Nothing is confirmed without any: add what you saw first." in client.text
    assert client.submit({"reason": "Told by its lead"}).status_code == 422
    assert "has no evidence yet" in client.text


def test_removed_evidence_keeps_its_name_and_its_file_and_cannot_be_opened(
    client: CheckedClient, session: Session, tom: Person, place: str, folder: Path
) -> None:
    client.sign_in(tom)
    add(client, place, A_PDF)
    code = session.scalars(select(Evidence.code)).one()
    client.get(f"{place}/{code}/remove")
    assert client.submit({"why": ""}).status_code == 422
    client.submit({"why": "It names a child"})
    assert "Removed by Tom Whitcombe on 26 Nov" in client.text
    assert "It names a child" in client.text
    assert client.get(f"{place}/{code}/file").status_code == 404
    assert client.get(f"{place}/{code}/remove").status_code == 404
    assert "Vacancy report" not in client.get(place.removesuffix("/evidence")).text
    assert len(kept(folder)) == 1


def test_a_lead_removes_only_what_they_added_and_nobody_verified(
    desk: Desk, tom: Person, office: Person, action: Action, piece: Evidence
) -> None:
    client, session, place, _folder = desk
    theirs = add_evidence(session, action, text="Of the office", by=office)
    verify_evidence(
        session,
        action_with_leads(session, action.id),
        piece,
        result=EvidenceResult.SHOWS,
        by=again(session, office),
        version=1,
    )
    session.commit()
    client.sign_in(tom)
    for code in (theirs.code, piece.code):
        assert client.get(f"{place}/{code}/remove").status_code == 403
    client.sign_in(office)
    assert client.get(f"{place}/{piece.code}/remove").status_code == 200


def test_two_people_who_judge_at_once_are_told(
    session: Session, action: Action, office: Person, piece: Evidence
) -> None:
    loaded = action_with_leads(session, action.id)
    verify_evidence(session, loaded, piece, result=EvidenceResult.SHOWS, by=again(session, office), version=1)
    with pytest.raises(Conflict, match="has changed"):
        verify_evidence(
            session, loaded, piece, result=EvidenceResult.PARTLY, note="x", by=again(session, office), version=1
        )
    remove_evidence(session, loaded, piece, why="Twice", by=again(session, office))
    with pytest.raises(Conflict):
        remove_evidence(session, loaded, piece, why="Again", by=again(session, office))


def test_the_page_asks_as_many_questions_for_ten_pieces_as_for_three_hundred(
    desk: Desk, tom: Person, action: Action, engine: Any
) -> None:
    client, session, place, _folder = desk
    client.sign_in(tom)
    asked = []
    for more in (10, 290):
        for number in range(more):
            add_evidence(session, action, text=f"Piece {number}", by=tom)
        session.commit()
        with queries_of(engine) as queries:
            assert client.get(place).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 12
    assert "1 to 100 of 300" in client.text
