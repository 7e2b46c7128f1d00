"""Case files by a code that says nothing of the child."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.audits.rules.vocabulary import Category
from tracker.core.database import Base, Recorded, choice
from tracker.people.models import Unit


class CaseReference(Recorded, Base):
    """A case file by a code that says nothing; the case system keeps the case, and no key is kept here."""

    __tablename__ = "case_reference"

    code: Mapped[str] = mapped_column(String(20), unique=True)
    category: Mapped[Category] = mapped_column(choice(Category, "category"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    # Brothers and sisters share one, a code like its own (domain A8).
    sibling_group: Mapped[str | None] = mapped_column(String(20))

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
