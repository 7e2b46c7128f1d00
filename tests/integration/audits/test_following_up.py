"""What follows when an audit becomes final, whatever makes it so: by the grade that counts (domain A3)."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_remedial, a_sent_audit, a_theme, an_audit, answered, loaded
from tests.support.builders.moderation import (
    MODERATE_ALL,
    a_waiting_audit,
    compared,
    moderated,
    moderation_of,
)
from tests.support.builders.people import a_person
from tracker.audits import commands, queries
from tracker.audits.models import Audit, Dispute, Moderation, ReAudit
from tracker.audits.rules.answers import AnswerValue
from tracker.audits.rules.choosing import MODERATE_NOTHING
from tracker.audits.rules.moderating import About, Side
from tracker.audits.rules.remedials import RE_AUDIT_WITHIN, Step
from tracker.audits.rules.vocabulary import AuditState, Grade
from tracker.core import clock
from tracker.core.changelog.tables import log_entry
from tracker.core.problems import Invalid
from tracker.people.models import Person
from tracker.people.rules import Role

pytestmark = pytest.mark.both_databases
WORST, POOR = AnswerValue.INADEQUATE, AnswerValue.REQUIRES_IMPROVEMENT
WHOLE = 9


@pytest.fixture
def ruth(session: Session) -> Person:
    a_theme(session)
    return a_person(session, Role.AUDITOR, "Ruth Osei")


@pytest.fixture
def marcus(session: Session) -> Person:
    return a_person(session, Role.MODERATOR, "Marcus Bell")


@pytest.fixture
def joanne(session: Session) -> Person:
    return a_person(session, Role.MODERATOR, "Joanne Pike")


def planned(session: Session) -> list[ReAudit]:
    return list(session.scalars(select(ReAudit)))


def verified(session: Session, audit: Audit, by: Person) -> None:
    for remedial in loaded(session, audit).remedials:
        for step, who in ((Step.CLAIM, remedial.owner), (Step.VERIFY, by)):
            commands.take_step(session, remedial, step, note="On the file", version=remedial.version, by=who)


def agreed_as(session: Session, audit: Audit, by: Person, whole: AnswerValue) -> Moderation:
    return moderated(session, audit, by, own={WHOLE: whole}, agreed={WHOLE: whole})


def decided(session: Session, done: Moderation, by: Person, whole: AnswerValue) -> Dispute:
    """Have the auditor dispute an outcome and a panel decide on the whole, leaving the sections."""
    tool = queries.asked_of(session, done.audit)
    dispute = commands.dispute_moderation(
        session, done, side=Side.AUDITOR, reason="The dates are on file.", by=done.auditor
    )
    members = [by, a_person(session, Role.AUDITOR, "Owen Tranter")]
    commands.call_panel(session, dispute, members=members, version=dispute.version, by=by)
    kept = {one.number: one.counted for one in done.graded if one.counted}
    return commands.decide_dispute(
        session,
        dispute,
        tool,
        grades={**kept, WHOLE: whole},
        reason="All dates are on file.",
        version=dispute.version,
        by=by,
    )


def test_a_re_audit_is_planned_when_moderation_keeps_an_inadequate_grade(
    session: Session, ruth: Person, marcus: Person
) -> None:
    audit = a_waiting_audit(session, auditor=ruth, grade=Grade.INADEQUATE)
    assert planned(session) == []
    moderated(session, audit, marcus)
    [one] = planned(session)
    assert (one.audit_id, one.due_on) == (audit.id, clock.today() + RE_AUDIT_WITHIN)
    assert audit.state is AuditState.FINAL


def test_no_re_audit_is_planned_where_moderation_raises_the_grade(
    session: Session, ruth: Person, marcus: Person
) -> None:
    audit = a_waiting_audit(session, auditor=ruth, grade=Grade.INADEQUATE)
    agreed_as(session, audit, marcus, POOR)
    assert (audit.state, audit.grade, planned(session)) == (AuditState.FINAL, Grade.INADEQUATE, [])


def test_a_grade_lowered_to_inadequate_needs_something_to_be_put_right_first(
    session: Session, ruth: Person, marcus: Person
) -> None:
    audit = a_waiting_audit(session, auditor=ruth)
    held, tool = compared(session, audit, marcus, own={WHOLE: WORST}), queries.asked_of(session, audit)
    said = {**{one.number: AnswerValue.GOOD for one in held.graded}, WHOLE: WORST}
    with session.begin_nested(), pytest.raises(Invalid, match="Say what must be put right") as refused:
        commands.agree_moderation(
            session,
            held,
            tool,
            agreed=said,
            reason="Nobody saw the child.",
            about=About.PRACTICE,
            version=held.version,
            by=marcus,
        )
    assert refused.value.field == f"agreed_{WHOLE}"
    session.expire_all()
    a_remedial(session, audit, by=marcus)
    held = moderation_of(session, audit)
    commands.agree_moderation(
        session,
        held,
        tool,
        agreed=said,
        reason="Nobody saw the child.",
        about=About.PRACTICE,
        version=held.version,
        by=marcus,
    )
    assert held.audit.state is AuditState.FINAL
    assert [one.audit_id for one in planned(session)] == [audit.id]


def test_a_panel_that_lowers_the_grade_needs_something_to_be_put_right_too(
    session: Session, ruth: Person, marcus: Person, joanne: Person
) -> None:
    done = agreed_as(session, a_waiting_audit(session, auditor=ruth), marcus, POOR)
    with pytest.raises(Invalid, match="Say what must be put right") as refused:
        decided(session, done, joanne, WORST)
    assert refused.value.field == f"panel_{WHOLE}"


def test_a_panel_that_raises_the_grade_takes_the_re_audit_off_the_list_and_the_log_says_why(
    session: Session, ruth: Person, marcus: Person, joanne: Person
) -> None:
    audit = a_waiting_audit(session, auditor=ruth, grade=Grade.INADEQUATE)
    done = moderated(session, audit, marcus)
    assert len(planned(session)) == 1
    decided(session, done, joanne, POOR)
    session.commit()
    assert planned(session) == []
    query = select(log_entry.c.subject_kind, log_entry.c.subject_id).where(log_entry.c.act == "re_audit_unplanned")
    assert [tuple(row) for row in session.execute(query)] == [("audit", str(audit.id))]


def test_a_re_audit_that_was_given_out_or_asked_for_stays(
    session: Session, ruth: Person, marcus: Person, joanne: Person
) -> None:
    given, asked = (
        moderated(session, a_waiting_audit(session, auditor=ruth, grade=grade), marcus)
        for grade in (Grade.INADEQUATE, Grade.GOOD)
    )
    keith = a_person(session, Role.AUDITOR, "Keith Lomax")
    first = queries.planned_re_audit(session, given.audit)
    assert first is not None
    commands.allocate_re_audit(session, first, auditor=keith, by=marcus)
    due_on = clock.today() + timedelta(days=30)
    commands.plan_re_audit(session, asked.audit, due_on=due_on, why="To see whether it held", by=marcus)
    decided(session, given, joanne, POOR)
    commands.follow_up(session, asked.audit, by=marcus)
    assert {one.audit_id for one in planned(session)} == {given.audit.id, asked.audit.id}


@pytest.mark.parametrize("rule", [MODERATE_NOTHING, MODERATE_ALL])
def test_an_audit_whose_worker_let_the_days_pass_goes_on_and_what_follows_is_done(
    session: Session, ruth: Person, rule: object
) -> None:
    audit = an_audit(session, auditor=ruth)
    audit.worker_id = a_person(session, None, "Hannah Webb").id
    answered(session, audit, grade=Grade.INADEQUATE)
    a_remedial(session, audit)
    chosen = MODERATE_ALL if rule is MODERATE_ALL else MODERATE_NOTHING
    commands.send_audit(session, loaded(session, audit), names_confirmed=True, rule=chosen, by=ruth)
    assert planned(session) == []
    session.commit()
    audit_id = audit.id
    session.expunge_all()
    with clock.at(clock.now() + timedelta(days=9)):
        assert commands.end_due_responses(session) == 1
    is_final = chosen is MODERATE_NOTHING
    assert [(one.created_by, one.audit_id) for one in planned(session)] == ([(0, audit_id)] if is_final else [])


def test_what_was_put_right_before_the_outcome_closes_the_audit_with_it(
    session: Session, ruth: Person, marcus: Person, joanne: Person
) -> None:
    audit = a_waiting_audit(session, auditor=ruth, grade=Grade.INADEQUATE)
    verified(session, audit, joanne)
    assert audit.state is AuditState.MODERATION
    done = moderated(session, audit, marcus)
    assert (audit.state, len(planned(session))) == (AuditState.CLOSED, 1)
    # What is closed can still be disputed in its days, and is closed again by the panel's decision.
    decided(session, done, joanne, POOR)
    assert (audit.state, planned(session)) == (AuditState.CLOSED, [])


def test_an_audit_of_the_wrong_file_is_not_done_again(session: Session, ruth: Person, marcus: Person) -> None:
    audit = a_sent_audit(session, auditor=ruth, grade=Grade.INADEQUATE)
    assert len(planned(session)) == 1
    commands.void_audit(session, audit, reason="The wrong file was read", version=audit.version, by=marcus)
    assert planned(session) == []


def test_a_re_audit_that_was_asked_for_goes_with_a_void_audit_unless_it_was_given_out(
    session: Session, ruth: Person, marcus: Person
) -> None:
    waiting, given = (a_sent_audit(session, auditor=ruth) for _ in range(2))
    due_on = clock.today() + timedelta(days=30)
    plans = [
        commands.plan_re_audit(session, one, due_on=due_on, why="To see whether it held", by=marcus)
        for one in (waiting, given)
    ]
    keith = a_person(session, Role.AUDITOR, "Keith Lomax")
    commands.allocate_re_audit(session, plans[1], auditor=keith, by=marcus)
    for audit in (waiting, given):
        commands.void_audit(session, audit, reason="The wrong file was read", version=audit.version, by=marcus)
    session.commit()
    assert [one.audit_id for one in planned(session)] == [given.id]
    query = select(log_entry.c.subject_id).where(log_entry.c.act == "re_audit_unplanned")
    assert list(session.scalars(query)) == [str(waiting.id)]


def test_the_list_of_re_audits_says_the_grade_that_counts(session: Session, ruth: Person, marcus: Person) -> None:
    audit = a_waiting_audit(session, auditor=ruth)
    a_remedial(session, audit, by=marcus)
    agreed_as(session, audit, marcus, WORST)
    [row] = queries.re_audits(session, reader=marcus)
    assert (row.before_grade, audit.grade) == (Grade.INADEQUATE, Grade.GOOD)
