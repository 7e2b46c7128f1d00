"""The table of the units of the authority and its partners."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.core.database import Base, Recorded, choice
from tracker.people.rules import UnitKind


class Unit(Recorded, Base):
    """A part of the authority or a partner; teams are re-organised, so each has its time."""

    __tablename__ = "unit"

    name: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[UnitKind] = mapped_column(choice(UnitKind, "unit_kind"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
