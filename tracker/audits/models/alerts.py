"""Practice alerts: what a chair or reviewing officer saw in practice, and what the service answered."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.audits.models.themes import Theme
from tracker.audits.rules.other_words import AlertSource, AlertState
from tracker.core.database import Base, Recorded, choice
from tracker.people.models import Unit


class PracticeAlert(Recorded, Base):
    """A matter of practice in one team, never of a named worker or child; the case system keeps the case."""

    __tablename__ = "practice_alert"

    public_id: Mapped[str] = mapped_column(String(20), unique=True)
    source: Mapped[AlertSource] = mapped_column(choice(AlertSource, "alert_source"))
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    raised_on: Mapped[date]
    words: Mapped[str] = mapped_column(Text)
    state: Mapped[AlertState] = mapped_column(choice(AlertState, "alert_state"), default=AlertState.OPEN)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    theme: Mapped[Theme] = relationship(lazy="raise_on_sql")
    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("state = 'open' OR (answer <> '' AND answered_on IS NOT NULL)", name="answered_says_what"),
        CheckConstraint("state <> 'closed' OR closed_on IS NOT NULL", name="closed_has_day"),
        Index("ix_practice_alert_state_day", "state", "raised_on"),
    )
