"""Writing an open audit section by section: lengths are kept to, nothing else is asked until it is sent (ux 7)."""

from collections.abc import Mapping
from dataclasses import astuple, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from tracker.audits.commands.findings import Found, findings_in, put_findings, wanted_findings
from tracker.audits.commands.replies import check_replies, put_replies, replies_in
from tracker.audits.commands.said import AboutFile, Overall, SectionAnswers, WholeAudit
from tracker.audits.models import Audit, AuditSection, Theme
from tracker.audits.queries.found_before import themes_found_before
from tracker.audits.queries.tools import asked_of
from tracker.audits.rules import limits
from tracker.audits.rules.file_days import days_fault
from tracker.audits.rules.tool import ABOUT_NUMBER, Tool
from tracker.audits.rules.vocabulary import AuditState, Grade, Mode, NoGrade
from tracker.core import clock
from tracker.core.answers import keep_to
from tracker.core.problems import Conflict, Invalid
from tracker.people.models import Person

CLOSED = "This audit was sent or made void, so it can no longer be changed"
QUICKER = "This section was saved somewhere else while you were writing. What is stored now is shown first"


def save_section(
    session: Session, audit: Audit, number: int, *, answers: SectionAnswers, version: int, by: Person
) -> AuditSection:
    """Keep what a section of an open audit says, complete or not; the audit comes with all that was said.

    `version` is that of the section which the person began from, 0 when it had not been saved. What is stored already,
    as when a draft was kept a moment before, is no conflict and changes nothing. Raises `Conflict` when
    it was saved since or the audit is closed, and `Invalid` on text that is too long, a theme that does not exist or
    an answer to what was not asked.
    """
    tool = asked_of(session, audit)
    _check(session, tool, {number: answers})
    section = _put_section(session, audit, tool, number, answers, version=version, by=by)
    session.flush()
    return section


def save_whole(session: Session, audit: Audit, said: WholeAudit, *, by: Person) -> None:
    """Keep an open audit that comes in whole, of which nothing was saved before; all of it is kept or nothing.

    Raises as `save_section`, `save_facts` and `set_overall` do.
    """
    tool = asked_of(session, audit)
    _check(session, tool, said.sections)
    _check_overall(said.overall)
    read = (said.read_from, said.read_until, said.audited_on)
    _put_facts(session, audit, *read, about=said.about, version=0, by=by)
    for number, answers in said.sections.items():
        _put_section(session, audit, tool, number, answers, version=0, by=by)
    if said.grade is not None:
        _put_overall(session, audit, tool, said.overall, version=0, by=by)
    session.flush()


def _put_section(
    session: Session, audit: Audit, tool: Tool, number: int, answers: SectionAnswers, *, version: int, by: Person
) -> AuditSection:
    no_grade = None if answers.grade else answers.no_grade
    wanted = wanted_findings(answers, _found_before(session, audit, answers))
    replies = {key: reply for key, reply in answers.replies.items() if not reply.is_blank}
    said = (answers.grade, no_grade, answers.strengths, wanted)
    asked = tool.by_number[number]
    is_same = said == _stored(audit, number) and replies == replies_in(audit, asked)
    is_same = is_same and _is_heard(audit, number, answers)
    section = _section(session, audit, number, version, by, is_same=is_same)
    section.grade, section.no_grade, section.strengths = answers.grade, no_grade, answers.strengths
    if answers.worker is not None:
        section.worker_words, section.worker_agrees = answers.worker.words, answers.worker.agrees
    put_findings(session, audit, number, wanted, by)
    put_replies(session, audit, asked, replies, by)
    return section


