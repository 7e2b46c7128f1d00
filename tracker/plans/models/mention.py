"""The table of mentions: which action a number meant that somebody typed in their words (decision 0012)."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.core.database import Base, Recorded, choice
from tracker.plans.rules.states import MentionedIn


class Mention(Recorded, Base):
    """A fact: in the words of a record of `action_id`, a number meant another action when they were written."""

    __tablename__ = "mention"

    # Whose history the words stand in.
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    source: Mapped[MentionedIn] = mapped_column(choice(MentionedIn, "mentioned_in"))
    # The id of the update, the decision or the like; which table it is of says the source.
    record: Mapped[int]
    number: Mapped[str] = mapped_column(String(20))
    meant_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)

    __table_args__ = (UniqueConstraint("source", "record", "number"),)
