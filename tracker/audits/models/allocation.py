"""What allocation leaves behind: declared conflicts, changes of auditor with their reasons, and exemptions."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.audits.models.audits import Audit
from tracker.audits.models.cases import CaseReference
from tracker.audits.rules.independence import ConflictKind
from tracker.core.database import Base, Recorded, choice
from tracker.people.models import Person

_IS_OPEN = text("decided_at IS NULL")


class DeclaredConflict(Recorded, Base):
    """A file that an auditor cannot judge, and of what kind the reason is; no worker is named (domain A2)."""

    __tablename__ = "declared_conflict"

    auditor_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_reference.id"), index=True)
    kind: Mapped[ConflictKind] = mapped_column(choice(ConflictKind, "conflict_kind"))
    ended_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    auditor: Mapped[Person] = relationship(lazy="raise_on_sql")
    case: Mapped[CaseReference] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (UniqueConstraint("auditor_id", "case_id"),)


class AuditorSwap(Recorded, Base):
    """A change of who audits a file, with its reason."""

    __tablename__ = "auditor_swap"

    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), index=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text)

    audit: Mapped[Audit] = relationship(lazy="raise_on_sql")
    before: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[from_id])
    after: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[to_id])

    __table_args__ = (CheckConstraint("from_id <> to_id", name="to_another"),)


class Exemption(Recorded, Base):
    """A wish that an audit need not be done, and what a director made of it (domain A3)."""

    __tablename__ = "audit_exemption"

    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    is_granted: Mapped[bool | None]
    decided_note: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    audit: Mapped[Audit] = relationship(lazy="raise_on_sql")
    asked_by: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[asked_by_id])
    decided_by: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[decided_by_id])

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint(
            "(decided_at IS NULL) = (is_granted IS NULL) AND (decided_at IS NULL) = (decided_by_id IS NULL)",
            name="decided_by_somebody",
        ),
        CheckConstraint("decided_by_id <> asked_by_id", name="decided_by_another"),
        Index("uq_audit_exemption_one_open", "audit_id", unique=True, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
    )
