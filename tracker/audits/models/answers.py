"""What an auditor says of a file: grades of sections, answers to questions, and findings."""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.audits.models.themes import Theme
from tracker.audits.rules.answers import AnswerValue
from tracker.audits.rules.taking_part import Extent, WorkerView
from tracker.audits.rules.vocabulary import FindingKind, Grade, NoGrade
from tracker.core.database import Base, Recorded, choice

if TYPE_CHECKING:
    from tracker.audits.models.audits import Audit


class AuditSection(Recorded, Base):
    """What the auditor says of one section of the tool: a grade or why there is none, and the strengths seen."""

    __tablename__ = "audit_section"

    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"))
    number: Mapped[int]
    grade: Mapped[Grade | None] = mapped_column(choice(Grade, "section_grade"))
    no_grade: Mapped[NoGrade | None] = mapped_column(choice(NoGrade, "no_grade"))
    strengths: Mapped[str] = mapped_column(Text, default="")
    # What the worker said who sat beside the auditor.
    worker_words: Mapped[str] = mapped_column(Text, default="")
    worker_agrees: Mapped[Extent | None] = mapped_column(choice(Extent, "worker_agrees"))
    version: Mapped[int] = mapped_column(default=1)

    audit: Mapped["Audit"] = relationship(back_populates="sections", lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("audit_id", "number"),
        CheckConstraint("grade IS NULL OR no_grade IS NULL", name="grade_or_why_not"),
    )

    @property
    def worker_view(self) -> WorkerView:
        """What the worker said of the section, as a value."""
        return WorkerView(self.worker_words, self.worker_agrees)


class Answer(Recorded, Base):
    """What an auditor says to one question of the tool: a value, words or both; not answered is no row."""

    __tablename__ = "answer"

    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("tool_question.id"), index=True)
    value: Mapped[AnswerValue | None] = mapped_column(choice(AnswerValue, "answer_value"))
    note: Mapped[str] = mapped_column(Text, default="")

    audit: Mapped["Audit"] = relationship(back_populates="answers", lazy="raise_on_sql")

    __table_args__ = (
        UniqueConstraint("audit_id", "question_id"),
        CheckConstraint("value IS NOT NULL OR note <> ''", name="says_something"),
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
    # From before the time that is judged: read for the story, and told apart from what is done now.
    is_historic: Mapped[bool] = mapped_column(default=False)
    # Of an area for development that an earlier audit of the file found too.
    put_right: Mapped[Extent | None] = mapped_column(choice(Extent, "put_right"))

    audit: Mapped["Audit"] = relationship(back_populates="findings", lazy="raise_on_sql")
    theme: Mapped[Theme | None] = relationship(lazy="raise_on_sql")