def save_facts(
    session: Session,
    audit: Audit,
    *,
    read_from: date | None,
    read_until: date | None,
    audited_on: date | None,
    about: AboutFile | None = None,
    version: int,
    by: Person,
) -> AuditSection:
    """Keep which part of the file was read and when the audit was done: asked once, in section 1 (ux 8.14).

    Without `about` what else was said of the file stays as it is. Raises `Invalid` for days in the future or in the
    wrong order, `Conflict` as `save_section` does.
    """
    section = _put_facts(session, audit, read_from, read_until, audited_on, about=about, version=version, by=by)
    session.flush()
    return section


def _put_facts(
    session: Session,
    audit: Audit,
    read_from: date | None,
    read_until: date | None,
    audited_on: date | None,
    *,
    about: AboutFile | None,
    version: int,
    by: Person,
) -> AuditSection:
    stored = _about(audit)
    about = about or stored
    read = {"read_from": read_from, "judged_from": about.judged_from, "read_until": read_until}
    _check_days({**read, "audited_on": audited_on, **vars(about.days)})
    _check_order(read, about)
    keep_to("family_note", about.family_note, what="What they said", most=limits.FAMILY_LENGTH)
    is_same = (read_from, read_until, audited_on) == (audit.read_from, audit.read_until, audit.audited_on)
    section = _section(session, audit, ABOUT_NUMBER, version, by, is_same=is_same and about == stored)
    audit.read_from, audit.read_until, audit.audited_on = read_from, read_until, audited_on
    audit.judged_from, audit.family_part, audit.family_note = about.judged_from, about.family, about.family_note
    audit.referred_on, audit.seen_on, audit.assessed_on, audit.supervised_on = astuple(about.days)
    return section


def _about(audit: Audit) -> AboutFile:
    return AboutFile(audit.judged_from, audit.file_days, audit.family_part, audit.family_note)


def _check_days(days: Mapping[str, date | None]) -> None:
    for name, day in days.items():
        if day and day > clock.today():
            raise Invalid(name, "This day must be today or in the past")


def _check_order(read: Mapping[str, date | None], about: AboutFile) -> None:
    """Check that reading began before it ended, that what is judged was read, and that nothing precedes its cause."""
    first, judged, last = read.values()
    if first and last and last < first:
        raise Invalid("read_until", "The last day read must not be before the first")
    if judged and ((first and judged < first) or (last and judged > last)):
        raise Invalid("judged_from", "Judge a part of what you read: this day must lie between the first and the last")
    if fault := days_fault(about.days):
        raise Invalid(*fault)


def set_overall(
    session: Session,
    audit: Audit,
    *,
    grade: Grade | None,
    reason: str = "",
    feedback: str = "",
    impact: Grade | None = None,
    version: int,
    by: Person,
) -> AuditSection:
    """Keep the overall grade, why it is kinder than its sections, and the feedback; a judgement, never computed.

    `impact` grades how much better the child's life is, where `grade` is about the work. In a multi-agency audit the
    overall grade stays what the agencies agreed. Raises as `save_section` does.
    """
    overall = Overall(grade, reason, feedback, impact)
    _check_overall(overall)
    section = _put_overall(session, audit, asked_of(session, audit), overall, version=version, by=by)
    session.flush()
    return section


def _check_overall(overall: Overall) -> None:
    keep_to("reason", overall.reason, what="Why", most=limits.REASON_LENGTH)
    keep_to("feedback", overall.feedback, what="Feedback", most=limits.FEEDBACK_LENGTH)


def _put_overall(
    session: Session, audit: Audit, tool: Tool, overall: Overall, *, version: int, by: Person
) -> AuditSection:
    if audit.mode is Mode.MULTI_AGENCY:
        # Its overall grade is what the agencies agreed, which has a page of its own.
        overall = replace(overall, grade=audit.grade)
    is_same = overall == Overall(audit.grade, audit.grade_reason, audit.feedback, audit.impact_grade)
    section = _section(session, audit, tool.overall_number, version, by, is_same=is_same)
    audit.grade, audit.grade_reason, audit.feedback = overall.grade, overall.reason, overall.feedback
    audit.impact_grade = overall.impact
    return section


