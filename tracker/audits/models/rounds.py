"""Rounds of audits."""

from datetime import date

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.audits.rules.vocabulary import Selection
from tracker.core.database import Base, Recorded, choice


class AuditRound(Recorded, Base):
    """One month's, or one theme's, cycle of audits."""

    __tablename__ = "audit_round"

    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    starts_on: Mapped[date]
    due_on: Mapped[date]
    selection: Mapped[Selection] = mapped_column(choice(Selection, "selection"))
    sample_target: Mapped[int]

    __table_args__ = (
        CheckConstraint("due_on >= starts_on", name="due_after_start"),
        CheckConstraint("sample_target > 0", name="sample_target"),
    )
