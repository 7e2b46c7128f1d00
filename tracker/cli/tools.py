"""The commands that hand an audit tool on as a file and take one in; what may stand in it is the audits'."""

from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from tracker.audits import commands, queries
from tracker.audits.rules.tool_document import LARGEST_DOCUMENT, document_of
from tracker.cli.database import refuse_unless_ready
from tracker.cli.importing import print_json, stop
from tracker.core.changelog import acting
from tracker.core.problems import Problem
from tracker.core.text import counted
from tracker.extensions import db_session


@click.group("tool")
def tool_group() -> None:
    """Hand audit tools on as files, without any answer given with them."""


@tool_group.command("export")
@click.argument("slug")
@click.option("--version", "number", type=click.IntRange(1, 100_000), help="The version; the newest when left out.")
@with_appcontext
def export_command(slug: str, number: int | None) -> None:
    """Print the tool with the address SLUG as JSON on standard output."""
    refuse_unless_ready()
    session = db_session()
    versions = [one for one in queries.tool_versions(session, slug) if number in {None, one.number}]
    if not versions:
        known = sorted({one.slug for one in queries.tool_versions(session)})
        stop(f"There is no such tool or version. There are: {', '.join(known) or 'none'}")
    print_json(document_of(queries.tools_by_id(session, [versions[0].id])[versions[0].id]))


@tool_group.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
def import_command(file: Path) -> None:
    """Bring in a tool from FILE as a draft: the next version where there is a tool with its address."""
    refuse_unless_ready()
    session = db_session()
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_DOCUMENT + 1)
        with acting("command:tool-import"):
            stored = commands.tool_from_file(session, content, by=None)
            session.commit()
    except OSError as error:
        stop(f"{file} cannot be read: {(error.strerror or 'unknown error').lower()}")
    except Problem as problem:
        session.rollback()
        stop(problem.message)
    asked = sum(len(section.questions) for section in stored.sections)
    sections = counted(len(stored.sections), "section")
    click.echo(f"Draft made: {stored.title}, {sections} and {counted(asked, 'question')}", err=True)


def register(app: Flask) -> None:
    """Add the commands to the application."""
    app.cli.add_command(tool_group)
