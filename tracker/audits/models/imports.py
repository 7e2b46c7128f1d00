"""Tables of past audits that came in from a file: which file, and what it said of each beyond the audit itself."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.audits.models.audits import Audit
from tracker.audits.rules.vocabulary import Grade
from tracker.core.database import Base, Recorded, choice


class UnfinishedPast(Base):
    """A file of past audits that one person is bringing in, and how its columns are to be read.

    The file lies in a folder of its own under `public_id` and goes with this; what is stored here is no record.
    """

    __tablename__ = "unfinished_past"
    # Nobody has said it yet: what comes in is logged when it does.
    __logged__: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(200))
    # As JSON; empty until the person has said how the columns are to be read.
    mapping: Mapped[str] = mapped_column(Text, default="")
    kept_at: Mapped[datetime] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class AuditImport(Recorded, Base):
    """A file of past audits that came in: how its columns were read, how much came in, and whether it was undone."""

    __tablename__ = "audit_import"

    file_name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    # How its columns were read, as JSON: it is offered when a file with the same headings comes.
    mapping: Mapped[str] = mapped_column(Text)
    rows: Mapped[int]
    accepted: Mapped[int]
    doubts: Mapped[int]
    began_at: Mapped[datetime]
    imported_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name="undone_by_somebody"),)


class ImportedAudit(Recorded, Base):
    """What a file said of a past audit: where it stood, its own reference, both grades and the flag of a concern.

    The audit itself has the grade that counts, which is the moderated one where there is one (domain A8).
    """

    __tablename__ = "imported_audit"

    import_id: Mapped[int] = mapped_column(ForeignKey("audit_import.id"), index=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), unique=True)
    row: Mapped[int]
    # The round and the reference as the file has them: no two audits share these and the day.
    round_name: Mapped[str] = mapped_column(String(120))
    ref: Mapped[str] = mapped_column(String(60))
    own_grade: Mapped[Grade | None] = mapped_column(choice(Grade, "own_grade"))
    moderated_grade: Mapped[Grade | None] = mapped_column(choice(Grade, "moderated_grade"))
    is_concern: Mapped[bool]

    audit: Mapped[Audit] = relationship(lazy="raise_on_sql")
