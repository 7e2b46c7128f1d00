"""Case files by a code that says nothing of the child."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.audits.rules.vocabulary import Category
from tracker.core import clock
from tracker.core.database import Base, Recorded, choice
from tracker.core.erasures import SPENT_IN, TELLS_TOGETHER
from tracker.people.models import Unit


class CaseReference(Recorded, Base):
    """A case file by a code that says nothing; the case system keeps the case, and no key is kept here."""

    __tablename__ = "case_reference"

    # Erased, it leaves a digest, so that no other file ever bears it.
    code: Mapped[str] = mapped_column(String(20), unique=True, info={SPENT_IN: "spent_reference"})
    category: Mapped[Category] = mapped_column(choice(Category, "category"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    # Brothers and sisters share one, a code like its own (domain A8).
    sibling_group: Mapped[str | None] = mapped_column(String(20), info={TELLS_TOGETHER: True})

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")


class SpentReference(Base):
    """A digest of a case reference that stands nowhere any more and must not be given to another file."""

    __tablename__ = "spent_reference"
    # It is made where a reference is erased or taken away, and that is in the log.
    __logged__: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    # "erased", or "taken back" with the file that it came in with.
    why: Mapped[str] = mapped_column(String(20))
    spent_at: Mapped[datetime] = mapped_column(default=clock.now)
