"""The parts of a multi-agency audit: what each agency says of its own work with the child, and what all agreed."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.audits.models.themes import Theme
from tracker.audits.rules.agencies import PartState
from tracker.audits.rules.vocabulary import FindingKind, Grade
from tracker.core.database import Base, Recorded, choice
from tracker.people.models import Unit


class AgencyPart(Recorded, Base):
    """What one agency says of one case; it is entered here, since most agencies have no account."""

    __tablename__ = "agency_part"

    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"))
    number: Mapped[int]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    state: Mapped[PartState] = mapped_column(choice(PartState, "part_state"), default=PartState.AWAITED)
    # By post and never by name.
    given_by: Mapped[str] = mapped_column(String(80), default="")
    given_on: Mapped[date | None]
    grade: Mapped[Grade | None] = mapped_column(choice(Grade, "agency_grade"))
    not_given_why: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    points: Mapped[list["AgencyPoint"]] = relationship(
        lazy="raise_on_sql", order_by="AgencyPoint.position", back_populates="part", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("audit_id", "number"),
        UniqueConstraint("audit_id", "unit_id"),
        CheckConstraint(
            "state <> 'given' OR (given_by <> '' AND given_on IS NOT NULL AND grade IS NOT NULL)",
            name="given_is_whole",
        ),
        CheckConstraint("state <> 'not_given' OR not_given_why <> ''", name="not_given_says_why"),
    )


class AgencyPoint(Recorded, Base):
    """A strength, or something to develop, that an agency sees on a theme; it is no vote, which sections alone give."""

    __tablename__ = "agency_point"

    part_id: Mapped[int] = mapped_column(ForeignKey("agency_part.id"))
    position: Mapped[int]
    kind: Mapped[FindingKind] = mapped_column(choice(FindingKind, "agency_point_kind"))
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"))
    words: Mapped[str] = mapped_column(Text)

    part: Mapped[AgencyPart] = relationship(lazy="raise_on_sql", back_populates="points")
    theme: Mapped[Theme] = relationship(lazy="raise_on_sql")

    __table_args__ = (UniqueConstraint("part_id", "position"),)


class AgencyAgreement(Recorded, Base):
    """What the agencies agreed when their parts lay side by side; its grade is the grade of the whole audit."""

    __tablename__ = "agency_agreement"

    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), unique=True)
    grade: Mapped[Grade] = mapped_column(choice(Grade, "agreed_grade"))
    words: Mapped[str] = mapped_column(Text)
    # By post and never by name.
    agreed_by: Mapped[str] = mapped_column(String(300))
    agreed_on: Mapped[date]
    # Until a part is written again: then they have to agree again.
    stands: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
