"""The command that erases words or the file of a record for good; what erasing means stands in `core.erasures`."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from tracker.cli.database import refuse_unless_ready
from tracker.cli.telling import one_sentence
from tracker.config import Settings
from tracker.core.changelog import Subject, acting
from tracker.core.erasures import Keeping, erase
from tracker.core.problems import Problem
from tracker.core.text import joined
from tracker.extensions import db_session, file_store


@click.command("erase")
@click.argument("table")
@click.argument("number", type=click.IntRange(1, 2_147_483_647))
@click.argument("fields", nargs=-1, required=True)
@click.option("--why", default="", help="The reason, in one line; the record of an erased file keeps it.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@with_appcontext
def erase_words(table: str, number: int, fields: tuple[str, ...], *, why: str, yes: bool) -> None:
    """Erase words or the file of one record for good, and what the change log kept of it.

    TABLE, NUMBER and FIELDS are named as in the database, for example: finding 57 text. The file of a piece of evidence
    is its field stored_as; its record stays, with the file's hash, the day and the reason. Backups made before still
    hold what was erased; `tracker restore` erases it again, by the list `erasures.jsonl` in the instance folder.
    """
    refuse_unless_ready()
    settings: Settings = current_app.config["SETTINGS"]
    if not yes:
        click.confirm(f"Erase {joined(list(fields))} of {table} {number} for good?", abort=True, err=True)
    session = db_session()
    keeping = Keeping(settings.erasures, settings.log_key, file_store())
    with one_sentence("Erasing"), acting("command:erase"):
        try:
            erase(session, keeping, Subject(table, str(number)), fields, why=why.strip())
        except Problem as problem:
            raise click.ClickException(problem.message) from None
        session.commit()
    click.echo(f"Erased: {joined(list(fields))} of {table} {number}.")


def register(app: Flask) -> None:
    """Add the command to the application."""
    app.cli.add_command(erase_words)
