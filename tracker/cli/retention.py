"""The command that shows which audits are to lose their words, and carries out a run that was approved in the pages."""

from datetime import date

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from tracker.audits.commands.retention import AT_A_TIME, carry_out
from tracker.audits.models import RetentionRun
from tracker.audits.queries.retention import due_audits, due_counts, open_run, retention_run
from tracker.cli.database import refuse_unless_ready
from tracker.cli.importing import Day, stop
from tracker.cli.telling import one_sentence
from tracker.config import Settings
from tracker.core import clock
from tracker.core.changelog import acting
from tracker.core.erasures import Keeping
from tracker.core.text import counted
from tracker.extensions import db_session, file_store
from tracker.people.queries import organisation
from tracker.people.rules import AUDIT_YEARS

_SHOWN = 50


@click.command("retention")
@click.option("--run", "runs", is_flag=True, help="Carry out the run that was approved; without it nothing is changed.")
@click.option("--as-at", type=Day(), help="The day by which audits are old enough; without it today.")
@with_appcontext
def retention(*, runs: bool, as_at: date | None) -> None:
    """Show which audits are to lose their words and references, and how many keep them and why.

    With --run the words go for good: of the audits of a run that an administrator asked for under Settings, Retention,
    and that a moderator approved under Audits, Retention. Its day and years are those that were approved. Backups made
    before still hold the words; `tracker restore` erases them again, by the list in the instance folder.
    """
    refuse_unless_ready()
    session = db_session()
    if runs and as_at is not None:
        stop("The day of a run is the one that was approved: leave out --as-at")
    if runs:
        _carry_out(session)
        return
    ours = organisation(session)
    _show(session, as_at or clock.today(), ours.audit_years if ours else AUDIT_YEARS)


def _show(session: Session, as_at: date, years: int) -> None:
    counts = due_counts(session, as_at=as_at, years=years)
    total = counts.due + counts.held + counts.unfinished
    click.echo(f"As at {as_at:%-d %b %Y}, {counted(total, 'audit')} ended {counted(years, 'year')} ago or earlier.")
    click.echo(f"{counted(counts.due, 'audit')} would lose words and reference.")
    click.echo(f"{counts.held} on legal hold, {counts.unfinished} with something still to be done for the child.")
    for one in due_audits(session, as_at=as_at, years=years, limit=_SHOWN):
        since = f"{one.ended:%-d %b %Y}" if one.ended else "a day not known"
        click.echo(f"  {one.public_id}  {one.round}, {one.state.words.lower()} since {since}")
    if counts.due > _SHOWN:
        click.echo(f"  and {counts.due - _SHOWN} more.")
    click.echo("Nothing was changed.")


def _carry_out(session: Session) -> None:
    run = open_run(session)
    if run is None or not run.is_approved:
        stop("No run waits that was approved: ask for one under Settings, Retention")
    settings: Settings = current_app.config["SETTINGS"]
    keeping = Keeping(settings.erasures, settings.log_key, file_store())
    number = run.number
    with one_sentence("Retention"), acting("command:retention"):
        while carry_out(session, keeping, _the(session), by=0) == AT_A_TIME:
            session.commit()
        session.commit()
    ended = retention_run(session, number)
    taken = ended.taken if ended else 0
    click.echo(f"Run {number} has ended: {counted(taken, 'audit')} lost words and reference.")


def _the(session: Session) -> RetentionRun:
    """Return the run, read afresh after each part of it."""
    run = open_run(session)
    if run is None:
        stop("The run was ended meanwhile")
    return run


def register(app: Flask) -> None:
    """Add the command to the application."""
    app.cli.add_command(retention)
