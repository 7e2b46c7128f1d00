"""Writing an audit, sending it and setting it aside: what is kept and what is refused (domain A3)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from tests.support.builders.audits import a_sent_audit, a_theme, an_audit, answered, loaded
from tests.support.builders.people import a_person
from tests.support.houses import House
from tracker.audits import commands
from tracker.audits.commands import Development, SectionAnswers, WholeAudit
from tracker.audits.models import Audit, Finding
from tracker.audits.rules.vocabulary import AuditState, FindingKind, Grade, NoGrade
from tracker.core import clock
from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Person
from tracker.people.rules import Role


@pytest.fixture
def ruth(session: Session) -> Person:
    return a_person(session, Role.AUDITOR, "Ruth Osei")


@pytest.fixture
def audit(session: Session, ruth: Person) -> Audit:
    return loaded(session, an_audit(session, auditor=ruth))


def save(session: Session, audit: Audit, answers: SectionAnswers, *, number: int = 4, version: int = 0) -> int:
    return commands.save_section(session, audit, number, answers=answers, version=version, by=audit.auditor).version


def test_an_empty_section_may_be_kept_as_a_draft(session: Session, audit: Audit) -> None:
    assert save(session, audit, SectionAnswers()) == 1
    assert audit.state is AuditState.IN_PROGRESS
    assert audit.section_grades == {4: None}


def test_a_section_keeps_grade_strengths_with_themes_and_developments(session: Session, audit: Audit) -> None:
    fathers, assessment = a_theme(session, "fathers"), a_theme(session, "assessment")
    save(
        session,
        audit,
        SectionAnswers(
            grade=Grade.REQUIRES_IMPROVEMENT,
            strengths="Both sides of the family were asked.",
            strength_themes=(fathers.id, fathers.id),
            developments=(
                Development(assessment.id, "Weigh the history"),
                Development(None, ""),
                Development(None, "Later"),
            ),
        ),
    )
    session.expire_all()
    audit = loaded(session, audit)
    assert [(finding.kind, finding.theme and finding.theme.code, finding.text) for finding in audit.findings] == [
        (FindingKind.STRENGTH, "fathers", "Both sides of the family were asked."),
        (FindingKind.DEVELOPMENT, "assessment", "Weigh the history"),
        (FindingKind.DEVELOPMENT, None, "Later"),
    ]


def test_an_audit_that_comes_in_whole_keeps_all_of_it_or_none(session: Session, audit: Audit) -> None:
    theme, today = a_theme(session), clock.today()
    said = SectionAnswers(grade=Grade.GOOD, strengths="Seen alone.", strength_themes=(theme.id,))
    unknown = SectionAnswers(grade=Grade.GOOD, strengths="Seen.", strength_themes=(theme.id + 1000,))
    begun = WholeAudit(today - timedelta(days=180), today, today, {3: said, 4: unknown}, grade=Grade.GOOD)
    with pytest.raises(Invalid):
        commands.save_whole(session, audit, begun, by=audit.auditor)
    tomorrow = today + timedelta(days=1)
    with pytest.raises(Invalid, match="past"):
        commands.save_whole(session, audit, replace(begun, sections={3: said}, audited_on=tomorrow), by=audit.auditor)
    assert audit.section_grades == {}
    whole = replace(begun, sections={3: said, 4: SectionAnswers(grade=Grade.INADEQUATE)}, reason="Safe all the same.")
    commands.save_whole(session, audit, whole, by=audit.auditor)
    assert audit.section_grades == {1: None, 3: Grade.GOOD, 4: Grade.INADEQUATE, 9: None}
    assert (audit.read_until, audit.audited_on) == (today, today)
    assert (audit.grade, audit.grade_reason) == (Grade.GOOD, "Safe all the same.")
    with pytest.raises(Conflict):
        commands.save_whole(session, audit, replace(whole, sections={4: said}), by=audit.auditor)


def test_saving_again_replaces_rows_and_leaves_other_sections_alone(session: Session, audit: Audit) -> None:
    theme = a_theme(session)
    save(session, audit, SectionAnswers(developments=(Development(theme.id, "In three"),)), number=3)
    both = (Development(theme.id, "First"), Development(theme.id, "Second"))
    version = save(session, audit, SectionAnswers(developments=both))
    save(session, audit, SectionAnswers(developments=both[1:]), version=version)
    texts = session.scalars(select(Finding.text).order_by(Finding.section_number, Finding.position)).all()
    assert texts == ["In three", "Second"]


def test_choosing_a_grade_takes_away_the_reason_for_none(session: Session, audit: Audit) -> None:
    version = save(session, audit, SectionAnswers(no_grade=NoGrade.NOT_ENOUGH))
    save(session, audit, SectionAnswers(grade=Grade.GOOD), version=version)
    assert audit.section_grades == {4: Grade.GOOD}
    assert audit.sections[0].no_grade is None


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        (SectionAnswers(strengths="x" * 1501), "strengths"),
        (SectionAnswers(developments=(Development(None, "x" * 401),)), "developments"),
        (SectionAnswers(developments=(Development(None, "x"),) * 7), "developments"),
        (SectionAnswers(developments=(Development(999_999, "x"),)), "developments"),
        (SectionAnswers(strength_themes=(1, 2, 3, 4)), "strength_themes"),
    ],
)
def test_a_draft_keeps_to_its_limits(session: Session, audit: Audit, answers: SectionAnswers, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        save(session, audit, answers)
    assert refused.value.field == field


@pytest.mark.parametrize("number", [0, 1, 9, 10])
def test_only_sections_two_to_eight_have_a_grade_of_their_own(session: Session, audit: Audit, number: int) -> None:
    with pytest.raises(Invalid):
        save(session, audit, SectionAnswers(grade=Grade.GOOD), number=number)


def test_words_from_an_older_page_are_refused(session: Session, audit: Audit) -> None:
    version = save(session, audit, SectionAnswers(strengths="First"))
    save(session, audit, SectionAnswers(strengths="Second"), version=version)
    with pytest.raises(Conflict):
        save(session, audit, SectionAnswers(strengths="Late"), version=version)
    with pytest.raises(Conflict):
        save(session, audit, SectionAnswers(strengths="Never seen"), version=0)


def test_saying_again_what_is_stored_is_no_conflict_and_changes_nothing(session: Session, audit: Audit) -> None:
    answers = SectionAnswers(strengths="Kept a moment ago", developments=(Development(None, "x"),))
    version = save(session, audit, answers)
    assert save(session, audit, answers, version=0) == version


def test_the_version_goes_up_even_when_only_a_finding_changes(session: Session, audit: Audit) -> None:
    version = save(session, audit, SectionAnswers())
    assert save(session, audit, SectionAnswers(developments=(Development(None, "x"),)), version=version) > version


def test_two_sections_saved_at_once_cannot_slip_past_the_sending(
    session: Session, audit: Audit, database: House
) -> None:
    answered(session, audit)
    session.commit()
    with Session(database.engine) as other:
        theirs = loaded(other, audit)
        commands.send_audit(session, loaded(session, audit), by=audit.auditor)
        session.commit()
        with pytest.raises(StaleDataError):
            save(other, theirs, SectionAnswers(strengths="Too late"), version=theirs.sections[2].version)


def test_the_facts_keep_the_days_read(session: Session, audit: Audit) -> None:
    today = clock.today()
    section = commands.save_facts(
        session,
        audit,
        read_from=today - timedelta(days=180),
        read_until=today,
        audited_on=None,
        version=0,
        by=audit.auditor,
    )
    assert (section.number, audit.read_until) == (1, today)


@pytest.mark.parametrize(
    ("first", "last", "field"), [(None, 1, "read_until"), (1, None, "read_from"), (0, -1, "read_until")]
)
def test_days_read_lie_in_the_past_and_in_order(
    session: Session, audit: Audit, first: int | None, last: int | None, field: str
) -> None:
    days = [None if days is None else clock.today() + timedelta(days=days) for days in (first, last)]
    with pytest.raises(Invalid) as refused:
        commands.save_facts(
            session, audit, read_from=days[0], read_until=days[1], audited_on=None, version=0, by=audit.auditor
        )
    assert refused.value.field == field


def test_a_whole_audit_is_sent_and_dated_today(session: Session, audit: Audit) -> None:
    answered(session, audit, developments={"risk": "Say who acts when the plan fails"})
    sent = commands.send_audit(session, audit, by=audit.auditor)
    assert (sent.state, sent.audited_on, sent.sent_at) == (AuditState.MODERATION, clock.today(), clock.now())


def test_an_audit_is_dated_by_the_day_in_its_first_section(session: Session, audit: Audit) -> None:
    day = clock.today() - timedelta(days=3)
    answered(session, audit)
    commands.save_facts(session, audit, read_from=None, read_until=None, audited_on=day, version=0, by=audit.auditor)
    assert commands.send_audit(session, audit, by=audit.auditor).audited_on == day


def test_what_is_missing_keeps_an_audit_from_being_sent(session: Session, audit: Audit) -> None:
    save(session, audit, SectionAnswers(grade=Grade.GOOD))
    with pytest.raises(Invalid, match="Choose a grade for Voice of the child"):
        commands.send_audit(session, audit, by=audit.auditor)


def test_an_audit_changed_since_it_was_checked_is_not_sent(session: Session, audit: Audit) -> None:
    answered(session, audit)
    checked = audit.version
    save(session, audit, SectionAnswers(grade=Grade.INADEQUATE), version=audit.sections[2].version)
    with pytest.raises(Conflict):
        commands.send_audit(session, audit, version=checked, by=audit.auditor)


def test_words_that_look_like_names_are_confirmed_before_an_audit_is_sent(session: Session, audit: Audit) -> None:
    answered(session, audit, developments={"risk": "See Emma alone"})
    with pytest.raises(Invalid, match="Replace the words that look like names") as refused:
        commands.send_audit(session, audit, by=audit.auditor)
    assert (refused.value.field, audit.state) == ("names_confirmed", AuditState.IN_PROGRESS)
    sent = commands.send_audit(session, audit, names_confirmed=True, by=audit.auditor)
    assert (sent.state, sent.names_confirmed_at) == (AuditState.MODERATION, clock.now())


def test_a_day_to_come_is_no_day_of_an_audit(session: Session, audit: Audit) -> None:
    answered(session, audit)
    with pytest.raises(Invalid):
        commands.send_audit(session, audit, audited_on=clock.today() + timedelta(days=1), by=audit.auditor)


def test_a_sent_audit_is_not_written_or_sent_again(session: Session, ruth: Person) -> None:
    audit = loaded(session, a_sent_audit(session, auditor=ruth))
    with pytest.raises(Conflict):
        save(session, audit, SectionAnswers(), version=1)
    with pytest.raises(Conflict):
        commands.set_overall(session, audit, grade=Grade.OUTSTANDING, version=1, by=ruth)
    with pytest.raises(Conflict):
        commands.send_audit(session, audit, by=ruth)


def test_a_sent_audit_of_the_wrong_case_is_made_void_with_a_reason(session: Session, ruth: Person) -> None:
    audit = loaded(session, a_sent_audit(session, auditor=ruth))
    marcus = a_person(session, Role.MODERATOR, "Marcus Bell 2")
    with pytest.raises(Invalid):
        commands.void_audit(session, audit, reason="Wrong", version=audit.version, by=marcus)
    with pytest.raises(Conflict):
        commands.void_audit(session, audit, reason="The wrong file", version=audit.version + 1, by=marcus)
    commands.void_audit(session, audit, reason="The wrong file was read", version=audit.version, by=marcus)
    assert (audit.state, audit.changed_by) == (AuditState.VOID, marcus.id)
    with pytest.raises(Conflict):
        commands.void_audit(session, audit, reason="The wrong file was read", version=audit.version, by=marcus)
