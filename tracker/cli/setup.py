"""The command that makes the database ready: folder, revisions, default themes and tool; no plan and no person."""

import logging
import os
from pathlib import Path

import click
import flask_migrate
from flask import Flask, current_app
from flask.cli import with_appcontext

from tracker.audits.commands import add_default_themes, add_default_tools, add_further_tools
from tracker.cli.database import refuse_newer, sqlite_file
from tracker.core.changelog import acting
from tracker.core.database import prepare_sqlite_file
from tracker.core.problems import Problem
from tracker.extensions import db, db_session
from tracker.people import commands


@click.command("setup")
@click.option("--organisation", "name", help="The organisation's name, as pages show it.")
@with_appcontext
def setup(name: str | None) -> None:
    """Make the database, or bring it to this version; running it again changes nothing that is there."""
    file = sqlite_file()
    is_new = file is not None and _made(file)
    refuse_newer()
    prepare_sqlite_file(db.engine)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    flask_migrate.upgrade()
    with acting("command:setup"):
        session = db_session()
        add_default_themes(session)
        add_default_tools(session)
        add_further_tools(session)
        try:
            if name is not None:
                commands.set_organisation(session, name=name, by=None)
        except Problem as problem:
            session.rollback()
            raise click.ClickException(f"{problem.message}.") from None
        session.commit()
    place = str(file) if file else db.engine.url.render_as_string(hide_password=True)
    click.echo(f"{'Made' if is_new else 'Ready'}: {place}", err=True)


def register(app: Flask) -> None:
    """Add the command to the application."""
    app.cli.add_command(setup)


def _made(file: Path) -> bool:
    """Make an empty file that only its owner may read, before SQLite would make one that others may; say if it did."""
    Path(current_app.instance_path).mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return False
    except OSError as error:
        raise click.ClickException(f"The database cannot be made at {file}: {error.strerror}.") from None
    return True
