"""Tables of an area for improvement and what it wants: objectives, outcomes, measures."""

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.core.database import Base, Recorded
from tracker.plans.models.inspection import InspectionItem
from tracker.plans.models.plan import Plan


class Area(Recorded, Base):
    """The top level of a plan."""

    __tablename__ = "area"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    number: Mapped[int]
    label: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(Text)
    source_line: Mapped[int | None]
    # The office may set priority with a reason; otherwise the area's inspection items say (domain A7).
    priority_set: Mapped[bool | None]
    priority_reason: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship(lazy="raise_on_sql")
    objectives: Mapped[list["Objective"]] = relationship(lazy="raise_on_sql", order_by="Objective.position")
    outcomes: Mapped[list["Outcome"]] = relationship(lazy="raise_on_sql", order_by="Outcome.position")
    measures: Mapped[list["PlanMeasure"]] = relationship(lazy="raise_on_sql", order_by="PlanMeasure.position")
    items: Mapped[list["AreaItem"]] = relationship(back_populates="area", lazy="raise_on_sql", order_by="AreaItem.id")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (UniqueConstraint("plan_id", "number"),)


class AreaItem(Recorded, Base):
    """An inspection item that an area answers."""

    __tablename__ = "area_item"

    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("inspection_item.id"))

    item: Mapped[InspectionItem] = relationship(back_populates="answers", lazy="raise_on_sql")
    area: Mapped[Area] = relationship(back_populates="items", lazy="raise_on_sql", viewonly=True)

    __table_args__ = (UniqueConstraint("area_id", "item_id"),)


class Objective(Recorded, Base):
    """What we mean to do."""

    __tablename__ = "objective"

    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)


class Outcome(Recorded, Base):
    """What will be different for children; one may hold others."""

    __tablename__ = "outcome"

    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("outcome.id"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)


class PlanMeasure(Recorded, Base):
    """How we shall know, in the plan's exact words."""

    __tablename__ = "plan_measure"

    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
