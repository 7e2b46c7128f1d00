"""Reading feedback, the latest period first; no reply of one person is stored."""

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload

from tracker.audits.models import FeedbackSet
from tracker.people.models import Person
from tracker.people.policy import Permission, visible

_MOST_PERIODS = 40


def feedback(session: Session, public_id: str) -> FeedbackSet | None:
    """Return a set of feedback with its theme."""
    return session.scalar(_loaded().where(FeedbackSet.public_id == public_id))


def feedback_sets(
    session: Session, *, reader: Person, theme_id: int | None = None, limit: int | None = 100, offset: int = 0
) -> list[FeedbackSet]:
    """Return the sets that the reader may read, or those on a theme, with their themes."""
    query = _loaded().where(_readable(reader))
    if theme_id is not None:
        query = query.where(FeedbackSet.theme_id == theme_id)
    return list(session.scalars(_latest_first(query).limit(limit).offset(offset)))


def feedback_count(session: Session, *, reader: Person) -> int:
    """Return how many sets of feedback there are."""
    return session.scalar(select(func.count(FeedbackSet.id)).where(_readable(reader))) or 0


def same_question(session: Session, asked: FeedbackSet) -> list[FeedbackSet]:
    """Return the periods in which the same people were asked the same question, the latest first, itself included."""
    same = (FeedbackSet.source == asked.source) & (func.lower(FeedbackSet.question) == asked.question.lower())
    return list(session.scalars(_latest_first(_loaded().where(same)).limit(_MOST_PERIODS)))


def _latest_first(query: Select[FeedbackSet]) -> Select[FeedbackSet]:
    return query.order_by(FeedbackSet.ends_on.desc(), FeedbackSet.id.desc())


def _readable(reader: Person) -> ColumnElement[bool]:
    return visible(reader, Permission.OTHER_EVIDENCE_READ, FeedbackSet)


def _loaded() -> Select[FeedbackSet]:
    return select(FeedbackSet).options(joinedload(FeedbackSet.theme))
