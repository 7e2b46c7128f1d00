"""The table of overrides: a better rating than the computed one, asked for, decided by somebody else, and expiring."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.core.database import Base, Recorded, choice
from tracker.people.models import Person
from tracker.plans.models.action import Action
from tracker.plans.models.progress import Evidence
from tracker.plans.rules.overrides import OverrideState


class Override(Recorded, Base):
    """A fact: somebody asked that an action be rated better than computed, and what was decided (domain A5)."""

    __tablename__ = "rag_override"

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    value: Mapped[str] = mapped_column(String(1))
    # The computed code that it betters: as asked for, and from the decision on as it was decided over.
    over: Mapped[str] = mapped_column(String(1))
    reason: Mapped[str] = mapped_column(Text)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"))
    # More than the one step that the programme office may approve by itself.
    needs_body: Mapped[bool]
    state: Mapped[OverrideState] = mapped_column(choice(OverrideState, "override_state"), default=OverrideState.ASKED)
    asked_on: Mapped[date]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_on: Mapped[date | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_note: Mapped[str] = mapped_column(Text, default="")
    expires_on: Mapped[date | None]
    # Taken back by who asked, or followed by another one, before it expired.
    ended_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # The same form sent twice asks once.
    form_token: Mapped[str | None] = mapped_column(String(64), unique=True)
    version: Mapped[int] = mapped_column(default=1)

    action: Mapped[Action] = relationship(lazy="raise_on_sql")
    evidence: Mapped[Evidence] = relationship(lazy="raise_on_sql")
    asked_by: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[asked_by_id])
    decided_by: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[decided_by_id])

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("value IN ('A', 'G')", name="value"),
        CheckConstraint("over IN ('R', 'A', 'N')", name="over"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> asked_by_id", name="decided_by_another"),
        CheckConstraint(
            "state <> 'approved' OR (decided_on IS NOT NULL AND decided_by_id IS NOT NULL AND expires_on IS NOT NULL)",
            name="approved_expires",
        ),
        # One question about an action at a time.
        Index(
            "uq_rag_override_asked",
            "action_id",
            unique=True,
            sqlite_where=text("state = 'asked'"),
            postgresql_where=text("state = 'asked'"),
        ),
    )
