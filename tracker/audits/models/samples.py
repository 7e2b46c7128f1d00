"""Samples: the list that waits to be drawn from, how a round's sample was drawn, and the files in it."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.audits.models.cases import CaseReference
from tracker.audits.models.rounds import AuditRound
from tracker.core.database import Base, Recorded


class WaitingCaseList(Base):
    """A case list as it was read, for an hour at most; nothing of it is kept but the sample that is drawn from it."""

    __tablename__ = "waiting_case_list"
    # No record yet: most of its rows are never to be kept, and so must not stand in the log either.
    __logged__: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("audit_round.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    # The files and the numbers of refused rows with their reasons, as JSON.
    content: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime] = mapped_column(index=True)

    round: Mapped[AuditRound] = relationship(lazy="raise_on_sql")


class AuditSample(Recorded, Base):
    """How a round's sample was drawn: enough to draw it again from the same list, and nothing of who was on it."""

    __tablename__ = "audit_sample"

    round_id: Mapped[int] = mapped_column(ForeignKey("audit_round.id"), unique=True)
    seed: Mapped[int]
    size: Mapped[int]
    list_digest: Mapped[str] = mapped_column(String(64))
    listed: Mapped[int]
    refused: Mapped[int]
    audited_lately: Mapped[int]
    siblings: Mapped[int]
    # A line each group: what it is, how many were listed, how many drawn.
    groups: Mapped[list[Any]] = mapped_column(JSON, default=list)

    round: Mapped[AuditRound] = relationship(lazy="raise_on_sql")


class SampleFile(Recorded, Base):
    """A file of a round's sample, or one in reserve for its group; once given out there is an audit of it."""

    __tablename__ = "sample_file"

    round_id: Mapped[int] = mapped_column(ForeignKey("audit_round.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_reference.id"))
    # The order of the draw.
    position: Mapped[int]
    # The group that it was drawn from, so that whatever stands in for it comes from the same.
    stratum: Mapped[str] = mapped_column(String(60), default="")
    is_reserve: Mapped[bool]
    # Why it could not be audited; a reserve took its place, if there was one.
    left_out_reason: Mapped[str] = mapped_column(Text, default="")
    stands_for_id: Mapped[int | None] = mapped_column(ForeignKey("sample_file.id"))
    version: Mapped[int] = mapped_column(default=1)

    case: Mapped[CaseReference] = relationship(lazy="raise_on_sql")
    round: Mapped[AuditRound] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("round_id", "case_id"),
        UniqueConstraint("round_id", "position"),
        CheckConstraint("stands_for_id <> id", name="stands_for_another"),
    )
