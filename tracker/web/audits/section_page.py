"""What the page of one section shows, as plain rows; the form itself and its saving are other files'."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import url_for
from wtforms import Field

from tracker.audits.models import Audit
from tracker.audits.queries import FoundBefore
from tracker.audits.rules import limits
from tracker.audits.rules.answers import Reply
from tracker.audits.rules.checking import reason_needed
from tracker.audits.rules.impact_grades import IMPACT_DESCRIPTORS
from tracker.audits.rules.tool import ABOUT_NUMBER, Section, Tool
from tracker.audits.rules.vocabulary import FindingKind, Mode
from tracker.web.audits.agency_rows import agencies_url
from tracker.web.audits.beside import Beside, SideBySide, beside_of, found_before_words, side_of
from tracker.web.audits.facts import (
    SectionItem,
    answer_words,
    heading_of,
    late_words,
    list_of,
    newer_words,
    section_items,
    summary_of,
)
from tracker.web.audits.question_fields import AskedField, reply_words
from tracker.web.audits.said_words import about_lines, development_line, overall_lines, worker_lines
from tracker.web.audits.section_base import SectionForm, stored_section
from tracker.web.audits.section_forms import DevelopmentRow, GradedForm
from tracker.web.templating import clock_time, day


@dataclass(frozen=True)
class StoredSection:
    """What is stored of a section now, shown beside a person's own words after a conflict."""

    saved: str
    lines: list[tuple[str, str]]


@dataclass(frozen=True)
class GradedParts:
    """What a section between the first and the last asks beside its questions."""

    asks_grade: bool = False
    asks_worker: bool = False
    strengths: list[Field] = field(default_factory=list)
    developments: list[DevelopmentRow] = field(default_factory=list)
    may_add: bool = False


@dataclass(frozen=True)
class OverallParts:
    """What the last section looks back on, and what its grade of impact means."""

    grades: list[tuple[str, str]]
    agreed: str
    reason_needed: str | None
    impact_descriptors: dict[str, str]


@dataclass(frozen=True)
class FormHead:
    """What stands over the form: which file, in which round, on whose list, and how far it is."""

    heading: str
    code: str
    round: str
    list_label: str
    list_url: str
    summary: str
    late: str | None
    newer: str | None


@dataclass(frozen=True)
class SectionPage:
    """One section as its page shows it."""

    head: FormHead
    here_url: str
    saved: str
    items: list[SectionItem]
    section: Section
    place: str
    fields: str
    descriptors: dict[str, str]
    questions: list[AskedField]
    graded: GradedParts
    overall: OverallParts
    beside: Beside
    side: SideBySide
    stored: StoredSection | None
    next_label: str
    back_label: str | None
    concern_url: str
    draft_url: str
    other_view_url: str
    agencies_url: str | None
    # On the page of all sections: what the ids of this one begin with.
    prefix: str = ""


def section_page(
    audit: Audit, tool: Tool, section: Section, form: SectionForm, *, more: bool, before: Sequence[FoundBefore] = ()
) -> SectionPage:
    """Bring together what the page of a section shows; `before` is what earlier audits of the file found wanting."""
    number, address = section.number, audit.public_id
    graded = form if isinstance(form, GradedForm) else None
    return SectionPage(
        head=_head(audit, tool),
        saved=_saved(audit, number),
        here_url=url_for("audits.audit_section", public_id=address, number=number),
        items=section_items(audit, tool, number),
        section=section,
        place=f"Section {number} of {len(tool.sections)}",
        fields=_fields(tool, number),
        descriptors={grade.value: words for grade, words in section.descriptors.items()},
        questions=graded.asked if graded else [],
        graded=_graded(audit, section, graded, before, more=more),
        overall=_overall(audit, tool),
        beside=beside_of(audit, before),
        side=side_of(audit),
        stored=_stored(audit, tool, section) if form.is_stale else None,
        next_label=_next_label(tool, number),
        back_label=f"Back to {number - 1}" if number > ABOUT_NUMBER else None,
        concern_url=url_for("audits.concern_raise", public_id=address),
        draft_url=url_for("audits.draft_save", public_id=address, number=number),
        agencies_url=agencies_url(audit),
        other_view_url=url_for("audits.audit_section", public_id=address, number=number, view="all"),
    )


