"""Feedback through HTTP: recording it, putting it right, the same question over time, files, and who is refused."""

import csv
import io

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_theme
from tests.support.builders.other_evidence import some_feedback
from tests.support.builders.people import a_person, an_organisation
from tests.support.checked_client import CheckedClient
from tracker.audits.models import FeedbackSet
from tracker.people.models import Person
from tracker.people.rules import Role

ANSWERS = {
    "source": "families",
    "question": "Did the visit help?",
    "starts_on": "1 oct 2026",
    "ends_on": "31 oct 2026",
    "invited": "20",
    "responded": "8",
    "yes": "7",
}
INSIDE = {Role.OFFICE, Role.LEAD, Role.AUDITOR, Role.MODERATOR, Role.ASSURANCE}


@pytest.fixture
def marcus(client: CheckedClient, session: Session) -> Person:
    an_organisation(session)
    a_theme(session)
    person = a_person(session, Role.MODERATOR, "Marcus Bell")
    session.commit()
    client.sign_in(person)
    return person


def test_feedback_is_recorded_with_all_three_figures(client: CheckedClient, marcus: Person) -> None:
    client.get("/feedback")
    assert "No feedback is recorded yet" in client.text
    client.follow("Record feedback")
    client.submit(ANSWERS)
    assert client.heading == "Feedback: Did the visit help?"
    assert "7 of 8 who replied said yes (88%); 8 of 20 invited replied (40%)." in client.text
    assert "Few replies, so the share says little." in client.text


@pytest.mark.usefixtures("marcus")
@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("yes", "9", "No more can have said yes than replied (8)"),
        ("responded", "21", "No more can have replied than were invited (20)"),
        ("invited", "0", "Enter a whole number from 1 to 1,000,000"),
        ("ends_on", "30 sep 2026", "The last day must not be before the first"),
        ("ends_on", "1 jan 2099", "This day must be today or in the past"),
        ("question", "Did Emma Smith come?", "“Emma Smith” may tell who somebody is"),
    ],
)
def test_what_cannot_be_true_is_refused_beside_its_field(
    client: CheckedClient, session: Session, field: str, value: str, words: str
) -> None:
    client.get("/feedback/new")
    assert client.submit({**ANSWERS, field: value}).status_code == 422
    assert words in client.text
    assert session.query(FeedbackSet).count() == 0


@pytest.mark.usefixtures("marcus")
@pytest.mark.parametrize(("field", "value"), [("source", "cat"), ("theme", "99999"), ("form_token", "../etc")])
def test_what_no_form_offers_is_refused(client: CheckedClient, session: Session, field: str, value: str) -> None:
    client.get("/feedback/new")
    sent = {**client.form("question").sent, **ANSWERS, field: value}
    assert client.post("/feedback/new", data=sent).status_code == 422
    assert session.query(FeedbackSet).count() == 0


def test_a_word_that_is_no_name_is_confirmed(client: CheckedClient, marcus: Person) -> None:
    client.get("/feedback/new")
    asked = {**ANSWERS, "question": "Did Willow House help?"}
    assert client.submit(asked).status_code == 422
    client.submit({**asked, "names_confirmed": "y"})
    assert client.heading == "Feedback: Did Willow House help?"


def test_the_same_question_stands_period_by_period(client: CheckedClient, marcus: Person, session: Session) -> None:
    some_feedback(session, by=marcus, replies=(70, 37, 23), ends="-90d")
    latest = some_feedback(session, by=marcus, replies=(68, 38, 32))
    some_feedback(session, by=marcus, question="Another question?")
    session.commit()
    client.get(f"/feedback/{latest.public_id}")
    assert client.text.index("32 of 38") < client.text.index("23 of 37")
    assert "Another question?" not in client.text
    client.get("/themes/conferences")
    assert "32 of 38 who replied said yes (84%); 38 of 68 invited replied (56%)" in client.text
    assert "None of this is counted with audits" in client.text


@pytest.mark.both_databases
@pytest.mark.parametrize("figures", [(5, 6, 1), (5, 4, 5), (0, 0, 0), (5, 4, -1)])
def test_the_database_itself_takes_no_impossible_figures(session: Session, figures: tuple[int, int, int]) -> None:
    kept = some_feedback(session, by=a_person(session, Role.MODERATOR, "Marcus Bell"))
    session.commit()
    statement = text("UPDATE feedback_set SET invited = :invited, responded = :responded, yes = :yes WHERE id = :id")
    invited, responded, yes = figures
    with pytest.raises(IntegrityError):
        session.connection().execute(statement, {"invited": invited, "responded": responded, "yes": yes, "id": kept.id})


def test_roles_read_and_only_the_moderator_writes(app: Flask, marcus: Person, session: Session) -> None:
    kept = some_feedback(session, by=marcus)
    people = {role: a_person(session, role, f"Person {role}") for role in Role}
    session.commit()
    for role, person in people.items():
        client = CheckedClient(app)
        client.sign_in(person)
        for page in ("/feedback", f"/feedback/{kept.public_id}"):
            assert client.get(page).status_code == (200 if role in INSIDE else 403), (role, page)
        writes = 200 if role is Role.MODERATOR else 403
        for page in ("/feedback/new", f"/feedback/{kept.public_id}/change"):
            assert client.get(page).status_code == writes, (role, page)
        exports = 200 if role in {Role.OFFICE, Role.MODERATOR} else 403
        assert [client.get(page).status_code for page in ("/feedback.csv", "/other-evidence.xlsx")] == [exports] * 2


def test_the_file_has_the_figures_and_its_leaving_is_logged(
    client: CheckedClient, marcus: Person, session: Session
) -> None:
    some_feedback(session, by=marcus)
    session.commit()
    answer = client.get("/feedback.csv")
    [row] = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [row[name] for name in ("Invited", "Replied", "Said yes")] == ["20", "8", "7"]
    assert client.get("/other-evidence.xlsx").data.startswith(b"PK")
    acts = session.execute(text("SELECT act FROM log_entry ORDER BY number DESC LIMIT 2")).scalars().all()
    assert list(acts) == ["exported", "exported"]
