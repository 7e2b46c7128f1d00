"""Whole installations with a folder, a database and files of their own, for tests that back up and restore them."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from click.testing import Result
from flask import Flask
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url

from tests.support import postgres
from tests.support.houses import House, engine_of
from tracker import create_app
from tracker.config import read_settings
from tracker.core.files import StoredFile, open_store
from tracker.core.uploads import Kind

KEY = "another key for tests only, as long"


@dataclass(frozen=True)
class Installation:
    """One application with everything that belongs to it."""

    app: Flask
    folder: Path
    address: str

    @property
    def engine(self) -> Engine:
        """The engine of the application."""
        return engine_of(self.app)

    @property
    def store(self) -> Path:
        """Where its files of evidence are."""
        return self.folder / "files"

    def run(self, *words: object, typed: str = "") -> Result:
        """Run a command as an operator would; what they type answers its questions."""
        return self.app.test_cli_runner().invoke(self.app.cli, [str(word) for word in words], input=typed)

    def rest(self) -> None:
        """Let go of the database, as when the service is stopped."""
        self.engine.dispose()

    def keep(self, content: bytes) -> StoredFile:
        """Put a file into the store, as a saved upload is."""
        digest = sha256(content).hexdigest()
        name = f"{digest[:2]}/{digest[:40]}"
        open_store("", self.store)
        (self.store / name).parent.mkdir(mode=0o700, exist_ok=True)
        (self.store / name).write_bytes(content)
        return StoredFile("Notes.pdf", Kind.PDF, len(content), digest, name)


def installation(address: str, folder: Path, *, key: str = KEY) -> Installation:
    """Give the application over a database, which need not be there, in a folder of its own."""
    folder.mkdir(mode=0o700, exist_ok=True)
    settings = {
        "DATABASE_URL": address,
        "SECRET_KEY": "a key for tests only, long enough",
        "TRACKER_LOG_KEY": key,
        "TRACKER_ENV": "local",
        "TRACKER_INSTANCE": str(folder),
    }
    if make_url(address).get_backend_name() == "postgresql":
        settings["TRACKER_POSTGRES_PROGRAMS"] = str(postgres.programs())
    app = create_app(read_settings(settings))
    app.testing = True
    return Installation(app, folder, address)


def copied_from(house: House, folder: Path, name: str) -> Installation:
    """Give an installation whose database is the house's as it was at first; the name is for PostgreSQL."""
    folder.mkdir(mode=0o700, exist_ok=True)
    url = house.engine.url
    if house.engine.dialect.name == "sqlite":
        house.restore()
        file = folder / "tracker.db"
        with closing(sqlite3.connect(str(url.database))) as first, closing(sqlite3.connect(file)) as copy:
            first.backup(copy)
        file.chmod(0o600)
        return installation(f"sqlite:///{file}", folder)
    administer(house, f"CREATE DATABASE {name} TEMPLATE {url.database}_first")
    return installation(url.set(database=name).render_as_string(hide_password=False), folder)


def empty_beside(other: Installation, folder: Path, *, key: str = KEY) -> Installation:
    """Give an installation elsewhere with no database yet, of the same kind as another."""
    url = make_url(other.address)
    if url.get_backend_name() == "sqlite":
        return installation(f"sqlite:///{folder / 'tracker.db'}", folder, key=key)
    return installation(url.set(database=f"{url.database}_else").render_as_string(hide_password=False), folder, key=key)


def administer(house: House, *statements: str) -> None:
    """Do something on a house's PostgreSQL server that cannot be done from within one database."""
    engine = create_engine(house.engine.url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def drop_all(house: House, beginning: str) -> None:
    """Drop every database whose name begins so: what a test made, put aside or left."""
    engine = create_engine(house.engine.url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        names = connection.scalars(
            text("SELECT datname FROM pg_database WHERE datname LIKE :like"), {"like": f"{beginning}%"}
        ).all()
        for name in names:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    engine.dispose()
