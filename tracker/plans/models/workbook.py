"""The table of filled workbooks that wait for their reader's word; what they say is no record until it is saved."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.core.database import Base


class FilledWorkbook(Base):
    """What one person brought back filled in, as it was understood, for an hour; after saving, what was not saved."""

    __tablename__ = "filled_workbook"
    # Nobody has said it yet: what is saved of it is logged as updates are.
    __logged__: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(160))
    # The rows as they were read, and what was found when they were compared with what is stored; both as JSON.
    filled: Mapped[str] = mapped_column(Text)
    compared: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime] = mapped_column(index=True)
    # How many updates were saved of it, and when.
    saved_count: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
