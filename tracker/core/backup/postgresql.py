"""Copying a PostgreSQL database with its own programs, and exchanging one for another; what is in it is unknown."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo
from sqlalchemy import URL, Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from tracker.core.backup.refusals import IN_USE, BackupError

_KEPT_APART = "postgres"


@contextmanager
def frozen(engine: Engine) -> Iterator[tuple[Session, str]]:
    """Give a session that sees one moment for the whole block, and the name by which `dump` sees the same one."""
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        name = connection.scalar(text("SELECT pg_export_snapshot()"))
        with Session(connection) as session:
            yield session, str(name)


def dump(url: URL, target: Path, *, moment: str, programs: str) -> None:
    """Copy a database as it stood at a moment into a new file, which only its owner may read."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    # The archive compresses; doing it twice would only take time.
    words = ["--format=custom", "--compress=0", "--no-owner", "--no-privileges", f"--snapshot={moment}"]
    _run(programs, "pg_dump", [*words, f"--file={target}"], url)


def load(url: URL, source: Path, *, programs: str) -> None:
    """Fill an empty database from a copy, all of it or nothing."""
    words = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    _run(programs, "pg_restore", [*words, str(source)], url)


def make_empty(url: URL, name: str) -> None:
    """Make an empty database beside the one of the address, sorting as that one does."""
    with administering(url) as connection:
        found = connection.execute(
            text("SELECT datcollate, datctype FROM pg_database WHERE datname = :name"), {"name": url.database}
        ).one_or_none()
        quoted = connection.dialect.identifier_preparer.quote_identifier
        sorting = "" if found is None else f" LC_COLLATE {_literal(found[0])} LC_CTYPE {_literal(found[1])}"
        connection.exec_driver_sql(f"CREATE DATABASE {quoted(name)} TEMPLATE template0 ENCODING 'UTF8'{sorting}")


def drop(url: URL, name: str) -> None:
    """Drop a database that was made in vain."""
    with administering(url) as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {_quoted(connection, name)} WITH (FORCE)")


def exchange(url: URL, new: str, kept: str) -> bool:
    """Put one database in the place of another, which is kept under a third name: both renamed or none.

    False when there was none to keep.

    PostgreSQL renames no database that anybody uses; that is `BackupError`.
    """
    present = url.database or ""
    with administering(url, isolation="READ COMMITTED") as connection:
        there = text("SELECT 1 FROM pg_database WHERE datname = :name")
        was_there = connection.scalar(there, {"name": present}) is not None
        if was_there:
            connection.exec_driver_sql(
                f"ALTER DATABASE {_quoted(connection, present)} RENAME TO {_quoted(connection, kept)}"
            )
        connection.exec_driver_sql(
            f"ALTER DATABASE {_quoted(connection, new)} RENAME TO {_quoted(connection, present)}"
        )
        connection.commit()
    return was_there


def refuse_while_used(url: URL) -> None:
    """Raise `BackupError` when anybody but us is connected to the database of the address."""
    with administering(url) as connection:
        others = text("SELECT count(*) FROM pg_stat_activity WHERE datname = :name AND pid <> pg_backend_pid()")
        if connection.scalar(others, {"name": url.database}):
            raise BackupError(IN_USE)


@contextmanager
def administering(url: URL, isolation: Any = "AUTOCOMMIT") -> Iterator[Connection]:
    """Connect to the server's database `postgres`, for what cannot be done from within; faults become sentences."""
    engine = create_engine(url.set(database=_KEPT_APART), isolation_level=isolation, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            yield connection
    except DBAPIError as error:
        said = str(error.orig).strip().splitlines()
        raise BackupError(f"PostgreSQL refused: {said[0] if said else 'no reason given'}.") from None
    finally:
        engine.dispose()


def _run(programs: str, name: str, words: Sequence[str], url: URL) -> None:
    """Run one of PostgreSQL's programs; the password goes by the environment, where other people cannot read it."""
    program = shutil.which(name, path=programs or None)
    if program is None:
        place = f"in {programs}" if programs else "on PATH"
        raise BackupError(f"{name} is not {place}: install PostgreSQL's client, or set TRACKER_POSTGRES_PROGRAMS.")
    place, secret = _conninfo(url)
    environment = {**os.environ, **({"PGPASSWORD": secret} if secret else {})}
    run = subprocess.run(
        [program, "--no-password", f"--dbname={place}", *words], env=environment, capture_output=True, check=False
    )
    if run.returncode:
        said = run.stderr.decode("utf-8", "replace").strip().splitlines()
        raise BackupError(f"{name} failed: {said[0] if said else f'exit status {run.returncode}'}.")


def _conninfo(url: URL) -> tuple[str, str]:
    engine = create_engine(url, poolclass=NullPool)
    _words, keywords = engine.dialect.create_connect_args(make_url(url))
    password = str(keywords.pop("password", ""))
    known = {option.keyword.decode() for option in Conninfo.get_defaults()}  # the driver takes options of its own too
    return make_conninfo("", **{name: value for name, value in keywords.items() if name in known}), password


def _quoted(connection: Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote_identifier(name)


def _literal(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
