"""Auditing side by side with the worker, the feedback that both see, and taking an audit back; through HTTP."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_case, a_round, a_sent_audit, a_theme, an_audit, answered, loaded
from tests.support.builders.people import a_person, an_organisation
from tests.support.checked_client import CheckedClient
from tracker.audits import commands
from tracker.audits.models import Audit
from tracker.audits.rules.taking_part import Extent
from tracker.audits.rules.vocabulary import AuditState, Mode
from tracker.core import clock
from tracker.core.problems import Conflict
from tracker.people.models import Person
from tracker.people.rules import Role


@pytest.fixture
def ruth(session: Session) -> Person:
    an_organisation(session)
    a_theme(session)
    return a_person(session, Role.AUDITOR, "Ruth Osei")


@pytest.fixture
def audit(session: Session, ruth: Person) -> Audit:
    """An audit of a file of which an earlier one found supervision wanting."""
    case = a_case(session, code="CP-104")
    a_sent_audit(session, auditor=ruth, case=case, on="2026-10-20", developments={"supervision": "Hold it monthly"})
    made = an_audit(session, auditor=ruth, case=case, audit_round=a_round(session, name="December audits"))
    session.commit()
    return made


@pytest.fixture
def switch(client: CheckedClient, ruth: Person, audit: Audit) -> Callable[..., int]:
    """Say who is here, as the page asks it."""

    def press(role: str = "social worker", button: str = "Begin side by side", **said: str) -> int:
        client.sign_in(ruth)
        client.get(f"/audits/{audit.public_id}/side-by-side")
        return client.submit({"worker_role": role, **said}, button=button).status_code

    return press


def now(session: Session, audit: Audit) -> Audit:
    session.expire_all()
    return loaded(session, audit)


def test_side_by_side_the_form_asks_for_their_view_and_shows_nothing_of_earlier_audits(
    client: CheckedClient, session: Session, audit: Audit, switch: Callable[..., int]
) -> None:
    supervision = str(a_theme(session, "supervision").id)
    switch()
    assert "Side by side: social worker" in client.text
    section = f"/audits/{audit.public_id}/section/6"
    client.get(section)
    assert "Side by side: the view of the social worker" in client.text
    said = {"worker_words": "I ran out of time", "worker_agrees": "partly"}
    client.submit({**said, "theme_1": supervision, "change_1": "Hold it"}, button="Add another")
    for hidden in ("Found before in this file", "Also found in this file", "October 2026"):
        assert hidden not in client.text
    kept = now(session, audit)
    view = next(one.worker_view for one in kept.sections if one.number == 6)
    assert (view.words, view.agrees, kept.mode) == ("I ran out of time", Extent.PARTLY, Mode.COLLABORATIVE)
    client.get(f"/audits/{audit.public_id}/check")
    assert "In their wordsI ran out of timeDo they agree on the grade?Partly" in client.text


def test_the_first_and_the_last_section_ask_no_view(
    client: CheckedClient, audit: Audit, switch: Callable[..., int]
) -> None:
    switch()
    for number in (1, 9):
        client.get(f"/audits/{audit.public_id}/section/{number}")
        assert "In their words" not in client.text


def test_going_on_alone_keeps_what_the_worker_said(
    client: CheckedClient, session: Session, audit: Audit, switch: Callable[..., int]
) -> None:
    switch()
    section = f"/audits/{audit.public_id}/section/4"
    client.get(section)
    client.submit({"worker_words": "I would start earlier", "worker_agrees": "yes"}, button="Back to 3")
    switch(button="Go on alone")
    client.get(section)
    assert "In their words" not in client.text
    client.submit({"strengths": "History is weighed"}, button="Back to 3")
    [stored] = [one for one in now(session, audit).sections if one.number == 4]
    assert (stored.worker_words, stored.strengths) == ("I would start earlier", "History is weighed")


def test_large_text_is_a_choice(client: CheckedClient, audit: Audit, switch: Callable[..., int]) -> None:
    switch(has_large_text="y")
    client.get(f"/audits/{audit.public_id}/section/4")
    assert client.page.find(".//div[@class='wrap large-text']") is not None


@pytest.mark.parametrize(
    ("role", "problem"),
    [
        ("", "Say who is here by their role"),
        ("Emma Thompson", "Give the role and no name"),
        ("x" * 81, "must be 80 characters or fewer"),
    ],
)
def test_who_is_here_is_a_role_and_no_name(
    client: CheckedClient, audit: Audit, switch: Callable[..., int], role: str, problem: str
) -> None:
    assert switch(role) == 422
    assert problem in client.text
    client.get(f"/audits/{audit.public_id}/side-by-side")
    assert "Go on alone" not in client.text


def test_a_switch_that_was_left_open_does_not_undo_what_came_since(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    address = f"/audits/{audit.public_id}/side-by-side"
    client.sign_in(ruth)
    client.get(address)
    older = client.form("worker_role").filled({"worker_role": "team manager"})
    client.submit({"worker_role": "social worker"}, button="Begin side by side")
    assert client.post(address, data=older).status_code == 409
    assert now(session, audit).worker_role == "social worker"


def test_both_look_at_the_feedback_on_one_page_without_earlier_audits(
    client: CheckedClient, session: Session, audit: Audit, switch: Callable[..., int]
) -> None:
    answered(session, audit, strengths={"voice": "Seen alone"}, developments={"supervision": "Hold it"})
    session.commit()
    switch()
    client.get(f"/audits/{audit.public_id}/section/2")
    client.submit({"worker_words": "I wrote it down late", "worker_agrees": "no"}, button="Save and go to 3")
    client.get(f"/audits/{audit.public_id}/feedback")
    assert client.heading == "Feedback: Case-file audit CP-104"
    for words in ("This audit is not sent yet", "Overall gradeGood", "Seen alone", "Hold it", "I wrote it down late"):
        assert words in client.text
    for hidden in ("Hold it monthly", "October", "Ruth Osei's", "December audits"):
        assert hidden not in client.text


def test_feedback_says_what_is_not_there(client: CheckedClient, ruth: Person, audit: Audit) -> None:
    client.sign_in(ruth)
    client.get(f"/audits/{audit.public_id}/feedback")
    assert "No feedback is written yet." in client.text
    assert "In their words" not in client.text


def test_a_sent_audit_is_taken_back_on_the_same_day_and_sent_again(
    client: CheckedClient, session: Session, ruth: Person, audit: Audit
) -> None:
    answered(session, audit)
    session.commit()
    client.sign_in(ruth)
    client.get(f"/audits/{audit.public_id}/check")
    client.submit(button="Send audit")
    assert "You can take it back until 5pm today." in client.text
    client.get(f"/audits/{audit.public_id}")
    client.follow("Take it back")
    again = client.form("version").filled({})
    client.submit(button="Take it back")
    assert "It is a draft again" in client.text
    kept = now(session, audit)
    assert (kept.state, kept.sent_at, len(kept.section_grades)) == (AuditState.IN_PROGRESS, None, 8)
    assert client.post(f"/audits/{audit.public_id}/recall", data=again).status_code == 409
    client.get(f"/audits/{audit.public_id}/check")
    client.submit(button="Send audit")
    assert now(session, audit).state is AuditState.MODERATION


def test_after_five_it_stays_sent(client: CheckedClient, session: Session, ruth: Person) -> None:
    with clock.at(datetime(2026, 11, 25, 16, tzinfo=clock.LONDON)):
        sent = a_sent_audit(session, auditor=ruth, code="CP-9")
        session.commit()
    client.sign_in(ruth)
    client.get(f"/audits/{sent.public_id}")
    assert "Take it back" not in client.text
    client.get(f"/audits/{sent.public_id}/recall")
    assert "An audit can be taken back until 5pm on the day it was sent." in client.text
    with pytest.raises(Conflict):
        commands.recall_audit(session, loaded(session, sent), version=sent.version, by=ruth)
    assert now(session, sent).state is AuditState.FINAL
