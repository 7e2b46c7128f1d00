"""The copy of a database that a restore works on, a class for each kind; what is in it is proved elsewhere."""

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL, create_engine, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from tracker.config import Settings
from tracker.core.backup import Backup, postgresql, sqlite
from tracker.core.changelog.writer import head

Heard = Callable[[int], object]


class Copy(Protocol):
    """A database made from a backup, beside the one that it may replace."""

    @property
    def address(self) -> str:
        """The address of the copy."""

    @property
    def present(self) -> tuple[int, str] | None:
        """The head of the change log of what it may replace; None when there is nothing that could be read."""

    def refuse_while_used(self) -> None:
        """Raise `BackupError` when anybody uses what it may replace."""

    def fill(self, backup: Backup, heard: Heard) -> None:
        """Make the copy and make sure that the database itself finds it sound."""

    def put_in_place(self) -> str:
        """Exchange the two, and return where the replaced one is kept; empty when there was none."""

    def discard(self) -> None:
        """Take away a copy that was not put in place."""


@dataclass(frozen=True)
class SqliteCopy:
    """A copy in a private folder beside the database's file."""

    file: Path
    work: Path
    stamp: str

    @property
    def address(self) -> str:
        """The address of the copy."""
        return f"sqlite:///{self._new}"

    @property
    def present(self) -> tuple[int, str] | None:
        """The head of the log of what is there now."""
        return _head(f"sqlite:///{self.file}") if self.file.exists() else None

    def refuse_while_used(self) -> None:
        """Raise `BackupError` while the service or a command has the file open."""
        if self.file.exists():
            sqlite.refuse_while_used(self.file)

    def fill(self, backup: Backup, heard: Heard) -> None:
        """Take the file out of the backup and check it."""
        backup.extract("database", self._new, heard)
        sqlite.check(self._new)

    def put_in_place(self) -> str:
        """Exchange the files while nobody else can have them open."""
        with closing(sqlite3.connect(self._new)) as connection:
            connection.execute("PRAGMA journal_mode=WAL").fetchone()
        kept = self.file.with_name(f"{self.file.name}.before-{self.stamp}")
        if not self.file.exists():
            sqlite.exchange(self.file, self._new, kept)
            return ""
        with sqlite.alone_with(self.file):
            sqlite.exchange(self.file, self._new, kept)
        return str(kept)

    def discard(self) -> None:
        """Leave it to the work folder, which goes in any case."""

    @property
    def _new(self) -> Path:
        return self.work / "database"


@dataclass(frozen=True)
class PostgresCopy:
    """A copy under a name of its own on the same server."""

    url: URL
    work: Path
    programs: str
    stamp: str

    @property
    def address(self) -> str:
        """The address of the copy."""
        return self.url.set(database=self._new).render_as_string(hide_password=False)

    @property
    def present(self) -> tuple[int, str] | None:
        """The head of the log of what is there now."""
        return _head(self.url.render_as_string(hide_password=False))

    def refuse_while_used(self) -> None:
        """Raise `BackupError` while anybody is connected."""
        postgresql.refuse_while_used(self.url)

    def fill(self, backup: Backup, heard: Heard) -> None:
        """Make an empty database and load it, all or nothing."""
        backup.extract("database", self.work / "database", heard)
        postgresql.make_empty(self.url, self._new)
        try:
            postgresql.load(self.url.set(database=self._new), self.work / "database", programs=self.programs)
        except BaseException:
            self.discard()
            raise

    def put_in_place(self) -> str:
        """Rename both in one transaction."""
        kept = f"{self.url.database}_before_{self.stamp.lower()}"
        return kept if postgresql.exchange(self.url, self._new, kept) else ""

    def discard(self) -> None:
        """Drop it, when it is still there under its own name."""
        postgresql.drop(self.url, self._new)

    @property
    def _new(self) -> str:
        return f"{self.url.database}_restored_{self.stamp.lower()}"


def copy_for(settings: Settings, work: Path, stamp: str) -> Copy:
    """Return the copy that fits the database of the settings."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "postgresql":
        return PostgresCopy(url, work, settings.postgres_programs, stamp)
    return SqliteCopy(database_file(settings), work, stamp)


def database_file(settings: Settings) -> Path:
    """Return the file of a SQLite database."""
    return settings.instance / (make_url(settings.database_url).database or "tracker.db")


def _head(address: str) -> tuple[int, str] | None:
    engine = create_engine(address, poolclass=NullPool)
    with suppress(DBAPIError), engine.connect() as connection:
        return head(connection)
    return None
