"""An audit waits for its worker exactly when it names one, however it was done; through commands and HTTP."""

import pytest
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_round, a_theme, an_audit, answered, loaded
from tests.support.builders.people import a_person, an_organisation
from tests.support.checked_client import CheckedClient
from tracker.audits import commands, queries
from tracker.audits.models import Audit
from tracker.audits.rules.choosing import MODERATE_NOTHING
from tracker.audits.rules.moderating import response_ends
from tracker.audits.rules.taking_part import WorkerView
from tracker.audits.rules.vocabulary import AuditState, Mode
from tracker.core import clock
from tracker.people.models import Person
from tracker.people.rules import Role

# One with partner agencies is sent when their parts are in, which is another test's.
MODES = [mode for mode in Mode if mode is not Mode.MULTI_AGENCY]


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


def written(session: Session, ruth: Person, mode: Mode = Mode.DESK) -> Audit:
    audit = an_audit(session, auditor=ruth, code="CP-105")
    audit.mode = mode
    return loaded(session, answered(session, audit))


def sent(session: Session, audit: Audit, ruth: Person) -> Audit:
    commands.send_audit(session, loaded(session, audit), names_confirmed=True, rule=MODERATE_NOTHING, by=ruth)
    session.commit()
    return audit


@pytest.mark.parametrize("mode", MODES)
def test_with_a_worker_named_it_waits_whatever_its_mode(
    session: Session, ruth: Person, hannah: Person, mode: Mode
) -> None:
    audit = written(session, ruth, mode)
    commands.name_worker(session, audit, worker=hannah, version=audit.version, by=ruth)
    sent(session, audit, ruth)
    assert [audit.state] == [AuditState.WORKER_RESPONSE]
    assert queries.answer_due(session, audit) == response_ends(clock.today())
    assert queries.awaited_answers(session, hannah).count == 1
    said = {2: WorkerView("As I said")}
    commands.send_answer(session, loaded(session, audit), said, has_read=True, version=0, by=hannah)
    assert [audit.state] == [AuditState.FINAL]


@pytest.mark.parametrize("mode", MODES)
def test_without_one_it_goes_on_at_once(session: Session, ruth: Person, mode: Mode) -> None:
    assert sent(session, written(session, ruth, mode), ruth).state is AuditState.FINAL


def test_side_by_side_without_an_account_nobody_is_waited_for(session: Session, ruth: Person) -> None:
    audit = written(session, ruth)
    commands.begin_side_by_side(
        session, audit, worker_role="social worker", has_large_text=False, version=audit.version, by=ruth
    )
    sent(session, audit, ruth)
    assert (audit.state, audit.mode, audit.worker_role) == (AuditState.FINAL, Mode.COLLABORATIVE, "social worker")


def test_the_auditor_is_told_that_the_worker_is_asked(
    client: CheckedClient, session: Session, ruth: Person, hannah: Person
) -> None:
    audit = written(session, ruth, Mode.OBSERVATION)
    commands.name_worker(session, audit, worker=hannah, version=audit.version, by=ruth)
    session.commit()
    client.sign_in(ruth)
    client.get(f"/audits/{audit.public_id}/check")
    client.submit(button="Send audit")
    assert "The worker is asked by e-mail to read it, and has five working days to answer." in client.text


def test_when_the_worker_is_named_no_more_it_goes_on(
    client: CheckedClient, session: Session, ruth: Person, hannah: Person
) -> None:
    audit = written(session, ruth)
    commands.name_worker(session, audit, worker=hannah, version=audit.version, by=ruth)
    sent(session, audit, ruth)
    client.sign_in(ruth)
    client.get(f"/audits/{audit.public_id}/worker")
    client.submit({"worker": ""}, button="Save")
    assert "No worker is named" in client.text
    session.rollback()
    session.expire_all()
    assert loaded(session, audit).state is AuditState.FINAL
    assert commands.why_not_recalled(session, loaded(session, audit)) is None
