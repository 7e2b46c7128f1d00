"""What the audit form asks beside grades: days and facts, the family, what was found before, impact; through HTTP."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_case, a_round, a_sent_audit, a_theme, an_audit, answered, loaded
from tests.support.builders.people import a_person, an_organisation
from tests.support.checked_client import CheckedClient
from tracker.audits.models import Audit
from tracker.audits.rules.file_days import FileDays
from tracker.audits.rules.taking_part import Extent, FamilyPart
from tracker.audits.rules.vocabulary import AuditState, Grade
from tracker.people.models import Person
from tracker.people.rules import Role

FOUND = "Also found in this file in the audit of October 2026."


@pytest.fixture
def ruth(session: Session) -> Person:
    an_organisation(session)
    a_theme(session)
    return a_person(session, Role.AUDITOR, "Ruth Osei")


@pytest.fixture
def audit(session: Session, ruth: Person) -> Audit:
    made = an_audit(session, auditor=ruth, code="CP-104")
    session.commit()
    return made


@pytest.fixture
def again(session: Session, ruth: Person) -> Audit:
    """An audit of a file of which somebody else's audit found supervision wanting."""
    keith = a_person(session, Role.AUDITOR, "Keith Lomax")
    case = a_case(session, code="CP-77")
    a_sent_audit(session, auditor=keith, case=case, on="2026-10-20", developments={"supervision": "Hold it monthly"})
    later = a_round(session, name="December audits")
    made = an_audit(session, auditor=ruth, case=case, audit_round=later)
    session.commit()
    return made


def now(session: Session, audit: Audit) -> Audit:
    session.expire_all()
    return loaded(session, audit)


def here(audit: Audit, number: int) -> str:
    return f"/audits/{audit.public_id}/section/{number}"


def test_days_are_given_once_and_their_working_days_stand_beside_every_section(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    client.sign_in(ruth)
    client.get(here(audit, 1))
    assert "Facts to check" not in client.text
    client.submit(
        {
            "read_from": "26 nov 2025",
            "judged_from": "26 may 2026",
            "read_until": "25 nov 2026",
            "referred_on": "1 sep 2026",
            "seen_on": "9 sep 2026",
            "assessed_on": "4 nov 2026",
            "supervised_on": "20 nov 2026",
            "family_part": "got",
            "family_note": "They are told what happens next.",
        },
        button="Save and go to 2.",
    )
    for words in ("Working day 6", "46 working days, more than the 45 allowed", "4 working days before", "section 1"):
        assert words in client.text
    kept = now(session, audit)
    days = FileDays(date(2026, 9, 1), date(2026, 9, 9), date(2026, 11, 4), date(2026, 11, 20))
    assert kept.file_days == days
    assert (str(kept.judged_from), kept.family_part) == ("2026-05-26", FamilyPart.GOT)
    client.get(here(audit, 1))
    assert client.form("read_from").sent["seen_on"] == ["9 Sep 2026"]
    client.get(f"/audits/{audit.public_id}")
    for words in ("26 May 2026", "They told us what they think", "They are told what happens next."):
        assert words in client.text


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"judged_from": "1 jan 2025"}, "Judge a part of what you read"),
        ({"judged_from": "26 nov 2026"}, "Judge a part of what you read"),
        ({"seen_on": "1 jan 2030"}, "This day must be today or in the past"),
        ({"referred_on": "9 sep 2026", "seen_on": "1 sep 2026"}, "on or after the day of the referral"),
        ({"family_part": "perhaps"}, "Choose one of these"),
        ({"family_note": "x" * 1501}, "must be 1,500 characters or fewer"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    client: CheckedClient, ruth: Person, audit: Audit, said: dict[str, str], problem: str
) -> None:
    client.sign_in(ruth)
    client.get(here(audit, 1))
    read = {"read_from": "26 nov 2025", "read_until": "25 nov 2026"}
    data = client.form("read_from").filled(read)
    assert client.post(here(audit, 1), data={**data, **said}).status_code == 422
    assert problem in client.text
    client.get(here(audit, 1))
    assert client.form("read_from").sent["read_from"] == [""]


