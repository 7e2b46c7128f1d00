"""Tables of persons, roles, units, bodies, their meetings, lead parties and sign-in; they ask and decide nothing."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.core.database import Base, Recorded, choice
from tracker.people.rules import BodyKind, Cycle, PartyKind, Role, UnitKind


class Unit(Recorded, Base):
    """A part of the authority or a partner; teams are re-organised, so each has its time."""

    __tablename__ = "unit"

    name: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[UnitKind] = mapped_column(choice(UnitKind, "unit_kind"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]


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
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    # Raised to end every session at once: sign-out everywhere, a new password, a changed role, deactivation.
    session_epoch: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    grants: Mapped[list["RoleGrant"]] = relationship(
        back_populates="person", lazy="raise_on_sql", order_by="RoleGrant.id", foreign_keys="RoleGrant.person_id"
    )
    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")

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
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="grants", lazy="raise_on_sql", foreign_keys=[person_id])

    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("NOT (is_chair OR is_scribe) OR role = 'assurance'", name="marks_of_assurance"),
    )


class Body(Recorded, Base):
    """A board, meeting or panel that tests or steers the plan."""

    __tablename__ = "body"

    name: Mapped[str] = mapped_column(String(160), unique=True)
    kind: Mapped[BodyKind] = mapped_column(choice(BodyKind, "body_kind"))
    cycle: Mapped[Cycle] = mapped_column(choice(Cycle, "cycle"))
    reports_to_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))

    reports_to: Mapped["Body | None"] = relationship(lazy="raise_on_sql", remote_side="Body.id")


class BodyMeeting(Recorded, Base):
    """One meeting of a body: its day, when updates for it close, and whether it was held."""

    __tablename__ = "body_meeting"

    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    day: Mapped[date] = mapped_column(index=True)
    updates_close_at: Mapped[datetime | None]
    is_held: Mapped[bool] = mapped_column(default=False)

    body: Mapped[Body] = relationship(lazy="raise_on_sql")

    __table_args__ = (UniqueConstraint("body_id", "day"),)


class LeadParty(Recorded, Base):
    """A lead as the plan names it: a person, post, team, body or partner; the people who may update stand beside."""

    __tablename__ = "lead_party"

    name: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[PartyKind] = mapped_column(choice(PartyKind, "party_kind"))
    # What viewers read instead of a person's name.
    post: Mapped[str] = mapped_column(String(120), default="")
    left_on: Mapped[date | None]

    members: Mapped[list["LeadPartyMember"]] = relationship(
        back_populates="party", lazy="raise_on_sql", order_by="LeadPartyMember.id"
    )


class LeadPartyMember(Recorded, Base):
    """A person who may update what a lead party leads."""

    __tablename__ = "lead_party_member"

    party_id: Mapped[int] = mapped_column(ForeignKey("lead_party.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    ends_on: Mapped[date | None]

    party: Mapped[LeadParty] = relationship(back_populates="members", lazy="raise_on_sql")
    person: Mapped[Person] = relationship(lazy="raise_on_sql")

    __table_args__ = (UniqueConstraint("party_id", "person_id"),)


class SignInGuess(Base):
    """A failed sign-in, kept only to slow guessing down; who was tried and from where are hashes."""

    __tablename__ = "sign_in_guess"
    __logged__: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]

    __table_args__ = (Index("ix_sign_in_guess_key_at", "key", "at"),)


class Organisation(Recorded, Base):
    """The one organisation that this database serves."""

    __tablename__ = "organisation"

    name: Mapped[str] = mapped_column(String(120))
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    urgent_contact: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
