"""What earlier audits of the same case file found wanting: the theme and the day, and neither words nor who wrote."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import Session

from tracker.audits.models import Audit, Finding, Theme
from tracker.audits.queries.themes import themes_query
from tracker.audits.rules.vocabulary import FINAL_STATES, FindingKind


@dataclass(frozen=True)
class FoundBefore:
    """A theme that an earlier audit of a file found wanting, and when the latest of them was."""

    id: int
    name: str
    on: date


def themes_found_before(session: Session, audit: Audit) -> list[FoundBefore]:
    """Return the themes of areas for development of earlier final audits of an audit's case, by name; one query."""
    found = _found_before(audit)
    query = select(Theme.id, Theme.name, found.c.latest).join(found, found.c.theme_id == Theme.id)
    return [FoundBefore(*row) for row in session.execute(query.order_by(Theme.name, Theme.id))]


def themes_offered(session: Session, audit: Audit, day: date) -> tuple[list[Theme], list[FoundBefore]]:
    """Return the themes that an audit may name on a day, and which of them were found before; one query for both."""
    found = _found_before(audit)
    query = themes_query(day, since=audit.created_at.date()).add_columns(found.c.latest)
    rows = session.execute(query.outerjoin(found, found.c.theme_id == Theme.id)).all()
    before = [FoundBefore(theme.id, theme.name, latest) for theme, latest in rows if latest]
    return [theme for theme, _ in rows], before


def _found_before(audit: Audit) -> Subquery:
    return (
        select(Finding.theme_id, func.max(Audit.audited_on).label("latest"))
        .join(Audit, Audit.id == Finding.audit_id)
        .where(
            Audit.case_id == audit.case_id,
            Audit.id != audit.id,
            # An audit that was given out later came later, however fast it was sent.
            Audit.created_at <= audit.created_at,
            Audit.state.in_(FINAL_STATES),
            Finding.kind == FindingKind.DEVELOPMENT,
        )
        .group_by(Finding.theme_id)
        .subquery()
    )
