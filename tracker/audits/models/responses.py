"""What the worker of a file says to an audit of their work, after it was sent: their own words, section by section."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.audits.rules.taking_part import Extent, WorkerView
from tracker.core.database import Base, Recorded, choice

if TYPE_CHECKING:
    from tracker.audits.models.audits import Audit


class WorkerResponse(Recorded, Base):
    """The answer of one worker to one audit; until it is sent it is a draft that nobody else reads."""

    __tablename__ = "worker_response"

    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), unique=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    sent_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    audit: Mapped["Audit"] = relationship(back_populates="response", lazy="raise_on_sql")
    sections: Mapped[list["ResponseSection"]] = relationship(
        lazy="raise_on_sql", order_by="ResponseSection.number", back_populates="response"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def views(self) -> dict[int, WorkerView]:
        """What is said of each section, as values."""
        return {one.number: WorkerView(one.words, one.agrees) for one in self.sections}


class ResponseSection(Recorded, Base):
    """What the worker says of one section, or with the last number of the whole; saying nothing is no row."""

    __tablename__ = "response_section"

    response_id: Mapped[int] = mapped_column(ForeignKey("worker_response.id"))
    number: Mapped[int]
    words: Mapped[str] = mapped_column(Text, default="")
    agrees: Mapped[Extent | None] = mapped_column(choice(Extent, "response_agrees"))

    response: Mapped[WorkerResponse] = relationship(back_populates="sections", lazy="raise_on_sql")

    __table_args__ = (
        UniqueConstraint("response_id", "number"),
        CheckConstraint("agrees IS NOT NULL OR words <> ''", name="says_something"),
    )
