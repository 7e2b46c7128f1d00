"""Tables of an action, who leads it, and how it points to other actions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.core.database import Base, Recorded, choice
from tracker.people.models import LeadParty
from tracker.plans.models.area import Area
from tracker.plans.models.plan import Plan
from tracker.plans.rules.states import ActionState, LinkKind, LinkStatus
from tracker.plans.rules.vocabulary import ActionKind


class Action(Recorded, Base):
    """A numbered piece of work, with the outlook of its delivery stored as dates (domain A0)."""

    __tablename__ = "action"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    position: Mapped[int]
    ref: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(Text)
    kind: Mapped[ActionKind] = mapped_column(choice(ActionKind, "action_kind"))
    state: Mapped[ActionState] = mapped_column(choice(ActionState, "action_state"), default=ActionState.AGREED)
    # The day this action was approved, when later than the plan; the clocks of undated work and updates start then.
    approved_on: Mapped[date | None]
    starts_on: Mapped[date | None]
    target_text: Mapped[str] = mapped_column(Text, default="")
    source_cells: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    source_lines: Mapped[list[Any]] = mapped_column(JSON, default=list)
    # The outlook, written by refresh_outlook alone.
    closed_code: Mapped[str | None] = mapped_column(String(1))
    declared_code: Mapped[str | None] = mapped_column(String(1))
    amber_from: Mapped[date | None]
    red_from: Mapped[date | None]
    is_unscheduled: Mapped[bool] = mapped_column(default=True)
    last_update_on: Mapped[date | None]
    # An approved override and the last day on which it counts, which the outlook knows too.
    override_code: Mapped[str | None] = mapped_column(String(1))
    override_until: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[Plan] = relationship(lazy="raise_on_sql")
    area: Mapped[Area] = relationship(lazy="raise_on_sql")
    leads: Mapped[list["ActionLead"]] = relationship(
        lazy="raise_on_sql", order_by="ActionLead.position", back_populates="action"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("plan_id", "ref"),
        CheckConstraint("closed_code IS NULL OR closed_code IN ('C', 'E', 'X')", name="closed_code"),
        CheckConstraint("declared_code IS NULL OR declared_code IN ('R', 'A', 'G')", name="declared_code"),
        CheckConstraint("override_code IS NULL OR override_code IN ('A', 'G')", name="override_code"),
        CheckConstraint("amber_from IS NULL OR red_from IS NULL OR amber_from < red_from", name="amber_before_red"),
        Index("ix_action_plan_dates", "plan_id", "red_from", "amber_from"),
    )


class ActionLead(Recorded, Base):
    """A party that leads an action; the first is accountable, the others contribute (domain A5)."""

    __tablename__ = "action_lead"

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("lead_party.id"), index=True)
    position: Mapped[int]

    action: Mapped[Action] = relationship(back_populates="leads", lazy="raise_on_sql")
    party: Mapped[LeadParty] = relationship(lazy="raise_on_sql")

    __table_args__ = (UniqueConstraint("action_id", "party_id"), UniqueConstraint("action_id", "position"))


class ActionLink(Recorded, Base):
    """One action pointing to another, as written and as confirmed."""

    __tablename__ = "action_link"

    from_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    to_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"), index=True)
    kind: Mapped[LinkKind] = mapped_column(choice(LinkKind, "link_kind"))
    text: Mapped[str] = mapped_column(String(200), default="")
    status: Mapped[LinkStatus] = mapped_column(choice(LinkStatus, "link_status"))
    effective_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    ended_why: Mapped[str] = mapped_column(Text, default="")
    # Who confirmed or rejected it; who ended it is who changed it last.
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    origin: Mapped[Action] = relationship(lazy="raise_on_sql", foreign_keys=[from_id])
    target: Mapped[Action | None] = relationship(lazy="raise_on_sql", foreign_keys=[to_id])

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (CheckConstraint("to_id IS NULL OR to_id <> from_id", name="not_itself"),)
