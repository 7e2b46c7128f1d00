"""The table of updates that are being written: what somebody typed and has not saved; it is no record."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.core.database import Base


class UpdateDraft(Base):
    """What one person typed into the form of one action's update, as they typed it, until it is saved or discarded."""

    __tablename__ = "update_draft"
    # Nobody has said it yet: a draft is its writer's own, and the log tells what was said.
    __logged__: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    # The update that counted when the draft was begun, 0 for none.
    after_id: Mapped[int] = mapped_column(default=0)
    # The fields of the form by name, each with the list of its values, as JSON.
    typed: Mapped[str] = mapped_column(Text)
    # The open page that wrote last; it may go on without asking which version is stored.
    written_from: Mapped[str] = mapped_column(String(64), default="")
    saved_at: Mapped[datetime] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (UniqueConstraint("person_id", "action_id"),)
