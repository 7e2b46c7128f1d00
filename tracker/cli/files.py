"""The command that compares stored files with their records; how it is done stands in `core/files`."""

import click
from flask import Flask
from flask.cli import with_appcontext

from tracker.cli.database import refuse_unless_ready
from tracker.core.files import compare
from tracker.extensions import db_session, file_store
from tracker.plans.queries.evidence import stored_files


@click.command("check-files")
@with_appcontext
def check_files() -> None:
    """Read every stored file and name those that are missing, altered or in no record.

    Exits with 1 when one is missing or altered. A surplus file is what a broken-off save left; it may be deleted.
    """
    refuse_unless_ready()
    found = compare(file_store(), stored_files(db_session()))
    for word, names in (("missing", found.missing), ("altered", found.altered), ("surplus", found.surplus)):
        for name in names:
            click.echo(f"{word} {name}")
    told = f"{len(found.missing)} missing, {len(found.altered)} altered, {len(found.surplus)} surplus"
    click.echo(f"{found.whole} files are whole, {told}.")
    if found.missing or found.altered:
        raise click.exceptions.Exit(1)


def register(app: Flask) -> None:
    """Add the command to the application."""
    app.cli.add_command(check_files)
