"""The table of forms that were sent after their session had ended, until their writer signs in again."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.core.database import Base


class HeldForm(Base):
    """A form as it was sent, sealed; only its own writer gets it back, at its own address, and for an hour."""

    __tablename__ = "held_post"
    # It is no record: nothing of it counts before its writer sends it again.
    __logged__: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    address: Mapped[str] = mapped_column(String(1000))
    network: Mapped[str] = mapped_column(String(60), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    held_at: Mapped[datetime] = mapped_column(index=True)
