"""Tables of persons, their roles, the posts they hold and who stands in for whom; they ask and decide nothing."""

from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.core.database import Base, Recorded, choice
from tracker.people.models.units import Unit
from tracker.people.rules import Role

if TYPE_CHECKING:
    from tracker.people.models.leads import LeadParty


class Person(Recorded, Base):
    """Somebody who may sign in."""

    __tablename__ = "person"
    __secret__: ClassVar[frozenset[str]] = frozenset({"password_hash"})

    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    post: Mapped[str] = mapped_column(String(120), default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    # A password that somebody else has seen is changed at the first sign-in, and worthless after this moment.
    password_expires_at: Mapped[datetime | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    # The day from which somebody is gone who was deactivated; leads of theirs alone are shown as left.
    left_on: Mapped[date | None]
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    # Raised to end every session at once: sign-out everywhere, a new password, a changed role, deactivation.
    session_epoch: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    grants: Mapped[list["RoleGrant"]] = relationship(
        back_populates="person", lazy="raise_on_sql", order_by="RoleGrant.id", foreign_keys="RoleGrant.person_id"
    )
    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")
    holdings: Mapped[list["PostHolding"]] = relationship(
        back_populates="person", lazy="raise_on_sql", order_by="PostHolding.id"
    )
    # The absences in which this person writes updates for somebody else.
    covers: Mapped[list["Deputy"]] = relationship(
        back_populates="deputy", lazy="raise_on_sql", order_by="Deputy.id", foreign_keys="Deputy.deputy_id"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def first_name(self) -> str:
        """The name to greet by."""
        return self.name.split(" ")[0]

    # What the sign-in library asks of whoever may sign in.
    is_authenticated: ClassVar[bool] = True
    is_anonymous: ClassVar[bool] = False

    @property
    def itself(self) -> "Person":
        """The record behind the proxy that the sign-in library hands out."""
        return self

    def get_id(self) -> str:
        """Return what a session keeps: the person and the epoch, so that raising it ends every session."""
        return f"{self.id}.{self.session_epoch}"


class RoleGrant(Recorded, Base):
    """A role that a person holds for a time: everywhere, or for one plan, area or unit."""

    __tablename__ = "role_grant"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(choice(Role, "role"))
    # Plans and areas stand above people, so their scope is kept as a plain number.
    plan_id: Mapped[int | None]
    area_id: Mapped[int | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    is_chair: Mapped[bool] = mapped_column(default=False)
    is_scribe: Mapped[bool] = mapped_column(default=False)
    # A delivery lead of a partner, who sees own actions only (domain A9).
    is_partner: Mapped[bool] = mapped_column(default=False, server_default=false())
    # A moderator who is head of service, and closes immediate concerns (domain A3).
    is_head: Mapped[bool] = mapped_column(default=False, server_default=false())
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="grants", lazy="raise_on_sql", foreign_keys=[person_id])

    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("NOT (is_chair OR is_scribe) OR role = 'assurance'", name="marks_of_assurance"),
        CheckConstraint("NOT is_partner OR role = 'lead'", name="partner_is_lead"),
        CheckConstraint("NOT is_head OR role = 'moderator'", name="head_is_moderator"),
    )


class PostHolding(Recorded, Base):
    """The time in which a person holds a post that plans name as a lead; on each day its holder may update."""

    __tablename__ = "post_holding"

    party_id: Mapped[int] = mapped_column(ForeignKey("lead_party.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    party: Mapped["LeadParty"] = relationship(back_populates="holdings", lazy="raise_on_sql")
    person: Mapped[Person] = relationship(back_populates="holdings", lazy="raise_on_sql")

    __table_args__ = (CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),)


class Deputy(Recorded, Base):
    """Somebody who writes the updates of a person who is away, from a first to a last day (ux 8.16)."""

    __tablename__ = "deputy"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    deputy_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]

    person: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[person_id])
    deputy: Mapped[Person] = relationship(back_populates="covers", lazy="raise_on_sql", foreign_keys=[deputy_id])

    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("deputy_id <> person_id", name="somebody_else"),
    )
