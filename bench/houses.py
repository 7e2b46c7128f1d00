"""A temporary database with the application over it, on SQLite or PostgreSQL; nothing is loaded here."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import flask_migrate
from flask import Flask
from sqlalchemy import create_engine, make_url, text

from tracker import create_app
from tracker.audits.commands import add_default_themes
from tracker.config import read_settings
from tracker.core.changelog import acting
from tracker.core.database import prepare_sqlite_file
from tracker.extensions import db, db_session

# One key for all houses: the change log of a process knows only one.
_KEY = secrets.token_hex(32)


@contextmanager
def new_house(server: str | None) -> Iterator[Flask]:
    """Give the application over an empty database at the newest revision, which is gone after the block.

    `server` is the address of any PostgreSQL database whose person may make others; None stands for a SQLite file.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        if server is None:
            yield from _ready(f"sqlite:///{Path(folder, 'bench.db')}", Path(folder))
            return
        name = f"tracker_bench_{secrets.token_hex(4)}"
        _administer(server, f"CREATE DATABASE {name}")
        try:
            address = make_url(server).set(database=name).render_as_string(hide_password=False)
            yield from _ready(address, Path(folder))
        finally:
            _administer(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _ready(address: str, folder: Path) -> Iterator[Flask]:
    environment = {"DATABASE_URL": address, "TRACKER_ENV": "local", "TRACKER_INSTANCE": str(folder)}
    app = create_app(read_settings({**environment, "SECRET_KEY": _KEY, "TRACKER_LOG_KEY": _KEY}))
    with app.app_context():
        engine = db.engine
        prepare_sqlite_file(engine)
        flask_migrate.upgrade()
        with acting("command:bench"):
            add_default_themes(db_session())
            db_session().commit()
    try:
        yield app
    finally:
        engine.dispose()


def _administer(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
