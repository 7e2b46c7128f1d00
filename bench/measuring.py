"""Times the pages, the rating and the import as people meet them; what is loaded and printed is not decided here."""

import re
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count

from flask import Flask
from flask.testing import FlaskClient

from bench.plan_text import plan_text
from bench.sizes import PASSWORD, Subject
from tracker.core import clock
from tracker.core.changelog import acting
from tracker.extensions import db, db_session
from tracker.plans.imports.text_plan import import_plan

WARM_UP = 2
MOST_IMPORTS = 5
_TOKEN = re.compile(r'name="csrf_token"[^>]*\svalue="([^"]+)"')


@dataclass(frozen=True)
class Figure:
    """One thing that was timed, with the median of its times in milliseconds for each house."""

    name: str
    medians: tuple[float, ...]


def measure(houses: Sequence[tuple[Flask, Subject]], repeats: int) -> Iterator[Figure]:
    """Yield the figures; the houses take turns, so that whatever else the machine does meets them alike.

    The imports come last, for each one makes its database a little larger.
    """
    pages = {"plan overview": "", "area": "/areas/1", "action": "/1.3", "all actions": "/actions"}
    for name, end in pages.items():
        acts = [_page(app, subject.office, f"/plans/{subject.slug}{end}") for app, subject in houses]
        yield Figure(name, _medians(acts, repeats))
    mine = [_page(app, subject.lead, "/my/actions") for app, subject in houses]
    yield Figure("my actions", _medians(mine, repeats))
    ratings = [partial(_rate, app, subject) for app, subject in houses]
    yield Figure("tracker rag --json", _medians(ratings, repeats))
    imports = [_importer(app, subject) for app, subject in houses]
    yield Figure("import of 48 actions", _medians(imports, min(repeats, MOST_IMPORTS)))


def _medians(acts: Sequence[Callable[[], None]], repeats: int) -> tuple[float, ...]:
    for act in [*acts] * WARM_UP:
        act()
    turns = [[_seconds(act) for act in acts] for _ in range(repeats)]
    return tuple(statistics.median(times) * 1000 for times in zip(*turns, strict=True))


def _seconds(act: Callable[[], None]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _page(app: Flask, email: str, address: str) -> Callable[[], None]:
    return partial(_open, _signed_in(app, email), address)


def _signed_in(app: Flask, email: str) -> FlaskClient:
    """Sign in as a person does, through the page."""
    browser = app.test_client()
    token = _TOKEN.search(browser.get("/sign-in").text)
    if token is None:
        raise SystemExit("The sign-in page has no form.")
    answer = browser.post("/sign-in", data={"csrf_token": token[1], "email": email, "password": PASSWORD})
    if answer.status_code not in {302, 303}:
        raise SystemExit(f"{email} could not sign in: the page answered {answer.status_code}.")
    return browser


def _open(browser: FlaskClient, address: str) -> None:
    answer = browser.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}.")


def _rate(app: Flask, subject: Subject) -> None:
    words = ["rag", subject.slug, "--as-at", clock.today().isoformat(), "--json"]
    result = app.test_cli_runner().invoke(args=words)
    if result.exit_code:
        raise SystemExit(f"tracker rag failed: {result.output}")


def _importer(app: Flask, subject: Subject) -> Callable[[], None]:
    """Return what imports a plan like an operator's command, log entries and commit included; each time another."""
    numbers = count(1)

    def run() -> None:
        number = next(numbers)
        with app.app_context(), acting("command:import-plan"):
            import_plan(
                db_session(),
                raw=plan_text(number).encode(),
                name=f"plan-{number}.txt",
                title=f"Imported plan {number}",
                approved_on=subject.approved_on,
            )
            db.session.commit()
            db.session.remove()

    return run
