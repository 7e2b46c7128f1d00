"""Tables of the loop: which action is meant to change which theme; they ask and decide nothing."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.audits.models import QuickWin, Theme, ThemeReAudit
from tracker.core.database import Base, Recorded, choice
from tracker.impact.rules import Relation
from tracker.people.models import Person
from tracker.plans.models import Action


class ThemeAction(Recorded, Base):
    """A fact: from a day, an action is meant to change a theme; unlinking ends it and keeps it."""

    __tablename__ = "theme_action"

    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"))
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    relation: Mapped[Relation] = mapped_column(choice(Relation, "relation"))
    why: Mapped[str] = mapped_column(Text)
    set_on: Mapped[date]
    set_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ended_on: Mapped[date | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_why: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    theme: Mapped[Theme] = relationship(lazy="raise_on_sql")
    action: Mapped[Action] = relationship(lazy="raise_on_sql")
    set_by: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[set_by_id])

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR ended_by_id IS NOT NULL", name="ended_by_somebody"),
        Index("ix_theme_action_theme_open", "theme_id", "ended_on"),
        # One open link of a theme and an action at a time.
        Index(
            "uq_theme_action_open",
            "theme_id",
            "action_id",
            unique=True,
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
    )


class QuickWinAction(Recorded, Base):
    """A fact: from a day, a quick win of an event is part of an action of a plan."""

    __tablename__ = "quick_win_action"

    quick_win_id: Mapped[int] = mapped_column(ForeignKey("quick_win.id"))
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    set_on: Mapped[date]
    set_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    quick_win: Mapped[QuickWin] = relationship(lazy="raise_on_sql")
    action: Mapped[Action] = relationship(lazy="raise_on_sql")

    # A quick win becomes part of one action at most.
    __table_args__ = (UniqueConstraint("quick_win_id"),)


class ThemeReAuditAction(Recorded, Base):
    """A fact: a theme is audited again to see what came of an action that was meant to change it."""

    __tablename__ = "theme_re_audit_action"

    re_audit_id: Mapped[int] = mapped_column(ForeignKey("theme_re_audit.id"))
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    set_on: Mapped[date]
    set_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    re_audit: Mapped[ThemeReAudit] = relationship(lazy="raise_on_sql")
    action: Mapped[Action] = relationship(lazy="raise_on_sql")

    __table_args__ = (UniqueConstraint("re_audit_id"),)
