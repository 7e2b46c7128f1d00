"""Counting votes per theme and month from what is stored, in as many queries for one audit as for a thousand."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from tracker.audits.models import AuditRound, Theme
from tracker.audits.queries.vote_facts import fact_parts, facts_from
from tracker.audits.rules.votes import AuditFacts, LeftOut, ThemeCount, count_votes, left_out_in_all

_ByMonth = dict[date, list[AuditFacts]]


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
    by_month = _by_month(audits, since, until)
    themes = session.execute(select(Theme.id, Theme.code).order_by(Theme.position, Theme.id)).all()
    return {code: _counted(theme_id, code, audits, by_month) for theme_id, code in themes}


def counted_theme(session: Session, theme: Theme, *, since: date, until: date) -> CountedTheme:
    """Return what `theme_counts` says of one theme, reading no answer that is about another."""
    audits = audit_facts(session, since=since, until=until, theme=theme)
    return _counted(theme.id, theme.code, audits, _by_month(audits, since, until))


def _counted(theme_id: int, code: str, audits: list[AuditFacts], by_month: _ByMonth) -> CountedTheme:
    months = {month: count_votes(held, code) for month, held in by_month.items()}
    return CountedTheme(theme_id, count_votes(audits, code), months)


def _by_month(audits: list[AuditFacts], since: date, until: date) -> _ByMonth:
    by_month: _ByMonth = {month: [] for month in _months(since, until)}
    for audit in audits:
        by_month[audit.day.replace(day=1)].append(audit)
    return by_month


@dataclass(frozen=True)
class WindowCounts:
    """The votes on every theme over a window, by code in the order of the list, and what is left out of all of them."""

    themes: dict[str, ThemeCount]
    left_out: dict[LeftOut, int]


def window_counts(session: Session, *, since: date, until: date) -> WindowCounts:
    """Return the votes from `since` to `until`, both included, without their months; two queries (domain A8)."""
    audits = audit_facts(session, since=since, until=until)
    codes = session.scalars(select(Theme.code).order_by(Theme.position, Theme.id))
    themes = {code: count_votes(audits, code) for code in codes}
    return WindowCounts(themes, left_out_in_all(audits, themes.values()))


def audit_facts(session: Session, *, since: date, until: date, theme: Theme | None = None) -> list[AuditFacts]:
    """Return the audits of a window as the rules take them, by day; one query whatever their number.

    With a theme they hold only what was said and found of it.
    """
    return facts_from(session.execute(union_all(*fact_parts(since, until, theme=theme))).all())


def facts_of_round(session: Session, audit_round: AuditRound) -> list[AuditFacts]:
    """Return the audits of a round as the rules take them, by day; one query whatever their number."""
    parts = fact_parts(audit_round.starts_on, audit_round.due_on, round_id=audit_round.id)
    return facts_from(session.execute(union_all(*parts)).all())


def _months(since: date, until: date) -> list[date]:
    months = []
    month = since.replace(day=1)
    while month <= until:
        months.append(month)
        month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
    return months
