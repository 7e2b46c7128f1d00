"""Moderating an audit: taken on, graded blind, compared, then agreed or returned; disputes are another file's."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.audits.commands.re_audits import follow_up
from tracker.audits.models import Audit, ModeratedSection, Moderation
from tracker.audits.rules.answers import AnswerValue
from tracker.audits.rules.limits import FEEDBACK_LENGTH, REASON_LENGTH
from tracker.audits.rules.moderating import (
    OVERALL_VALUES,
    SECTION_VALUES,
    About,
    Outcome,
    involved,
    left_to_grade,
    needs_reason,
    outcome_of,
    shared_team,
)
from tracker.audits.rules.remedials import remedial_missing
from tracker.audits.rules.tool import Tool
from tracker.audits.rules.vocabulary import AuditState, Grade
from tracker.core import clock
from tracker.core.answers import keep_to
from tracker.core.problems import Conflict, Forbidden, Gathered, Invalid
from tracker.people.models import Person

SHORTEST_REASON = 10
Grades = Mapping[int, AnswerValue]


def take_moderation(
    session: Session, moderation: Moderation, *, team_reason: str = "", version: int, by: Person
) -> Moderation:
    """Take on the second look at an audit; it comes with its audit, the auditor and the case.

    Raises `Forbidden` to its auditor and its worker, `Conflict` when somebody was quicker, and `Invalid` when the
    moderator works in the auditor's team or the file's and does not say why they moderate it all the same (domain A2).
    """
    _check_open(moderation, version)
    if by.id in involved(moderation.auditor_id, None, moderation.audit.worker_id):
        raise Forbidden(None, "Somebody other than the auditor and the worker has to moderate an audit")
    if moderation.moderator_id is not None:
        raise Conflict(None, "Somebody else moderates this audit")
    audit = moderation.audit
    near = shared_team(by.unit_id, moderation.auditor.unit_id, audit.case.unit_id)
    team_reason = team_reason.strip() if near else ""
    if near and len(team_reason) < SHORTEST_REASON:
        raise Invalid("team_reason", f"{near}. Say in {SHORTEST_REASON} characters or more why you moderate it")
    keep_to("team_reason", team_reason, what="Why", most=REASON_LENGTH)
    moderation.moderator_id, moderation.team_reason, moderation.taken_at = by.id, team_reason, clock.now()
    moderation.changed_by = by.id
    session.flush()
    return moderation


def leave_moderation(session: Session, moderation: Moderation, *, version: int, by: Person) -> Moderation:
    """Give back a second look that one cannot finish, so that somebody else can begin it anew.

    Raises `Conflict` once the two have been compared: what was seen cannot be unseen.
    """
    _check_taken(moderation, version, by)
    if moderation.compared_at is not None:
        raise Conflict(None, "You have seen the auditor's grades, so nobody else can grade this audit blind")
    for row in list(moderation.sections):
        moderation.sections.remove(row)
        session.delete(row)
    moderation.moderator_id, moderation.team_reason, moderation.taken_at = None, "", None
    moderation.changed_by = by.id
    session.flush()
    return moderation


def grade_blind(
    session: Session, moderation: Moderation, tool: Tool, *, grades: Grades, compare: bool, version: int, by: Person
) -> Moderation:
    """Keep the moderator's own grades by section, the last number being the whole; `compare` fixes them.

    Only then are the auditor's shown. The moderation comes with its sections, the audit with its own. Raises `Invalid`
    beside the first section that has no grade yet, and `Conflict` when they are fixed already.
    """
    _check_taken(moderation, version, by)
    if moderation.compared_at is not None:
        raise Conflict(None, "Your own grades are fixed, because you have seen the auditor's")
    _check_values(tool, grades)
    rows = {row.number: row for row in moderation.sections}
    for number in graded_numbers(tool):
        row = rows.get(number) or _row(session, moderation, number, by)
        row.own = grades.get(number)
        if session.is_modified(row):
            row.changed_by = by.id
    if compare:
        wrong = Gathered()
        for number in left_to_grade(graded_numbers(tool), moderation.graded):
            wrong.ask(None, f"own_{number}", f"Grade {tool.by_number[number].title} before you compare")
        wrong.tell()
        _fix(moderation, tool)
    moderation.changed_at, moderation.changed_by = clock.now(), by.id
    session.flush()
    return moderation


def agree_moderation(
    session: Session,
    moderation: Moderation,
    tool: Tool,
    *,
    agreed: Grades,
    reason: str = "",
    about: About | None = None,
    notes: str = "",
    version: int,
    by: Person,
) -> Moderation:
    """Keep the agreed grades beside the two others, and make the audit final with them (domain A8: they count).

    What follows from the agreed grade of the whole is done with it. Raises `Invalid` when a grade is missing, when the
    two differed and no reason is given, when a grade was changed and nobody says whether that is about practice or
    about the form, or when the whole is inadequate and nobody was given what must be put right.
    """
    _check_compared(moderation, version, by)
    _check_values(tool, agreed)
    _ask_for_all(moderation, tool, agreed)
    for row in moderation.sections:
        row.agreed, row.changed_by = agreed[row.number], by.id
    refuse_without_remedial(moderation, f"agreed_{tool.overall_number}", agreed[tool.overall_number])
    outcome = outcome_of(moderation.graded)
    reason = _words("reason", reason, is_needed=needs_reason(moderation.graded))
    if outcome is Outcome.CHANGED and about is None:
        raise Invalid("about", "Say whether the change is about practice or about the form")
    keep_to("notes", notes.strip(), what="Notes", most=FEEDBACK_LENGTH)
    moderation.about = about if outcome is Outcome.CHANGED else None
    moderation.notes = notes.strip()
    _decide(moderation, outcome, reason, by)
    move_audit(moderation.audit, AuditState.FINAL, by)
    follow_up(session, moderation.audit, by=by)
    session.flush()
    return moderation


def refuse_without_remedial(moderation: Moderation, field: str, whole: AnswerValue) -> None:
    """Raise `Invalid` beside a field where the whole is to be inadequate and nobody was given what must be put right.

    The moderation comes with its audit and that one's remedial actions.
    """
    grade = Grade(whole.value)
    if missing := remedial_missing(grade, len(moderation.audit.remedials)):
        raise Invalid(field, missing)


def return_audit(session: Session, moderation: Moderation, *, words: str, version: int, by: Person) -> Moderation:
    """Give an audit back to its auditor with words on what to look at again; sent anew, it is moderated anew."""
    _check_compared(moderation, version, by)
    _decide(moderation, Outcome.RETURNED, _words("words", words, is_needed=True), by)
    move_audit(moderation.audit, AuditState.RETURNED, by)
    session.flush()
    return moderation


def graded_numbers(tool: Tool) -> tuple[int, ...]:
    """Return the sections that are graded twice, the whole being the last."""
    return (*tool.graded_numbers, tool.overall_number)


def move_audit(audit: Audit, state: AuditState, by: Person) -> None:
    """Put an audit in another state, by whom."""
    audit.state, audit.changed_by = state, by.id


def _row(session: Session, moderation: Moderation, number: int, by: Person) -> ModeratedSection:
    row = ModeratedSection(number=number, created_by=by.id, changed_by=by.id)
    moderation.sections.append(row)
    session.add(row)
    return row


def _fix(moderation: Moderation, tool: Tool) -> None:
    """Keep the auditor's grades as they were compared."""
    given = {**moderation.audit.section_grades, tool.overall_number: moderation.audit.grade}
    for row in moderation.sections:
        grade = given.get(row.number)
        row.before = AnswerValue(grade.value) if grade else None
    moderation.compared_at = clock.now()


