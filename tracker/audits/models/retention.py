"""Runs of retention, asked for by one person and approved by another, and the legal holds that stop them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.audits.models.audits import Audit
from tracker.audits.models.cases import CaseReference
from tracker.core.database import Base, Recorded
from tracker.people.models import Person


class RetentionRun(Recorded, Base):
    """A run that was asked for, with the day and the years it goes by, so that what was approved is what goes.

    It ends when it is declined, or when nothing that it covers is left.
    """

    __tablename__ = "retention_run"

    # Counting from 1: of two that are asked for at the same moment, the second is refused.
    number: Mapped[int] = mapped_column(unique=True)
    as_at: Mapped[date]
    years: Mapped[int]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    is_approved: Mapped[bool | None]
    # How many audits lost their words so far.
    taken: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    asked_by: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[asked_by_id])
    decided_by: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[decided_by_id])

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint(
            "(decided_at IS NULL) = (is_approved IS NULL) AND (decided_at IS NULL) = (decided_by_id IS NULL)",
            name="decided_by_somebody",
        ),
        CheckConstraint("decided_by_id <> asked_by_id", name="decided_by_another"),
        CheckConstraint("taken = 0 OR is_approved", name="nothing_goes_unapproved"),
    )

    @property
    def words(self) -> str:
        """How far it has come, as pages say it."""
        if self.is_approved is None:
            return "Waits to be approved"
        if not self.is_approved:
            return "Declined"
        gone = f"{self.taken} {'audit has' if self.taken == 1 else 'audits have'} lost words and reference"
        return f"Ended: {gone}" if self.ended_at else f"Approved: {gone} so far"


class LegalHold(Recorded, Base):
    """That nothing of an audit, of a case, or of all may go, why, and when that ended."""

    __tablename__ = "legal_hold"

    public_id: Mapped[str] = mapped_column(String(20), unique=True)
    # With neither, everything is held.
    audit_id: Mapped[int | None] = mapped_column(ForeignKey("audit.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_reference.id"), index=True)
    set_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    why: Mapped[str] = mapped_column(Text)
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    lifted_at: Mapped[datetime | None]
    lifted_why: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    audit: Mapped[Audit | None] = relationship(lazy="raise_on_sql")
    case: Mapped[CaseReference | None] = relationship(lazy="raise_on_sql")
    set_by: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[set_by_id])
    lifted_by: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[lifted_by_id])

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("audit_id IS NULL OR case_id IS NULL", name="holds_one_thing"),
        CheckConstraint("(lifted_at IS NULL) = (lifted_by_id IS NULL)", name="lifted_by_somebody"),
    )
