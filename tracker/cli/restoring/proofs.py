"""What must hold before a backup may take the place of anything; each proof raises `BackupError` with a sentence."""

import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from flask import Flask
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from tracker.config import Settings
from tracker.core.backup import BackupError, Manifest
from tracker.core.changelog import Checkpoint, missing_triggers, verify
from tracker.core.changelog.tables import log_entry
from tracker.core.text import counted


def fitting_kind(manifest: Manifest, kind: str) -> None:
    """Refuse a backup of another kind of database than the service uses."""
    names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    if manifest.database != kind:
        raise BackupError(
            f"The backup is of {names.get(manifest.database, 'another')} and DATABASE_URL names {names[kind]}: "
            "set DATABASE_URL to a database of the backup's kind."
        )


def whole_log(address: str, manifest: Manifest, key: bytes) -> None:
    """Prove the copy's change log from its first entry to the very one that the backup's checkpoint names."""
    point = Checkpoint.parse(manifest.checkpoint)
    with _looking(address) as session:
        verdict = verify(session, key, point)
        if not verdict.whole:
            raise BackupError(f"The change log in the backup does not hold: {verdict.problem}")
        if verdict.entries != point.number:
            raise BackupError("The change log in the backup goes on after the checkpoint that was sealed with it.")
        if missing_triggers(session.connection()):
            raise BackupError("The database in the backup does not guard its change log: triggers are missing.")


def not_older(address: str, present: tuple[int, str] | None, manifest: Manifest) -> None:
    """Refuse a backup that lacks anything of what is stored now: going back needs to be said."""
    if present is None or present[0] == 0:
        return
    number, seal = present
    with _looking(address) as session:
        same_entry = session.scalar(select(log_entry.c.entry_hash).where(log_entry.c.number == number)) == seal
    if same_entry:
        return
    ends = Checkpoint.parse(manifest.checkpoint).number
    lost = (
        f"{counted(number - ends, 'entry', 'entries')} of its change log came after"
        if number > ends
        else "its change log goes another way"
    )
    raise BackupError(
        f"The backup of {manifest.made_at[:16].replace('T', ' ')} UTC is older than what is stored: {lost}. "
        "To go back to it all the same, add --older; what is stored now is kept beside it."
    )


def all_files(recorded: Mapping[str, str], manifest: Manifest) -> None:
    """Make sure that every file of evidence that the copy's records name is in the backup, or was said not to be."""
    inside = {name: part.sha256 for name, part in manifest.files().items()}
    known = inside | dict(manifest.elsewhere) | dict.fromkeys(manifest.lost, "")
    wrong = [name for name, sha256 in recorded.items() if known.get(name) not in {sha256, ""}]
    if wrong:
        raise BackupError(f"The backup lacks {counted(len(wrong), 'file')} of evidence that its records name.")


@contextmanager
def application_on(address: str, settings: Settings, work: Path) -> Iterator[Flask]:
    """Give the application over the copy, in its context, with a private folder for its instance."""
    from tracker import create_app
    from tracker.extensions import db

    inner = work / "instance"
    inner.mkdir(mode=stat.S_IRWXU, exist_ok=True)
    app = create_app(replace(settings, database_url=address, instance=inner))
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


@contextmanager
def _looking(address: str) -> Iterator[Session]:
    with Session(create_engine(address, poolclass=NullPool)) as session:
        yield session
