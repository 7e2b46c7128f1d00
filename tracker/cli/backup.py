"""The command that makes a backup while the service runs; how copies are made and sealed stands in `core.backup`."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from tracker.cli.database import head_revision, refuse_other_versions, sqlite_file
from tracker.cli.telling import ending_cleanly, meter, one_sentence
from tracker.config import Settings
from tracker.core import clock
from tracker.core.backup import FILES, ArchiveWriter, BackupError, Manifest, places, postgresql, sqlite, writing
from tracker.core.changelog import checkpoint
from tracker.core.changelog.chain import moment
from tracker.core.files import AlteredFileError
from tracker.core.text import counted
from tracker.extensions import db, file_store
from tracker.plans.queries.evidence import stored_files

_LISTED = 5


@click.command("backup")
@click.argument("to", required=False, type=click.Path(path_type=Path))
@click.option("--keep", type=click.IntRange(1, 10_000), help="Then remove all but the newest so many of the folder.")
@with_appcontext
def backup(to: Path | None, keep: int | None) -> None:
    """Copy everything into one file that only its owner may read, while the service runs.

    TO is a folder, in which the file is named by its moment, or a new file; without it the folder `backups` of the
    instance is used. Inside are the database, the evidence, the list of erasures, and a sealed list of contents. The
    keys are not. Exits with 1 when no backup could be made, or when files of evidence were gone already.
    """
    settings: Settings = current_app.config["SETTINGS"]
    with one_sentence("The backup"), ending_cleanly():
        refuse_other_versions()
        target = _target(to, settings, keep)
        with places.work_folder(target.parent, "backup") as work:
            manifest = _pack(work, settings)
            places.put_in_place(work / "backup", target)
        gone = places.remove_older(target, keep) if keep else []
    _say(target, manifest, len(gone))


def register(app: Flask) -> None:
    """Add the command to the application."""
    app.cli.add_command(backup)


def _target(to: Path | None, settings: Settings, keep: int | None) -> Path:
    """Return the file to make; its folder is there, and nothing is under its name."""
    if to is None:
        to = settings.instance / "backups"
        to.mkdir(mode=0o700, parents=True, exist_ok=True)
    if to.is_dir():
        return places.free_name(to, clock.now())
    if keep:
        raise BackupError("With --keep, give a folder: in it the backups are named by their moment.")
    if to.exists():
        raise BackupError(f"There is a file {to} already; name another one.")
    if not to.parent.is_dir():
        raise BackupError(f"There is no folder {to.parent}; make it first, for its owner alone.")
    return to


def _pack(work: Path, settings: Settings) -> Manifest:
    with _copied(work / "database", settings) as session:
        point, recorded = checkpoint(session, settings.log_key), stored_files(session)
    with writing(work / "backup") as archive:
        with meter("Packing the database", (work / "database").stat().st_size) as heard:
            archive.add_file("database", work / "database", heard)
        lost = [] if settings.files_url else _add_files(archive, recorded)
        ledger = settings.erasures
        archive.add_bytes(ledger.name, ledger.read_bytes() if ledger.exists() else b"")
        manifest = Manifest(
            made_at=moment(clock.now()),
            program=version("improvement-tracker"),
            database=db.engine.dialect.name,
            revision=head_revision(),
            checkpoint=point.line(),
            parts=tuple(archive.parts),
            elsewhere=tuple(sorted(recorded.items())) if settings.files_url else (),
            lost=tuple(lost),
        )
        archive.finish(manifest, settings.log_key)
    return manifest


@contextmanager
def _copied(target: Path, settings: Settings) -> Iterator[Session]:
    """Copy the database as it stands at one moment, and give a session that sees exactly that moment."""
    file = sqlite_file()
    if file is None:
        with postgresql.frozen(db.engine) as (session, name):
            postgresql.dump(db.engine.url, target, moment=name, programs=settings.postgres_programs)
            yield session
        return
    with meter("Copying the database", 100) as heard:
        sqlite.copy_online(file, target, heard)
    sqlite.check(target)
    engine = create_engine(f"sqlite:///{target}", poolclass=NullPool)
    with Session(engine) as session:
        yield session


def _add_files(archive: ArchiveWriter, recorded: Mapping[str, str]) -> list[str]:
    """Add every file that the copied records name, and return the names of those that the store no longer has whole."""
    store, lost = file_store(), []
    with meter("Packing evidence", len(recorded)) as heard:
        for name, sha256 in sorted(recorded.items()):
            try:
                archive.add_bytes(FILES + name, store.read(name, sha256))
            except AlteredFileError:
                lost.append(name)
            heard(1)
    return lost


def _say(target: Path, manifest: Manifest, gone: int) -> None:
    click.echo(target)
    files = len(manifest.files())
    click.echo(
        f"Backed up: the database to revision {manifest.revision}, {counted(files, 'file')} of evidence.", err=True
    )
    if manifest.elsewhere:
        click.echo(f"{counted(len(manifest.elsewhere), 'file')} in the bucket are listed, not copied.", err=True)
    if gone:
        click.echo(f"{counted(gone, 'older backup')} removed.", err=True)
    if manifest.lost:
        lost, named = counted(len(manifest.lost), "file"), ", ".join(manifest.lost[:_LISTED])
        raise click.ClickException(f"The backup is made, but {lost} of evidence were gone or altered before: {named}.")
