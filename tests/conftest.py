"""Fixtures that tests of every kind share: the databases, the application, a client that checks pages, a held clock."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from hypothesis import settings
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.support import houses, postgres
from tests.support.checked_client import CheckedClient
from tests.support.houses import House
from tracker.core import clock
from tracker.core.changelog import configure

KINDS = ("sqlite", "postgresql")
A_THURSDAY = datetime(2026, 11, 26, 10, 44, tzinfo=UTC)

settings.register_profile("steady", deadline=None)  # a slow moment of a shared machine is no fault of the code
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=[*KINDS, "both"],
        default="sqlite",
        help="what the integration tests run on; those marked both_databases run on both unless this says postgresql",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" not in metafunc.fixturenames:
        return
    chosen = metafunc.config.getoption("--database")
    is_integration = "integration" in metafunc.definition.path.parts
    wants_both = metafunc.definition.get_closest_marker("both_databases") is not None
    kinds = KINDS if (chosen == "both" and is_integration) or (chosen != "postgresql" and wants_both) else KINDS[:1]
    if chosen == "postgresql" and (is_integration or wants_both):
        kinds = KINDS[1:]
    metafunc.parametrize("database", kinds, indirect=True)


@pytest.fixture(scope="session")
def sqlite_house() -> Iterator[House]:
    with houses.on_sqlite() as house:
        yield house


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a server on which a test may make databases; one for a worker's whole run."""
    with postgres.server() as address:
        yield address


@pytest.fixture(scope="session")
def postgresql_house(postgresql_server: str) -> Iterator[House]:
    with houses.on_postgresql(postgresql_server) as house:
        yield house


@pytest.fixture
def database(request: pytest.FixtureRequest) -> House:
    """The house of this test, its database as new."""
    house: House = request.getfixturevalue(f"{request.param}_house")
    house.restore()
    configure(house.app.config["SETTINGS"].log_key)  # another application of this process may have put in its own
    house.app.extensions.pop("search_pace", None)  # no test waits for the searches of another to be forgotten
    return house


@pytest.fixture
def app(database: House) -> Flask:
    """The application; no context is held, or a page would share the test's session and hide a missing commit."""
    return database.app


@pytest.fixture
def engine(database: House) -> Engine:
    return database.engine


@pytest.fixture
def session(database: House) -> Iterator[Session]:
    """A session of the test's own: commit what a page should see, and `expire_all` to see what a page did."""
    with Session(database.engine) as own:
        yield own


@pytest.fixture
def client(app: Flask) -> CheckedClient:
    """A browser without a screen, which refuses faulty pages."""
    return CheckedClient(app)


@pytest.fixture
def clock_at() -> Iterator[Callable[[date | datetime], datetime]]:
    """Hold the clock at a day (its noon) or a moment until the test ends; may be called again to move it."""
    held = []

    def hold(day: date | datetime) -> datetime:
        moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        holding = clock.at(moment)
        holding.__enter__()
        held.append(holding)
        return moment

    yield hold
    for holding in reversed(held):
        holding.__exit__(None, None, None)


@pytest.fixture
def today(clock_at: Callable[[date | datetime], datetime]) -> date:
    """The day on which the tests of pages happen: Thursday 26 November 2026, when the clock says 10:44."""
    return clock_at(A_THURSDAY).date()
