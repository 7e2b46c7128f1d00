"""The command that tells people by mail, for a timer; whom it tells what is the feature's."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.cli.database import refuse_unless_ready
from tracker.config import MailSettings
from tracker.core import clock
from tracker.core.changelog import acting
from tracker.core.text import counted
from tracker.extensions import db_session, mail_desk
from tracker.notices.commands.digests import write_digests
from tracker.notices.exports.delivery import MailServer, MailServerError, Tally, deliver
from tracker.notices.queries.outbox import sendable
from tracker.people.queries import organisation

_EIGHT = time(8)


@click.command("send-notices")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="As if it were 8 o'clock on this day.")
@click.option("--dry-run", is_flag=True, help="Say who would be told what; write and send nothing.")
@click.option("--demonstration", is_flag=True, help="Tell the people of the demonstration too.")
@with_appcontext
def send_notices(*, day: datetime | None, dry_run: bool, demonstration: bool) -> None:
    """Write today's digests into the outbox and send what waits there.

    Running it again, twice at once, or after it was stopped in the middle sends nothing twice. Exits with 1 when mails
    could not be handed to the mail server.
    """
    refuse_unless_ready()
    server = None if dry_run else _mail_server(current_app.config["SETTINGS"].mail)
    with _on(day), acting("command:send-notices"):
        session = db_session()
        _write(session, demonstration=demonstration, dry_run=dry_run)
        if server is not None:
            _say(_send(session, server, demonstration=demonstration))


def register(app: Flask) -> None:
    """Add the command to the application."""
    app.cli.add_command(send_notices)


@contextmanager
def _on(day: datetime | None) -> Iterator[None]:
    if day is None:
        yield
        return
    with clock.at(clock.moment_in_england(day.date(), _EIGHT)):
        yield


def _mail_server(mail: MailSettings) -> MailServer:
    """Return where to give mails in; stops with one sentence when a setting is missing."""
    needed = {"TRACKER_SMTP_HOST": mail.host, "TRACKER_SMTP_FROM": mail.sender, "TRACKER_BASE_URL": mail.base_url}
    missing = [name for name, value in needed.items() if not value]
    if missing:
        raise click.ClickException(f"No mail can be sent: set {', '.join(missing)} first.")
    return MailServer(mail.host, mail.port, mail.sender, mail.security, mail.user, mail.password)


def _write(session: Session, *, demonstration: bool, dry_run: bool) -> None:
    try:
        written = list(write_digests(session, mail_desk(organisation(session)), with_demonstration=demonstration))
        if not dry_run:
            session.commit()
    except IntegrityError:
        session.rollback()
        click.echo("Another run has just written today's mails.")
        return
    if not dry_run:
        click.echo(f"{counted(len(written), 'mail')} written for {clock.today():%-d %B %Y}.")
        return
    session.rollback()
    for one in written:
        click.echo(f"{one.name}: {one.subject}")
    click.echo(f"{counted(len(written), 'mail')} would be written. Nothing was stored or sent.")


def _send(session: Session, server: MailServer, *, demonstration: bool) -> Tally:
    with click.progressbar(
        length=sendable(session, clock.now()), label="Sending", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        try:
            return deliver(session, server, with_demonstration=demonstration, after_each=lambda: bar.update(1))
        except MailServerError as error:
            raise click.ClickException(f"{error}.") from None


def _say(tally: Tally) -> None:
    click.echo(f"{counted(tally.sent, 'mail')} sent.")
    if tally.dropped:
        click.echo(f"{counted(tally.dropped, 'mail')} not sent, because the person gets none or it was too old.")
    if tally.waiting or tally.failed:
        raise click.ClickException(
            f"The mail server refused {counted(tally.waiting + tally.failed, 'mail')}; "
            f"{tally.waiting} will be tried again, {tally.failed} will not."
        )
