"""Learning: messages that went out by theme with what changed, and what people said with what was done."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.audits.models.themes import Theme
from tracker.audits.rules.other_words import Audience, Voice
from tracker.core.database import Base, Recorded, choice


class LearningMessage(Recorded, Base):
    """What practice should learn of a theme, sent to an audience on a day; what changed is added when it is known."""

    __tablename__ = "learning_message"

    public_id: Mapped[str] = mapped_column(String(20), unique=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    audience: Mapped[Audience] = mapped_column(choice(Audience, "audience"))
    sent_on: Mapped[date] = mapped_column(index=True)
    changed: Mapped[str] = mapped_column(Text, default="")
    changed_day: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    theme: Mapped[Theme] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (CheckConstraint("changed = '' OR changed_day IS NOT NULL", name="change_has_day"),)


class YouSaid(Recorded, Base):
    """What people said, in the service's words, and what was done about it; nothing done yet is an answer as well."""

    __tablename__ = "you_said"

    public_id: Mapped[str] = mapped_column(String(20), unique=True)
    voice: Mapped[Voice] = mapped_column(choice(Voice, "voice"))
    said: Mapped[str] = mapped_column(Text)
    said_on: Mapped[date] = mapped_column(index=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    did: Mapped[str] = mapped_column(Text, default="")
    did_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    theme: Mapped[Theme | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (CheckConstraint("did = '' OR did_on IS NOT NULL", name="done_has_day"),)
