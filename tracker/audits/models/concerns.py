"""Immediate concerns: a child may be at risk now."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.core.database import Base, Recorded
from tracker.people.models import Person

if TYPE_CHECKING:
    from tracker.audits.models.audits import Audit


class ImmediateConcern(Recorded, Base):
    """A child may be at risk now: who was told, when, and what became of it; the case system holds the detail."""

    __tablename__ = "immediate_concern"

    public_id: Mapped[str] = mapped_column(String(20), unique=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), index=True)
    raised_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    raised_at: Mapped[datetime]
    told_to: Mapped[str] = mapped_column(String(160))
    told_at: Mapped[datetime]
    what: Mapped[str] = mapped_column(Text)
    acknowledged_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    acknowledged_at: Mapped[datetime | None]
    acknowledgement: Mapped[str] = mapped_column(Text, default="")
    acted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    acted_at: Mapped[datetime | None]
    acted: Mapped[str] = mapped_column(Text, default="")
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    audit: Mapped["Audit"] = relationship(back_populates="concerns", lazy="raise_on_sql")
    raised_by: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[raised_by_id])
    acknowledged_by: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[acknowledged_by_id])
    acted_by: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[acted_by_id])
    closed_by: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[closed_by_id])

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("acted_at IS NULL OR acknowledged_at IS NOT NULL", name="acted_after_acknowledged"),
        CheckConstraint("closed_at IS NULL OR acted_at IS NOT NULL", name="closed_after_acted"),
    )
