"""The command that puts a backup in the place of what is stored; its steps and proofs stand in `restoring`."""

import getpass
import logging
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import click
import flask_migrate
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import make_url
from sqlalchemy.orm import Session

from tracker.cli.database import head_revision, is_known_revision
from tracker.cli.restoring import evidence, proofs
from tracker.cli.restoring.copies import Copy, copy_for, database_file
from tracker.cli.telling import ending_cleanly, meter, one_sentence
from tracker.config import Settings
from tracker.core import clock
from tracker.core.backup import Backup, BackupError, Manifest, places, reading
from tracker.core.changelog import Checkpoint, acting, record_event
from tracker.core.erasures import (
    BrokenListError,
    Erasure,
    add_to_list,
    erase_again,
    purge_indexes,
    read_list,
)
from tracker.core.files import FileStore, open_store
from tracker.core.problems import Invalid
from tracker.core.text import counted
from tracker.extensions import db, db_session
from tracker.people.commands import end_all_sessions
from tracker.plans.queries.evidence import stored_files


@dataclass(frozen=True)
class Restoring:
    """One run of the command: what is restored, where to, and on which copy it works."""

    backup: Backup
    settings: Settings
    copy: Copy
    work: Path
    stamp: str
    # What the list in the backup knows to be erased, in order.
    erasures: list[Erasure]

    @property
    def manifest(self) -> Manifest:
        """What the backup says of itself."""
        return self.backup.manifest

    @property
    def files(self) -> Path:
        """Where the files of the backup are taken out to."""
        return self.work / "files"


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--to", type=click.Path(file_okay=False, path_type=Path), help="An instance folder elsewhere (SQLite only)."
)
@click.option("--check", is_flag=True, help="Prove the backup whole on a copy, and touch nothing.")
@click.option("--older", is_flag=True, help="Go back although what is stored has newer entries.")
@click.option("--migrate", is_flag=True, help="Bring a backup of an older version to this one.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@with_appcontext
def restore(file: Path, *, to: Path | None, check: bool, older: bool, migrate: bool, yes: bool) -> None:
    """Put a backup in the place of what is stored, which is kept beside it; stop the service first.

    Nothing is touched before everything is proved on a copy: seal and hashes, the database, its change log from the
    first entry on, every file. Whatever was erased since the backup is erased again, and everybody is signed out.
    """
    settings = _settings(to)
    db.session.remove()
    db.engine.dispose()
    with one_sentence("Restoring"), ending_cleanly(), _prepared(file, settings) as run:
        present = None if check else _refusals_of_the_place(run)
        _prove(run, migrate=migrate or check)
        if check:
            click.echo(f"The backup is whole: {_told(run.manifest)}.")
            return
        if not older:
            proofs.not_older(run.copy.address, present, run.manifest)
        if not yes:
            click.confirm(
                f"Put the backup ({_told(run.manifest)}) in the place of what is stored?", abort=True, err=True
            )
        # Read only now: somebody may have erased something while the question stood unanswered.
        here = _erasures_in(settings.erasures, settings.log_key)
        erased = _make_ready(run, here, set_aside=present[0] if present else 0)
        kept = _put_in_place(run, here)
    _say(run, kept, erased)


def register(app: Flask) -> None:
    """Add the command to the application."""
    app.cli.add_command(restore)


def _settings(to: Path | None) -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    if to is None:
        return settings
    if make_url(settings.database_url).get_backend_name() != "sqlite":
        raise click.ClickException(
            "With PostgreSQL, name another place by DATABASE_URL and TRACKER_INSTANCE, not by --to."
        )
    folder = to.resolve()
    return replace(settings, instance=folder, database_url=f"sqlite:///{folder / 'tracker.db'}", files_url="")


@contextmanager
def _prepared(file: Path, settings: Settings) -> Iterator[Restoring]:
    """Open the backup and make work folders beside what may be replaced, so that exchanging is only renaming."""
    kind = make_url(settings.database_url).get_backend_name()
    stamp = places.stamp(clock.now())
    with ExitStack() as stack:
        backup = stack.enter_context(reading(file, settings.log_key))
        proofs.fitting_kind(backup.manifest, kind)
        if not is_known_revision(backup.manifest.revision):
            raise BackupError("The backup was made by a newer version of this program: install that version first.")
        settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        work = stack.enter_context(places.work_folder(settings.instance, "restore"))
        beside = database_file(settings).parent if kind == "sqlite" else settings.instance
        copy = copy_for(settings, stack.enter_context(places.work_folder(beside, "restore")), stamp)
        stack.callback(copy.discard)
        inside = work / settings.erasures.name
        backup.extract(inside.name, inside)
        yield Restoring(backup, settings, copy, work, stamp, _erasures_in(inside, settings.log_key))


def _erasures_in(file: Path, key: bytes) -> list[Erasure]:
    try:
        return read_list(file.read_text("ascii", "replace"), key) if file.exists() else []
    except BrokenListError as error:
        raise BackupError(str(error)) from None


def _refusals_of_the_place(run: Restoring) -> tuple[int, str] | None:
    """Refuse a place that is in use or would lose files, and return the head of the log that stands there."""
    run.copy.refuse_while_used()
    if run.settings.files_url and run.manifest.files():
        raise BackupError(
            "The backup holds files of evidence, and TRACKER_FILES_URL names a bucket: unset it to restore."
        )
    return run.copy.present


def _prove(run: Restoring, *, migrate: bool) -> None:
    """Prove everything on the copy, which is brought to this version's revision when that was asked for."""
    if run.manifest.revision != head_revision() and not migrate:
        raise BackupError(
            f"The backup has the older revision {run.manifest.revision}: add --migrate to bring it to this version."
        )
    with meter("Reading the backup", run.manifest.part("database").size) as heard:
        run.copy.fill(run.backup, heard)
    proofs.whole_log(run.copy.address, run.manifest, run.settings.log_key)
    evidence.take_out(run.backup, run.files)
    with proofs.application_on(run.copy.address, run.settings, run.work):
        if run.manifest.revision != head_revision():
            logging.getLogger("alembic").setLevel(logging.WARNING)
            flask_migrate.upgrade()
        proofs.all_files(stored_files(db_session()), run.manifest)


def _make_ready(run: Restoring, here: Sequence[Erasure], *, set_aside: int) -> int:
    """Erase again on the copy, end all sessions, and let its log say what happened; return how many were erased."""
    with proofs.application_on(run.copy.address, run.settings, run.work), acting("command:restore"):
        session = db_session()
        files = open_store(run.settings.files_url, run.files)
        erased = sum(_erased(session, erasure, files) for erasure in dict.fromkeys([*run.erasures, *here]))
        purge_indexes(session.connection(), {one.kind for one in (*run.erasures, *here)})
        end_all_sessions(session)
        entry = Checkpoint.parse(run.manifest.checkpoint).number
        detail = {"made_at": run.manifest.made_at, "entry": entry, "entries_before": set_aside, "account": _account()}
        record_event(session, "restored", detail=detail)
        session.commit()
    return erased


def _erased(session: Session, erasure: Erasure, files: FileStore) -> bool:
    try:
        return erase_again(session, erasure, files, purges=False)
    except Invalid as problem:
        raise BackupError(f"The list of erasures does not fit this version: {problem.message}") from None


def _put_in_place(run: Restoring, here: Sequence[Erasure]) -> str:
    """Bring the files, then exchange the databases, then tidy up; return where the replaced database is kept."""
    folder, aside = run.settings.instance / "files", run.settings.instance / f"files.before-{run.stamp}"
    if unknown := [erasure for erasure in run.erasures if erasure not in here]:
        add_to_list(run.settings.erasures, run.settings.log_key, unknown)
    evidence.bring_back(run.backup, run.files, folder, aside)
    kept = run.copy.put_in_place()
    if not run.settings.files_url:
        evidence.put_surplus_aside(run.backup, folder, aside)
    return kept


def _account() -> str:
    """Return the account of the operating system that restores."""
    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""


def _told(manifest: Manifest) -> str:
    entries = Checkpoint.parse(manifest.checkpoint).number
    return (
        f"made {manifest.made_at[:16].replace('T', ' ')} UTC, {counted(entries, 'entry', 'entries')} in its change log"
    )


def _say(run: Restoring, kept: str, erased: int) -> None:
    click.echo(f"Restored: {_told(run.manifest)}.")
    if kept:
        click.echo(f"What was stored before is kept: {kept}", err=True)
    if erased:
        click.echo(f"Erased again: {counted(erased, 'record')}.", err=True)
    if run.manifest.elsewhere:
        click.echo(
            f"{counted(len(run.manifest.elsewhere), 'file')} are in the bucket; check them: tracker check-files",
            err=True,
        )
    if run.manifest.lost:
        click.echo(f"{counted(len(run.manifest.lost), 'file')} of evidence were gone before the backup.", err=True)
    click.echo("Everybody has to sign in again.", err=True)
