"""Tables of progress on an action: updates, evidence, and sign-offs of its state."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.core.database import Base, Recorded, choice
from tracker.core.erasures import TOLD_IN
from tracker.core.text import random_code
from tracker.core.uploads.kinds import Kind
from tracker.people.models import Body, Person
from tracker.plans.models.action import Action
from tracker.plans.rules.states import (
    DeclaredRag,
    EvidenceKind,
    EvidenceResult,
    EvidenceSensitivity,
    SignOffKind,
    UpdateState,
)


class Update(Recorded, Base):
    """A fact: what somebody said of an action on a day; a correction is a further update."""

    __tablename__ = "progress_update"

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[datetime]
    effective_on: Mapped[date]
    declared: Mapped[DeclaredRag] = mapped_column(choice(DeclaredRag, "declared_rag"))
    happened: Mapped[str] = mapped_column(Text, default="")
    why: Mapped[str] = mapped_column(Text, default="")
    doing: Mapped[str] = mapped_column(Text, default="")
    ask: Mapped[str] = mapped_column(Text, default="")
    # A confirmation that nothing changed repeats the words of the update before it.
    is_no_change: Mapped[bool] = mapped_column(default=False)
    is_after_close: Mapped[bool] = mapped_column(default=False)
    on_behalf_of: Mapped[str] = mapped_column(String(200), default="")
    came_by: Mapped[str] = mapped_column(String(60), default="")
    state: Mapped[UpdateState] = mapped_column(choice(UpdateState, "update_state"), default=UpdateState.SUBMITTED)
    state_reason: Mapped[str] = mapped_column(Text, default="")
    # The same form sent twice makes one update.
    form_token: Mapped[str | None] = mapped_column(String(64), unique=True)
    version: Mapped[int] = mapped_column(default=1)

    action: Mapped[Action] = relationship(lazy="raise_on_sql")
    author: Mapped[Person] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (Index("ix_progress_update_action_day", "action_id", "effective_on"),)


class Evidence(Recorded, Base):
    """What shows that something was done: a file, a link or a sentence, with its own day."""

    __tablename__ = "evidence"

    # In addresses: nobody finds other files by counting.
    code: Mapped[str] = mapped_column(String(24), unique=True, default=lambda: random_code(20))

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    update_id: Mapped[int | None] = mapped_column(ForeignKey("progress_update.id"))
    kind: Mapped[EvidenceKind] = mapped_column(choice(EvidenceKind, "evidence_kind"))
    text: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(String(500), default="")
    effective_on: Mapped[date]
    title: Mapped[str] = mapped_column(String(160), default="")
    sensitivity: Mapped[EvidenceSensitivity] = mapped_column(
        choice(EvidenceSensitivity, "evidence_sensitivity"), default=EvidenceSensitivity.ORDINARY
    )
    # A file: its name as people see it, its kind, its size in bytes, its hash, and its name in the store.
    file_name: Mapped[str] = mapped_column(String(160), default="")
    file_kind: Mapped[Kind | None] = mapped_column(choice(Kind, "evidence_file_kind"))
    file_size: Mapped[int] = mapped_column(default=0)
    file_sha256: Mapped[str] = mapped_column(String(64), default="")
    stored_as: Mapped[str | None] = mapped_column(String(64), unique=True, info={TOLD_IN: "file_name"})
    # What somebody found who did not add it (domain A2).
    result: Mapped[EvidenceResult | None] = mapped_column(choice(EvidenceResult, "evidence_result"))
    verified_on: Mapped[date | None]
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    verified_note: Mapped[str] = mapped_column(Text, default="")
    # Taken from view; the record and the file stay until retention ends.
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    removed_why: Mapped[str] = mapped_column(Text, default="")
    # The same form sent twice adds its evidence once.
    form_token: Mapped[str | None] = mapped_column(String(80), unique=True)
    version: Mapped[int] = mapped_column(default=1)

    action: Mapped[Action] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("kind <> 'link' OR url <> ''", name="link_has_url"),
        CheckConstraint("kind <> 'file' OR stored_as IS NOT NULL", name="file_is_stored"),
        CheckConstraint("result IS NULL OR verified_by_id <> created_by", name="verified_by_another"),
        CheckConstraint("removed_at IS NULL OR removed_by_id IS NOT NULL", name="removed_by_somebody"),
    )


class SignOff(Recorded, Base):
    """A fact: a decision on the state of an action, by a person and, where it needs one, a body."""

    __tablename__ = "sign_off"

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    kind: Mapped[SignOffKind] = mapped_column(choice(SignOffKind, "sign_off_kind"))
    effective_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    # Embedded only: the check by somebody outside the lead's line, and why no measure applies when none does.
    independent_check: Mapped[str] = mapped_column(Text, default="")
    no_measure_reason: Mapped[str] = mapped_column(Text, default="")
    # On hold only: the day on which it is looked at again; those of before this was asked have none.
    review_on: Mapped[date | None]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    update_id: Mapped[int | None] = mapped_column(ForeignKey("progress_update.id"))

    person: Mapped[Person] = relationship(lazy="raise_on_sql")
    body: Mapped[Body | None] = relationship(lazy="raise_on_sql")
