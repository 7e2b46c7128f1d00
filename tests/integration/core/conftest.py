"""Empty databases for the tests of the core, one of each kind."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, make_url

from tests.integration.core.shelves import KEY, make_library
from tracker.core.changelog import configure, listening
from tracker.core.database import prepare_sqlite_file


@pytest.fixture(params=["sqlite", "postgresql"])
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A logged library on each database in turn."""
    made = _sqlite(tmp_path) if request.param == "sqlite" else _postgres(request.getfixturevalue("postgresql_server"))
    with _key_of_the_tests(), made as engine:
        make_library(engine)
        yield engine


@pytest.fixture
def sqlite_library(tmp_path: Path) -> Iterator[Engine]:
    with _key_of_the_tests(), _sqlite(tmp_path) as engine:
        make_library(engine)
        yield engine


@contextmanager
def _key_of_the_tests() -> Iterator[None]:
    """Seal with the tests' key, and give an application of this run its own back."""
    keys = list(listening._keys)
    configure(KEY)
    try:
        yield
    finally:
        listening._keys[:] = keys or [KEY]


@contextmanager
def _sqlite(folder: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{folder / 'library.db'}")
    try:
        prepare_sqlite_file(engine)
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _postgres(server: str) -> Iterator[Engine]:
    name = f"library_{uuid4().hex}"
    keeper = create_engine(server, isolation_level="AUTOCOMMIT")
    engine = create_engine(make_url(server).set(database=name))
    try:
        with keeper.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        yield engine
        engine.dispose()
        with keeper.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name}")
    finally:
        engine.dispose()
        keeper.dispose()
