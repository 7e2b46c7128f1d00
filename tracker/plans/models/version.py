"""Tables of what a plan was and was called: approved versions, steps of its life, earlier numbers and words."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.core.database import Base, Recorded, choice
from tracker.core.unchanging import UNCHANGING
from tracker.plans.models.action import Action
from tracker.plans.models.area import Area
from tracker.plans.models.plan import Plan
from tracker.plans.rules.states import PlanStatus
from tracker.plans.rules.wordings import Wording


class PlanVersion(Recorded, Base):
    """A plan as a body approved it, word for word; the database refuses to change it (domain A2)."""

    __tablename__ = "plan_version"
    # The content is long and its hash says whether it is the same, so the log need not hold it a second time.
    __unlogged__: ClassVar[frozenset[str]] = frozenset({"content"})

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    number: Mapped[int]
    approved_on: Mapped[date]
    body: Mapped[str] = mapped_column(String(160), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    content: Mapped[str] = mapped_column(Text)
    content_sha256: Mapped[str] = mapped_column(String(64))

    __table_args__ = (
        UniqueConstraint("plan_id", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
        {"info": {UNCHANGING: ("plan_id", "number")}},
    )


class PlanStep(Recorded, Base):
    """A fact: the office moved a plan on in its life on a day, and why (domain A3)."""

    __tablename__ = "plan_step"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    status: Mapped[PlanStatus] = mapped_column(choice(PlanStatus, "plan_step_status"))
    effective_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text, default="")


class FormerNumber(Recorded, Base):
    """A number that an action or an area had until a day; old addresses find by it what they meant."""

    __tablename__ = "former_number"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"), index=True)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    number: Mapped[str] = mapped_column(String(20))
    until_on: Mapped[date]

    action: Mapped[Action | None] = relationship(lazy="raise_on_sql")
    area: Mapped[Area | None] = relationship(lazy="raise_on_sql")
    plan: Mapped[Plan] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        CheckConstraint("(action_id IS NULL) <> (area_id IS NULL)", name="of_one"),
        Index("ix_former_number_plan_number", "plan_id", "number"),
    )


class FormerWording(Recorded, Base):
    """A fact: somebody changed the words of an area, an action or what belongs to one; the old words stay."""

    __tablename__ = "former_wording"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"), index=True)
    what: Mapped[Wording] = mapped_column(choice(Wording, "wording"))
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    effective_on: Mapped[date]
