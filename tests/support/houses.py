"""The application over a migrated database that every test finds as new: one of each kind for a whole run.

Building an application and migrating for every test would take a minute where this takes a second.
"""

import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine, create_engine, make_url, text

from tests.support.folders import quick_folder
from tests.support.migrations import upgrade
from tracker import create_app
from tracker.config import read_settings
from tracker.core.database import prepare_sqlite_file
from tracker.extensions import db

Loading = Callable[[Flask], None]


@dataclass(frozen=True)
class House:
    """An application, its engine, and the way back to the database as it was at first."""

    app: Flask
    engine: Engine
    restore: Callable[[], None]


def application(database_url: str, folder: Path) -> Flask:
    """Build the application for a database, with keys that are no secret, as `make run` would."""
    app = create_app(
        read_settings(
            {
                "DATABASE_URL": database_url,
                "SECRET_KEY": "a key for tests only, long enough",
                "TRACKER_LOG_KEY": "another key for tests only, as long",
                "TRACKER_ENV": "local",
                "TRACKER_INSTANCE": str(folder),
            }
        )
    )
    app.testing = True
    app.config["IMPORT_PATIENCE"] = 30.0  # a slow machine reads slowly, and no test asks a page twice
    return app


def engine_of(app: Flask) -> Engine:
    """Return the application's engine."""
    with app.app_context():
        return db.engine


def migrated(app: Flask, load: Loading | None = None) -> None:
    """Bring the application's database to the newest revision, and load what the tests of this house start from."""
    prepare_sqlite_file(engine_of(app))
    upgrade(app)
    if load:
        load(app)


@contextmanager
def on_sqlite(load: Loading | None = None) -> Iterator[House]:
    """Give a house on a SQLite file; its first state is kept in memory and copied back by SQLite's own backup."""
    folder = quick_folder("tracker-")
    try:
        app = application(f"sqlite:///{folder / 'tracker.db'}", folder)
        engine = engine_of(app)
        migrated(app, load)
        first, stored = sqlite3.connect(":memory:"), sqlite3.connect(folder / "tracker.db")
        stored.backup(first)
        try:
            yield House(app, engine, lambda: first.backup(stored))
        finally:
            first.close()
            stored.close()
            engine.dispose()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def on_postgresql(server: str, load: Loading | None = None) -> Iterator[House]:
    """Give a house on a PostgreSQL server; its first state is a template database, copied anew before each test."""
    folder = quick_folder("tracker-")
    name = f"tracker_test_{secrets.token_hex(4)}"
    first = f"{name}_first"
    try:
        with _administration(server) as do:
            do(f"CREATE DATABASE {name}")
            app = application(_database(server, name), folder)
            engine = engine_of(app)

            def restore() -> None:
                engine.dispose()
                do(f"DROP DATABASE {name} WITH (FORCE)", f"CREATE DATABASE {name} TEMPLATE {first}")

            try:
                migrated(app, load)
                engine.dispose()
                do(f"CREATE DATABASE {first} TEMPLATE {name}")
                yield House(app, engine, restore)
            finally:
                engine.dispose()
                do(*(f"DROP DATABASE IF EXISTS {made} WITH (FORCE)" for made in (name, first)))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def load_demonstration(app: Flask) -> None:
    """Load the demonstration by its own command, at the clock's day."""
    result = app.test_cli_runner().invoke(app.cli, ["demo"])
    assert result.exit_code == 0, result.output


@contextmanager
def empty_postgresql(server: str) -> Iterator[str]:
    """Give the address of an empty database on a PostgreSQL server, for tests of migrations."""
    name = f"tracker_test_{secrets.token_hex(4)}"
    with _administration(server) as do:
        do(f"CREATE DATABASE {name}")
        try:
            yield _database(server, name)
        finally:
            do(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _database(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


@contextmanager
def _administration(address: str) -> Iterator[Callable[..., None]]:
    engine = create_engine(address, isolation_level="AUTOCOMMIT", pool_pre_ping=True)

    def do(*statements: str) -> None:
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))

    try:
        yield do
    finally:
        engine.dispose()
