"""Rounds of audits."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.audits.models.programmes import Mechanism
from tracker.audits.models.themes import Theme
from tracker.audits.models.tools import AuditTool
from tracker.audits.rules.sampling import Strata
from tracker.audits.rules.vocabulary import Mode, Selection
from tracker.core.database import Base, Recorded, choice


class AuditRound(Recorded, Base):
    """One month's, or one theme's, cycle of audits."""

    __tablename__ = "audit_round"

    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    starts_on: Mapped[date]
    due_on: Mapped[date]
    selection: Mapped[Selection] = mapped_column(choice(Selection, "selection"))
    sample_target: Mapped[int]
    # How its files are audited; each audit keeps it from the day it is given out.
    mode: Mapped[Mode] = mapped_column(choice(Mode, "round_mode"), default=Mode.DESK, server_default=Mode.DESK.value)
    # A round outside the programme has no mechanism, and one on no theme has none.
    mechanism_id: Mapped[int | None] = mapped_column(ForeignKey("mechanism.id"), index=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    # The tool with which its files are given out, in the version then in use; without one it is the default tool.
    tool_id: Mapped[int | None] = mapped_column(ForeignKey("audit_tool.id"))
    # How many months of a file are read, and how many of these are judged.
    read_months: Mapped[int | None]
    judged_months: Mapped[int | None]
    strata: Mapped[Strata | None] = mapped_column(choice(Strata, "strata"))
    # Made once, with the first list: whoever brings another list draws by the same seed.
    seed: Mapped[int | None]
    closed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    mechanism: Mapped[Mechanism | None] = relationship(lazy="raise_on_sql")
    theme: Mapped[Theme | None] = relationship(lazy="raise_on_sql")
    tool: Mapped[AuditTool | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("due_on >= starts_on", name="due_after_start"),
        CheckConstraint("sample_target > 0", name="sample_target"),
        CheckConstraint("judged_months <= read_months", name="judged_within_read"),
    )
