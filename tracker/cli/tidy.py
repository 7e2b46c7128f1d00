"""The command that throws away words that nobody saved in time, for a timer; how long they are kept is not its own."""

import click
from flask import Flask
from flask.cli import with_appcontext

from tracker.cli.database import refuse_unless_ready
from tracker.core.changelog import acting
from tracker.core.database import begin_writing
from tracker.core.text import counted
from tracker.extensions import db_session
from tracker.people.commands.held_forms import discard_old_forms
from tracker.plans.commands.drafts import discard_old_drafts
from tracker.plans.commands.reimport import discard_old_reimports
from tracker.plans.commands.workbooks import discard_old_workbooks


@click.command("tidy")
@with_appcontext
def tidy() -> None:
    """Throw away unsaved words: drafts after 30 days, later versions of plans after 7 days, the rest after an hour.

    The rest are filled workbooks and forms of ended sessions.

    What was saved is never touched. Running it twice does no harm.
    """
    refuse_unless_ready()
    session = db_session()
    with acting("command:tidy"):
        begin_writing(session.connection())
        drafts, workbooks, forms, versions = (
            discard_old_drafts(session),
            discard_old_workbooks(session),
            discard_old_forms(session),
            discard_old_reimports(session),
        )
        session.commit()
    told = (
        counted(drafts, "draft"),
        counted(workbooks, "workbook"),
        counted(forms, "held form"),
        counted(versions, "later version"),
    )
    click.echo(f"Thrown away: {', '.join(told)}.")


def register(app: Flask) -> None:
    """Add the command to the application."""
    app.cli.add_command(tidy)
