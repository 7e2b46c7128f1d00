"""Tables of inspections and visits, and of what inspectors asked for or praised; which area answers is an area's."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.core.database import Base, Recorded, choice
from tracker.plans.rules.states import InspectionKind, ItemClass

if TYPE_CHECKING:
    from tracker.plans.models.area import AreaItem


class Inspection(Recorded, Base):
    """An inspection whose items plans answer, or a visit that follows one."""

    __tablename__ = "inspection"

    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[InspectionKind] = mapped_column(
        choice(InspectionKind, "inspection_kind"), default=InspectionKind.INSPECTION
    )
    authority: Mapped[str] = mapped_column(String(120), default="")
    # The days on which inspectors were there, as the report prints them.
    held: Mapped[str] = mapped_column(String(120), default="")
    published_on: Mapped[date | None]
    # From here count the working days until the answer is due.
    received_on: Mapped[date | None]
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("inspection.id"), index=True)
    source_name: Mapped[str] = mapped_column(String(160), default="")
    source_sha256: Mapped[str | None] = mapped_column(String(64), unique=True)
    version: Mapped[int] = mapped_column(default=1)

    items: Mapped[list["InspectionItem"]] = relationship(
        back_populates="inspection", lazy="raise_on_sql", order_by="InspectionItem.position"
    )

    @property
    def standing(self) -> list["InspectionItem"]:
        """The items that were not taken out."""
        return [item for item in self.items if item.removed_on is None]

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (CheckConstraint("follows_id IS NULL OR kind <> 'inspection'", name="only_visits_follow"),)


class InspectionItem(Recorded, Base):
    """One thing that inspectors asked for, or praised, in their exact words."""

    __tablename__ = "inspection_item"

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"))
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(20), default="")
    item_class: Mapped[ItemClass] = mapped_column(choice(ItemClass, "item_class"))
    heading: Mapped[str] = mapped_column(String(160), default="")
    words: Mapped[str] = mapped_column(Text)
    # The paragraphs of the report that say more, as printed: "40 and 41".
    paragraph: Mapped[str] = mapped_column(String(60), default="")
    # Points nested under the item, one a line.
    points: Mapped[str] = mapped_column(Text, default="")
    # What was recorded by mistake asks for nothing any more, and stays with the reason.
    removed_on: Mapped[date | None]
    removed_why: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    inspection: Mapped[Inspection] = relationship(back_populates="items", lazy="raise_on_sql")
    answers: Mapped[list["AreaItem"]] = relationship(
        back_populates="item", lazy="raise_on_sql", order_by="AreaItem.id", viewonly=True
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (UniqueConstraint("inspection_id", "position"),)
