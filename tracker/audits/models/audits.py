"""Audits: one look at one case file, with its state, its days and its grades."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.audits.models.answers import Answer, AuditSection, Finding
from tracker.audits.models.cases import CaseReference
from tracker.audits.models.concerns import ImmediateConcern
from tracker.audits.models.remedials import RemedialAction
from tracker.audits.models.responses import WorkerResponse
from tracker.audits.models.rounds import AuditRound
from tracker.audits.models.tools import AuditTool
from tracker.audits.rules.answers import Reply
from tracker.audits.rules.checking import Point, Said
from tracker.audits.rules.file_days import FileDays
from tracker.audits.rules.taking_part import FamilyPart, family_reason_needed
from tracker.audits.rules.vocabulary import AuditState, Grade, Mode, NoGrade, Selection
from tracker.core.database import Base, Recorded, choice
from tracker.people.models import Person

_IS_OWN = text("NOT is_imported")


class Audit(Recorded, Base):
    """One look at one case file; while it is open its sections are the draft."""

    __tablename__ = "audit"

    public_id: Mapped[str] = mapped_column(String(20), unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("audit_round.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_reference.id"))
    auditor_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    # It keeps the version of the tool that it was given out with, whatever comes after.
    tool_id: Mapped[int] = mapped_column(ForeignKey("audit_tool.id"), index=True)
    # How this file came to be audited, where that is not how the files of its round are chosen.
    selection: Mapped[Selection | None] = mapped_column(choice(Selection, "audit_selection"))
    mode: Mapped[Mode] = mapped_column(choice(Mode, "mode"), default=Mode.DESK)
    re_audit_of_id: Mapped[int | None] = mapped_column(ForeignKey("audit.id"), index=True)
    state: Mapped[AuditState] = mapped_column(choice(AuditState, "audit_state"), default=AuditState.ALLOCATED)
    due_on: Mapped[date]
    audited_on: Mapped[date | None]
    # Which part of the file was read, both days included.
    read_from: Mapped[date | None]
    read_until: Mapped[date | None]
    # Where the part of it begins that is judged; what was read of the time before is history.
    judged_from: Mapped[date | None]
    referred_on: Mapped[date | None]
    seen_on: Mapped[date | None]
    assessed_on: Mapped[date | None]
    supervised_on: Mapped[date | None]
    family_part: Mapped[FamilyPart | None] = mapped_column(choice(FamilyPart, "family_part"))
    family_note: Mapped[str] = mapped_column(Text, default="")
    # Who sits beside the auditor, by role and never by name; kept when they have gone.
    worker_role: Mapped[str] = mapped_column(String(80), default="")
    # Who reads and answers it once it is sent, when they have an account; it gives them this audit and nothing else.
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    is_side_by_side: Mapped[bool] = mapped_column(default=False)
    has_large_text: Mapped[bool] = mapped_column(default=False)
    grade: Mapped[Grade | None] = mapped_column(choice(Grade, "grade"))
    # How much better the child's life is for the work; `grade` says how good the work was.
    impact_grade: Mapped[Grade | None] = mapped_column(choice(Grade, "impact_grade"))
    # Why the overall grade is kinder than the sections would suggest.
    grade_reason: Mapped[str] = mapped_column(Text, default="")
    feedback: Mapped[str] = mapped_column(Text, default="")
    sent_at: Mapped[datetime | None]
    names_confirmed_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(Text, default="")
    # It came in with past audits: it may lack a grade, and its round may hold the same file again on another day.
    is_imported: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Its words, and its reference unless another audit of the file needs it, went by retention (domain A13).
    erased_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    round: Mapped[AuditRound] = relationship(lazy="raise_on_sql")
    case: Mapped[CaseReference] = relationship(lazy="raise_on_sql")
    auditor: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[auditor_id])
    worker: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[worker_id])
    response: Mapped[WorkerResponse | None] = relationship(lazy="raise_on_sql", back_populates="audit")
    tool: Mapped[AuditTool] = relationship(lazy="raise_on_sql")
    answers: Mapped[list[Answer]] = relationship(
        lazy="raise_on_sql", order_by="Answer.question_id", back_populates="audit"
    )
    sections: Mapped[list[AuditSection]] = relationship(
        lazy="raise_on_sql", order_by="AuditSection.number", back_populates="audit"
    )
    findings: Mapped[list[Finding]] = relationship(
        lazy="raise_on_sql", order_by="(Finding.section_number, Finding.position)", back_populates="audit"
    )
    concerns: Mapped[list[ImmediateConcern]] = relationship(
        lazy="raise_on_sql", order_by="ImmediateConcern.id", back_populates="audit"
    )

    remedials: Mapped[list[RemedialAction]] = relationship(
        lazy="raise_on_sql", order_by="(RemedialAction.due_on, RemedialAction.id)", back_populates="audit"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index(
            "uq_audit_round_case",
            "round_id",
            "case_id",
            unique=True,
            sqlite_where=_IS_OWN,
            postgresql_where=_IS_OWN,
        ),
        CheckConstraint(
            "state NOT IN ('final', 'closed') OR ((grade IS NOT NULL OR is_imported) AND audited_on IS NOT NULL)",
            name="final_is_graded",
        ),
        CheckConstraint("re_audit_of_id <> id", name="re_audit_of_another"),
        CheckConstraint("NOT is_side_by_side OR worker_role <> ''", name="side_by_side_with_whom"),
        Index("ix_audit_state_day", "state", "audited_on"),
    )

    @property
    def section_grades(self) -> dict[int, Grade | NoGrade | None]:
        """Each saved section's grade, or why it has none."""
        return {section.number: section.grade or section.no_grade for section in self.sections}

    @property
    def replies(self) -> dict[int, Reply]:
        """Each stored answer by its question; a question without one was not answered, or not asked."""
        return {answer.question_id: Reply(answer.value, answer.note) for answer in self.answers}

    @property
    def file_days(self) -> FileDays:
        """The days of the case file that were entered."""
        return FileDays(self.referred_on, self.seen_on, self.assessed_on, self.supervised_on)

    @property
    def said(self) -> Said:
        """What it says so far, as the rules on checking take it."""
        points = [
            Point(finding.section_number, finding.kind, finding.theme_id is not None, finding.text)
            for finding in self.findings
        ]
        why = family_reason_needed(self.family_part, self.family_note)
        return Said(self.section_grades, points, self.replies, self.grade, self.grade_reason, why)