def test_an_audit_without_the_family_says_why_before_it_is_sent(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    answered(session, audit)
    session.commit()
    client.sign_in(ruth)
    client.get(here(audit, 1))
    client.submit({"family_part": "not_sought"}, button="Save and go to 2.")
    client.get(f"/audits/{audit.public_id}/check")
    assert "Say why the child and the family did not take part" in client.text
    assert client.submit(button="Send audit").status_code == 422
    client.follow("Say why the child and the family did not take part")
    client.submit({"family_note": "They moved away"}, button="Save and go to 2.")
    client.get(f"/audits/{audit.public_id}/check")
    client.submit(button="Send audit")
    assert now(session, audit).state is AuditState.MODERATION


def test_the_work_and_what_came_of_it_are_graded_apart(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    client.sign_in(ruth)
    client.get(here(audit, 9))
    assert "Life is better for the child, and they can tell." in client.text
    client.submit({"answer": "good", "impact": "requires_improvement"}, button="Save and check")
    kept = now(session, audit)
    assert (kept.grade, kept.impact_grade) == (Grade.GOOD, Grade.REQUIRES_IMPROVEMENT)
    assert "Impact gradeRequires improvement" in client.text


def test_what_was_found_in_this_file_before_is_asked_about(
    client: CheckedClient, session: Session, ruth: Person, again: Audit
) -> None:
    supervision, risk = (str(a_theme(session, code).id) for code in ("supervision", "risk"))
    client.sign_in(ruth)
    client.get(here(again, 6))
    assert "Found before in this file" in client.text
    assert "Supervision (October 2026)" in client.text
    for secret in ("Hold it monthly", "Keith"):
        assert secret not in client.text
    assert FOUND not in client.text
    client.submit({"theme_1": supervision, "change_1": "Still not held"}, button="Add another")
    assert FOUND in client.text
    said = client.form("right_1").filled({"right_1": "partly", "theme_2": risk, "change_2": "See them"})
    client.post(here(again, 6), data={**said, "right_2": "no"})
    first, second = now(session, again).findings
    assert (first.put_right, second.put_right) == (Extent.PARTLY, None)
    client.get(f"/audits/{again.public_id}")
    assert "Still not held Found before in this file. Put right: partly." in client.text
    client.get(f"/audits/{again.public_id}/side-by-side")
    client.submit({"worker_role": "social worker"}, button="Begin")
    client.get(f"/audits/{again.public_id}/check")
    assert "Still not held" in client.text
    assert "Found before" not in client.text


def test_a_theme_chosen_last_of_all_is_asked_about_once_before_one_goes_on(
    client: CheckedClient, session: Session, ruth: Person, again: Audit
) -> None:
    client.sign_in(ruth)
    client.get(here(again, 6))
    client.submit({"theme_1": str(a_theme(session, "supervision").id), "change_1": "Still not held"}, button="Save and")
    assert "Was it put right? Supervision" in client.text
    assert FOUND in client.text
    assert now(session, again).findings[0].text == "Still not held"
    client.submit({}, button="Save and")
    assert FOUND not in client.text
    assert "7. " in client.text


def test_an_audit_that_is_not_final_was_found_nowhere(
    client: CheckedClient, session: Session, ruth: Person, again: Audit
) -> None:
    for state in ("in_progress", "moderation", "void"):
        earlier = session.scalars(select(Audit).where(Audit.case_id == again.case_id, Audit.id != again.id)).one()
        earlier.state = AuditState(state)
        session.commit()
        client.sign_in(ruth)
        client.get(here(again, 6))
        assert "Found before in this file" not in client.text


def test_a_finding_from_before_the_time_that_is_judged_is_marked(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    risk = str(a_theme(session, "risk").id)
    client.sign_in(ruth)
    client.get(here(audit, 3))
    client.submit({"theme_1": risk, "change_1": "Nobody asked", "historic_1": "y"}, button="Back to 2")
    assert [one.is_historic for one in now(session, audit).findings] == [True]
    client.get(here(audit, 3))
    assert client.form("theme_1").sent["historic_1"] == ["y"]
    client.get(f"/audits/{audit.public_id}")
    assert "Risk and safety planning (from before the time that is judged)" in client.text


def test_two_tabs_of_section_1_lose_no_words(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    client.sign_in(ruth)
    client.get(here(audit, 1))
    older = client.form("family_note").filled({"family_note": "In the first tab"})
    client.submit({"family_note": "In the second tab"}, button="Save and go to 2.")
    assert client.post(here(audit, 1), data=older).status_code == 409
    assert "In the second tab" in client.text
    assert client.form("family_note").sent["family_note"] == ["In the first tab"]


def test_words_about_the_family_are_looked_at_for_names(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    answered(session, audit)
    session.commit()
    client.sign_in(ruth)
    client.get(here(audit, 1))
    client.submit({"family_part": "got", "family_note": "Emma is content"}, button="Save and go to 2.")
    client.get(f"/audits/{audit.public_id}/check")
    assert "Emma in 1. About the file" in client.text