def _decide(moderation: Moderation, outcome: Outcome, reason: str, by: Person) -> None:
    moderation.outcome, moderation.reason, moderation.decided_at = outcome, reason, clock.now()
    moderation.changed_by = by.id


def _check_values(tool: Tool, grades: Grades) -> None:
    for number, value in grades.items():
        if value not in (OVERALL_VALUES if number == tool.overall_number else SECTION_VALUES):
            raise Invalid(None, "Choose one of the grades")


def _ask_for_all(moderation: Moderation, tool: Tool, agreed: Grades) -> None:
    wrong = Gathered()
    for row in moderation.sections:
        title = tool.by_number[row.number].title
        wrong.ask(row.number in agreed, f"agreed_{row.number}", f"Choose the agreed grade for {title}")
    wrong.tell()


def _words(field: str, words: str, *, is_needed: bool) -> str:
    words = words.strip()
    if is_needed and len(words) < SHORTEST_REASON:
        raise Invalid(field, f"Say why in {SHORTEST_REASON} characters or more")
    keep_to(field, words, what="Why", most=REASON_LENGTH)
    return words


def _check_open(moderation: Moderation, version: int) -> None:
    if moderation.audit.state is not AuditState.MODERATION or moderation.outcome is not None:
        raise Conflict(None, "This audit is no longer in moderation")
    if moderation.version != version:
        raise Conflict(None, "Somebody changed this moderation while you were writing. What is stored now is shown")


def _check_taken(moderation: Moderation, version: int, by: Person) -> None:
    """Raise unless this person has taken it on: nobody writes another's second look, and nobody their own audit's."""
    if moderation.moderator_id != by.id or moderation.auditor_id == by.id:
        raise Forbidden(None, "Take this audit on before you moderate it")
    _check_open(moderation, version)


def _check_compared(moderation: Moderation, version: int, by: Person) -> datetime:
    _check_taken(moderation, version, by)
    if moderation.compared_at is None:
        raise Conflict(None, "Grade every section yourself before you see the auditor's grades")
    return moderation.compared_at
