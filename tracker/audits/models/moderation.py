"""The second look at an audit: each sending with what was drawn, moderations with both grades, disputes and panels."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.audits.models.audits import Audit
from tracker.audits.rules.answers import AnswerValue
from tracker.audits.rules.choosing import Choice
from tracker.audits.rules.moderating import About, Graded, Outcome, Side, involved
from tracker.core.database import Base, Recorded, choice
from tracker.people.models import Person

_COUNTS = text("outcome IN ('agreed', 'changed')")
_IS_OPEN = text("outcome IS NULL")


class AuditSending(Recorded, Base):
    """One time that an audit was sent: why it is moderated or not, and by which seed and share that was drawn."""

    __tablename__ = "audit_sending"

    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), index=True)
    sent_at: Mapped[datetime]
    chosen: Mapped[Choice] = mapped_column(choice(Choice, "moderation_choice"))
    seed: Mapped[str] = mapped_column(String(40))
    share: Mapped[int]
    # The worker whom the audit names responds first, until this day.
    response_due: Mapped[date | None]
    response_ended_at: Mapped[datetime | None]

    audit: Mapped[Audit] = relationship(lazy="raise_on_sql")

    __table_args__ = (CheckConstraint("share BETWEEN 0 AND 100", name="share"),)


class Moderation(Recorded, Base):
    """A second look at an audit: whose, since when, and what came of it; a returned one is followed by another."""

    __tablename__ = "moderation"

    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), index=True)
    # Kept beside the audit's own, so that nobody can be asked to moderate what they wrote.
    auditor_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    chosen: Mapped[Choice] = mapped_column(choice(Choice, "moderation_choice"))
    due_on: Mapped[date] = mapped_column(index=True)
    moderator_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    # Why somebody of the same team moderates it all the same.
    team_reason: Mapped[str] = mapped_column(Text, default="")
    taken_at: Mapped[datetime | None]
    # From here on the auditor's grades are shown beside the moderator's own, which are fixed.
    compared_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome, "moderation_outcome"))
    about: Mapped[About | None] = mapped_column(choice(About, "moderation_about"))
    reason: Mapped[str] = mapped_column(Text, default="")
    notes: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)

    audit: Mapped[Audit] = relationship(lazy="raise_on_sql")
    auditor: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[auditor_id])
    moderator: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[moderator_id])
    sections: Mapped[list["ModeratedSection"]] = relationship(
        lazy="raise_on_sql", order_by="ModeratedSection.number", back_populates="moderation"
    )
    disputes: Mapped[list["Dispute"]] = relationship(
        lazy="raise_on_sql", order_by="Dispute.id", back_populates="moderation"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("moderator_id IS NULL OR moderator_id <> auditor_id", name="not_own"),
        CheckConstraint(
            "outcome IS NULL OR (moderator_id IS NOT NULL AND compared_at IS NOT NULL AND decided_at IS NOT NULL)",
            name="outcome_was_compared",
        ),
        Index("uq_moderation_one_open", "audit_id", unique=True, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
        Index("uq_moderation_one_counts", "audit_id", unique=True, sqlite_where=_COUNTS, postgresql_where=_COUNTS),
    )

    @property
    def graded(self) -> list[Graded]:
        """The sections as the rules take them."""
        return [Graded(one.number, one.before, one.own, one.agreed, one.by_panel) for one in self.sections]

    @property
    def dispute(self) -> "Dispute | None":
        """The dispute about it, of which there can be one."""
        return self.disputes[0] if self.disputes else None

    @property
    def involved(self) -> frozenset[int]:
        """Who has a part in it or in its dispute, and so no say in what comes of that; it comes with its audit."""
        raiser = self.dispute.raised_by_id if self.dispute else None
        return involved(self.auditor_id, self.moderator_id, self.audit.worker_id, raiser)


class ModeratedSection(Recorded, Base):
    """The grades of a section, or of the whole: the moderator's own, the auditor's, the agreed one, and the panel's."""

    __tablename__ = "moderated_section"

    moderation_id: Mapped[int] = mapped_column(ForeignKey("moderation.id"))
    number: Mapped[int]
    own: Mapped[AnswerValue | None] = mapped_column(choice(AnswerValue, "moderated_own"))
    # The auditor's, kept when the two are compared: an audit that is returned may be graded anew.
    before: Mapped[AnswerValue | None] = mapped_column(choice(AnswerValue, "moderated_before"))
    agreed: Mapped[AnswerValue | None] = mapped_column(choice(AnswerValue, "moderated_agreed"))
    by_panel: Mapped[AnswerValue | None] = mapped_column(choice(AnswerValue, "moderated_by_panel"))

    moderation: Mapped[Moderation] = relationship(back_populates="sections", lazy="raise_on_sql")

    __table_args__ = (UniqueConstraint("moderation_id", "number"),)


class Dispute(Recorded, Base):
    """That the auditor or the service does not share an outcome, the panel that looks again, and its decision."""

    __tablename__ = "dispute"

    moderation_id: Mapped[int] = mapped_column(ForeignKey("moderation.id"), unique=True)
    side: Mapped[Side] = mapped_column(choice(Side, "dispute_side"))
    raised_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    raised_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    decision: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    moderation: Mapped[Moderation] = relationship(back_populates="disputes", lazy="raise_on_sql")
    raised_by: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[raised_by_id])
    decided_by: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[decided_by_id])
    members: Mapped[list["PanelMember"]] = relationship(
        lazy="raise_on_sql", order_by="PanelMember.id", back_populates="dispute"
    )

    __mapper_args__ = {"version_id_col": version}


class PanelMember(Recorded, Base):
    """Somebody who sits on the panel of a dispute."""

    __tablename__ = "panel_member"

    dispute_id: Mapped[int] = mapped_column(ForeignKey("dispute.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    dispute: Mapped[Dispute] = relationship(back_populates="members", lazy="raise_on_sql")
    person: Mapped[Person] = relationship(lazy="raise_on_sql")

    __table_args__ = (UniqueConstraint("dispute_id", "person_id"),)
