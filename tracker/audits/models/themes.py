"""The themes that findings and questions speak of."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.audits.rules.vocabulary import ThemeGroup
from tracker.core.database import Base, Recorded, choice


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
