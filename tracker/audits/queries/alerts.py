"""Reading practice alerts, those that wait first."""

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload

from tracker.audits.models import PracticeAlert
from tracker.audits.rules.other_words import AlertState
from tracker.people.models import Person
from tracker.people.policy import Permission, visible


def alert(session: Session, public_id: str) -> PracticeAlert | None:
    """Return an alert with its theme and unit."""
    return session.scalar(_loaded().where(PracticeAlert.public_id == public_id))


def alerts(
    session: Session, *, reader: Person, theme_id: int | None = None, limit: int | None = 100, offset: int = 0
) -> list[PracticeAlert]:
    """Return the alerts that the reader may read, or those on a theme: open ones first, then the latest."""
    query = _loaded().where(_readable(reader), *_about(theme_id))
    is_over = PracticeAlert.state != AlertState.OPEN
    ordered = query.order_by(is_over, PracticeAlert.raised_on.desc(), PracticeAlert.id.desc())
    return list(session.scalars(ordered.limit(limit).offset(offset)))


def alert_counts(session: Session, *, reader: Person) -> dict[AlertState, int]:
    """Return how many alerts there are in each state."""
    query = select(PracticeAlert.state, func.count(PracticeAlert.id)).where(_readable(reader))
    return {row[0]: row[1] for row in session.execute(query.group_by(PracticeAlert.state))}


def _about(theme_id: int | None) -> list[ColumnElement[bool]]:
    return [] if theme_id is None else [PracticeAlert.theme_id == theme_id]


def _readable(reader: Person) -> ColumnElement[bool]:
    return visible(reader, Permission.ALERT_MANAGE, PracticeAlert)


def _loaded() -> Select[PracticeAlert]:
    return select(PracticeAlert).options(joinedload(PracticeAlert.theme), joinedload(PracticeAlert.unit))
