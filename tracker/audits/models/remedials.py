"""Remedial actions with the steps that were taken, and re-audits that are planned; they ask and decide nothing."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.audits.rules.remedials import BECAUSE_INADEQUATE, Priority, RemedialState, Step
from tracker.core.database import Base, Recorded, choice
from tracker.people.models import Person

if TYPE_CHECKING:
    from tracker.audits.models.audits import Audit


class RemedialAction(Recorded, Base):
    """Something to put right for one child, with the one person who sees to it and the day by which it is done."""

    __tablename__ = "remedial_action"

    public_id: Mapped[str] = mapped_column(String(20), unique=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    priority: Mapped[Priority] = mapped_column(choice(Priority, "priority"))
    due_on: Mapped[date]
    state: Mapped[RemedialState] = mapped_column(choice(RemedialState, "remedial_state"), default=RemedialState.OPEN)
    version: Mapped[int] = mapped_column(default=1)

    audit: Mapped["Audit"] = relationship(back_populates="remedials", lazy="raise_on_sql")
    owner: Mapped[Person] = relationship(lazy="raise_on_sql")
    steps: Mapped[list["RemedialStep"]] = relationship(
        lazy="raise_on_sql", order_by="RemedialStep.id", back_populates="remedial"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (Index("ix_remedial_action_state_due", "state", "due_on"),)


class RemedialStep(Recorded, Base):
    """One step of a remedial action: who took it, and what they said; it is never changed."""

    __tablename__ = "remedial_step"

    remedial_id: Mapped[int] = mapped_column(ForeignKey("remedial_action.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    step: Mapped[Step] = mapped_column(choice(Step, "step"))
    note: Mapped[str] = mapped_column(Text, default="")

    remedial: Mapped[RemedialAction] = relationship(back_populates="steps", lazy="raise_on_sql")
    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class ReAudit(Recorded, Base):
    """That a case is to be audited again by a day, and why; the audit that does it points to the same one."""

    __tablename__ = "re_audit"

    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), unique=True)
    due_on: Mapped[date]
    why: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)

    audit: Mapped["Audit"] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_automatic(self) -> bool:
        """Whether it follows from the grade alone, and nobody asked for it."""
        return self.why == BECAUSE_INADEQUATE
