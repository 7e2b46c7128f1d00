"""Reading the words of findings of final audits, for those who may; counts are another file's."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from tracker.audits.models import Audit, CaseReference, Finding, Theme
from tracker.audits.rules.vocabulary import FINAL_STATES, Category, FindingKind
from tracker.people.models import Person
from tracker.people.policy import Permission, visible


@dataclass(frozen=True)
class FindingRow:
    """A finding's words with the audit that they come from; whoever shows it has asked that it may be seen."""

    kind: FindingKind
    text: str
    audited_on: date
    category: Category
    case_code: str
    audit_public_id: str


def findings_of_theme(
    session: Session, theme: Theme, *, person: Person, since: date, until: date, limit: int = 100, offset: int = 0
) -> list[FindingRow]:
    """Return what final audits of a window found on a theme, latest first, as far as a person may read the words.

    Both days are included. It is empty for whoever sees counts only (domain A9).
    """
    query = (
        select(
            Finding.kind, Finding.text, Audit.audited_on, CaseReference.category, CaseReference.code, Audit.public_id
        )
        .join(Audit, Finding.audit_id == Audit.id)
        .join(CaseReference, Audit.case_id == CaseReference.id)
        .where(*_readable(theme, person, since, until))
        .order_by(Audit.audited_on.desc(), Audit.id.desc(), Finding.section_number, Finding.position)
    )
    rows = session.execute(query.limit(limit).offset(offset))
    return [
        FindingRow(row.kind, row.text, row.audited_on, row.category, row.code, row.public_id)
        for row in rows
        if row.audited_on is not None
    ]


def count_of_findings(session: Session, theme: Theme, *, person: Person, since: date, until: date) -> int:
    """Return how many findings `findings_of_theme` holds for the same person and days."""
    query = select(func.count(Finding.id)).join(Audit, Finding.audit_id == Audit.id)
    return session.scalars(query.where(*_readable(theme, person, since, until))).one()


def _readable(theme: Theme, person: Person, since: date, until: date) -> tuple[ColumnElement[bool], ...]:
    return (
        Finding.theme_id == theme.id,
        Audit.state.in_(FINAL_STATES),
        Audit.audited_on.between(since, until),
        visible(person, Permission.FINDING_READ, Audit),
    )
