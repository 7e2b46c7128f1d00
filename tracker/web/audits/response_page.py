"""What the worker of a file sees of its audit: grades, strengths, what to develop, next steps, and their own answer.

Nothing of earlier audits of the file is among it, no answers and notes of the auditor, and no concerns.
"""

from dataclasses import dataclass

from flask import url_for
from wtforms import Field

from tracker.audits.models import Audit
from tracker.audits.rules.taking_part import WorkerView
from tracker.audits.rules.tool import Section, Tool
from tracker.audits.rules.vocabulary import FindingKind
from tracker.web.audits.facts import Counted, answer_words, counted_grades, heading_of
from tracker.web.audits.response_form import ResponseForm, answered_numbers
from tracker.web.audits.said_words import view_lines
from tracker.web.audits.section_base import stored_section
from tracker.web.audits.section_page import StoredSection
from tracker.web.templating import clock_time, day


@dataclass(frozen=True)
class AnsweredSection:
    """A section, or the whole: its grade, what was found, and what the worker says of it, or the boxes for that."""

    number: int
    heading: str
    grade: str
    lines: list[tuple[str, str]]
    said: list[tuple[str, str]]
    words: Field | None
    agrees: Field | None


@dataclass(frozen=True)
class ResponsePage:
    """An audit as its worker reads and answers it; `closed` says why nothing can be answered."""

    heading: str
    file: str
    due: str
    closed: str
    said_at: str
    sections: list[AnsweredSection]
    suspicions: tuple[str, ...]
    saved: str
    stored: StoredSection | None
    here_url: str
    draft_url: str


def first_views(audit: Audit) -> dict[int, WorkerView]:
    """Return what the worker has said so far: what is kept of their answer, else what they said side by side."""
    if audit.response is not None:
        return audit.response.views
    return {section.number: section.worker_view for section in audit.sections}


def response_page(
    audit: Audit, tool: Tool, form: ResponseForm, *, due: str, closed: str, suspicions: tuple[str, ...]
) -> ResponsePage:
    """Bring together what the worker reads; nothing of it while the audit is not sent."""
    is_readable = audit.state.is_sent
    numbers = answered_numbers(tool) if is_readable else ()
    response, counted = audit.response, counted_grades(audit)
    return ResponsePage(
        heading=heading_of(audit),
        file=f"{audit.case.category.words} · {audit.case.unit.name}",
        due=due,
        closed=closed,
        said_at=f"You answered on {day(response.sent_at)}." if response and response.sent_at else "",
        sections=[
            _section(audit, tool, tool.by_number[number], counted, None if closed else form) for number in numbers
        ],
        suspicions=suspicions,
        saved=f"Draft kept at {clock_time(response.changed_at)}" if response and not closed else "",
        stored=_stored(audit, tool) if form.is_stale and not closed else None,
        here_url=url_for("audits.audit_respond", public_id=audit.public_id),
        draft_url=url_for("audits.response_draft", public_id=audit.public_id),
    )


def _section(
    audit: Audit, tool: Tool, section: Section, counted: Counted, form: ResponseForm | None
) -> AnsweredSection:
    number = section.number
    is_whole = number == tool.overall_number
    said = audit.response.views.get(number, WorkerView()) if audit.response else WorkerView()
    return AnsweredSection(
        number=number,
        heading="The whole" if is_whole else section.title,
        grade=answer_words(audit, tool, number, counted),
        lines=_whole_lines(audit) if is_whole else _lines(audit, number),
        said=[] if form else view_lines(said, whose="your"),
        words=form.words(number) if form else None,
        agrees=form.agrees(number) if form else None,
    )


def _lines(audit: Audit, number: int) -> list[tuple[str, str]]:
    """Return what was found in a section, without what earlier audits of the file found."""
    stored = stored_section(audit, number)
    found = [finding for finding in audit.findings if finding.section_number == number]
    lines = [("Strengths", stored.strengths if stored else "")]
    for finding in found:
        if finding.kind is FindingKind.DEVELOPMENT:
            theme = finding.theme.name if finding.theme else "no theme"
            lines.append((f"To develop: {theme}", finding.text))
    return [(name, words) for name, words in lines if words]


def _whole_lines(audit: Audit) -> list[tuple[str, str]]:
    impact = audit.impact_grade.words if audit.impact_grade else ""
    lines = [("Impact grade", impact), ("Feedback and next steps", audit.feedback)]
    return [(name, words) for name, words in lines if words]


def _stored(audit: Audit, tool: Tool) -> StoredSection | None:
    """Return what is kept of the answer, shown beside one's own words after a conflict."""
    response = audit.response
    if response is None:
        return None
    lines = [
        (f"{tool.by_number[number].title}: {name}", words)
        for number, view in response.views.items()
        for name, words in view_lines(view, whose="your")
    ]
    return StoredSection(f"Saved at {clock_time(response.changed_at)} on {day(response.changed_at)}", lines)
