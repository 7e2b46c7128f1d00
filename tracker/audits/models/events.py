"""Events that look at practice for some days, what they found, and the quick wins that came of them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.audits.models.themes import Theme
from tracker.audits.rules.other_words import EventKind
from tracker.audits.rules.vocabulary import FindingKind
from tracker.core.database import Base, Recorded, choice
from tracker.people.models import Person


class AssuranceEvent(Recorded, Base):
    """A practice week or an assurance day: its days, its focus, its headline findings and its quick wins."""

    __tablename__ = "assurance_event"

    public_id: Mapped[str] = mapped_column(String(20), unique=True)
    kind: Mapped[EventKind] = mapped_column(choice(EventKind, "event_kind"))
    name: Mapped[str] = mapped_column(String(120))
    starts_on: Mapped[date] = mapped_column(index=True)
    ends_on: Mapped[date]
    focus: Mapped[str] = mapped_column(String(300))
    version: Mapped[int] = mapped_column(default=1)

    findings: Mapped[list["EventFinding"]] = relationship(
        lazy="raise_on_sql", order_by="EventFinding.position", back_populates="event"
    )
    wins: Mapped[list["QuickWin"]] = relationship(
        lazy="raise_on_sql", order_by="(QuickWin.due_on, QuickWin.id)", back_populates="event"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="ends_after_start"),)


class EventFinding(Recorded, Base):
    """A headline of an event: a strength or something to develop, on a theme; it is no vote of a theme."""

    __tablename__ = "event_finding"

    public_id: Mapped[str] = mapped_column(String(20), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("assurance_event.id"))
    position: Mapped[int]
    kind: Mapped[FindingKind] = mapped_column(choice(FindingKind, "event_finding_kind"))
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[AssuranceEvent] = relationship(lazy="raise_on_sql", back_populates="findings")
    theme: Mapped[Theme | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (UniqueConstraint("event_id", "position"),)


class QuickWin(Recorded, Base):
    """A small task that an event asked for, with its owner and its day; late is derived."""

    __tablename__ = "quick_win"

    public_id: Mapped[str] = mapped_column(String(20), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("assurance_event.id"), index=True)
    words: Mapped[str] = mapped_column(String(300))
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[AssuranceEvent] = relationship(lazy="raise_on_sql", back_populates="wins")
    owner: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[owner_id])

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("done_on IS NULL OR (done_by_id IS NOT NULL AND outcome <> '')", name="done_says_what"),
        Index("ix_quick_win_owner_open", "owner_id", "done_on"),
    )
