"""What a run of the benchmark found, as a table for a reader or as JSON; nothing is measured here."""

import json
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field

_NAME, _CELL = 28, 11


@dataclass(frozen=True)
class Figure:
    """How long a page or a piece of work took; times in milliseconds.

    A piece of work runs in this process and has no readers; what only a server can tell is then missing. `cpu` is what
    a request costs the server's processors on average.
    """

    name: str
    plans: int
    median: float
    p95: float
    readers: int = 0
    queries: int | None = None
    a_second: float | None = None
    cpu: float | None = None


@dataclass(frozen=True)
class Loaded:
    """A database and its server: how long loading took in seconds, and the most memory the server held in MiB."""

    plans: int
    seconds: float
    memory: float | None


@dataclass
class Figures:
    """All that a run found, and on what."""

    database: str
    python: str
    cores: int | None
    commit: str | None
    loaded: list[Loaded] = field(default_factory=list)
    found: list[Figure] = field(default_factory=list)

    def as_json(self) -> str:
        """Return everything as JSON, with the ratios."""
        rows = [asdict(figure) | {"ratio": self.ratio(figure)} for figure in self.found]
        return json.dumps(asdict(self) | {"found": rows}, indent=2)

    def as_lines(self) -> Iterator[str]:
        """Yield the lines of the tables, the pages of each number of readers by themselves."""
        yield f"{self.database}, Python {self.python}, {self.cores or '?'} cores, commit {self.commit or 'not known'}"
        yield ""
        yield _line("Databases and servers", "plans", "loading s", "peak MiB")
        for one in self.loaded:
            yield _line("", one.plans, one.seconds, one.memory)
        for readers in sorted({figure.readers for figure in self.found}, key=lambda number: (number == 0, number)):
            yield ""
            yield from self._table(readers)
        yield ""
        yield "A ratio compares with the smallest database. What is measured, and how, stands in docs/performance.md."

    def ratio(self, figure: Figure) -> float:
        """Return how many times as long it took as with the fewest plans."""
        same = [other for other in self.found if (other.name, other.readers) == (figure.name, figure.readers)]
        return figure.median / min(same, key=lambda other: other.plans).median

    def _table(self, readers: int) -> Iterator[str]:
        title = "Pages, one reader" if readers == 1 else f"Pages, {readers} readers at once"
        heads = ("queries", "a second", "CPU ms") if readers else ()
        yield _line(title if readers else "Work without a page", "plans", "median ms", "p95 ms", "ratio", *heads)
        before = ""
        for one in self.found:
            if one.readers == readers:
                more = (one.queries, one.a_second, one.cpu) if readers else ()
                name = one.name if one.name != before else ""
                yield _line(name, one.plans, one.median, one.p95, f"{self.ratio(one):.2f}", *more)
                before = one.name


def p95(times: Sequence[float]) -> float:
    """Return the time that nineteen of twenty stay below."""
    return statistics.quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


def _line(name: str, *cells: object) -> str:
    return f"{name:<{_NAME}}" + "".join(f"{_cell(cell):>{_CELL}}" for cell in cells)


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:,.1f}" if isinstance(value, float) else str(value)
