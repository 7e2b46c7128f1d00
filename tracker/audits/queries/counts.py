"""Counting votes per theme and month from what is stored, in as many queries for one audit as for a thousand."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, String, cast, func, literal, select, union_all
from sqlalchemy.orm import Session

from tracker.audits.models import Audit, AuditRound, AuditSection, Finding, Theme
from tracker.audits.rules.vocabulary import AuditState, FindingKind, Grade, NoGrade, Selection
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
    """Return the audits of a window as the rules take them, by day; one query whatever their number."""
    return facts_from(session.execute(union_all(*fact_parts(since, until))).all())


def fact_parts(since: date, until: date) -> tuple[Select[*tuple[Any, ...]], ...]:
    """Return what the facts of audits are read from, as parts of one query that may hold parts of others too."""
    day = func.coalesce(Audit.audited_on, Audit.due_on)
    parts = (
        select(*part_of_query("audit", Audit.id, Audit.case_id, day, Audit.state, AuditRound.selection)).join(
            AuditRound, Audit.round_id == AuditRound.id
        ),
        select(
            *part_of_query("answer", Audit.id, AuditSection.number, day, AuditSection.grade, AuditSection.no_grade)
        ).join(Audit, AuditSection.audit_id == Audit.id),
        select(*part_of_query("finding", Audit.id, Finding.id, day, Theme.code, Finding.kind))
        .join(Audit, Finding.audit_id == Audit.id)
        .join(Theme, Finding.theme_id == Theme.id),
    )
    return tuple(part.where(day.between(since, until)) for part in parts)


def part_of_query(part: str, key: Any, number: Any, day: Any, *words: Any) -> list[Any]:
    """Return the columns that all parts share: which it is, two numbers, a day and four words at most."""
    given = [*words, *("" for _ in range(4 - len(words)))]
    return [
        literal(part).label("part"),
        key.label("key"),
        number.label("number"),
        day.label("day"),
        *(cast(word, String).label(f"word_{place}") for place, word in enumerate(given)),
    ]


def facts_from(rows: Iterable[Row[*tuple[Any, ...]]]) -> list[AuditFacts]:
    """Return the facts of audits from the rows of `fact_parts`, by day; rows of other parts are left alone."""
    audits: list[Any] = []
    answers: defaultdict[int, dict[int, Grade | NoGrade]] = defaultdict(dict)
    findings: defaultdict[int, dict[str, frozenset[FindingKind]]] = defaultdict(dict)
    for row in rows:
        if row.part == "audit":
            audits.append(row)
        elif row.part == "answer" and (row.word_0 or row.word_1):
            answers[row.key][row.number] = Grade(row.word_0) if row.word_0 else NoGrade(row.word_1)
        elif row.part == "finding":
            held = findings[row.key]
            held[row.word_0] = held.get(row.word_0, frozenset()) | {FindingKind(row.word_1)}
    return [
        AuditFacts(
            id=row.key,
            case_id=row.number,
            day=row.day,
            state=AuditState(row.word_0),
            selection=Selection(row.word_1),
            answers=answers[row.key],
            findings=findings[row.key],
        )
        for row in sorted(audits, key=lambda row: (row.day, row.key))
    ]


def _months(since: date, until: date) -> list[date]:
    months = []
    month = since.replace(day=1)
    while month <= until:
        months.append(month)
        month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
    return months
