"""Pages of audits through HTTP: writing, keeping drafts, checking, sending, reading."""

import pytest
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_concern, a_sent_audit, a_theme, an_audit, answered, loaded
from tests.support.builders.people import a_person, a_unit, an_organisation
from tests.support.checked_client import CheckedClient
from tracker.audits.commands import acknowledge_concern
from tracker.audits.models import Audit
from tracker.audits.rules.vocabulary import AuditState, Grade
from tracker.people.models import Person
from tracker.people.rules import Role


@pytest.fixture
def ruth(session: Session) -> Person:
    an_organisation(session, urgent_contact="Duty manager: 01632 960001")
    a_theme(session)
    return a_person(session, Role.AUDITOR, "Ruth Osei")


@pytest.fixture
def audit(session: Session, ruth: Person) -> Audit:
    made = an_audit(session, auditor=ruth, code="CP-104")
    session.commit()
    return made


def now(session: Session, audit: Audit) -> Audit:
    session.expire_all()
    return loaded(session, audit)


def said(client: CheckedClient) -> dict[str, str]:
    """An answer to every question of the section that is shown."""
    asked = [name for name in client.form("answer").known if name.startswith("question_")]
    return dict.fromkeys(asked, "not_enough")


def test_an_auditor_without_files_is_told_so(client: CheckedClient, session: Session, ruth: Person) -> None:
    session.commit()
    client.sign_in(ruth)
    client.get("/my/audits")
    assert client.heading == "My audits"
    assert "No files are allocated to you this month." in client.text


def test_my_audits_say_how_far_each_draft_is(client: CheckedClient, session: Session, ruth: Person) -> None:
    begun = an_audit(session, auditor=ruth, code="CP-1")
    an_audit(session, auditor=ruth, code="CP-2", due="-1d")
    a_sent_audit(session, auditor=ruth, code="CP-3")
    answered(session, begun)
    session.commit()
    client.sign_in(ruth)
    client.get("/my/audits")
    assert client.heading == "2 audits to finish by 30 November"
    assert "Draft, 8 of 9 sections, saved 10:44" in client.text
    assert "This audit was due on 25 November." in client.text
    assert "Read CP-3" in client.text


