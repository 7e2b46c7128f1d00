"""A temporary database with the application over it, on SQLite or PostgreSQL; nothing is loaded here."""

import logging
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import flask_migrate
from flask import Flask
from sqlalchemy import create_engine, make_url, text

from tracker import create_app
from tracker.audits.commands import add_default_themes, add_default_tools
from tracker.config import read_settings
from tracker.core.changelog import acting
from tracker.core.database import prepare_sqlite_file
from tracker.extensions import db, db_session

# One key for all houses: the change log of a process knows only one.
_KEY = secrets.token_hex(32)


@dataclass(frozen=True)
class House:
    """The application over a database of its own, and the settings by which a server finds the same one."""

    app: Flask
    environment: dict[str, str]

    @property
    def folder(self) -> Path:
        """Where the files of the house are."""
        return Path(self.environment["TRACKER_INSTANCE"])

    def as_environment(self) -> dict[str, str]:
        """Return the settings for a process; compiled modules are kept from start to start, as in an installation."""
        inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        return inherited | self.environment


@contextmanager
def new_house(server: str | None) -> Iterator[House]:
    """Give the application over an empty database at the newest revision, which is gone after the block.

    `server` is the address of any PostgreSQL database whose person may make others; None stands for a SQLite file.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        if server is None:
            with house_in(folder) as house:
                yield house
            return
        database = f"tracker_bench_{secrets.token_hex(4)}"
        _administer(server, f"CREATE DATABASE {database}")
        try:
            address = make_url(server).set(database=database).render_as_string(hide_password=False)
            with house_in(folder, address) as house:
                yield house
        finally:
            _administer(server, f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


@contextmanager
def house_in(folder: Path, address: str | None = None) -> Iterator[House]:
    """Bring the empty database at this address, or a SQLite file in the folder, to the newest revision."""
    environment = {
        "TRACKER_ENV": "local",
        "TRACKER_INSTANCE": str(folder),
        "SECRET_KEY": _KEY,
        "TRACKER_LOG_KEY": _KEY,
        "DATABASE_URL": address or f"sqlite:///{folder / 'tracker.db'}",
    }
    logging.getLogger("alembic").setLevel(logging.WARNING)
    app = create_app(read_settings(environment))
    with app.app_context():
        engine = db.engine
        prepare_sqlite_file(engine)
        flask_migrate.upgrade()
        with acting("command:bench"):
            add_default_themes(db_session())
            add_default_tools(db_session())
            db_session().commit()
    try:
        yield House(app, environment)
    finally:
        engine.dispose()


def _administer(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
