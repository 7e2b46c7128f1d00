"""Tables of a milestone: its date now, every date it had, and what happened to it on which day."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.core.database import Base, Recorded, choice
from tracker.people.models import LeadParty
from tracker.plans.models.action import Action
from tracker.plans.rules.moves import MoveReason
from tracker.plans.rules.states import DateChangeKind, DateChangeState, StepKind
from tracker.plans.rules.vocabulary import MilestoneKind, MilestoneState, Precision


class Milestone(Recorded, Base):
    """A step of an action; its date and state here are the present ones, its facts stand in steps and date changes."""

    __tablename__ = "milestone"

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    kind: Mapped[MilestoneKind] = mapped_column(choice(MilestoneKind, "milestone_kind"))
    date_text: Mapped[str] = mapped_column(Text, default="")
    precision: Mapped[Precision] = mapped_column(choice(Precision, "precision"))
    # The first approved date is never overwritten; of a recurring milestone both are its first occurrence.
    first_due: Mapped[date | None]
    due: Mapped[date | None]
    every_months: Mapped[int | None]
    every_weeks: Mapped[int | None]
    waits_on: Mapped[str | None] = mapped_column(String(200))
    # The day from which it is in the plan, when it came later than its action.
    agreed_on: Mapped[date | None]
    # Without a date: who decides on one, and when to ask again.
    date_decided_by: Mapped[str] = mapped_column(String(200), default="")
    ask_again_on: Mapped[date | None]
    state: Mapped[MilestoneState] = mapped_column(
        choice(MilestoneState, "milestone_state"), default=MilestoneState.NOT_STARTED
    )
    started_on: Mapped[date | None]
    done_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    action: Mapped[Action] = relationship(lazy="raise_on_sql")
    leads: Mapped[list["MilestoneLead"]] = relationship(lazy="raise_on_sql", order_by="MilestoneLead.position")
    steps: Mapped[list["MilestoneStep"]] = relationship(
        lazy="raise_on_sql", order_by="MilestoneStep.id", back_populates="milestone"
    )
    date_changes: Mapped[list["DateChange"]] = relationship(
        lazy="raise_on_sql", order_by="DateChange.number", back_populates="milestone"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("action_id", "position"),
        CheckConstraint("kind NOT IN ('dated', 'recurring') OR due IS NOT NULL", name="dated_has_due"),
        CheckConstraint("kind <> 'recurring' OR every_months > 0 OR every_weeks > 0", name="recurring_has_rule"),
        CheckConstraint("state <> 'done' OR done_on IS NOT NULL", name="done_has_day"),
    )


class MilestoneLead(Recorded, Base):
    """The lead of one milestone, where the plan names them milestone by milestone."""

    __tablename__ = "milestone_lead"

    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("lead_party.id"))
    position: Mapped[int]

    party: Mapped[LeadParty] = relationship(lazy="raise_on_sql")

    __table_args__ = (UniqueConstraint("milestone_id", "party_id"),)


class MilestoneStep(Recorded, Base):
    """A fact: a milestone, or one occurrence of a recurring one, was started, done, excused or re-opened on a day."""

    __tablename__ = "milestone_step"

    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id"))
    kind: Mapped[StepKind] = mapped_column(choice(StepKind, "step_kind"))
    effective_on: Mapped[date]
    occurrence_due: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    update_id: Mapped[int | None] = mapped_column(ForeignKey("progress_update.id"))

    milestone: Mapped[Milestone] = relationship(back_populates="steps", lazy="raise_on_sql")

    __table_args__ = (Index("ix_milestone_step_milestone_day", "milestone_id", "effective_on"),)


class DateChange(Recorded, Base):
    """A fact: somebody asked to move a milestone's date, and what was decided; the first date stays for ever."""

    __tablename__ = "date_change"

    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id"))
    number: Mapped[int]
    kind: Mapped[DateChangeKind] = mapped_column(choice(DateChangeKind, "date_change_kind"))
    from_kind: Mapped[MilestoneKind] = mapped_column(choice(MilestoneKind, "from_kind"))
    from_text: Mapped[str] = mapped_column(Text)
    from_precision: Mapped[Precision] = mapped_column(choice(Precision, "from_precision"))
    from_due: Mapped[date | None]
    from_every_months: Mapped[int | None]
    from_every_weeks: Mapped[int | None]
    from_waits_on: Mapped[str | None] = mapped_column(String(200))
    to_kind: Mapped[MilestoneKind] = mapped_column(choice(MilestoneKind, "to_kind"))
    to_text: Mapped[str] = mapped_column(Text)
    to_precision: Mapped[Precision] = mapped_column(choice(Precision, "to_precision"))
    to_due: Mapped[date | None]
    to_every_months: Mapped[int | None]
    to_every_weeks: Mapped[int | None]
    to_waits_on: Mapped[str | None] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)
    # What kind of reason it is; not asked where a file brought the wish.
    reason_code: Mapped[MoveReason | None] = mapped_column(choice(MoveReason, "move_reason"))
    # More than the programme office may approve by itself.
    needs_body: Mapped[bool] = mapped_column(default=False)
    state: Mapped[DateChangeState] = mapped_column(choice(DateChangeState, "date_change_state"))
    asked_on: Mapped[date]
    decided_on: Mapped[date | None]
    decided_by: Mapped[int | None]
    decided_note: Mapped[str] = mapped_column(Text, default="")
    update_id: Mapped[int | None] = mapped_column(ForeignKey("progress_update.id"))
    version: Mapped[int] = mapped_column(default=1)

    milestone: Mapped[Milestone] = relationship(back_populates="date_changes", lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("milestone_id", "number"),
        CheckConstraint("state NOT IN ('approved', 'refused') OR decided_on IS NOT NULL", name="decided_has_day"),
    )
