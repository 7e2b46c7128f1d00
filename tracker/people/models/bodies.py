"""Tables of the bodies that test or steer the plan, and of their meetings."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.core.database import Base, Recorded, choice
from tracker.people.rules import BodyKind, Cycle


class Body(Recorded, Base):
    """A board, meeting or panel that tests or steers the plan."""

    __tablename__ = "body"

    name: Mapped[str] = mapped_column(String(160), unique=True)
    kind: Mapped[BodyKind] = mapped_column(choice(BodyKind, "body_kind"))
    cycle: Mapped[Cycle] = mapped_column(choice(Cycle, "cycle"))
    reports_to_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))

    reports_to: Mapped["Body | None"] = relationship(lazy="raise_on_sql", remote_side="Body.id")


class BodyMeeting(Recorded, Base):
    """One meeting of a body: its day, when updates for it close, and whether it was held."""

    __tablename__ = "body_meeting"

    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    day: Mapped[date] = mapped_column(index=True)
    updates_close_at: Mapped[datetime | None]
    is_held: Mapped[bool] = mapped_column(default=False)

    body: Mapped[Body] = relationship(lazy="raise_on_sql")

    __table_args__ = (UniqueConstraint("body_id", "day"),)
