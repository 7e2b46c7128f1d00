"""Tables of plans that come in: those not finished yet, those that came, and what columns and colours meant."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.core.database import Base, Recorded


class UnfinishedImport(Base):
    """A document that one person is bringing in, with what they answered so far; after the import, which plan it made.

    The document lies in a folder of its own under `public_id`; what is stored here is no record.
    """

    __tablename__ = "unfinished_import"
    # Nobody has said it yet: what comes in is logged when it does.
    __logged__: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(200))
    approved_on: Mapped[date | None]
    # What its columns hold and what its words of colour mean, each as text that the readers take.
    columns: Mapped[str] = mapped_column(Text, default="")
    rag_key: Mapped[str] = mapped_column(Text, default="")
    # Doubts settled, actions put right, leads matched, as JSON.
    answers: Mapped[str] = mapped_column(Text, default="{}")
    kept_at: Mapped[datetime] = mapped_column(index=True)
    # The plan that was made of it; empty until then.
    plan_slug: Mapped[str] = mapped_column(String(60), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class PlanImport(Recorded, Base):
    """A plan that came in from its document: what, how much, and whether it was taken back.

    The plan is named by its number alone, because this stays when the plan is taken back.
    """

    __tablename__ = "plan_import"

    plan_number: Mapped[int] = mapped_column(index=True)
    slug: Mapped[str] = mapped_column(String(60), index=True)
    title: Mapped[str] = mapped_column(String(200))
    file_name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    areas: Mapped[int]
    actions: Mapped[int]
    milestones: Mapped[int]
    doubts: Mapped[int]
    unread: Mapped[int]
    imported_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name="undone_by_somebody"),)


class KeptMapping(Recorded, Base):
    """What columns hold and what words of colour mean, kept under a name for when the same headings come again."""

    __tablename__ = "kept_mapping"

    name: Mapped[str] = mapped_column(String(80), unique=True)
    # The headings in small letters, sorted, one a line: a file with these same ones is offered this.
    headings: Mapped[str] = mapped_column(Text)
    columns: Mapped[str] = mapped_column(Text)
    rag_key: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
