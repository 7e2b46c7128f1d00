"""What every feature's tables share: the base, column types and the SQLite pragmas; no table of its own."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import Enum as PythonEnum
from typing import Any, ClassVar, Protocol

from sqlalchemy import Connection, DateTime, Dialect, Engine, Enum, MetaData, TypeDecorator, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from tracker.core import clock

_LONGEST_WAIT = 10  # seconds
_WAIT = f"PRAGMA busy_timeout={_LONGEST_WAIT * 1000}"
_next_to_write = threading.Lock()
# The database failed, or all connections to it were taken for too long: either may be over in a minute.
DATABASE_FAULTS = (DBAPIError, NoConnectionError)


class UTCDateTime(TypeDecorator[datetime]):
    """A moment in UTC: refuses one without a zone, and gives back the zone that SQLite drops."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn a moment into UTC for storing."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without its zone cannot be stored.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back the stored moment with its zone."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The parent of every table's class."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UTCDateTime}


class Recorded:
    """Columns of every record: when and by whom it was made and last changed.

    The person is a plain id, so that this room needs to know nobody; 0 stands for a command of the operator.
    """

    # The log entry itself says who changed the record and when.
    __unlogged__: ClassVar[frozenset[str]] = frozenset({"changed_at", "changed_by"})

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-10)
    created_at: Mapped[datetime] = mapped_column(default=clock.now, sort_order=90)
    created_by: Mapped[int] = mapped_column(default=0, sort_order=91)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now, sort_order=92)
    changed_by: Mapped[int] = mapped_column(default=0, sort_order=93)


def choice(enum: type[PythonEnum], name: str) -> Enum:
    """Return the column type of an enumeration: stored by value, kept to its values by a named constraint."""
    longest = max(len(str(member.value)) for member in enum)
    return Enum(
        enum,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=max(longest, 20),
        values_callable=lambda members: [member.value for member in members],
        validate_strings=True,
    )


class _Cursor(Protocol):
    def execute(self, statement: str) -> object: ...


@event.listens_for(Engine, "connect")
def _set_pragmas(connection: _Cursor, record: object) -> None:
    """Make each SQLite connection check foreign keys and keep what it acknowledged through a power cut (security.md).

    The journal mode lives in the file and is set once, by `prepare_sqlite_file`.
    """
    del record
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute(_WAIT)
        connection.execute("PRAGMA synchronous=FULL")


def begin_writing(connection: Connection) -> None:
    """Take the right to write at once on SQLite, waiting for whoever has it: what is read from here on stays true.

    SQLite wakes whoever asks at the right moment, so among many somebody would never be heard. Here one thread asks it,
    and the others of this process queue behind.
    """
    driver = connection.connection.dbapi_connection
    if not isinstance(driver, sqlite3.Connection) or driver.in_transaction:
        return
    is_first = _next_to_write.acquire(timeout=_LONGEST_WAIT)
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        if is_first:
            _next_to_write.release()


@contextmanager
def without_waiting(session: Session) -> Iterator[None]:
    """Let what is written within the block fail at once when somebody else is writing, instead of waiting for them."""
    connection = session.connection()
    on_sqlite = connection.dialect.name == "sqlite"
    connection.exec_driver_sql("PRAGMA busy_timeout=0" if on_sqlite else "SET LOCAL lock_timeout = '100ms'")
    try:
        yield
    finally:
        if on_sqlite:
            connection.exec_driver_sql(_WAIT)


def prepare_sqlite_file(engine: Engine) -> None:
    """Put a SQLite database in write-ahead mode, so that people can read while one writes; nothing on PostgreSQL."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