def test_the_whole_way_from_the_first_section_to_sending(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    client.sign_in(ruth)
    client.get("/my/audits")
    client.follow("Start CP-104")
    assert client.heading == "Case-file audit CP-104"
    client.submit({"read_from": "1 jun 2026", "read_until": "20 nov 2026"}, button="Save and go to 2.")
    for _ in range(7):
        client.submit({"answer": "good"} | said(client), button="Save and go to")
    client.submit({"answer": "good", "feedback": "Keep asking the child first."}, button="Save and check")
    assert "Still missing" not in client.text
    client.submit(button="Send audit")
    assert "Audit sent" in client.text
    sent = now(session, audit)
    assert (sent.state, sent.grade, sent.changed_by) == (AuditState.MODERATION, Grade.GOOD, ruth.id)


def test_a_section_shows_the_tool_and_the_state_of_each_section(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    answered(session, audit, grades={3: Grade.INADEQUATE})
    session.commit()
    client.sign_in(ruth)
    client.get(f"/audits/{audit.public_id}/section/3")
    for words in (
        "3. Risk and safety",
        "You are here",
        "What does good look like?",
        "Not enough on file to grade",
        "Does not apply to this child",
        "A child may be at risk now",
        "Is a child at risk now?",
        "Save and go to 4. Assessment and analysis",
        "Back to 2",
    ):
        assert words in client.text


def test_adding_and_removing_areas_for_development_needs_no_script(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    risk = str(a_theme(session, "risk").id)
    client.sign_in(ruth)
    client.get(f"/audits/{audit.public_id}/section/4")
    client.submit({"theme_1": risk, "change_1": "First"}, button="Add another")
    client.submit({"theme_2": risk, "change_2": "Second"}, button="Add another")
    assert "change_3" in client.form("change_1").known
    client.submit(button="Remove theme 1")
    assert [finding.text for finding in now(session, audit).findings] == ["Second"]


def test_the_strengths_count_for_their_themes(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    fathers = str(a_theme(session, "fathers").id)
    client.sign_in(ruth)
    client.get(f"/audits/{audit.public_id}/section/4")
    answer = client.submit({"strengths": "He was asked.", "strength_theme_1": fathers}, button="Back to 3")
    assert "/section/3" in answer.request.path
    (finding,) = now(session, audit).findings
    assert (finding.kind, finding.text) == ("strength", "He was asked.")


def test_leaving_it_for_now_keeps_the_draft(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    client.sign_in(ruth)
    client.get(f"/audits/{audit.public_id}/section/9")
    client.submit({"feedback": "Half a sentence"}, button="Leave it for now")
    assert "Draft kept at 10:44" in client.text
    assert now(session, audit).feedback == "Half a sentence"


def test_two_tabs_at_once_lose_no_words(client: CheckedClient, session: Session, ruth: Person, audit: Audit) -> None:
    client.sign_in(ruth)
    address = f"/audits/{audit.public_id}/section/4"
    client.get(address)
    older = client.form("strengths").filled({"strengths": "Written in the first tab"})
    client.submit({"strengths": "Written in the second tab"}, button="Back to 3")
    answer = client.post(address, data=older)
    assert answer.status_code == 409
    assert "Written in the second tab" in client.text
    assert client.form("strengths").sent["strengths"] == ["Written in the first tab"]
    client.submit(button="Back to 3")
    assert now(session, audit).sections[0].strengths == "Written in the first tab"


def test_missing_things_come_first_and_nothing_is_sent(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    client.sign_in(ruth)
    client.get(f"/audits/{audit.public_id}/check")
    assert 'Choose a grade for Assessment and analysis, or "Not enough on file to grade"' in client.text
    answer = client.submit(button="Send audit")
    assert answer.status_code == 422
    assert now(session, audit).state is AuditState.ALLOCATED


def test_words_like_names_are_to_be_replaced_or_confirmed(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    answered(session, audit, developments={"risk": "See Emma alone"})
    session.commit()
    client.sign_in(ruth)
    client.get(f"/audits/{audit.public_id}/check")
    assert "Emma in 3. Risk and safety" in client.text
    answer = client.submit(button="Send audit")
    assert answer.status_code == 422
    assert "Replace the words that look like names" in client.text
    client.submit({"names_confirmed": "y"}, button="Send audit")
    sent = now(session, audit)
    assert sent.state is AuditState.MODERATION
    assert sent.names_confirmed_at is not None


def test_the_teams_are_no_names(client: CheckedClient, session: Session, ruth: Person, audit: Audit) -> None:
    a_unit(session, "Kingsbridge Family Team")
    answered(session, audit, developments={"risk": "Ask Kingsbridge, as Northmoor does"})
    session.commit()
    client.sign_in(ruth)
    client.get(f"/audits/{audit.public_id}/check")
    assert "look like names" not in client.text


def test_an_audit_changed_in_another_tab_is_checked_again(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    answered(session, audit)
    session.commit()
    client.sign_in(ruth)
    address = f"/audits/{audit.public_id}/check"
    client.get(address)
    older = client.form("version").filled({})
    client.get(f"/audits/{audit.public_id}/section/4")
    client.submit({"answer": "inadequate", "is_at_risk": "no"}, button="Back to 3")
    assert client.post(address, data=older).status_code == 409
    assert now(session, audit).state is AuditState.IN_PROGRESS


def test_a_sent_audit_is_read_and_no_longer_written(client: CheckedClient, session: Session, ruth: Person) -> None:
    sent = a_sent_audit(session, auditor=ruth, code="CP-9", developments={"risk": "Say who acts"})
    session.commit()
    client.sign_in(ruth)
    client.get(f"/audits/{sent.public_id}/section/4", follow_redirects=True)
    assert client.heading == "Case-file audit CP-9"
    assert "To develop: Risk and safety planning" in client.text
    assert "Continue" not in client.text
    client.get(f"/audits/{sent.public_id}/check", follow_redirects=True)
    assert "Send audit" not in client.text


def test_an_inadequate_section_asks_whether_a_child_is_at_risk_now(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    here = f"/audits/{audit.public_id}/section/4"
    client.sign_in(ruth)
    client.get(here)
    answer = client.submit({"answer": "inadequate", "strengths": "Seen alone"}, button="Save and go to 5")
    assert answer.status_code == 422
    assert "Say whether a child is at risk now" in client.text
    assert client.form("strengths").sent["strengths"] == ["Seen alone"]
    client.submit({"is_at_risk": "no"}, button="Save and go to 5")
    assert client.heading.startswith("Case-file audit")
    assert "Section 5 of 9" in client.text
    client.get(here)
    client.submit({"answer": "inadequate", "is_at_risk": "yes"}, button="Save and go to 5")
    assert client.heading == "A child may be at risk now"
    client.submit({"told_to": "Duty team manager", "told_at": "10.40", "what": "The plan no longer holds."})
    client.get(here)
    client.submit(button="Save and go to 5")
    assert "Section 5 of 9" in client.text


def test_a_better_grade_asks_nothing_of_the_kind(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    client.sign_in(ruth)
    client.get(f"/audits/{audit.public_id}/section/4")
    client.submit({"answer": "good"}, button="Save and go to 5")
    assert "Section 5 of 9" in client.text


def test_saying_that_a_child_may_be_at_risk_shows_whom_to_ring_first(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    client.sign_in(ruth)
    client.get(f"/audits/{audit.public_id}/section/3")
    client.follow("A child may be at risk now")
    assert client.text.index("01632 960001") < client.text.index("record whom you told")
    client.submit({"told_to": "Duty team manager", "told_at": "10.40", "what": "The plan no longer holds."})
    assert "It stays on the list until somebody acknowledges it." in client.text
    (concern,) = now(session, audit).concerns
    assert concern.told_at.strftime("%H:%M") == "10:40"
    assert not audit.state.is_sent


def test_pressing_the_button_twice_records_one_concern(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    client.sign_in(ruth)
    address = f"/audits/{audit.public_id}/concern"
    client.get(address)
    data = client.form("told_to").filled({"told_to": "Duty manager", "what": "The plan no longer holds."})
    for _ in range(2):
        assert client.post(address, data=data).status_code == 303
    assert len(now(session, audit).concerns) == 1


def test_a_moderator_acknowledges_and_the_one_who_raised_it_cannot(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    marcus = a_person(session, Role.MODERATOR, "Marcus Bell 2")
    a_concern(session, audit, by=ruth)
    own = a_concern(session, audit, by=marcus)
    session.commit()
    client.sign_in(marcus)
    client.get("/concerns")
    assert "2 concerns wait to be acknowledged or acted on" in client.text
    client.get(f"/concerns/{own.public_id}")
    assert "somebody else has to acknowledge it" in client.text
    client.get("/concerns")
    other = next(concern for concern in now(session, audit).concerns if concern.raised_by_id == ruth.id)
    client.get(f"/concerns/{other.public_id}")
    client.submit({"note": "Seen the same day"}, button="Acknowledge")
    assert "Acknowledged: " in client.text
    assert "2 concerns wait to be acknowledged or acted on" in client.text


def test_words_about_a_concern_that_somebody_else_acknowledged_can_be_copied(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    marcus = a_person(session, Role.MODERATOR, "Marcus Bell 2")
    quicker = a_person(session, Role.MODERATOR, "Grace Adeyemi")
    concern = a_concern(session, audit, by=ruth)
    session.commit()
    client.sign_in(marcus)
    client.get(f"/concerns/{concern.public_id}")
    acknowledge_concern(session, concern, note="Seen the same day", version=concern.version, by=quicker)
    session.commit()
    assert client.submit({"note": "The team manager rang back"}, button="Acknowledge").status_code == 409
    assert "Seen the same day" in client.text
    assert "Acknowledged by Grace Adeyemi" in client.text
    assert "What you wrote Copy it before you leave this page. The team manager rang back" in client.text


def test_no_concerns_is_said_in_words(client: CheckedClient, session: Session) -> None:
    marcus = a_person(session, Role.MODERATOR, "Marcus Bell")
    session.commit()
    client.sign_in(marcus)
    client.get("/concerns")
    assert "No immediate concerns." in client.text
