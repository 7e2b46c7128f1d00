"""Tables of themes, rounds, case references, audits, their sections and findings, and immediate concerns."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.audits.rules.checking import Point
from tracker.audits.rules.vocabulary import (
    AuditState,
    Category,
    FindingKind,
    Grade,
    NoGrade,
    Selection,
    ThemeGroup,
)
from tracker.core.database import Base, Recorded, choice
from tracker.people.models import Person, Unit


class Theme(Recorded, Base):
    """A named aspect of practice that is asked about across rounds."""

    __tablename__ = "theme"

    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    group: Mapped[ThemeGroup] = mapped_column("theme_group", choice(ThemeGroup, "theme_group"))
    position: Mapped[int]
    synonyms: Mapped[list[Any]] = mapped_column(JSON, default=list)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class AuditRound(Recorded, Base):
    """One month's, or one theme's, cycle of audits."""

    __tablename__ = "audit_round"

    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    starts_on: Mapped[date]
    due_on: Mapped[date]
    selection: Mapped[Selection] = mapped_column(choice(Selection, "selection"))
    sample_target: Mapped[int]

    __table_args__ = (
        CheckConstraint("due_on >= starts_on", name="due_after_start"),
        CheckConstraint("sample_target > 0", name="sample_target"),
    )


class CaseReference(Recorded, Base):
    """A case file by a code that says nothing; the case system keeps the case, and no key is kept here."""

    __tablename__ = "case_reference"

    code: Mapped[str] = mapped_column(String(20), unique=True)
    category: Mapped[Category] = mapped_column(choice(Category, "category"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")


class Audit(Recorded, Base):
    """One look at one case file; while it is open its sections are the draft."""

    __tablename__ = "audit"

    public_id: Mapped[str] = mapped_column(String(20), unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("audit_round.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_reference.id"))
    auditor_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[AuditState] = mapped_column(choice(AuditState, "audit_state"), default=AuditState.ALLOCATED)
    due_on: Mapped[date]
    audited_on: Mapped[date | None]
    # Which part of the file was read, both days included.
    read_from: Mapped[date | None]
    read_until: Mapped[date | None]
    grade: Mapped[Grade | None] = mapped_column(choice(Grade, "grade"))
    # Why the overall grade is kinder than the sections would suggest.
    grade_reason: Mapped[str] = mapped_column(Text, default="")
    feedback: Mapped[str] = mapped_column(Text, default="")
    sent_at: Mapped[datetime | None]
    names_confirmed_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    round: Mapped[AuditRound] = relationship(lazy="raise_on_sql")
    case: Mapped[CaseReference] = relationship(lazy="raise_on_sql")
    auditor: Mapped[Person] = relationship(lazy="raise_on_sql")
    sections: Mapped[list["AuditSection"]] = relationship(
        lazy="raise_on_sql", order_by="AuditSection.number", back_populates="audit"
    )
    findings: Mapped[list["Finding"]] = relationship(
        lazy="raise_on_sql", order_by="(Finding.section_number, Finding.position)", back_populates="audit"
    )
    concerns: Mapped[list["ImmediateConcern"]] = relationship(
        lazy="raise_on_sql", order_by="ImmediateConcern.id", back_populates="audit"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("round_id", "case_id"),
        CheckConstraint("state <> 'final' OR (grade IS NOT NULL AND audited_on IS NOT NULL)", name="final_is_graded"),
        Index("ix_audit_state_day", "state", "audited_on"),
    )

    @property
    def answers(self) -> dict[int, Grade | NoGrade | None]:
        """Each saved section's grade, or why it has none."""
        return {section.number: section.grade or section.no_grade for section in self.sections}

    @property
    def points(self) -> list[Point]:
        """The findings as the rules on checking take them."""
        return [
            Point(finding.section_number, finding.kind, finding.theme_id is not None, finding.text)
            for finding in self.findings
        ]


class AuditSection(Recorded, Base):
    """What the auditor says of one section of the tool: a grade or why there is none, and the strengths seen."""

    __tablename__ = "audit_section"

    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"))
    number: Mapped[int]
    grade: Mapped[Grade | None] = mapped_column(choice(Grade, "section_grade"))
    no_grade: Mapped[NoGrade | None] = mapped_column(choice(NoGrade, "no_grade"))
    strengths: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    audit: Mapped[Audit] = relationship(back_populates="sections", lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("audit_id", "number"),
        CheckConstraint("grade IS NULL OR no_grade IS NULL", name="grade_or_why_not"),
    )


class Finding(Recorded, Base):
    """A strength or an area for development on a theme; the vote per theme and audit is worked out (domain A8)."""

    __tablename__ = "finding"

    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), index=True)
    section_number: Mapped[int]
    position: Mapped[int]
    kind: Mapped[FindingKind] = mapped_column(choice(FindingKind, "finding_kind"))
    # A draft may lack its theme; a final audit may not.
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    text: Mapped[str] = mapped_column(Text)

    audit: Mapped[Audit] = relationship(back_populates="findings", lazy="raise_on_sql")
    theme: Mapped[Theme | None] = relationship(lazy="raise_on_sql")


class ImmediateConcern(Recorded, Base):
    """A child may be at risk now: who was told, when, and what became of it; the case system holds the detail."""

    __tablename__ = "immediate_concern"

    public_id: Mapped[str] = mapped_column(String(20), unique=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), index=True)
    raised_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    raised_at: Mapped[datetime]
    told_to: Mapped[str] = mapped_column(String(160))
    told_at: Mapped[datetime]
    what: Mapped[str] = mapped_column(Text)
    acknowledged_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    acknowledged_at: Mapped[datetime | None]
    acknowledgement: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    audit: Mapped[Audit] = relationship(back_populates="concerns", lazy="raise_on_sql")
    raised_by: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[raised_by_id])
    acknowledged_by: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[acknowledged_by_id])

    __mapper_args__ = {"version_id_col": version}
