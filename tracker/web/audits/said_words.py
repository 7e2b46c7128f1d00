"""What an audit says, part by part in words, for reading, checking and comparing; what is shown where is the pages'."""

from tracker.audits.models import Audit, AuditSection, Finding
from tracker.audits.rules.taking_part import WorkerView
from tracker.web.templating import day


def about_lines(audit: Audit) -> list[tuple[str, str]]:
    """Return what section 1 says of the file, without what was left empty."""
    read = [day(audit.read_from), day(audit.read_until)]
    lines = [
        ("Read", " to ".join(read) if all(read) else ""),
        ("Judged from", day(audit.judged_from)),
        ("Referral came", day(audit.referred_on)),
        ("Child first seen", day(audit.seen_on)),
        ("Assessment finished", day(audit.assessed_on)),
        ("Last supervision on file", day(audit.supervised_on)),
        ("The child and the family", audit.family_part.words if audit.family_part else ""),
        ("What they said, or why not", audit.family_note),
    ]
    return [(name, words) for name, words in lines if words]


def overall_lines(audit: Audit) -> list[tuple[str, str]]:
    """Return what the last section says beside its grade, without what was left empty."""
    lines = [
        ("Why", audit.grade_reason),
        ("Impact grade", audit.impact_grade.words if audit.impact_grade else ""),
        ("Feedback", audit.feedback),
    ]
    return [(name, words) for name, words in lines if words]


def worker_lines(section: AuditSection) -> list[tuple[str, str]]:
    """Return what the worker said of a section who sat beside the auditor."""
    return view_lines(section.worker_view)


def view_lines(view: WorkerView, *, whose: str = "their") -> list[tuple[str, str]]:
    """Return what a worker says of a section, to others or, with "your", to the worker."""
    who = "you" if whose == "your" else "they"
    agrees = view.agrees.words if view.agrees else ""
    lines = [(f"In {whose} words", view.words), (f"Do {who} agree on the grade?", agrees)]
    return [(name, words) for name, words in lines if words]


def worker_facts(audit: Audit) -> list[tuple[str, str]]:
    """Return who the worker is and whether they answered, where one is named."""
    if audit.worker is None:
        return []
    response = audit.response
    said = f"Given on {day(response.sent_at)}" if response and response.sent_at else "None yet"
    return [("Worker", audit.worker.name), ("The worker's answer", said)]


def answer_lines(audit: Audit, number: int) -> list[tuple[str, str]]:
    """Return what the worker answered to a section once the audit was sent; of a draft nobody else reads anything."""
    response = audit.response
    if response is None or response.sent_at is None:
        return []
    view = response.views.get(number, WorkerView())
    return [(f"The worker's answer: {name}", words) for name, words in view_lines(view)]


def development_line(audit: Audit, finding: Finding) -> tuple[str, str]:
    """Return an area for development: its theme, and its words with what is history and what was put right.

    The worker who sits beside the auditor sees nothing of earlier audits (ux 8.14).
    """
    theme = finding.theme.name if finding.theme else "no theme yet"
    when = " (from before the time that is judged)" if finding.is_historic else ""
    right = None if audit.is_side_by_side and audit.state.is_open else finding.put_right
    before = f" Found before in this file. Put right: {right.value}." if right else ""
    return f"To develop: {theme}{when}", f"{finding.text}{before}"
