"""The two commands that prove the change log; how it is proved stands in `core/changelog`."""

import sys
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import func, select

from tracker.core.changelog import Checkpoint, CheckpointError, checkpoint, missing_triggers, verify
from tracker.core.changelog.tables import log_entry
from tracker.extensions import db_session

LONGEST_CHECKPOINT = 1000
_STEP = 1000


@click.command("verify-log")
@click.option(
    "--checkpoint",
    "kept",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the line that `tracker checkpoint` printed: notices an end that was cut off since.",
)
@with_appcontext
def verify_log(kept: Path | None) -> None:
    """Prove the change log whole, or name the first broken entry.

    Exits with 1 when an entry is broken, the checkpoint is refused, or the database no longer guards the log.
    """
    against = None if kept is None else _read(kept)
    session = db_session()
    length = session.scalar(select(func.count()).select_from(log_entry)) or 0
    with click.progressbar(
        length=length, label="Reading the change log", file=sys.stderr, update_min_steps=_STEP, hidden=not _is_watched()
    ) as bar:
        try:
            key = current_app.config["SETTINGS"].log_key
            verdict = verify(session, key, against, after_each=lambda _number: bar.update(1))
        except CheckpointError as error:
            raise click.ClickException(str(error)) from None
    if not verdict.whole:
        raise click.ClickException(verdict.problem)
    if missing := missing_triggers(session.connection()):
        raise click.ClickException(
            f"The change log is whole but unguarded; triggers are missing: {', '.join(missing)}."
        )
    click.echo(f"The change log is whole: {verdict.entries} entries, {verdict.erased_payloads} payloads erased.")


@click.command("checkpoint")
@with_appcontext
def print_checkpoint() -> None:
    """Print the head of the change log on one line, to be kept by somebody who cannot write to the database."""
    click.echo(checkpoint(db_session(), current_app.config["SETTINGS"].log_key).line())


def register(app: Flask) -> None:
    """Add the commands to the application."""
    app.cli.add_command(verify_log)
    app.cli.add_command(print_checkpoint)


def _read(kept: Path) -> Checkpoint:
    try:
        with kept.open("rb") as opened:
            return Checkpoint.parse(opened.read(LONGEST_CHECKPOINT).decode("ascii", "replace"))
    except CheckpointError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"The checkpoint file cannot be read: {error.strerror}.") from None


def _is_watched() -> bool:
    return sys.stderr.isatty()
