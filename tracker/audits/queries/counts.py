"""Counting votes per theme and month from what is stored, in as many queries for one audit as for a thousand."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from tracker.audits.models import Audit, AuditRound, AuditSection, Finding, Theme
from tracker.audits.rules.vocabulary import FindingKind, Grade, NoGrade
from tracker.audits.rules.votes import AuditFacts, ThemeCount, count_votes


@dataclass(frozen=True)
class CountedTheme:
    """A theme's votes over a window and in each month of it, the first of a month standing for the month."""

    theme_id: int
    total: ThemeCount
    months: dict[date, ThemeCount]


def theme_counts(session: Session, *, since: date, until: date) -> dict[str, CountedTheme]:
    """Return by code every theme's votes from `since` to `until`, both included (domain A8).

    An audit stands in the month when it was done or, while it is not, is due. The same case twice votes once in each
    window: once in the total, and once in each month. Months without an audit are there, with nothing in them.
    """
    audits = audit_facts(session, since=since, until=until)
    by_month: dict[date, list[AuditFacts]] = {month: [] for month in _months(since, until)}
    for audit in audits:
        by_month[audit.day.replace(day=1)].append(audit)
    themes = session.execute(select(Theme.id, Theme.code).order_by(Theme.position, Theme.id)).all()
    return {
        code: CountedTheme(
            theme_id, count_votes(audits, code), {month: count_votes(held, code) for month, held in by_month.items()}
        )
        for theme_id, code in themes
    }


def audit_facts(session: Session, *, since: date, until: date) -> list[AuditFacts]:
    """Return the audits of a window as the rules take them, by day; three queries whatever their number."""
    day = func.coalesce(Audit.audited_on, Audit.due_on)
    in_window = day.between(since, until)
    rows = session.execute(
        select(Audit.id, Audit.case_id, Audit.audited_on, Audit.due_on, Audit.state, AuditRound.selection)
        .join(AuditRound, Audit.round_id == AuditRound.id)
        .where(in_window)
        .order_by(day, Audit.id)
    ).all()
    answered = session.execute(
        select(AuditSection.audit_id, AuditSection.number, AuditSection.grade, AuditSection.no_grade)
        .join(Audit, AuditSection.audit_id == Audit.id)
        .where(in_window)
    ).all()
    found = session.execute(
        select(Finding.audit_id, Theme.code, Finding.kind)
        .join(Audit, Finding.audit_id == Audit.id)
        .join(Theme, Finding.theme_id == Theme.id)
        .where(in_window)
    ).all()
    answers = _answers(answered)
    findings = _findings(found)
    return [
        AuditFacts(
            id=row.id,
            case_id=row.case_id,
            day=row.audited_on or row.due_on,
            state=row.state,
            selection=row.selection,
            answers=answers[row.id],
            findings=findings[row.id],
        )
        for row in rows
    ]


def _answers(
    rows: Sequence[Row[int, int, Grade | None, NoGrade | None]],
) -> defaultdict[int, dict[int, Grade | NoGrade]]:
    answers: defaultdict[int, dict[int, Grade | NoGrade]] = defaultdict(dict)
    for audit_id, number, grade, no_grade in rows:
        if answer := grade or no_grade:
            answers[audit_id][number] = answer
    return answers


def _findings(rows: Sequence[Row[int, str, FindingKind]]) -> defaultdict[int, dict[str, frozenset[FindingKind]]]:
    findings: defaultdict[int, dict[str, frozenset[FindingKind]]] = defaultdict(dict)
    for audit_id, code, kind in rows:
        held = findings[audit_id]
        held[code] = held.get(code, frozenset()) | {kind}
    return findings


def _months(since: date, until: date) -> list[date]:
    months = []
    month = since.replace(day=1)
    while month <= until:
        months.append(month)
        month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
    return months
