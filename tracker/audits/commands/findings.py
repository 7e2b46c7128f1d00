"""Keeping the findings of one section, row by row; locking is the section's."""

from collections.abc import Set as AbstractSet

from sqlalchemy.orm import Session

from tracker.audits.commands.said import SectionAnswers
from tracker.audits.models import Audit, Finding
from tracker.audits.rules.taking_part import Extent
from tracker.audits.rules.vocabulary import FindingKind
from tracker.people.models import Person

# Kind, theme, words, whether it is history, and whether what was found before was put right.
Found = tuple[FindingKind, int | None, str, bool, Extent | None]


def findings_in(audit: Audit, number: int) -> list[Found]:
    """Return what is stored of a section in the shape of what is said."""
    return [
        (row.kind, row.theme_id, row.text, row.is_historic, row.put_right)
        for row in audit.findings
        if row.section_number == number
    ]


def wanted_findings(answers: SectionAnswers, before: AbstractSet[int]) -> list[Found]:
    """Return the findings that what is said comes to: the words of the strengths for each of their themes.

    Whether something was put right is kept of those themes only that were found `before`.
    """
    strengths: list[Found] = [
        (FindingKind.STRENGTH, theme, answers.strengths, False, None)
        for theme in dict.fromkeys(answers.strength_themes)
    ]
    kept = [row for row in answers.developments if not row.is_blank]
    return strengths + [
        (
            FindingKind.DEVELOPMENT,
            row.theme_id,
            row.text,
            row.is_historic,
            row.put_right if row.theme_id in before else None,
        )
        for row in kept
    ]


def put_findings(session: Session, audit: Audit, number: int, wanted: list[Found], by: Person) -> None:
    """Make the section's findings what is wanted, row by row, so that the log shows what changed and no more."""
    stored = [finding for finding in audit.findings if finding.section_number == number]
    for position, (kind, theme_id, text, is_historic, put_right) in enumerate(wanted, start=1):
        if position > len(stored):
            added = Finding(section_number=number, created_by=by.id)
            audit.findings.append(added)
            session.add(added)
            stored.append(added)
        finding = stored[position - 1]
        finding.position, finding.kind, finding.theme_id, finding.text = position, kind, theme_id, text
        finding.is_historic, finding.put_right = is_historic, put_right
        if session.is_modified(finding):
            finding.changed_by = by.id
    for surplus in stored[len(wanted) :]:
        audit.findings.remove(surplus)
        session.delete(surplus)
