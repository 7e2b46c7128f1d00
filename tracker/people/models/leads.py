"""Tables of the leads that plans name, and of the people who may update for them."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.core.database import Base, Recorded, choice
from tracker.people.models.persons import Person, PostHolding
from tracker.people.rules import PartyKind


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
    holdings: Mapped[list[PostHolding]] = relationship(
        back_populates="party", lazy="raise_on_sql", order_by=PostHolding.starts_on
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
