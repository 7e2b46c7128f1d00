"""Taking an audit back on the day of sending: what keeps it sent, what goes with it, and sending it anew (ux 8.14)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_remedial, a_sent_audit, a_theme, an_audit, answered, loaded
from tests.support.builders.moderation import MODERATE_ALL, a_waiting_audit, compared, moderated, taken
from tests.support.builders.people import a_person
from tracker.audits import commands, queries
from tracker.audits.models import Audit, AuditSending, Moderation, ReAudit
from tracker.audits.rules.choosing import MODERATE_AS_AGREED, MODERATE_NOTHING, Choice
from tracker.audits.rules.moderating import Side
from tracker.audits.rules.remedials import Step
from tracker.audits.rules.vocabulary import AuditState, Grade
from tracker.core import clock
from tracker.core.problems import Conflict
from tracker.people.models import Person
from tracker.people.rules import Role

pytestmark = pytest.mark.both_databases
Happened = Callable[[Session, Person], Audit]


@pytest.fixture
def ruth(session: Session) -> Person:
    a_theme(session)
    return a_person(session, Role.AUDITOR, "Ruth Osei")


def marcus(session: Session) -> Person:
    return a_person(session, Role.MODERATOR, "Marcus Bell 2")


def taken_on(session: Session, ruth: Person) -> Audit:
    audit = a_waiting_audit(session, auditor=ruth)
    taken(session, audit, marcus(session))
    return audit


def graded_blind(session: Session, ruth: Person) -> Audit:
    audit = a_waiting_audit(session, auditor=ruth)
    compared(session, audit, marcus(session))
    return audit


def agreed(session: Session, ruth: Person) -> Audit:
    audit = a_waiting_audit(session, auditor=ruth)
    moderated(session, audit, marcus(session))
    return audit


def disputed(session: Session, ruth: Person) -> Audit:
    audit = a_waiting_audit(session, auditor=ruth)
    done = moderated(session, audit, marcus(session))
    commands.dispute_moderation(session, done, side=Side.AUDITOR, reason="The dates are on file.", by=ruth)
    return audit


def answered_by_the_worker(session: Session, ruth: Person) -> Audit:
    audit = an_audit(session, auditor=ruth)
    audit.worker_id = a_person(session, None, "Hannah Webb").id
    answered(session, audit)
    commands.send_audit(session, loaded(session, audit), names_confirmed=True, rule=MODERATE_NOTHING, by=ruth)
    return commands.end_response(session, audit, by=ruth)


def given_out_again(session: Session, ruth: Person) -> Audit:
    audit = a_sent_audit(session, auditor=ruth, grade=Grade.INADEQUATE)
    planned = queries.planned_re_audit(session, audit)
    assert planned is not None
    keith = a_person(session, Role.AUDITOR, "Keith Lomax")
    commands.allocate_re_audit(session, planned, auditor=keith, by=marcus(session))
    return audit


def asked_for_again(session: Session, ruth: Person) -> Audit:
    audit = a_sent_audit(session, auditor=ruth)
    due_on = clock.today() + timedelta(days=30)
    commands.plan_re_audit(session, audit, due_on=due_on, why="To see whether it held", by=marcus(session))
    return audit


def all_put_right(session: Session, ruth: Person) -> Audit:
    audit = a_sent_audit(session, auditor=ruth)
    remedial = a_remedial(session, audit)
    for step, by in ((Step.CLAIM, remedial.owner), (Step.VERIFY, marcus(session))):
        commands.take_step(session, remedial, step, note="On the file", version=remedial.version, by=by)
    return audit


def returned(session: Session, ruth: Person) -> Audit:
    audit = a_waiting_audit(session, auditor=ruth)
    by = marcus(session)
    held = compared(session, audit, by)
    commands.return_audit(session, held, words="Look at the plan again.", version=held.version, by=by)
    return audit


@pytest.mark.parametrize(
    ("happened", "says"),
    [
        (taken_on, "A moderator has taken this audit on"),
        (graded_blind, "A moderator has taken this audit on"),
        (agreed, "This audit was moderated"),
        (disputed, "What came of the moderation is disputed"),
        (answered_by_the_worker, "The worker of this file has responded"),
        (given_out_again, "The re-audit of this case was given"),
        (asked_for_again, "Somebody has asked"),
        (all_put_right, "All that had to be put right was checked"),
        (returned, "This audit is not sent"),
    ],
)
def test_once_somebody_else_did_something_with_it_an_audit_stays_sent(
    session: Session, ruth: Person, happened: Happened, says: str
) -> None:
    audit = loaded(session, happened(session, ruth))
    before = audit.state
    with pytest.raises(Conflict, match=says):
        commands.recall_audit(session, audit, version=audit.version, by=ruth)
    assert audit.state is before


def test_a_second_look_that_nobody_began_goes_with_it_and_comes_once_with_the_same_seed(
    session: Session, ruth: Person
) -> None:
    audit = a_waiting_audit(session, auditor=ruth, grade=Grade.INADEQUATE)
    commands.recall_audit(session, loaded(session, audit), version=audit.version, by=ruth)
    assert (audit.state, list(session.scalars(select(Moderation)))) == (AuditState.IN_PROGRESS, [])
    commands.set_overall(session, loaded(session, audit), grade=Grade.GOOD, reason="Read anew.", version=1, by=ruth)
    commands.send_audit(session, loaded(session, audit), names_confirmed=True, rule=MODERATE_NOTHING, by=ruth)
    [waiting] = session.scalars(select(Moderation))
    assert (audit.state, waiting.chosen) == (AuditState.MODERATION, Choice.BEFORE)
    first, second = session.scalars(select(AuditSending).order_by(AuditSending.id))
    assert first.seed == second.seed


def test_what_was_not_drawn_is_not_drawn_by_sending_it_again_and_again(session: Session, ruth: Person) -> None:
    for _ in range(3):
        a_sent_audit(session, auditor=ruth)
    audit = answered(session, an_audit(session, auditor=ruth))
    for _ in range(3):
        commands.send_audit(
            session, loaded(session, audit), names_confirmed=True, rule=MODERATE_AS_AGREED, seed="a", by=ruth
        )
        assert audit.state is AuditState.FINAL
        commands.recall_audit(session, loaded(session, audit), version=audit.version, by=ruth)
    commands.send_audit(session, loaded(session, audit), names_confirmed=True, seed="k", by=ruth)
    assert audit.state is AuditState.FINAL


def test_what_was_moderated_before_it_was_returned_is_taken_back_and_moderated_once(
    session: Session, ruth: Person
) -> None:
    audit = returned(session, ruth)
    commands.send_audit(session, loaded(session, audit), names_confirmed=True, rule=MODERATE_ALL, by=ruth)
    commands.recall_audit(session, loaded(session, audit), version=audit.version, by=ruth)
    commands.send_audit(session, loaded(session, audit), names_confirmed=True, rule=MODERATE_ALL, by=ruth)
    open_ones = session.scalars(select(Moderation).where(Moderation.outcome.is_(None))).all()
    assert (len(open_ones), audit.state) == (1, AuditState.MODERATION)


def test_a_re_audit_that_was_given_out_and_is_exempt_holds_nothing_back(session: Session, ruth: Person) -> None:
    audit = loaded(session, given_out_again(session, ruth))
    session.scalars(select(Audit).where(Audit.re_audit_of_id == audit.id)).one().state = AuditState.EXEMPT
    commands.recall_audit(session, audit, version=audit.version, by=ruth)
    assert audit.state is AuditState.IN_PROGRESS
    assert session.scalars(select(ReAudit)).all() == []


def test_the_re_audit_that_its_grade_planned_goes_with_it(session: Session, ruth: Person) -> None:
    audit = a_sent_audit(session, auditor=ruth, grade=Grade.INADEQUATE)
    assert len(session.scalars(select(ReAudit)).all()) == 1
    commands.recall_audit(session, loaded(session, audit), version=audit.version, by=ruth)
    assert session.scalars(select(ReAudit)).all() == []
    commands.send_audit(session, loaded(session, audit), names_confirmed=True, rule=MODERATE_NOTHING, by=ruth)
    assert [one.audit_id for one in session.scalars(select(ReAudit))] == [audit.id]
