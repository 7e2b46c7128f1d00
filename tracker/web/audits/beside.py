"""What stands beside a section's form: facts of the file, facts to check, what was found before, concerns raised."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from tracker.audits.models import Audit
from tracker.audits.queries import FoundBefore
from tracker.audits.rules.file_days import FileFact, file_facts
from tracker.audits.rules.tool import ABOUT_NUMBER
from tracker.core import clock
from tracker.web.audits.facts import when_words
from tracker.web.templating import day


@dataclass(frozen=True)
class Beside:
    """What an auditor looks at while writing a section; side by side nothing of earlier audits is among it."""

    facts: list[tuple[str, str]]
    checks: tuple[FileFact, ...]
    about_url: str
    found_before: list[str]
    concerns: list[str]


@dataclass(frozen=True)
class SideBySide:
    """Who sits beside the auditor, if anybody does, and where that is changed."""

    worker_role: str
    label: str
    url: str
    has_large_text: bool
    feedback_url: str
    more_time_url: str


def beside_of(audit: Audit, before: Sequence[FoundBefore]) -> Beside:
    """Bring together what stands beside the form of a section."""
    until = audit.audited_on or clock.today()
    return Beside(
        facts=_facts(audit),
        checks=file_facts(audit.file_days, until),
        about_url=url_for("audits.audit_section", public_id=audit.public_id, number=ABOUT_NUMBER),
        found_before=[f"{found.name} ({_month(found)})" for found in before],
        concerns=[f"{concern.told_to} was told on {day(concern.told_at)}" for concern in audit.concerns],
    )


def side_of(audit: Audit) -> SideBySide:
    """Say who is here beside the auditor."""
    role = audit.worker_role if audit.is_side_by_side else ""
    return SideBySide(
        worker_role=role,
        label=f"Side by side: {role}" if role else "Audit side by side",
        url=url_for("audits.audit_side_by_side", public_id=audit.public_id),
        has_large_text=audit.has_large_text,
        feedback_url=url_for("audits.audit_feedback", public_id=audit.public_id),
        more_time_url=url_for("audits.audit_more_time", public_id=audit.public_id),
    )


def found_before_words(before: Sequence[FoundBefore]) -> dict[str, str]:
    """Return by theme, as forms name it, that it was found in this file before."""
    return {str(found.id): f"Also found in this file in the audit of {_month(found)}." for found in before}


def _month(found: FoundBefore) -> str:
    return f"{found.on:%B %Y}"


def _facts(audit: Audit) -> list[tuple[str, str]]:
    read = f"{day(audit.read_from)} to {day(audit.read_until)}" if audit.read_from and audit.read_until else "Not given"
    return [
        ("Category", audit.case.category.words),
        ("Team", audit.case.unit.name),
        ("Round", audit.round.name),
        ("Read", read),
        ("Judged from", day(audit.judged_from) or "Not given"),
        ("Audited on", day(audit.audited_on) or "The day it is sent"),
        ("When", when_words(audit)),
    ]
