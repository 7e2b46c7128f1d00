"""Times pages over the network, for one reader and for several at once; work that is no page is timed in `working`."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from sqlalchemy import event

from bench.browsers import GONE, Browser
from bench.figures import Figure, p95
from bench.houses import House
from bench.servers import Server
from bench.sizes import Subject
from tracker.extensions import db

WARM_UP = 2
ROUNDS = 4


@dataclass(frozen=True)
class Site:
    """A loaded house with its server, and a browser for the office and one for the lead; it took seconds to load."""

    house: House
    subject: Subject
    server: Server
    office: Browser
    lead: Browser
    loading: float

    def browser(self, who: str) -> Browser:
        """Return the browser of the office or of the lead."""
        return self.office if who == "office" else self.lead


@dataclass
class _Times:
    """The times of one page on one site, in seconds; `cpu` is nothing where the system does not say."""

    each: list[float] = field(default_factory=list)
    whole: float = 0.0
    cpu: float | None = 0.0


def pages_of(subject: Subject) -> dict[str, tuple[str, str]]:
    """Return what is opened: by name the address, and who opens it."""
    plan = f"/plans/{subject.slug}"
    return {
        "list of all plans": ("/plans", "office"),
        "plan overview": (plan, "office"),
        "area": (f"{plan}/areas/1", "office"),
        "all actions of a plan": (f"{plan}/actions", "office"),
        "action": (f"{plan}/1.3", "office"),
        "update form": (f"{plan}/1.3/update", "office"),
        "my actions": ("/my/actions", "lead"),
        "search": ("/search?q=vacant+posts", "office"),
        "office home": ("/office", "office"),
    }


def read_pages(sites: Sequence[Site], readers: Sequence[int], requests: int) -> Iterator[Figure]:
    """Yield a figure for each page, number of readers and site, each from so many requests.

    The sites take turns, so that whatever else the machine does meets them alike.
    """
    for page in pages_of(sites[0].subject):
        queries = {site.subject.plans: _queries(site, page) for site in sites}
        for number in readers:
            times = {site.subject.plans: _Times() for site in sites}
            for turn in range(ROUNDS):
                share = len(range(turn, requests, ROUNDS))
                for site in sites:
                    _read(site, page, number, share, times[site.subject.plans])
            for plans, found in times.items():
                yield _figure(page, plans, number, queries[plans], found)


def _figure(page: str, plans: int, readers: int, queries: int, times: _Times) -> Figure:
    each = [seconds * 1000 for seconds in times.each]
    return Figure(
        name=page,
        plans=plans,
        median=statistics.median(each),
        p95=p95(each),
        readers=readers,
        queries=queries,
        a_second=len(each) / times.whole,
        cpu=times.cpu * 1000 / len(each) if times.cpu is not None else None,
    )


def _read(site: Site, page: str, readers: int, requests: int, times: _Times) -> None:
    """Open a page so many times, by so many readers at once, and add how long it took."""
    address, who = pages_of(site.subject)[page]
    browser = site.browser(who)
    before, began = site.server.cpu_seconds(), time.perf_counter()
    with ThreadPoolExecutor(readers) as pool:
        times.each += pool.map(lambda _: _open(browser, address), range(requests))
    times.whole += time.perf_counter() - began
    after = site.server.cpu_seconds()
    if before is None or after is None or times.cpu is None:
        times.cpu = None
    else:
        times.cpu += after - before


def _queries(site: Site, page: str) -> int:
    address, who = pages_of(site.subject)[page]
    return statements_of(site.house, site.browser(who), address)


def statements_of(house: House, browser: Browser, address: str) -> int:
    """Return how many statements a page sends to the database, by making it in this process for the same person."""
    headers = {"Cookie": browser.cookies}
    client = house.app.test_client(use_cookies=False)
    statements: list[str] = []
    with house.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note := _noting(statements))
    try:
        for _ in range(WARM_UP):
            statements.clear()
            _open(browser, address)
            answer = client.get(address, headers=headers)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code} in this process.")
    return len(statements)


def _noting(statements: list[str]) -> Callable[..., None]:
    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    return note


def _open(browser: Browser, address: str) -> float:
    began = time.perf_counter()
    try:
        status, _ = browser.get(address)
    except GONE as error:
        raise SystemExit(f"{address} was not answered: {error}") from None
    if status != 200:
        raise SystemExit(f"{address} answered {status}.")
    return time.perf_counter() - began
