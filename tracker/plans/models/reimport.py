"""Tables of later versions of a plan: what waits for its reader's word, what was taken in, and what that changed."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.core.database import Base, Recorded, choice
from tracker.plans.models.action import Action
from tracker.plans.rules.reimport import ChangeKind


class PendingReimport(Base):
    """A later version of a plan as it was read, kept for who brought it until it is taken in, discarded or too old."""

    __tablename__ = "pending_reimport"
    # Nobody has decided on it yet: what is taken in is logged with the records that it changes.
    __logged__: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(160))
    sha256: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    # The plan in it, and the facts of the differences as they were last shown; both as JSON.
    content: Mapped[str] = mapped_column(Text)
    seen: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime] = mapped_column(index=True)
    # What of it was taken in before; the rest still waits.
    reimport_id: Mapped[int | None] = mapped_column(ForeignKey("reimport.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Reimport(Recorded, Base):
    """A later version of a plan of which something was taken in, word for word."""

    __tablename__ = "reimport"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(160))
    sha256: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    taken_on: Mapped[date]

    changes: Mapped[list["ReimportChange"]] = relationship(
        lazy="raise_on_sql", order_by="ReimportChange.id", back_populates="reimport"
    )


class ReimportChange(Recorded, Base):
    """A fact: one thing that was taken in, in words as it was and as it is since."""

    __tablename__ = "reimport_change"

    reimport_id: Mapped[int] = mapped_column(ForeignKey("reimport.id"), index=True)
    # The action whose history tells of it; a date that was asked for is told there as any other.
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"), index=True)
    kind: Mapped[ChangeKind] = mapped_column(choice(ChangeKind, "change_kind"))
    ref: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(Text)
    was: Mapped[str] = mapped_column(Text, default="")
    now: Mapped[str] = mapped_column(Text, default="")

    reimport: Mapped[Reimport] = relationship(back_populates="changes", lazy="raise_on_sql")
    action: Mapped[Action | None] = relationship(lazy="raise_on_sql")
