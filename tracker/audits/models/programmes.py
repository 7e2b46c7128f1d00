"""The programme of a year and its mechanisms."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.audits.rules.programme import Cadence, RecordKind
from tracker.core.database import Base, Recorded, choice
from tracker.people.models import Person


class AuditProgramme(Recorded, Base):
    """A council's year of assurance, from April to March, known by the calendar year of its April."""

    __tablename__ = "audit_programme"

    year: Mapped[int] = mapped_column(unique=True)

    mechanisms: Mapped[list["Mechanism"]] = relationship(
        lazy="raise_on_sql", order_by="Mechanism.position", back_populates="programme"
    )


class Mechanism(Recorded, Base):
    """One way of assurance in a year: what it makes, how much of it is planned, how often, and who answers for it."""

    __tablename__ = "mechanism"

    programme_id: Mapped[int] = mapped_column(ForeignKey("audit_programme.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[RecordKind] = mapped_column(choice(RecordKind, "record_kind"))
    # How many of its records are planned in the whole year.
    target: Mapped[int] = mapped_column(default=0)
    cadence: Mapped[Cadence] = mapped_column(choice(Cadence, "cadence"))
    # Which records of its kind are its own, as feedback after conferences; without it all are. A case audit is counted
    # by its round.
    counts: Mapped[str | None] = mapped_column(String(20))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)

    programme: Mapped[AuditProgramme] = relationship(back_populates="mechanisms", lazy="raise_on_sql")
    owner: Mapped[Person | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("programme_id", "position"),
        UniqueConstraint("programme_id", "name"),
        CheckConstraint("target >= 0", name="target"),
    )
