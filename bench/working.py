"""Times work that is no page: rating, bringing a plan in, saving an update and the same rows written by hand."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import count

from bench.figures import Figure, p95
from bench.houses import House
from bench.plan_text import plan_text
from bench.saving import save, write
from bench.sizes import Subject
from tracker.core import clock
from tracker.core.changelog import acting
from tracker.extensions import db, db_session
from tracker.plans.imports.text_plan import import_plan

WARM_UP = 2
MOST_IMPORTS = 5

Act = Callable[[], float]


def do_work(houses: Sequence[tuple[House, Subject]], repeats: int) -> Iterator[Figure]:
    """Yield a figure for each piece of work and house; the houses take turns.

    The imports come last, for each one makes its database a little larger.
    """
    for name, act, times in (
        ("tracker rag --json", _rating, repeats),
        ("update, saved", _saving, repeats),
        ("update, its rows by hand", _writing, repeats),
        ("import of 48 actions", _importing, min(repeats, MOST_IMPORTS)),
    ):
        acts = [act(house, subject) for house, subject in houses]
        taken = _turns(acts, times)
        for (_, subject), each in zip(houses, taken, strict=True):
            yield Figure(name, subject.plans, statistics.median(each), p95(each))


def _turns(acts: Sequence[Act], times: int) -> list[tuple[float, ...]]:
    """Return the times of each act in milliseconds."""
    for act in [*acts] * WARM_UP:
        act()
    turns = [[act() * 1000 for act in acts] for _ in range(times)]
    return list(zip(*turns, strict=True))


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _rating(house: House, subject: Subject) -> Act:
    words = ["rag", subject.slug, "--as-at", clock.today().isoformat(), "--json"]

    def run() -> None:
        result = house.app.test_cli_runner().invoke(args=words)
        if result.exit_code:
            raise SystemExit(f"tracker rag failed: {result.output}")

    return partial(_timed, run)


def _saving(house: House, subject: Subject) -> Act:
    return partial(save, house, subject)


def _writing(house: House, subject: Subject) -> Act:
    return partial(write, house, subject)


def _importing(house: House, subject: Subject) -> Act:
    """Return what imports a plan like an operator's command, log entries and commit included; each time another."""
    numbers = count(1)

    def run() -> None:
        number = next(numbers)
        with house.app.app_context(), acting("command:import-plan"):
            import_plan(
                db_session(),
                raw=plan_text(number).encode(),
                name=f"plan-{number}.txt",
                title=f"Imported plan {number}",
                approved_on=subject.approved_on,
            )
            db.session.commit()
            db.session.remove()

    return partial(_timed, run)
