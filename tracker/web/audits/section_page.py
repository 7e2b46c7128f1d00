"""What the page of one section shows, as plain rows; the form itself and its saving are other files'."""

from dataclasses import dataclass

from flask import url_for
from wtforms import Field

from tracker.audits.models import Audit
from tracker.audits.rules import limits
from tracker.audits.rules.answers import Reply
from tracker.audits.rules.checking import reason_needed
from tracker.audits.rules.tool import ABOUT_NUMBER, Section, Tool
from tracker.audits.rules.vocabulary import FindingKind
from tracker.web.audits.facts import (
    SectionItem,
    answer_words,
    heading_of,
    late_words,
    list_of,
    newer_words,
    section_items,
    summary_of,
    when_words,
)
from tracker.web.audits.question_fields import AskedField, reply_words
from tracker.web.audits.section_forms import GradedForm, SectionForm, stored_section
from tracker.web.templating import clock_time, day


@dataclass(frozen=True)
class StoredSection:
    """What is stored of a section now, shown beside a person's own words after a conflict."""

    saved: str
    lines: list[tuple[str, str]]


@dataclass(frozen=True)
class SectionPage:
    """One section as its page shows it."""

    heading: str
    code: str
    round: str
    list_label: str
    list_url: str
    here_url: str
    summary: str
    late: str | None
    newer: str | None
    saved: str
    items: list[SectionItem]
    section: Section
    place: str
    fields: str
    asks_grade: bool
    descriptors: dict[str, str]
    questions: list[AskedField]
    facts: list[tuple[str, str]]
    developments: list[tuple[int, Field, Field]]
    may_add: bool
    strengths: list[Field]
    stored: StoredSection | None
    next_label: str
    back_label: str | None
    concern_url: str
    draft_url: str
    concerns: list[str]
    grades: list[tuple[str, str]]
    reason_needed: str | None


def section_page(audit: Audit, tool: Tool, section: Section, form: SectionForm, *, more: bool) -> SectionPage:
    """Bring together what the page of a section shows."""
    number = section.number
    graded = form if isinstance(form, GradedForm) else None
    rows = _rows(graded, more=more)
    stored = stored_section(audit, number)
    address = audit.public_id
    list_label, list_url = list_of(audit)
    return SectionPage(
        heading=heading_of(audit),
        code=audit.case.code,
        round=audit.round.name,
        list_label=list_label,
        list_url=list_url,
        here_url=url_for("audits.audit_section", public_id=address, number=number),
        summary=summary_of(audit, tool),
        late=late_words(audit),
        newer=newer_words(tool),
        saved=f"Draft kept at {clock_time(stored.changed_at)}" if stored else "",
        items=section_items(audit, tool, number),
        section=section,
        place=f"Section {number} of {len(tool.sections)}",
        fields=_fields(tool, number),
        asks_grade=section.is_graded,
        descriptors={grade.value: words for grade, words in section.descriptors.items()},
        questions=graded.asked if graded else [],
        facts=_facts(audit),
        developments=graded.development_fields(rows) if graded else [],
        may_add=rows < limits.MOST_DEVELOPMENTS,
        strengths=graded.strength_fields if graded else [],
        stored=_stored(audit, tool, section) if form.is_stale else None,
        next_label=_next_label(tool, number),
        back_label=f"Back to {number - 1}" if number > ABOUT_NUMBER else None,
        concern_url=url_for("audits.concern_raise", public_id=address),
        draft_url=url_for("audits.draft_save", public_id=address, number=number),
        concerns=[_concern_words(concern.told_to, day(concern.told_at)) for concern in audit.concerns],
        grades=_grades(audit, tool),
        reason_needed=reason_needed(audit.section_grades, audit.grade),
    )


def _fields(tool: Tool, number: int) -> str:
    named = {ABOUT_NUMBER: "about", tool.overall_number: "overall"}.get(number, "graded")
    return f"audits/parts/{named}.html"


def _grades(audit: Audit, tool: Tool) -> list[tuple[str, str]]:
    return [(each.heading, answer_words(audit, tool, each.number)) for each in tool.sections if each.is_graded]


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


def _rows(form: GradedForm | None, *, more: bool) -> int:
    """Return how many areas for development to show: those filled, one when there is none, one more when asked."""
    if form is None:
        return 0
    return min(limits.MOST_DEVELOPMENTS, max(1, form.filled_rows + (1 if more else 0)))


def _facts(audit: Audit) -> list[tuple[str, str]]:
    read = f"{day(audit.read_from)} to {day(audit.read_until)}" if audit.read_from and audit.read_until else "Not given"
    return [
        ("Category", audit.case.category.words),
        ("Team", audit.case.unit.name),
        ("Round", audit.round.name),
        ("Read", read),
        ("Audited on", day(audit.audited_on) or "The day it is sent"),
        ("When", when_words(audit)),
    ]


def _concern_words(told_to: str, when: str) -> str:
    return f"{told_to} was told on {when}"


def _stored(audit: Audit, tool: Tool, section: Section) -> StoredSection | None:
    """Return what is stored of a section in words, each part with its name."""
    number, stored = section.number, stored_section(audit, section.number)
    if stored is None:
        return None
    saved = f"Saved at {clock_time(stored.changed_at)} on {day(stored.changed_at)}"
    if number == ABOUT_NUMBER:
        return StoredSection(saved, _facts(audit)[3:5])
    is_graded = section.is_graded or number == tool.overall_number
    lines = [("Grade", answer_words(audit, tool, number))] if is_graded else []
    if number == tool.overall_number:
        lines += [("Why", audit.grade_reason), ("Feedback", audit.feedback)]
    else:
        replies = audit.replies
        lines += [(one.text, reply_words(one, replies.get(one.id, Reply()))) for one in section.questions]
        lines.append(("Strengths", stored.strengths))
        lines += [
            ("Area for development", f"{finding.theme.name if finding.theme else 'No theme yet'}: {finding.text}")
            for finding in audit.findings
            if finding.section_number == number and finding.kind is FindingKind.DEVELOPMENT
        ]
    return StoredSection(saved, [(name, words or "Nothing written") for name, words in lines])
