"""Copying, checking and exchanging a SQLite file while others may use it; what is in it is nobody's concern here."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from tracker.core.backup.refusals import IN_USE, BackupError
from tracker.core.disk import settle

_PAGES = 2000


def copy_online(source: Path, target: Path, heard: Callable[[int], object]) -> None:
    """Copy a database as it stood at one moment, while others write; `heard` is told each further percent.

    A reading transaction is held throughout: without it a write between two steps would begin the copy again, and
    many writers would never let it end.
    """
    told = 0

    def progress(_status: int, left: int, total: int) -> None:
        nonlocal told
        done = 100 * (total - left) // max(total, 1)
        heard(done - told)
        told = done

    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(source, timeout=10)) as read, closing(sqlite3.connect(target)) as written:
        read.execute("BEGIN")
        read.execute("SELECT count(*) FROM sqlite_master").fetchone()
        read.backup(written, pages=_PAGES, progress=progress)
        # One file that is whole by itself, without a log of writes beside it.
        written.execute("PRAGMA journal_mode=DELETE")


def check(file: Path) -> None:
    """Make sure that a database is sound: its pages, its indexes and its references; raises `BackupError` when not."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            loose = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError:
        raise BackupError("The database is damaged: SQLite cannot read it.") from None
    if found != "ok":
        raise BackupError(f"The database is damaged: {found.splitlines()[0]}.")
    if loose is not None:
        raise BackupError(f"The database is damaged: a row of {loose[0]} refers to one that is not there.")


@contextmanager
def alone_with(file: Path) -> Iterator[None]:
    """Hold a database so that nobody else can use it; raises `BackupError` while anybody does.

    Leaving write-ahead mode works only when nobody else has the file open. Whoever opens it from then on waits, and
    SQLite refuses to write to a file that was moved in the meantime. A file that is no database has no lock.
    """
    with closing(sqlite3.connect(file, timeout=1, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                raise BackupError(IN_USE) from None
            raise
        except sqlite3.DatabaseError:
            yield
            return
        try:
            yield
        finally:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")


def refuse_while_used(file: Path) -> None:
    """Raise `BackupError` when anybody has the database open, and put it back in write-ahead mode."""
    with alone_with(file):
        pass
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=WAL").fetchone()


def exchange(present: Path, new: Path, kept: Path) -> None:
    """Put a new file in the place of a database and keep the old one under another name; at no moment is there none.

    The caller is alone with the database. What the old one left beside it goes along, so that it never meets the new.
    """
    if present.exists():
        try:
            os.link(present, kept)
        except OSError:
            shutil.copy2(present, kept)
        for end in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                present.with_name(present.name + end).replace(kept.with_name(kept.name + end))
    new.replace(present)
    settle(present.parent)
