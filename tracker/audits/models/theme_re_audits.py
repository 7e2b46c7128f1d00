"""Auditing a theme again after something was changed: which theme, since which day, by when and in which round."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.audits.models.rounds import AuditRound
from tracker.audits.models.themes import Theme
from tracker.core.database import Base, Recorded


class ThemeReAudit(Recorded, Base):
    """A theme to be audited again; its files are those of its round, which may hold those of another plan too."""

    __tablename__ = "theme_re_audit"

    public_id: Mapped[str] = mapped_column(String(20), unique=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("audit_round.id"), index=True)
    # Since when what was changed is in place: the files looked at before that day are what the new ones stand beside.
    in_place_on: Mapped[date]
    due_on: Mapped[date]
    files: Mapped[int]
    why: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)

    theme: Mapped[Theme] = relationship(lazy="raise_on_sql")
    round: Mapped[AuditRound] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (CheckConstraint("files > 0", name="files"),)
