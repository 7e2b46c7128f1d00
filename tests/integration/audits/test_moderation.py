"""Moderation by its commands: what is chosen, both grades kept, what counts, disputes (domain A3 and A8)."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.builders.audits import a_sent_audit, a_theme, an_audit, answered, loaded
from tests.support.builders.moderation import (
    MODERATE_ALL,
    a_waiting_audit,
    compared,
    moderated,
    moderation_of,
    taken,
)
from tests.support.builders.people import a_person, a_unit
from tracker.audits import commands, queries
from tracker.audits.models import AuditSending, Moderation
from tracker.audits.rules.answers import AnswerValue
from tracker.audits.rules.choosing import MODERATE_AS_AGREED, Choice
from tracker.audits.rules.moderating import Outcome, Side
from tracker.audits.rules.vocabulary import AuditState, Grade
from tracker.core import clock
from tracker.core.problems import Conflict, Forbidden, Invalid, Several
from tracker.people.models import Person
from tracker.people.rules import Role

pytestmark = pytest.mark.both_databases
GOOD, POOR, WORST = AnswerValue.GOOD, AnswerValue.REQUIRES_IMPROVEMENT, AnswerValue.INADEQUATE


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


def votes(session: Session, theme: str) -> tuple[int, int]:
    """How many audits of these days answered a theme, and how many had a concern."""
    day = clock.today()
    found = queries.theme_counts(session, since=day - timedelta(days=40), until=day + timedelta(days=40))[theme].total
    return found.answered, found.concerns


def why_sent(session: Session) -> list[tuple[Choice, int]]:
    return [(one.chosen, one.share) for one in session.scalars(select(AuditSending).order_by(AuditSending.id))]


def test_the_first_three_of_a_new_auditor_are_moderated_and_the_fourth_is_drawn_by_its_seed(
    session: Session, ruth: Person
) -> None:
    sent = [a_sent_audit(session, auditor=ruth, rule=MODERATE_AS_AGREED) for _ in range(3)]
    assert [one.state for one in sent] == [AuditState.MODERATION] * 3
    seeds = {}
    for seed in ("a", "b", "k", "m"):
        audit = answered(session, an_audit(session, auditor=ruth))
        commands.send_audit(session, audit, names_confirmed=True, seed=seed, by=ruth)
        seeds[seed] = audit.state
    final, moderation = AuditState.FINAL, AuditState.MODERATION
    assert seeds == {"a": final, "b": final, "k": moderation, "m": moderation}
    assert why_sent(session)[:3] == [(Choice.NEW_AUDITOR, 20)] * 3
    kept = session.scalars(select(AuditSending.seed).order_by(AuditSending.id)).all()
    assert list(kept[3:]) == list(seeds)
    assert len(set(kept)) == len(kept)


def test_while_it_is_in_moderation_an_audit_does_not_count(session: Session, ruth: Person, marcus: Person) -> None:
    audit = a_waiting_audit(session, auditor=ruth, grades={4: Grade.INADEQUATE})
    assert votes(session, "assessment") == (0, 0)
    moderated(session, audit, marcus)
    assert audit.state is AuditState.FINAL
    assert votes(session, "assessment") == (1, 1)


def test_the_moderated_grade_counts_and_both_are_kept(session: Session, ruth: Person, marcus: Person) -> None:
    audit = a_waiting_audit(session, auditor=ruth)
    done = moderated(session, audit, marcus, own={4: POOR, 9: POOR}, agreed={4: POOR, 9: POOR})
    assert done.outcome is Outcome.CHANGED
    rows = {one.number: (one.before, one.own, one.counted) for one in done.graded}
    assert rows[4] == rows[9] == (GOOD, POOR, POOR)
    assert rows[2] == (GOOD, GOOD, GOOD)
    assert audit.grade is Grade.GOOD
    assert loaded(session, audit).section_grades[4] is Grade.GOOD
    assert votes(session, "assessment") == (1, 1)
    assert votes(session, "voice") == (1, 0)
    assert queries.moderated_grades(session, [audit]) == {audit.id: Grade.REQUIRES_IMPROVEMENT}


def test_nothing_of_the_auditor_is_compared_before_every_section_is_graded(
    session: Session, ruth: Person, marcus: Person
) -> None:
    audit = a_waiting_audit(session, auditor=ruth)
    held, tool = taken(session, audit, marcus), queries.asked_of(session, audit)
    with pytest.raises(Several, match="before you compare"):
        commands.grade_blind(session, held, tool, grades={2: GOOD}, compare=True, version=held.version, by=marcus)
    commands.grade_blind(session, held, tool, grades={2: GOOD}, compare=False, version=held.version, by=marcus)
    assert [one.before for one in held.graded] == [None] * len(held.graded)
    with pytest.raises(Conflict, match="Grade every section yourself"):
        commands.agree_moderation(session, held, tool, agreed={}, version=held.version, by=marcus)
    assert queries.is_blind(session, audit, marcus)
    assert not queries.is_blind(session, audit, ruth)


def test_ones_own_grades_are_fixed_once_the_auditors_were_seen(session: Session, ruth: Person, marcus: Person) -> None:
    audit = a_waiting_audit(session, auditor=ruth)
    held, tool = compared(session, audit, marcus), queries.asked_of(session, audit)
    assert not queries.is_blind(session, audit, marcus)
    with pytest.raises(Conflict, match="fixed"):
        commands.grade_blind(session, held, tool, grades={2: POOR}, compare=False, version=held.version, by=marcus)
    with pytest.raises(Conflict, match="grade this audit blind"):
        commands.leave_moderation(session, held, version=held.version, by=marcus)


def test_a_difference_needs_a_reason_and_a_change_what_it_is_about(
    session: Session, ruth: Person, marcus: Person
) -> None:
    audit = a_waiting_audit(session, auditor=ruth)
    held, tool = compared(session, audit, marcus, own={4: POOR}), queries.asked_of(session, audit)
    kept = {one.number: GOOD for one in held.graded}
    version = held.version
    with pytest.raises(Several, match="Choose the agreed grade"):
        commands.agree_moderation(session, held, tool, agreed={2: GOOD}, version=version, by=marcus)
    with pytest.raises(Invalid, match="Say why"):
        commands.agree_moderation(session, held, tool, agreed=kept, version=version, by=marcus)
    with pytest.raises(Invalid, match="practice or about the form"):
        commands.agree_moderation(
            session, held, tool, agreed={**kept, 4: POOR}, reason="No dates in it.", version=version, by=marcus
        )


def test_nobody_moderates_their_own_audit_and_nobody_takes_it_twice(
    session: Session, ruth: Person, marcus: Person, joanne: Person
) -> None:
    audit = a_waiting_audit(session, auditor=ruth)
    held = moderation_of(session, audit)
    with pytest.raises(Forbidden):
        commands.take_moderation(session, held, version=held.version, by=ruth)
    taken(session, audit, marcus)
    with pytest.raises(Conflict, match="Somebody else"):
        commands.take_moderation(session, held, version=held.version, by=joanne)
    tool = queries.asked_of(session, audit)
    with pytest.raises(Forbidden):
        commands.grade_blind(session, held, tool, grades={}, compare=False, version=held.version, by=joanne)


def test_somebody_of_the_same_team_says_why_they_moderate(session: Session, ruth: Person, marcus: Person) -> None:
    a_unit(session, name="North Team")
    ruth.unit_id = marcus.unit_id = a_unit(session, name="Quality Team").id
    audit = a_waiting_audit(session, auditor=ruth)
    held = moderation_of(session, audit)
    with pytest.raises(Invalid, match="same team as the auditor"):
        commands.take_moderation(session, held, version=held.version, by=marcus)
    commands.take_moderation(session, held, team_reason="Nobody else is here", version=held.version, by=marcus)
    assert (held.moderator_id, held.team_reason) == (marcus.id, "Nobody else is here")


def test_a_returned_audit_is_written_again_and_moderated_again(
    session: Session, ruth: Person, marcus: Person, joanne: Person
) -> None:
    audit = a_waiting_audit(session, auditor=ruth)
    held = compared(session, audit, marcus, own={4: POOR})
    commands.return_audit(session, held, words="Look at the plan again.", version=held.version, by=marcus)
    assert (audit.state, audit.state.is_open) == (AuditState.RETURNED, True)
    commands.send_audit(session, loaded(session, audit), names_confirmed=True, by=ruth)
    assert audit.state is AuditState.MODERATION
    second = moderation_of(session, audit)
    assert (second.id, second.chosen) != (held.id, held.chosen)
    assert second.chosen is Choice.BEFORE
    moderated(session, audit, joanne)
    assert [one.outcome for one in session.scalars(select(Moderation).order_by(Moderation.id))] == [
        Outcome.RETURNED,
        Outcome.AGREED,
    ]


def test_a_dispute_takes_the_audit_out_of_the_count_until_a_panel_has_decided(
    session: Session, ruth: Person, marcus: Person, joanne: Person
) -> None:
    audit = a_waiting_audit(session, auditor=ruth)
    done = moderated(session, audit, marcus, own={4: POOR}, agreed={4: POOR})
    tool = queries.asked_of(session, audit)
    dispute = commands.dispute_moderation(session, done, side=Side.AUDITOR, reason="The dates are on file.", by=ruth)
    assert [audit.state] == [AuditState.DISPUTED]
    assert votes(session, "assessment") == (0, 0)
    others = [joanne, a_person(session, Role.AUDITOR, "Owen Tranter")]
    for people in ([joanne], [joanne, ruth], [joanne, marcus]):
        with pytest.raises(Invalid):
            commands.call_panel(session, dispute, members=people, version=dispute.version, by=joanne)
    for involved in (ruth, marcus):
        with pytest.raises(Forbidden):
            commands.call_panel(session, dispute, members=others, version=dispute.version, by=involved)
    commands.call_panel(session, dispute, members=others, version=dispute.version, by=joanne)
    grades = {one.number: GOOD for one in done.graded}
    commands.decide_dispute(
        session, dispute, tool, grades=grades, reason="The dates are on file.", version=dispute.version, by=joanne
    )
    assert audit.state is AuditState.FINAL
    assert [one.agreed for one in done.graded if one.number == 4] == [POOR]
    assert votes(session, "assessment") == (1, 0)
    with pytest.raises(Conflict, match="last word"):
        commands.dispute_moderation(session, done, side=Side.SERVICE, reason="Not shared at all.", by=joanne)


def test_an_outcome_can_be_disputed_for_five_working_days(session: Session, ruth: Person, marcus: Person) -> None:
    done = moderated(session, a_waiting_audit(session, auditor=ruth), marcus)
    with clock.at(clock.now() + timedelta(days=9)), pytest.raises(Conflict, match="5 working days"):
        commands.dispute_moderation(session, done, side=Side.AUDITOR, reason="The dates are on file.", by=ruth)
    with pytest.raises(Forbidden):
        commands.dispute_moderation(session, done, side=Side.AUDITOR, reason="The dates are on file.", by=marcus)


def test_the_worker_whom_an_audit_names_has_five_working_days(session: Session, ruth: Person) -> None:
    hannah = a_person(session, None, "Hannah Webb")
    audits = [an_audit(session, auditor=ruth) for _ in range(2)]
    for audit in audits:
        audit.worker_id = hannah.id
        answered(session, audit)
        commands.send_audit(session, loaded(session, audit), names_confirmed=True, rule=MODERATE_ALL, by=ruth)
    assert {one.state for one in audits} == {AuditState.WORKER_RESPONSE}
    commands.end_response(session, audits[0], by=ruth)
    assert audits[0].state is AuditState.MODERATION
    with pytest.raises(Conflict):
        commands.end_response(session, audits[0], by=ruth)
    with clock.at(clock.now() + timedelta(days=3)):
        assert commands.end_due_responses(session) == 0
    with clock.at(clock.now() + timedelta(days=9)):
        assert commands.end_due_responses(session) == 1
    assert audits[1].state is AuditState.MODERATION


def test_rates_count_final_audits_and_leave_out_what_is_disputed(
    session: Session, ruth: Person, marcus: Person
) -> None:
    day = clock.today()
    kept = [a_waiting_audit(session, auditor=ruth) for _ in range(3)]
    for audit in kept[:2]:
        moderated(session, audit, marcus)
    last = moderated(session, kept[2], marcus, own={4: POOR, 9: WORST}, agreed={4: POOR, 9: POOR})
    found = queries.kept_grades(session, reader=marcus, since=day, until=day)
    assert (found.overall.n, found.overall.kept, found.overall.down, found.overall.kappa_n) == (3, 2, 1, 3)
    assert (found.by_auditor["Ruth Osei"].grades, found.by_auditor["Ruth Osei"].pace) == (found.overall, found.pace)
    assert (found.pace.n, found.pace.median, found.pace.in_time) == (3, 0, 3)
    theme = a_theme(session).name
    assert (found.by_theme[theme].grades.kept, found.by_theme[theme].grades.down) == (2, 1)
    # A moderation took its days once, however many of its grades stand on one theme.
    assert {(one.pace.n, one.pace.median) for one in found.by_theme.values()} == {(3, 0)}
    commands.dispute_moderation(session, last, side=Side.AUDITOR, reason="The dates are on file.", by=ruth)
    assert queries.kept_grades(session, reader=marcus, since=day, until=day).overall.n == 2
