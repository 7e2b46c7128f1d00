"""Audit tools as they are stored: versions, sections and questions."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.audits.models.themes import Theme
from tracker.audits.rules.answers import AnswerKind, Nature
from tracker.audits.rules.tool import ToolState
from tracker.core.database import Base, Recorded, choice

_IS_LIVE = text("state = 'live'")


class AuditTool(Recorded, Base):
    """One version of a tool; once it is live nothing that it asks is changed any more."""

    __tablename__ = "audit_tool"

    slug: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(120))
    # The version's number, counting from 1 within the slug.
    number: Mapped[int]
    state: Mapped[ToolState] = mapped_column(choice(ToolState, "tool_state"), default=ToolState.DRAFT)
    live_on: Mapped[date | None]
    retired_on: Mapped[date | None]
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("audit_tool.id"))
    # Its auditors were asked to look for every theme: one without a question is met when nothing was found.
    asks_every_theme: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    sections: Mapped[list["ToolSection"]] = relationship(
        lazy="raise_on_sql", order_by="ToolSection.number", back_populates="tool", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("slug", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("state = 'draft' OR live_on IS NOT NULL", name="live_has_day"),
        CheckConstraint("state <> 'retired' OR retired_on IS NOT NULL", name="retired_has_day"),
        Index("uq_audit_tool_one_live", "slug", unique=True, sqlite_where=_IS_LIVE, postgresql_where=_IS_LIVE),
    )

    @property
    def title(self) -> str:
        """The tool with its version, as pages name it."""
        return f"{self.name}, version {self.number}"


class ToolSection(Recorded, Base):
    """A page of a tool; the grade of one with a theme is an answer on that theme."""

    __tablename__ = "tool_section"

    tool_id: Mapped[int] = mapped_column(ForeignKey("audit_tool.id"))
    number: Mapped[int]
    code: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(120))
    question: Mapped[str] = mapped_column(Text)
    # What good looks like, a line each; and by grade what the grade means here.
    good: Mapped[list[Any]] = mapped_column(JSON, default=list)
    descriptors: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    is_graded: Mapped[bool]
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    nature: Mapped[Nature] = mapped_column(choice(Nature, "nature"))
    # The section of an earlier version whose grade was declared to mean the same.
    equals_id: Mapped[int | None] = mapped_column(ForeignKey("tool_section.id"))

    tool: Mapped[AuditTool] = relationship(back_populates="sections", lazy="raise_on_sql")
    theme: Mapped[Theme | None] = relationship(lazy="raise_on_sql")
    questions: Mapped[list["ToolQuestion"]] = relationship(
        lazy="raise_on_sql", order_by="ToolQuestion.position", back_populates="section", cascade="all, delete-orphan"
    )

    __table_args__ = (
        UniqueConstraint("tool_id", "number"),
        UniqueConstraint("tool_id", "code"),
        CheckConstraint("equals_id <> id", name="equals_another"),
    )


class ToolQuestion(Recorded, Base):
    """A question of a section, with the theme it is about and the categories it is asked of: none named means all."""

    __tablename__ = "tool_question"

    section_id: Mapped[int] = mapped_column(ForeignKey("tool_section.id"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    kind: Mapped[AnswerKind] = mapped_column(choice(AnswerKind, "answer_kind"))
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    nature: Mapped[Nature] = mapped_column(choice(Nature, "nature"))
    categories: Mapped[list[Any]] = mapped_column(JSON, default=list)
    is_required: Mapped[bool]
    # The question of an earlier version that was declared to ask the same.
    equals_id: Mapped[int | None] = mapped_column(ForeignKey("tool_question.id"))

    section: Mapped[ToolSection] = relationship(back_populates="questions", lazy="raise_on_sql")
    theme: Mapped[Theme | None] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        UniqueConstraint("section_id", "position"),
        CheckConstraint("equals_id <> id", name="equals_another"),
    )
