"""Reading the list of themes."""

from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from tracker.audits.models import Theme


def themes(session: Session) -> list[Theme]:
    """Return all themes, ended ones included, in the order of the list."""
    return list(session.scalars(select(Theme).order_by(Theme.position, Theme.id)))


def themes_on(session: Session, day: date, *, since: date | None = None) -> list[Theme]:
    """Return the themes that may be chosen on a day, in the order of the list.

    With `since`, those that ended after that day too: what was begun with a theme may be finished with it.
    """
    return list(session.scalars(themes_query(day, since=since)))


def themes_query(day: date, *, since: date | None = None) -> Select[Theme]:
    """Return the query of the themes that may be chosen on a day, to be asked with something beside them."""
    begun = or_(Theme.starts_on.is_(None), Theme.starts_on <= day)
    not_ended = or_(Theme.ends_on.is_(None), Theme.ends_on >= (since or day))
    return select(Theme).where(begun, not_ended).order_by(Theme.position, Theme.id)


def theme_by_code(session: Session, code: str) -> Theme | None:
    """Return the theme of a code."""
    return session.scalar(select(Theme).where(Theme.code == code))
