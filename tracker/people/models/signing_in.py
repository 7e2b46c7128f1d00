"""Tables of what signing in needs: guesses, sessions, and links by which a password is set."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.core.database import Base, Recorded, choice
from tracker.people.models.persons import Person
from tracker.people.rules import InvitationKind


class SignInGuess(Base):
    """A failed sign-in, kept only to slow guessing down; who was tried and from where are hashes."""

    __tablename__ = "sign_in_guess"
    __logged__: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]

    __table_args__ = (Index("ix_sign_in_guess_key_at", "key", "at"),)


class PersonSession(Base):
    """One browser in which somebody signed in: enough to know it again and to end it, and no more."""

    __tablename__ = "person_session"
    # Signing in and out are events of the log; being seen is none.
    __logged__: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    # The person's epoch when it began: where the two differ, the session has ended with all others.
    epoch: Mapped[int]
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    browser: Mapped[str] = mapped_column(String(60))
    network: Mapped[str] = mapped_column(String(60))
    ended_at: Mapped[datetime | None]


class Invitation(Recorded, Base):
    """A link by which somebody sets an own password, once: to begin here, or after a reset. Its code is not kept."""

    __tablename__ = "invitation"
    __secret__: ClassVar[frozenset[str]] = frozenset({"code_hash"})

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[InvitationKind] = mapped_column(choice(InvitationKind, "invitation_kind"))
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise_on_sql")
