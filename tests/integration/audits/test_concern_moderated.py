"""A concern raised after sending has an audit moderated that was passed over (domain A3: any with one)."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_concern, a_remedial, a_round, a_theme, an_audit, answered, loaded
from tests.support.builders.moderation import moderated, moderation_of
from tests.support.builders.people import a_person, an_organisation
from tests.support.checked_client import CheckedClient
from tracker.audits import commands
from tracker.audits.models import Audit, AuditSending, ImmediateConcern, Moderation
from tracker.audits.rules.choosing import MODERATE_AS_AGREED, MODERATE_NOTHING, Choice, ChoosingRule, is_drawn
from tracker.audits.rules.remedials import Step
from tracker.audits.rules.vocabulary import AuditState
from tracker.core import clock
from tracker.people.models import Person
from tracker.people.rules import Role

RULE = ChoosingRule(first_audits=0)
PASSED_OVER = next(str(number) for number in range(100) if not is_drawn(str(number), RULE.share))


@pytest.fixture
def ruth(session: Session) -> Person:
    an_organisation(session)
    a_theme(session)
    a_round(session)
    return a_person(session, Role.AUDITOR, "Ruth Osei")


@pytest.fixture
def marcus(session: Session, ruth: Person) -> Person:
    del ruth
    return a_person(session, Role.MODERATOR, "Marcus Bell 2")


def passed_over(session: Session, ruth: Person, *, worker: Person | None = None) -> Audit:
    """Return an audit that was sent and not chosen for moderation."""
    audit = answered(session, an_audit(session, auditor=ruth, code="CP-105"))
    if worker is not None:
        commands.name_worker(session, audit, worker=worker, version=audit.version, by=ruth)
    return commands.send_audit(
        session, loaded(session, audit), names_confirmed=True, rule=RULE, seed=PASSED_OVER, by=ruth
    )


def chosen(session: Session) -> Choice:
    session.expire_all()
    return session.scalars(select(AuditSending.chosen)).one()


def test_a_final_audit_goes_back_to_moderation_and_counts_when_it_was_moderated(
    client: CheckedClient, session: Session, ruth: Person, marcus: Person
) -> None:
    audit = passed_over(session, ruth)
    assert [audit.state] == [AuditState.FINAL]
    session.commit()
    client.sign_in(ruth)
    client.get(f"/audits/{audit.public_id}/concern")
    client.submit({"told_to": "Duty team manager", "what": "The safety plan no longer holds."}, button="Record")
    assert "Recorded: a child may be at risk now" in client.text
    session.rollback()
    assert chosen(session) is Choice.CONCERN
    assert loaded(session, audit).state is AuditState.MODERATION
    client.sign_in(marcus)
    client.get("/moderation")
    assert "CP-105" in client.text
    assert moderation_of(session, audit).chosen is Choice.CONCERN
    moderated(session, audit, marcus)
    assert loaded(session, audit).state is AuditState.FINAL
    a_concern(session, loaded(session, audit), by=ruth, rule=MODERATE_AS_AGREED)
    assert loaded(session, audit).state is AuditState.FINAL


def test_one_that_was_closed_is_moderated_and_closed_again(session: Session, ruth: Person, marcus: Person) -> None:
    audit = passed_over(session, ruth)
    remedial = a_remedial(session, audit)
    for step, by in ((Step.CLAIM, remedial.owner), (Step.VERIFY, marcus)):
        commands.take_step(session, remedial, step, note="On the file", version=remedial.version, by=by)
    assert [audit.state] == [AuditState.CLOSED]
    a_concern(session, loaded(session, audit), by=ruth, rule=MODERATE_AS_AGREED)
    assert [audit.state] == [AuditState.MODERATION]
    moderated(session, audit, marcus)
    assert [audit.state] == [AuditState.CLOSED]


def test_one_with_its_worker_stays_there_and_is_moderated_after_the_answer(session: Session, ruth: Person) -> None:
    hannah = a_person(session, None, "Hannah Webb")
    audit = passed_over(session, ruth, worker=hannah)
    a_concern(session, loaded(session, audit), by=ruth, rule=MODERATE_AS_AGREED)
    assert [audit.state] == [AuditState.WORKER_RESPONSE]
    assert session.scalars(select(Moderation.audit_id)).all() == [audit.id]
    commands.send_answer(session, loaded(session, audit), {}, has_read=True, version=0, by=hannah)
    assert [audit.state] == [AuditState.MODERATION]


def test_a_response_that_ends_asks_for_concerns_again(session: Session, ruth: Person) -> None:
    audit = passed_over(session, ruth, worker=a_person(session, None, "Hannah Webb"))
    concern = ImmediateConcern(
        public_id="A" * 16,
        audit_id=audit.id,
        raised_by_id=ruth.id,
        raised_at=clock.now(),
        told_to="Duty team manager",
        told_at=clock.now(),
        what="The safety plan no longer holds.",
        created_by=ruth.id,
        changed_by=ruth.id,
    )
    session.add(concern)
    session.flush()
    commands.end_response(session, loaded(session, audit), by=None)
    assert (audit.state, chosen(session)) == (AuditState.MODERATION, Choice.CONCERN)


def test_a_draft_and_an_audit_under_a_rule_without_concerns_stay_as_they_are(session: Session, ruth: Person) -> None:
    draft = an_audit(session, auditor=ruth)
    final = passed_over(session, ruth)
    a_concern(session, draft, by=ruth, rule=MODERATE_AS_AGREED)
    a_concern(session, final, by=ruth, rule=MODERATE_NOTHING)
    assert (draft.state, final.state) == (AuditState.ALLOCATED, AuditState.FINAL)
