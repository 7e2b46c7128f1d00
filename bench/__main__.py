"""What the benchmark is asked and what it prints; loading, timing and the databases are in the modules beside it."""

import logging
from collections.abc import Iterable
from contextlib import ExitStack

import click
from flask import Flask
from sqlalchemy import make_url

from bench.houses import new_house
from bench.loading import load_plans
from bench.measuring import Figure, measure
from bench.sizes import ACTIONS_A_PLAN, UPDATES_AN_ACTION, Subject

_NAMES, _COLUMN = 22, 14


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--database",
    "server",
    metavar="URL",
    help="A PostgreSQL server's address; a database of our own is made there and dropped. Without it: a SQLite file.",
)
@click.option(
    "--plans", default=20, show_default=True, type=click.IntRange(2, 200), help="Plans in the larger database."
)
@click.option(
    "--repeats", default=15, show_default=True, type=click.IntRange(1, 1000), help="Times that each thing is timed."
)
def bench(server: str | None, plans: int, repeats: int) -> None:
    """Time the main pages, the rating and the import with one plan and with many, and print the medians.

    Every plan has 100 actions and 1,000 updates. They are loaded in bulk into a temporary database, past the commands
    and the change log. Whoever leads actions leads twelve, however many plans there are.
    """
    if server is not None and make_url(server).get_backend_name() != "postgresql":
        raise click.BadParameter("write postgresql://USER@HOST/NAME", param_hint="--database")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    sizes = (1, plans)
    with ExitStack() as stack:
        houses = [_loaded(stack, server, size) for size in sizes]
        _print(sizes, measure(houses, repeats))


def _loaded(stack: ExitStack, server: str | None, plans: int) -> tuple[Flask, Subject]:
    actions = plans * ACTIONS_A_PLAN
    click.echo(f"Loading {actions:,} actions with {actions * UPDATES_AN_ACTION:,} updates …", err=True)
    app = stack.enter_context(new_house(server))
    return app, load_plans(app, plans)


def _print(sizes: tuple[int, int], figures: Iterable[Figure]) -> None:
    heads = (*(f"{size} plan{'' if size == 1 else 's'}, ms" for size in sizes), "ratio")
    click.echo(f"{'median of':<{_NAMES}}" + "".join(f"{head:>{_COLUMN}}" for head in heads))
    for figure in figures:
        small, large = figure.medians
        click.echo(f"{figure.name:<{_NAMES}}{small:>{_COLUMN}.1f}{large:>{_COLUMN}.1f}{large / small:>{_COLUMN}.2f}")


if __name__ == "__main__":
    bench()
