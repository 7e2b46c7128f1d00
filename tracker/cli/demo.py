"""The command that loads, introduces and clears the demonstration; what happens then stands in `demonstration`."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from tracker.cli.database import refuse_unless_ready
from tracker.cli.demonstration import Held, begin, clear, held, tell
from tracker.cli.telling import one_sentence
from tracker.core import clock
from tracker.core.changelog import acting
from tracker.core.database import begin_writing
from tracker.core.problems import Problem
from tracker.core.text import counted
from tracker.extensions import db_session, file_store
from tracker.people import queries
from tracker.people.commands.passwords import matches
from tracker.people.models import Person
from tracker.people.policy import roles_of
from tracker.plans.commands.outlook import outlooks_at_the_end
from tracker.plans.models import Plan

# No secret: it stands in the documentation, and these people sign in only on the machine that serves them.
DOCUMENTED = "tracker-demonstration"


@click.command("demo")
@click.option("--if-empty", is_flag=True, help="Keep what is there and say so, instead of refusing.")
@click.option("--clear", "is_clearing", is_flag=True, help="Take it away again, and leave the service as set up.")
@click.option("--everybody", is_flag=True, help="With --clear: also people who were added since.")
@click.option("--yes", is_flag=True, help="With --clear: do not ask first.")
@with_appcontext
def demo(*, if_empty: bool, is_clearing: bool, everybody: bool, yes: bool) -> None:
    """Load the demonstration into an empty database: an invented council with a year behind it.

    Says who is in it, and the password of them all, which TRACKER_DEMO_PASSWORD changes. With --clear everything goes
    again, the files and the change log too; a database that is no demonstration is left as it is.
    """
    refuse_unless_ready()
    session = db_session()
    if is_clearing and if_empty:
        raise click.UsageError("Choose one of --if-empty and --clear.")
    if is_clearing:
        _clear(session, everybody=everybody, yes=yes)
        return
    if everybody or yes:
        raise click.UsageError("--everybody and --yes go with --clear.")
    _offer(session, if_empty=if_empty)


def register(app: Flask) -> None:
    """Add the command to the application."""
    app.cli.add_command(demo)


def _clear(session: Session, *, everybody: bool, yes: bool) -> None:
    if not yes:
        words = _refuse_unless_clearable(session, everybody=everybody).words
        session.rollback()
        click.confirm(f"Clear the demonstration? {words} go for good.", abort=True, err=True)
    begin_writing(session.connection())
    found = _refuse_unless_clearable(session, everybody=everybody)
    with one_sentence("Clearing"), acting("command:demo"):
        clear(session, file_store(), found.files)
    click.echo("Cleared: the service is as it was set up. Add its first administrator with tracker person add.")


def _refuse_unless_clearable(session: Session, *, everybody: bool) -> Held:
    found = held(session)
    if found is None:
        raise click.ClickException("There is no demonstration here, so nothing was cleared.")
    if found.added and not everybody:
        added = counted(found.added, "person was", "people were")
        raise click.ClickException(
            f"{added} added to the demonstration since, so nothing was cleared. Add --everybody if they may go too."
        )
    return found


def _offer(session: Session, *, if_empty: bool) -> None:
    if _is_empty(session):
        _load(session)
    elif if_empty:
        click.echo("There is data already; it is kept as it is.", err=True)
    else:
        raise click.ClickException(
            "There are people or plans already, so nothing was loaded. The demonstration needs an empty database."
        )
    _introduce(session)


def _is_empty(session: Session) -> bool:
    return not session.scalar(select(exists(select(Person.id)) | exists(select(Plan.id))))


def _load(session: Session) -> None:
    now = clock.now()
    click.echo("Loading the demonstration …", err=True)
    try:
        with _collecting_nothing():
            entries = begin(session, now=now, password=_password())
            with (
                click.progressbar(
                    length=len(entries), label="Telling its past", file=sys.stderr, hidden=not sys.stderr.isatty()
                ) as bar,
                acting("command:demo"),
                outlooks_at_the_end(session),
            ):
                tell(entries, now=now, after_each=lambda: bar.update(1))
            session.commit()
    except Problem as problem:
        session.rollback()
        if problem.field == "new_password":
            raise click.ClickException(f"TRACKER_DEMO_PASSWORD cannot be used: {problem.message}.") from None
        raise


@contextmanager
def _collecting_nothing() -> Iterator[None]:
    """Let no search for unused objects interrupt: thousands of records stay in use to the end, so each finds little.

    It halves the time that loading takes, for some memory that the command gives back when it ends.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _password() -> str:
    given: str | None = current_app.config["SETTINGS"].demo_password
    return given or DOCUMENTED


def _introduce(session: Session) -> None:
    """Say who of the demonstration may sign in, and with what, when the demonstration is there."""
    people = queries.demonstration_people(session)
    if not people:
        return
    rows = [(person.email, person.name, _roles(person)) for person in people]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    click.echo("People of the demonstration, who sign in on this machine only:")
    for email, name, roles in rows:
        click.echo(f"  {email:<{widths[0]}}  {name:<{widths[1]}}  {roles}")
    password = _password()
    is_right = matches(people[0].password_hash, password)
    click.echo(f"Password of them all: {password if is_right else 'the one given when the demonstration was loaded'}")


def _roles(person: Person) -> str:
    return ", ".join(sorted(role.words for role in roles_of(person)))
