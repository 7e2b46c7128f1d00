"""Reading learning messages and what people said with what was done, the latest first."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from tracker.audits.models import LearningMessage, YouSaid
from tracker.people.models import Person
from tracker.people.policy import Permission, visible


def message(session: Session, public_id: str) -> LearningMessage | None:
    """Return a learning message with its theme."""
    query = select(LearningMessage).where(LearningMessage.public_id == public_id)
    return session.scalar(query.options(joinedload(LearningMessage.theme)))


def messages(
    session: Session, *, reader: Person, theme_id: int | None = None, limit: int | None = 100, offset: int = 0
) -> list[LearningMessage]:
    """Return the messages that the reader may read, or those on a theme, with their themes."""
    query = select(LearningMessage).where(visible(reader, Permission.OTHER_EVIDENCE_READ, LearningMessage))
    if theme_id is not None:
        query = query.where(LearningMessage.theme_id == theme_id)
    ordered = query.order_by(LearningMessage.sent_on.desc(), LearningMessage.id.desc())
    return list(session.scalars(ordered.options(joinedload(LearningMessage.theme)).limit(limit).offset(offset)))


def message_count(session: Session, *, reader: Person) -> int:
    """Return how many learning messages there are."""
    readable = visible(reader, Permission.OTHER_EVIDENCE_READ, LearningMessage)
    return session.scalar(select(func.count(LearningMessage.id)).where(readable)) or 0


def you_said(session: Session, public_id: str) -> YouSaid | None:
    """Return what people said with its theme."""
    query = select(YouSaid).where(YouSaid.public_id == public_id)
    return session.scalar(query.options(joinedload(YouSaid.theme)))


def said_and_done(
    session: Session, *, reader: Person, theme_id: int | None = None, limit: int | None = 100, offset: int = 0
) -> list[YouSaid]:
    """Return what people said that the reader may read, or that on a theme, with what was done."""
    query = select(YouSaid).where(visible(reader, Permission.OTHER_EVIDENCE_READ, YouSaid))
    if theme_id is not None:
        query = query.where(YouSaid.theme_id == theme_id)
    ordered = query.order_by(YouSaid.said_on.desc(), YouSaid.id.desc())
    return list(session.scalars(ordered.options(joinedload(YouSaid.theme)).limit(limit).offset(offset)))


def said_count(session: Session, *, reader: Person) -> int:
    """Return how many things people said are kept."""
    readable = visible(reader, Permission.OTHER_EVIDENCE_READ, YouSaid)
    return session.scalar(select(func.count(YouSaid.id)).where(readable)) or 0