def _check(session: Session, tool: Tool, said: Mapping[int, SectionAnswers]) -> None:
    """Check sections by number for lengths and for themes that exist, the themes of all of them in one query."""
    for number, answers in said.items():
        _check_section(tool, number, answers)
    themes = {
        *(theme for answers in said.values() for theme in answers.strength_themes),
        *(row.theme_id for answers in said.values() for row in answers.developments if row.theme_id is not None),
    }
    known = set(session.scalars(select(Theme.id).where(Theme.id.in_(themes)))) if themes else set()
    if themes - known:
        raise Invalid("developments", "Choose a theme from the list")


def _check_section(tool: Tool, number: int, answers: SectionAnswers) -> None:
    section = tool.by_number.get(number)
    if section is None or number in {ABOUT_NUMBER, tool.overall_number}:
        raise Invalid(None, "This section has no grade of its own")
    if not section.is_graded and (answers.grade or answers.no_grade):
        raise Invalid("answer", "This section asks for no grade")
    check_replies(section, answers.replies)
    keep_to("strengths", answers.strengths, what="Strengths", most=limits.STRENGTHS_LENGTH)
    if answers.worker is not None:
        keep_to("worker_words", answers.worker.words, what="Their words", most=limits.WORKER_WORDS_LENGTH)
    if len(answers.strength_themes) > limits.MOST_STRENGTH_THEMES:
        raise Invalid("strength_themes", f"Choose {limits.MOST_STRENGTH_THEMES} themes or fewer")
    if len(answers.developments) > limits.MOST_DEVELOPMENTS:
        raise Invalid("developments", f"Give {limits.MOST_DEVELOPMENTS} areas for development or fewer")
    for development in answers.developments:
        keep_to("developments", development.text, what="What needs to change", most=limits.DEVELOPMENT_LENGTH)


def _stored(audit: Audit, number: int) -> tuple[Grade | None, NoGrade | None, str, list[Found]] | None:
    """Return what is stored of a section in the shape of what is said, or None before it was first saved."""
    found = _row(audit, number)
    return (found.grade, found.no_grade, found.strengths, findings_in(audit, number)) if found else None


def _is_heard(audit: Audit, number: int, answers: SectionAnswers) -> bool:
    """Say whether what the worker says of a section is stored already, or nobody was asked."""
    found = _row(audit, number)
    return answers.worker is None or (found.worker_view == answers.worker if found else answers.worker.is_blank)


def _found_before(session: Session, audit: Audit, answers: SectionAnswers) -> frozenset[int]:
    """Return the themes that an earlier audit of the file found wanting, asked only where something hangs on it."""
    if all(row.put_right is None for row in answers.developments):
        return frozenset()
    return frozenset(theme.id for theme in themes_found_before(session, audit))


def _row(audit: Audit, number: int) -> AuditSection | None:
    return next((section for section in audit.sections if section.number == number), None)


def _section(session: Session, audit: Audit, number: int, version: int, by: Person, *, is_same: bool) -> AuditSection:
    """Return the section's row, made when it is new, with its version going up whatever of the section changes.

    The audit's own version goes up too, so that nothing can be saved beside its being sent.
    """
    if not audit.state.is_open:
        raise Conflict(None, CLOSED)
    found = _row(audit, number)
    if found and is_same:
        return found
    if (found.version if found else 0) != version:
        raise Conflict(None, QUICKER)
    if found is None:
        found = AuditSection(number=number, strengths="", created_by=by.id)
        audit.sections.append(found)
        session.add(found)
    else:
        _touch(found, by)
    found.changed_by = by.id
    audit.state = AuditState.IN_PROGRESS
    _touch(audit, by)
    return found


def _touch(record: Audit | AuditSection, by: Person) -> None:
    """Make the record count as changed, so that its version goes up even when only what hangs on it changes."""
    record.changed_at = clock.now()
    record.changed_by = by.id
    flag_modified(record, "changed_at")
