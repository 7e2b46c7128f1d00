"""Tables of the plan itself, and what its import read and doubted."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.core.database import Base, Recorded, choice
from tracker.plans.models.inspection import Inspection
from tracker.plans.rules.states import PlanStatus

if TYPE_CHECKING:
    from tracker.plans.models.area import Area


class Plan(Recorded, Base):
    """An improvement plan, with the parameters by which its delivery is rated (domain A5)."""

    __tablename__ = "plan"

    slug: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    status: Mapped[PlanStatus] = mapped_column(choice(PlanStatus, "plan_status"))
    approved_on: Mapped[date | None]
    inspection_id: Mapped[int | None] = mapped_column(ForeignKey("inspection.id"))
    # The plan in which work goes on; nothing while this one is not replaced.
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"), index=True)
    scope_note: Mapped[str] = mapped_column(Text, default="")
    source_sha256: Mapped[str | None] = mapped_column(String(64), unique=True)
    rule_version: Mapped[str] = mapped_column(String(20), default="delivery-1")
    amber_days: Mapped[int] = mapped_column(default=28)
    lookahead_days: Mapped[int] = mapped_column(default=28)
    grace_days: Mapped[int] = mapped_column(default=56)
    cycle_days: Mapped[int] = mapped_column(default=91)
    version: Mapped[int] = mapped_column(default=1)

    inspection: Mapped[Inspection | None] = relationship(lazy="raise_on_sql")
    areas: Mapped[list["Area"]] = relationship(
        back_populates="plan", lazy="raise_on_sql", order_by="Area.number", viewonly=True
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("status = 'draft' OR approved_on IS NOT NULL", name="approved_unless_draft"),
        CheckConstraint(
            "replaced_by_id IS NULL OR (status = 'replaced' AND replaced_by_id <> id)", name="replaced_by_another"
        ),
        CheckConstraint(
            "amber_days >= 0 AND lookahead_days >= 0 AND grace_days >= 0 AND cycle_days > 0", name="parameters"
        ),
    )


class PlanSource(Recorded, Base):
    """The document that a plan was read from, word for word."""

    __tablename__ = "plan_source"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)


class ImportDoubt(Recorded, Base):
    """A doubt that the import had, for a person to settle."""

    __tablename__ = "import_doubt"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(30))
    ref: Mapped[str | None] = mapped_column(String(20))
    line: Mapped[int]
    message: Mapped[str] = mapped_column(Text)
    settled_on: Mapped[date | None]


class UnreadLine(Recorded, Base):
    """A line of the document that no area, action or section took."""

    __tablename__ = "unread_line"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    line: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
