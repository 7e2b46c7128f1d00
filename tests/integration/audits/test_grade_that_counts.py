"""Where an audit is read once it counts, the moderated grade stands, and the auditor's is marked (domain A8)."""

import pytest
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_round, a_theme, an_audit, answered, loaded
from tests.support.builders.moderation import MODERATE_ALL, compared, moderated, moderation_of
from tests.support.builders.people import a_person, an_organisation
from tests.support.checked_client import CheckedClient
from tracker.audits import commands
from tracker.audits.models import Audit
from tracker.audits.rules.answers import AnswerValue
from tracker.audits.rules.moderating import Side
from tracker.people.models import Person
from tracker.people.rules import Role

POOR = AnswerValue.REQUIRES_IMPROVEMENT
SECTION, WHOLE = 4, 9
BOTH = "Requires improvement. The auditor's grade was Good."


@pytest.fixture
def ruth(session: Session) -> Person:
    an_organisation(session)
    a_theme(session)
    a_round(session)
    return a_person(session, Role.AUDITOR, "Ruth Osei")


@pytest.fixture
def hannah(session: Session, ruth: Person) -> Person:
    del ruth
    return a_person(session, None, "Hannah Webb")


@pytest.fixture
def marcus(session: Session, ruth: Person) -> Person:
    del ruth
    return a_person(session, Role.MODERATOR, "Marcus Bell 2")


@pytest.fixture
def audit(session: Session, ruth: Person, hannah: Person, marcus: Person) -> Audit:
    """Ruth's audit of Hannah's work, graded Good throughout, that waits for its moderation."""
    del marcus
    made = answered(session, an_audit(session, auditor=ruth, code="CP-105"))
    commands.name_worker(session, made, worker=hannah, version=made.version, by=ruth)
    commands.send_audit(session, loaded(session, made), names_confirmed=True, rule=MODERATE_ALL, by=ruth)
    commands.send_answer(session, loaded(session, made), {}, has_read=True, version=0, by=hannah)
    session.commit()
    return made


def lowered(session: Session, audit: Audit, by: Person) -> None:
    moderated(session, audit, by, own={SECTION: POOR, WHOLE: POOR}, agreed={SECTION: POOR, WHOLE: POOR})
    session.commit()


def test_the_page_of_the_audit_names_both_where_they_differ(
    client: CheckedClient, session: Session, audit: Audit, ruth: Person, marcus: Person
) -> None:
    lowered(session, audit, marcus)
    client.sign_in(ruth)
    client.get(f"/audits/{audit.public_id}")
    assert client.text.count(BOTH) == 2
    assert client.text.count("The auditor's grade was") == 2


@pytest.mark.parametrize("page", ["feedback", "response"])
def test_the_feedback_and_the_worker_have_the_grade_that_counts(
    *, client: CheckedClient, session: Session, audit: Audit, ruth: Person, hannah: Person, marcus: Person, page: str
) -> None:
    client.sign_in(ruth if page == "feedback" else hannah)
    client.get(f"/audits/{audit.public_id}/{page}")
    good = client.text.count("Good")
    assert (good >= 8, "Requires improvement" in client.text) == (True, False)
    lowered(session, audit, marcus)
    client.get(f"/audits/{audit.public_id}/{page}")
    assert client.text.count("Requires improvement") == 2
    assert client.text.count("Good") == good - 2


def test_while_it_does_not_count_the_auditors_grades_stand(
    client: CheckedClient, session: Session, audit: Audit, ruth: Person, marcus: Person
) -> None:
    compared(session, audit, marcus, own={WHOLE: POOR})
    session.commit()
    client.sign_in(ruth)
    client.get(f"/audits/{audit.public_id}")
    assert "Requires improvement" not in client.text


def test_in_dispute_the_auditors_grades_stand(
    client: CheckedClient, session: Session, audit: Audit, ruth: Person, marcus: Person
) -> None:
    lowered(session, audit, marcus)
    held = moderation_of(session, audit)
    commands.dispute_moderation(session, held, side=Side.AUDITOR, reason="The dates are on file.", by=ruth)
    session.commit()
    client.sign_in(ruth)
    client.get(f"/audits/{audit.public_id}")
    assert "Requires improvement" not in client.text
