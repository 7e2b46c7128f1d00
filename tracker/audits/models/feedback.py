"""Feedback: one question to many people in a period, with how many were asked, replied and said yes."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.audits.models.themes import Theme
from tracker.audits.rules.feedback import Replies
from tracker.audits.rules.other_words import FeedbackSource
from tracker.core.database import Base, Recorded, choice


class FeedbackSet(Recorded, Base):
    """The replies of one period to one question; nobody's reply by itself is kept."""

    __tablename__ = "feedback_set"

    public_id: Mapped[str] = mapped_column(String(20), unique=True)
    source: Mapped[FeedbackSource] = mapped_column(choice(FeedbackSource, "feedback_source"))
    question: Mapped[str] = mapped_column(String(300))
    starts_on: Mapped[date]
    ends_on: Mapped[date] = mapped_column(index=True)
    invited: Mapped[int]
    responded: Mapped[int]
    yes: Mapped[int]
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    theme: Mapped[Theme | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("invited > 0 AND responded >= 0 AND responded <= invited", name="replies_within_invited"),
        CheckConstraint("yes >= 0 AND yes <= responded", name="yes_within_replies"),
    )

    @property
    def replies(self) -> Replies:
        """Its figures, as the rule takes them."""
        return Replies(self.invited, self.responded, self.yes)
