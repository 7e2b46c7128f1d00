"""What the commands need to know of the database's revision: whether it is there, too old or too new."""

from pathlib import Path
from typing import Any

import click
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import current_app
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from tracker.extensions import db


def refuse_newer() -> None:
    """Stop when the database was made by a later version of this program, which would misread it."""
    revisions = _revisions()
    for stored in _stored():
        try:
            revisions.get_revision(stored)
        except CommandError:
            raise click.ClickException(
                f"The database is newer than this program (revision {stored}): install the newest version."
            ) from None


def refuse_unless_ready() -> None:
    """Stop when the database is not there or not at the newest revision, saying what to run."""
    refuse_newer()
    if set(_stored()) != set(_revisions().get_heads()):
        raise click.ClickException("The database is not set up for this version: run tracker setup first.")


def refuse_other_versions() -> None:
    """Stop unless the database is of this very version: an older one is backed up by the program that made it."""
    refuse_newer()
    stored = _stored()
    if not stored:
        raise click.ClickException("There is no database yet: run tracker setup first.")
    if set(stored) != set(_revisions().get_heads()):
        raise click.ClickException(
            f"The database is older than this program (revision {', '.join(stored)}): back it up with the version "
            "that it was made with, then run tracker setup."
        )


def head_revision() -> str:
    """Return the revision that this version of the program works with."""
    return str(_revisions().get_current_head())


def is_known_revision(revision: str) -> bool:
    """Say whether this program can bring a database of that revision to its own."""
    try:
        return _revisions().get_revision(revision) is not None
    except CommandError:
        return False


def sqlite_file() -> Path | None:
    """Return the file of a SQLite database; None for PostgreSQL and for a database in memory."""
    url = make_url(current_app.config["SQLALCHEMY_DATABASE_URI"])
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(current_app.instance_path, url.database)


def _revisions() -> ScriptDirectory:
    folder: Any = current_app.extensions["migrate"].directory
    return ScriptDirectory(str(folder))


def _stored() -> tuple[str, ...]:
    file = sqlite_file()
    if file is not None and not file.exists():
        return ()
    try:
        with db.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_heads()
    except OperationalError:
        shown = make_url(current_app.config["SQLALCHEMY_DATABASE_URI"]).render_as_string(hide_password=True)
        raise click.ClickException(f"The database cannot be reached: {shown}.") from None
