"""Fixtures of the tests with a real browser: one browser and one served application a worker, as new for each test."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy.orm import Session

from tests.support import browser, houses, live
from tests.support.houses import House
from tests.support.journeys.keyboard import Keyboard
from tests.support.journeys.visitors import OpenContext, Visitors
from tests.support.live import LiveServer
from tracker.core import clock

A_THURSDAY = datetime(2026, 11, 26, 10, 44, tzinfo=UTC)


def _load_on_thursday(app: Flask) -> None:
    with clock.at(A_THURSDAY):
        houses.load_demonstration(app)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Path:
    found = browser.find_chromium()
    if found is None and browser.may_do_without():
        pytest.skip("NO BROWSER: skipped because ALLOW_NO_BROWSER=1")
    assert found is not None, browser.WHAT_TO_INSTALL
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium: Path) -> dict[str, Any]:
    return browser.launch_arguments(chromium)


@pytest.fixture(scope="session")
def base_url(_served: LiveServer) -> str:
    """What an address without its host belongs to."""
    return _served.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_context_args,
        "locale": "en-GB",
        "timezone_id": "Europe/London",
        "viewport": {"width": 1366, "height": 900},
    }


@pytest.fixture(scope="session")
def demonstration() -> Iterator[House]:
    with houses.on_sqlite(_load_on_thursday) as house:
        yield house


@pytest.fixture(scope="session")
def _served(demonstration: House) -> Iterator[LiveServer]:
    with live.served(demonstration, A_THURSDAY) as server:
        yield server


@pytest.fixture(autouse=True)
def live_server(_served: LiveServer) -> LiveServer:
    """The served demonstration as it was loaded, on Thursday 26 November 2026 at 10:44."""
    _served.moment = A_THURSDAY
    _served.house.restore()
    return _served


@pytest.fixture(scope="session")
def visitors(browser: Browser, browser_context_args: dict[str, Any]) -> Visitors:
    """The people of the demonstration, each of whom signs in once for a worker's whole run."""
    return Visitors(browser, browser_context_args)


@pytest.fixture
def page_of(visitors: Visitors, new_context: OpenContext, records: Session) -> Callable[..., Page]:
    """Give somebody a browser of their own in which they are signed in: `page_of("office")`."""

    def opened(name: str, **settings: Any) -> Page:
        return new_context(storage_state=visitors.known(name, records), **settings).new_page()

    return opened


@pytest.fixture
def sit_down(page_of: Callable[..., Page]) -> Callable[[str], Keyboard]:
    """Let somebody sit down at a keyboard, signed in: `sit_down("lead")`."""
    return lambda name: Keyboard(page_of(name))


@pytest.fixture
def records(demonstration: House) -> Iterator[Session]:
    """What is stored; `expire_all` or ask anew to see what a page did since."""
    with Session(demonstration.engine) as session:
        yield session