def _head(audit: Audit, tool: Tool) -> FormHead:
    list_label, list_url = list_of(audit)
    return FormHead(
        heading=heading_of(audit),
        code=audit.case.code,
        round=audit.round.name,
        list_label=list_label,
        list_url=list_url,
        summary=summary_of(audit, tool),
        late=late_words(audit),
        newer=newer_words(tool),
    )


def _saved(audit: Audit, number: int) -> str:
    stored = stored_section(audit, number)
    return f"Draft kept at {clock_time(stored.changed_at)}" if stored else ""


def _fields(tool: Tool, number: int) -> str:
    named = {ABOUT_NUMBER: "about", tool.overall_number: "overall"}.get(number, "graded")
    return f"audits/parts/{named}.html"


def _graded(
    audit: Audit, section: Section, form: GradedForm | None, before: Sequence[FoundBefore], *, more: bool
) -> GradedParts:
    if form is None:
        return GradedParts()
    rows = _rows(form, more=more)
    return GradedParts(
        asks_grade=section.is_graded,
        asks_worker=audit.is_side_by_side,
        strengths=form.strength_fields,
        developments=form.development_rows(rows, found_before_words(before)),
        may_add=rows < limits.MOST_DEVELOPMENTS,
    )


def _overall(audit: Audit, tool: Tool) -> OverallParts:
    return OverallParts(
        grades=[(each.heading, answer_words(audit, tool, each.number)) for each in tool.sections if each.is_graded],
        agreed=_agreed(audit),
        reason_needed=reason_needed(audit.section_grades, audit.grade),
        impact_descriptors={grade.value: words for grade, words in IMPACT_DESCRIPTORS.items()},
    )


def _agreed(audit: Audit) -> str:
    """Say what the agencies agreed, in an audit whose overall grade is theirs; empty in any other."""
    if audit.mode is not Mode.MULTI_AGENCY:
        return ""
    return audit.grade.words if audit.grade else "Nothing is agreed yet"


def onward_url(public_id: str, tool: Tool, number: int, pressed: str) -> str:
    """Return where the pressed button leads: back a section, or on to the next and at the end to the check."""
    to = number - 1 if pressed == "back" else number + 1
    if to < ABOUT_NUMBER:
        return url_for("audits.my_audits")
    if to > tool.overall_number:
        return url_for("audits.audit_check", public_id=public_id)
    return url_for("audits.audit_section", public_id=public_id, number=to)


def _next_label(tool: Tool, number: int) -> str:
    following = tool.by_number.get(number + 1)
    return f"Save and go to {following.heading}" if following else "Save and check before sending"


def _rows(form: GradedForm, *, more: bool) -> int:
    """Return how many areas for development to show: those filled, one when there is none, one more when asked."""
    return min(limits.MOST_DEVELOPMENTS, max(1, form.filled_rows + (1 if more else 0)))


def _stored(audit: Audit, tool: Tool, section: Section) -> StoredSection | None:
    """Return what is stored of a section in words, each part with its name."""
    number, stored = section.number, stored_section(audit, section.number)
    if stored is None:
        return None
    saved = f"Saved at {clock_time(stored.changed_at)} on {day(stored.changed_at)}"
    if number == ABOUT_NUMBER:
        return StoredSection(saved, about_lines(audit))
    is_graded = section.is_graded or number == tool.overall_number
    lines = [("Grade", answer_words(audit, tool, number))] if is_graded else []
    if number == tool.overall_number:
        lines += overall_lines(audit)
    else:
        replies = audit.replies
        lines += [(one.text, reply_words(one, replies.get(one.id, Reply()))) for one in section.questions]
        lines.append(("Strengths", stored.strengths))
        lines += worker_lines(stored)
        lines += [
            development_line(audit, finding)
            for finding in audit.findings
            if finding.section_number == number and finding.kind is FindingKind.DEVELOPMENT
        ]
    return StoredSection(saved, [(name, words or "Nothing written") for name, words in lines])
