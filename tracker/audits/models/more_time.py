"""More time that was asked for an audit, and what was decided."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.audits.models.audits import Audit
from tracker.core.database import Base, Recorded
from tracker.people.models import Person

_IS_OPEN = text("is_agreed IS NULL")


class MoreTime(Recorded, Base):
    """A later day that was asked for an audit, with why; the audit is due on it once somebody else agrees."""

    __tablename__ = "more_time"

    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_for: Mapped[date]
    why: Mapped[str] = mapped_column(Text)
    is_agreed: Mapped[bool | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    audit: Mapped[Audit] = relationship(lazy="raise_on_sql")
    asked_by: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[asked_by_id])
    decided_by: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[decided_by_id])

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("(is_agreed IS NULL) = (decided_at IS NULL)", name="decided_has_moment"),
        CheckConstraint("decided_by_id <> asked_by_id", name="decided_by_another"),
        Index("uq_more_time_one_open", "audit_id", unique=True, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
    )
