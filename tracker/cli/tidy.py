"""The command that throws away words that nobody saved in time, for a timer; how long they are kept is not its own."""

from collections.abc import Collection

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from tracker.audits.commands import discard_old_lists, end_due_responses
from tracker.audits.commands.past_files import discard_old_past_files
from tracker.audits.queries.imports import known_past_files
from tracker.cli.database import refuse_unless_ready
from tracker.core.changelog import acting
from tracker.core.database import begin_writing
from tracker.core.text import counted
from tracker.core.uploads.waiting import WaitingFile, remove_forgotten
from tracker.extensions import db_session
from tracker.people.commands.held_forms import discard_old_forms
from tracker.plans.commands.drafts import discard_old_drafts
from tracker.plans.commands.incoming import discard_old_imports
from tracker.plans.commands.reimport import discard_old_reimports
from tracker.plans.commands.workbooks import discard_old_workbooks
from tracker.plans.queries.imports import known_imports

# A document that is being sent just now has no record yet.
_AN_HOUR = 3600.0


@click.command("tidy")
@with_appcontext
def tidy() -> None:
    """Throw away unsaved words: drafts after 30 days, imports after 14, later versions of plans after 7.

    Files of past audits go after a day; filled workbooks, case lists and forms of ended sessions after an hour.

    What was saved is never touched, but an audit whose worker had five working days to respond goes on. Running it
    twice does no harm.
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
        lists = discard_old_lists(session)
        ended = end_due_responses(session)
        imports, past = discard_old_imports(session), discard_old_past_files(session)
        session.commit()
    _remove("imports", imports, known_imports(session))
    _remove("past-audits", past, known_past_files(session))
    told = (
        counted(drafts, "draft"),
        counted(workbooks, "workbook"),
        counted(forms, "held form"),
        counted(versions, "later version"),
        counted(lists, "case list"),
        counted(len(imports) + len(past), "unfinished import"),
    )
    click.echo(f"Thrown away: {', '.join(told)}.")
    if ended:
        click.echo(f"Gone on without a response of the worker: {counted(ended, 'audit')}.")


def _remove(folder: str, old: Collection[str], known: Collection[str]) -> None:
    """Remove the documents of what was thrown away, and those that nobody knows any more."""
    documents = current_app.config["SETTINGS"].instance / folder
    for public_id in old:
        WaitingFile(documents / public_id).remove()
    remove_forgotten(documents, known, older_than=_AN_HOUR)


def register(app: Flask) -> None:
    """Add the command to the application."""
    app.cli.add_command(tidy)
