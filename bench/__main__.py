"""What the benchmark is asked and what it prints; loading, timing and the databases are in the modules beside it."""

import os
import platform
import time
from contextlib import ExitStack
from pathlib import Path

import click
from sqlalchemy import make_url

from bench.commits import commit
from bench.figures import Figures, Loaded
from bench.houses import new_house
from bench.loading import load_plans
from bench.reading import ROUNDS, Site, read_pages
from bench.servers import serving
from bench.sizes import ACTIONS_A_PLAN, UPDATES_A_PLAN
from bench.working import do_work

_SIZES, _READERS = (1, 20, 150), (1, 8)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--database",
    "address",
    metavar="URL",
    help="A PostgreSQL server's address; databases of our own are made there and dropped. Without it: SQLite files.",
)
@click.option(
    "--plans",
    "sizes",
    multiple=True,
    default=_SIZES,
    show_default=True,
    type=click.IntRange(1, 200),
    help="Plans in a database; once for each database.",
)
@click.option(
    "--readers",
    multiple=True,
    default=_READERS,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Readers at once; once for each number of them.",
)
@click.option(
    "--requests",
    default=40,
    show_default=True,
    type=click.IntRange(ROUNDS, 10_000),
    help="Times that each page is opened.",
)
@click.option(
    "--repeats", default=15, show_default=True, type=click.IntRange(1, 1000), help="Times that other work is done."
)
@click.option("--json", "file", metavar="FILE", type=click.Path(path_type=Path), help="Write the figures there too.")
def bench(
    *,
    address: str | None,
    sizes: tuple[int, ...],
    readers: tuple[int, ...],
    requests: int,
    repeats: int,
    file: Path | None,
) -> None:
    """Time the main pages over the network, and the main work, with few plans and with many.

    Every plan has 100 actions, 200 milestones and 1,334 updates. They are loaded in bulk into temporary databases, past
    the commands and the change log, and a server of our own is started over each. Whoever leads actions leads twelve,
    however many plans there are.
    """
    if address is not None and make_url(address).get_backend_name() != "postgresql":
        raise click.BadParameter("write postgresql://USER@HOST/NAME", param_hint="--database")
    database = "SQLite" if address is None else "PostgreSQL"
    figures = Figures(database, platform.python_version(), os.cpu_count(), commit())
    with ExitStack() as stack:
        sites = [_site(stack, address, plans) for plans in sorted(set(sizes))]
        for figure in read_pages(sites, sorted(set(readers)), requests):
            figures.found.append(figure)
            click.echo(f"{figure.name}: plans {figure.plans}, readers {figure.readers}", err=True)
        figures.loaded += [Loaded(site.subject.plans, site.loading, site.server.peak_memory()) for site in sites]
        figures.found += do_work([(site.house, site.subject) for site in sites], repeats)
    if file is not None:
        file.write_text(f"{figures.as_json()}\n", encoding="utf-8")
    for line in figures.as_lines():
        click.echo(line)


def _site(stack: ExitStack, address: str | None, plans: int) -> Site:
    """Load a database and start a server over it; both are gone when the stack closes."""
    actions, updates = plans * ACTIONS_A_PLAN, plans * UPDATES_A_PLAN
    click.echo(f"Loading {actions:,} actions with {updates:,} updates", err=True)
    house = stack.enter_context(new_house(address))
    began = time.perf_counter()
    subject = load_plans(house.app, plans)
    loading = time.perf_counter() - began
    server = stack.enter_context(serving(house))
    return Site(house, subject, server, server.signed_in(subject.office), server.signed_in(subject.lead), loading)


if __name__ == "__main__":
    bench()
