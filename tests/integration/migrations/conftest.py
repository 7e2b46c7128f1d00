"""Applications over databases of their own, for tests that take the schema up and down."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.support import houses


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The application over an empty database, on each kind in turn."""
    if request.param == "sqlite":
        app = houses.application(f"sqlite:///{tmp_path / 'tracker.db'}", tmp_path)
        yield app
        houses.engine_of(app).dispose()
        return
    with houses.empty_postgresql(request.getfixturevalue("postgresql_server")) as address:
        app = houses.application(address, tmp_path)
        yield app
        houses.engine_of(app).dispose()


@pytest.fixture
def full_app(bare_app: Flask) -> Flask:
    """The application at the newest revision with the demonstration loaded, so that every table holds something."""
    houses.migrated(bare_app, houses.load_demonstration)
    return bare_app
