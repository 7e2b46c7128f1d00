"""Tables of notices: the outbox with every mail, and how each person wants to be told; they ask and decide nothing."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.core.database import Base, Recorded, choice
from tracker.notices.rules.vocabulary import Frequency, NoticeKind, NoticeState
from tracker.people.models import Person


class Notice(Recorded, Base):
    """One mail to one person: its words as they are sent, and how far it has come."""

    __tablename__ = "notice"
    # The log says who was told and when; the words stand here.
    __unlogged__: ClassVar[frozenset[str]] = frozenset({"text", "html"})

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[NoticeKind] = mapped_column(choice(NoticeKind, "notice_kind"))
    # The same occurrence twice is one mail: a person's digest of a day, what one sending of a form asks of a person.
    key: Mapped[str] = mapped_column(String(120), unique=True)
    due_on: Mapped[date]
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    # The keys of the occasions that it tells, so that none is told twice.
    told: Mapped[list[Any]] = mapped_column(JSON, default=list)
    state: Mapped[NoticeState] = mapped_column(choice(NoticeState, "notice_state"), default=NoticeState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime | None]
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    # In plain words and without addresses.
    error: Mapped[str] = mapped_column(String(300), default="")
    version: Mapped[int] = mapped_column(default=1)

    person: Mapped[Person] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("state <> 'sent' OR sent_at IS NOT NULL", name="sent_has_moment"),
        CheckConstraint("state <> 'sending' OR claimed_at IS NOT NULL", name="sending_is_claimed"),
        Index("ix_notice_state_due", "state", "due_on"),
        Index("ix_notice_person_kind_due", "person_id", "kind", "due_on"),
    )


class NoticeSetting(Recorded, Base):
    """How one person wants to be told; who has none gets the daily digest with words."""

    __tablename__ = "notice_setting"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    frequency: Mapped[Frequency] = mapped_column(choice(Frequency, "frequency"), default=Frequency.DAILY)
    is_bare: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
