"""A small library of invented records, with every mark that the change log knows, and a log around it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import ClassVar

from sqlalchemy import Connection, Engine, ForeignKey, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

from tracker.core.changelog import Checkpoint, Verdict, acting, create_triggers, drop_triggers, verify
from tracker.core.changelog.tables import log_entry, log_payload

KEY = b"a key of the tests, thirty-two bytes or more"


class LibraryBase(DeclarativeBase):
    """A base of its own: the tests' tables must not appear among the service's."""


class Shelf(LibraryBase):
    """A parent whose books go with it."""

    __tablename__ = "shelf"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]

    books: Mapped[list["Book"]] = relationship(back_populates="shelf", cascade="all, delete-orphan")


class Book(LibraryBase):
    """A record with a secret field, one that is not logged, one kept by the database and a version."""

    __tablename__ = "book"
    __secret__: ClassVar[frozenset[str]] = frozenset({"pin"})
    __unlogged__: ClassVar[frozenset[str]] = frozenset({"last_seen"})

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    due: Mapped[date | None]
    pin: Mapped[str | None]
    last_seen: Mapped[int | None]
    copies: Mapped[int] = mapped_column(server_default="1")
    edition: Mapped[int] = mapped_column(default=1, onupdate=lambda: 2)
    shelf_id: Mapped[int | None] = mapped_column(ForeignKey("shelf.id"))
    version: Mapped[int] = mapped_column()

    shelf: Mapped[Shelf | None] = relationship(back_populates="books")

    __mapper_args__ = MappingProxyType({"version_id_col": version})


class Ticket(LibraryBase):
    """Housekeeping that is not logged."""

    __tablename__ = "ticket"
    __logged__: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


@dataclass(frozen=True)
class Line:
    """One entry with its payload, as a reader of the log sees them."""

    number: int
    actor: str
    act: str
    kind: str
    subject_id: str
    fields: str
    before: str | None
    after: str | None


def make_library(engine: Engine) -> None:
    """Make the tables and the triggers."""
    with engine.begin() as connection:
        LibraryBase.metadata.create_all(connection)
        log_entry.create(connection)
        log_payload.create(connection)
        create_triggers(connection)


def lines(engine: Engine) -> list[Line]:
    """Return the whole log in order."""
    entry, payload = log_entry.c, log_payload.c
    wanted = (entry.number, entry.actor, entry.act, entry.subject_kind, entry.subject_id, entry.fields)
    joined = select(*wanted, payload.before, payload.after).select_from(log_entry.outerjoin(log_payload))
    with engine.connect() as connection:
        return [Line(*row) for row in connection.execute(joined.order_by(entry.number))]


def verdict_on(engine: Engine, against: Checkpoint | None = None, key: bytes = KEY) -> Verdict:
    """Verify the log in a session of its own."""
    with Session(engine) as session:
        return verify(session, key, against)


def add_books(engine: Engine, *titles: str) -> None:
    """Add each book in a transaction of its own, so that each is one entry."""
    for title in titles:
        with Session(engine) as session, acting("person:12"):
            session.add(Book(title=title))
            session.commit()


@contextmanager
def tampering(engine: Engine) -> Iterator[Connection]:
    """Give what an intruder has who owns the database but not the key: a connection that no trigger hinders."""
    on_sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF" if on_sqlite else "SET session_replication_role = replica")
        drop_triggers(connection)
        yield connection
        create_triggers(connection)
        connection.commit()
        connection.exec_driver_sql("PRAGMA foreign_keys=ON" if on_sqlite else "RESET session_replication_role")
        connection.commit()


def count(engine: Engine) -> int:
    """Return how many entries there are."""
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(log_entry)) or 0
