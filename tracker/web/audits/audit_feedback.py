"""Feedback on one page, for whoever audited and whoever did the work to look at together; nothing of other audits."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import queries
from tracker.audits.models import Audit
from tracker.audits.rules.tool import Section, Tool
from tracker.audits.rules.vocabulary import FindingKind
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.facts import Counted, answer_words, counted_grades, heading_of
from tracker.web.audits.opening import opened
from tracker.web.audits.section_base import stored_section
from tracker.web.templating import day


@dataclass(frozen=True)
class FeedbackRow:
    """A section's grade beside what the worker says of it."""

    heading: str
    grade: str
    words: str
    agrees: str


@dataclass(frozen=True)
class FeedbackPage:
    """What an auditor and a worker look at together, on one page."""

    heading: str
    audit_url: str
    file: str
    is_open: bool
    grades: list[tuple[str, str]]
    feedback: str
    keep_doing: list[tuple[str, str]]
    to_change: list[tuple[str, str]]
    family: str
    with_worker: str
    rows: list[FeedbackRow]


@bp.get("/audits/<public_id>/feedback")
@requires(Permission.AUDIT_READ, about=queries.audit_subject)
def audit_feedback(subject: Audit) -> ResponseReturnValue:
    """Show the feedback of an audit on one page, having written down who opened it."""
    audit = opened(subject)
    return render_template("audits/audit_feedback.html", page=_page(audit, queries.asked_of(db_session(), audit)))


def _page(audit: Audit, tool: Tool) -> FeedbackPage:
    graded, counted = [section for section in tool.sections if section.is_graded], counted_grades(audit)
    return FeedbackPage(
        heading=heading_of(audit),
        audit_url=url_for("audits.audit_show", public_id=audit.public_id),
        file=" · ".join(_file(audit)),
        is_open=audit.state.is_open,
        grades=list(_grades(audit, tool, counted)),
        feedback=audit.feedback,
        keep_doing=list(_strengths(audit, graded)),
        to_change=list(_found(audit, tool)),
        family=audit.family_note or (audit.family_part.words if audit.family_part else ""),
        with_worker=audit.worker_role,
        rows=[_row(audit, tool, section, counted) for section in graded],
    )


def _file(audit: Audit) -> Iterator[str]:
    yield audit.case.category.words
    yield audit.case.unit.name
    if audit.audited_on:
        yield f"audited on {day(audit.audited_on)}"


def _grades(audit: Audit, tool: Tool, counted: Counted) -> Iterator[tuple[str, str]]:
    if audit.grade:
        yield "Overall grade", answer_words(audit, tool, tool.overall_number, counted)
    if audit.impact_grade:
        yield "Impact grade", audit.impact_grade.words


def _strengths(audit: Audit, graded: list[Section]) -> Iterator[tuple[str, str]]:
    for section in graded:
        stored = stored_section(audit, section.number)
        if stored and stored.strengths:
            yield section.title, stored.strengths


def _found(audit: Audit, tool: Tool) -> Iterator[tuple[str, str]]:
    """Yield the areas for development by theme, without what earlier audits found."""
    for finding in audit.findings:
        if finding.kind is FindingKind.DEVELOPMENT:
            yield finding.theme.name if finding.theme else tool.by_number[finding.section_number].title, finding.text


def _row(audit: Audit, tool: Tool, section: Section, counted: Counted) -> FeedbackRow:
    stored = stored_section(audit, section.number)
    return FeedbackRow(
        heading=section.heading,
        grade=answer_words(audit, tool, section.number, counted),
        words=stored.worker_words if stored else "",
        agrees=stored.worker_agrees.words if stored and stored.worker_agrees else "",
    )
