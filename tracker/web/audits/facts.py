"""What an audit's pages say of it in words: heading, state, lateness, progress; nothing is decided about it here."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from tracker.audits import queries
from tracker.audits.models import Audit, AuditSection
from tracker.audits.rules.asking import unanswered
from tracker.audits.rules.tool import Section, Tool
from tracker.audits.rules.vocabulary import AuditState, Grade, NoGrade
from tracker.core import clock
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import allowed, current_person
from tracker.web.templating import clock_time, day

Counted = Mapping[int, Grade | NoGrade]
_LONG_DAY = "%-d %B %Y"


@dataclass(frozen=True)
class SectionItem:
    """A section in the list beside the form: its address, its state in words, and the mark drawn for it."""

    heading: str
    url: str
    state: str
    mark: str


def heading_of(audit: Audit) -> str:
    """Return the audit's name as pages show it: the case's code, never the address."""
    return f"Case-file audit {audit.case.code}"


def summary_of(audit: Audit, tool: Tool) -> str:
    """Return what file this is and how far it has come, in one line."""
    if audit.is_imported:
        return f"{_file(audit)} · came in with past audits"
    return f"{_file(audit)} · {due_words(audit)} · {progress_words(audit, tool)}"


def _file(audit: Audit) -> str:
    return f"{audit.case.category.words} · {audit.case.unit.name}"


def due_words(audit: Audit) -> str:
    """Return when the audit is due, was sent, or was set aside."""
    if audit.state.is_sent and audit.sent_at:
        return f"sent {day(audit.sent_at)}"
    if audit.state is AuditState.VOID:
        return "void"
    return f"due {audit.due_on.strftime(_LONG_DAY)}"


def when_words(audit: Audit) -> str:
    """Return when the audit is due or was sent, as a sentence begins."""
    words = due_words(audit)
    return words[:1].upper() + words[1:]


def late_words(audit: Audit) -> str | None:
    """Say that an open audit is late, which is worked out from the day and never stored (domain A3)."""
    if audit.state.is_open and audit.due_on < clock.today():
        return f"This audit was due on {audit.due_on.strftime('%-d %B')}."
    return None


def newer_words(tool: Tool) -> str | None:
    """Say that a newer version of an audit's tool is in use, which the audit does not change to (ux 8.14)."""
    if tool.newer_number is None:
        return None
    return f"A newer version of the tool exists. This audit keeps version {tool.number}."


def is_done(audit: Audit, tool: Tool, section: Section, stored: AuditSection | None) -> bool:
    """Say whether a section has what it asks for: a grade or why none, and an answer to all that needs one.

    The first only has to be saved, and the last has the grade of the whole.
    """
    if stored is None:
        return False
    if section.number == tool.overall_number:
        return audit.grade is not None
    grade = stored.grade or stored.no_grade
    return bool(grade or not section.is_graded) and not unanswered(section, grade, audit.replies)


def done_count(audit: Audit, tool: Tool) -> int:
    """Count the sections that are done."""
    stored = {section.number: section for section in audit.sections}
    return sum(1 for section in tool.sections if is_done(audit, tool, section, stored.get(section.number)))


def progress_words(audit: Audit, tool: Tool) -> str:
    """Return how many sections are done."""
    return f"{done_count(audit, tool)} of {len(tool.sections)} sections done"


def draft_words(audit: Audit, tool: Tool) -> str:
    """Return the state of one's own open audit: "Draft, 3 of 9 sections, saved 10:42"."""
    if audit.state is AuditState.ALLOCATED:
        return "Not started"
    saved = audit.changed_at.astimezone(clock.LONDON)
    when = clock_time(saved) if saved.date() == clock.today() else day(saved)
    return f"Draft, {done_count(audit, tool)} of {counted(len(tool.sections), 'section')}, saved {when}"


def counted_grades(audit: Audit) -> Counted:
    """Return by section the grade that counts in place of the auditor's, once the audit counts."""
    if not audit.state.is_final:
        return {}
    return queries.moderated_sections(db_session(), [audit]).get(audit.id, {})


def answer_words(audit: Audit, tool: Tool, number: int, instead: Counted | None = None) -> str:
    """Return a section's grade in words, or what stands instead of it: the auditor's, unless another counts."""
    is_whole = number == tool.overall_number
    given = audit.grade if is_whole else audit.section_grades.get(number)
    answer = (instead or {}).get(number) or given
    return answer.words if answer else _no_grade(audit)


def _no_grade(audit: Audit) -> str:
    return "No grade" if audit.is_imported else "Not graded yet"


def section_items(audit: Audit, tool: Tool, here: int) -> list[SectionItem]:
    """Return the list of sections, the present one marked."""
    stored = {section.number: section for section in audit.sections}
    return [_item(audit, tool, section, stored.get(section.number), here) for section in tool.sections]


def _item(audit: Audit, tool: Tool, section: Section, stored: AuditSection | None, here: int) -> SectionItem:
    url = url_for("audits.audit_section", public_id=audit.public_id, number=section.number)
    if section.number == here:
        return SectionItem(section.heading, url, "You are here", "here")
    if is_done(audit, tool, section, stored):
        is_graded = section.is_graded or section.number == tool.overall_number
        words = answer_words(audit, tool, section.number) if is_graded else "Done"
        return SectionItem(section.heading, url, words, "done")
    return SectionItem(section.heading, url, "Begun" if stored else "Not started", "todo")


def first_unfinished(audit: Audit, tool: Tool) -> int:
    """Return the section to go on with."""
    stored = {section.number: section for section in audit.sections}
    unfinished = (one.number for one in tool.sections if not is_done(audit, tool, one, stored.get(one.number)))
    return next(unfinished, tool.overall_number)


def list_of(audit: Audit) -> tuple[str, str]:
    """Return the list that an audit belongs to for whoever is reading: one's own audits, or its round."""
    if audit.auditor_id == current_person().id and allowed(Permission.AUDIT_MINE):
        return "My audits", url_for("audits.my_audits")
    if allowed(Permission.ROUND_MANAGE):
        return audit.round.name, url_for("audits.round_show", slug=audit.round.slug)
    return "Home", url_for("home.home")
