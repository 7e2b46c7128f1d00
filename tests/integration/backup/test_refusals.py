"""Backups that must not be restored, and backups that cannot be made: one sentence each, and nothing is touched."""

import os
import resource
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select, text

from tests.integration.backup.conftest import Council
from tests.support import installations
from tests.support.installations import Installation
from tests.support.migrations import downgrade, revisions
from tracker.core.backup.manifest import Manifest, Part, read_sealed, sealed_text
from tracker.plans.models import Plan

KEY = installations.KEY.encode()
Change = Callable[[Path], None]


def rewrite(file: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Write a backup again with its parts changed."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def reseal(file: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Change the parts and seal them anew with the right key: only what is inside can give it away."""

    def changed(parts: dict[str, bytes]) -> None:
        change(parts)
        old = read_sealed(parts["manifest.json"].decode(), KEY)
        fresh = tuple(
            Part(part.name, len(parts[part.name]), sha256(parts[part.name]).hexdigest()) for part in old.parts
        )
        facts = {name: getattr(old, name) for name in Manifest.__slots__} | {"parts": fresh}
        parts["manifest.json"] = sealed_text(Manifest(**facts), KEY).encode()

    rewrite(file, changed)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-200])


def _cut_in_half(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _one_bit(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 3] ^= 1
    file.write_bytes(data)


def _not_a_backup(file: Path) -> None:
    file.write_bytes(b"minutes of a meeting")


def _other_zip(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("manifest.json", '{"manifest": []}')


def _other_database(file: Path) -> None:
    rewrite(file, lambda parts: parts.update(database=parts["database"][:-1] + b"x"))


def _another_part(file: Path) -> None:
    rewrite(file, lambda parts: parts.update({"files/../../escape": b"x"}))


def _without_evidence(file: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        for name in [name for name in parts if name.startswith("files/")]:
            del parts[name]

    rewrite(file, change)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_cut, "cut short or damaged"),
        (_cut_in_half, "cut short or damaged"),
        (_one_bit, "altered or is damaged"),
        (_not_a_backup, "cut short or damaged"),
        (_other_zip, "not a backup of this service"),
        (_other_database, "its part database is not what was put in"),
        (_another_part, "does not hold exactly what its list of contents says"),
        (_without_evidence, "does not hold exactly what its list of contents says"),
    ],
)
def test_a_spoilt_backup_is_refused_and_nothing_is_touched(council: Council, spoil: Change, sentence: str) -> None:
    file = council.backup()
    spoil(file)
    with council.session() as session:
        session.scalars(select(Plan)).one().title = "Still here"
        session.commit()
    there = sorted(path.name for path in council.place.folder.iterdir() if not path.name.startswith("tracker.db-"))
    result = council.restore("--older", file)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    with council.session() as session:
        assert session.scalars(select(Plan.title)).one() == "Still here"
    after = sorted(path.name for path in council.place.folder.iterdir() if not path.name.startswith("tracker.db-"))
    assert after == there


def test_a_changed_list_of_contents_does_not_fit_its_seal(council: Council) -> None:
    file = council.backup()
    rewrite(
        file, lambda parts: parts.update({"manifest.json": parts["manifest.json"].replace(b'"sqlite"', b'"sqlitE"')})
    )
    assert "does not fit its seal" in council.restore(file).stderr


def test_another_installations_backup_is_named_as_such(council: Council, tmp_path: Path) -> None:
    stranger = installations.installation(f"sqlite:///{tmp_path}/other/tracker.db", tmp_path / "other", key="k" * 40)
    try:
        result = stranger.run("restore", "--yes", council.backup())
    finally:
        installations.installation(council.place.address, council.place.folder)  # gives the log its key back
    assert "of another installation" in result.stderr
    assert not (tmp_path / "other" / "tracker.db").exists()


@pytest.mark.both_databases
def test_an_older_backup_is_refused_unless_that_is_said(council: Council) -> None:
    file = council.backup()
    with council.session() as session:
        session.scalars(select(Plan)).one().title = "Written since"
        session.commit()
    result = council.restore(file)
    assert (result.exit_code, "is older than what is stored: 1 entry" in result.stderr) == (1, True)
    with council.session() as session:
        assert session.scalars(select(Plan.title)).one() == "Written since"


def test_a_backup_of_another_history_is_refused_although_it_is_longer(council: Council, tmp_path: Path) -> None:
    other = installations.empty_beside(council.place, tmp_path / "other")
    assert other.run("restore", "--yes", council.backup("first")).exit_code == 0
    assert other.run("setup", "--organisation", "Northmoor Council").exit_code == 0
    result = other.run("backup", tmp_path)
    other.rest()
    with council.session() as session:
        session.scalars(select(Plan)).one().title = "Our own way"
        session.commit()
    refused = council.restore(result.stdout.strip())
    assert "its change log goes another way" in refused.stderr


@pytest.mark.both_databases
def test_it_is_refused_while_the_service_runs(council: Council) -> None:
    file = council.backup()
    with council.session() as serving:
        serving.scalar(select(Plan.id))
        result = installations.installation(council.place.address, council.place.folder).run("restore", "--yes", file)
    assert (result.exit_code, "stop the service and its timers first" in result.stderr) == (1, True)


def test_a_newer_schema_is_refused(council: Council) -> None:
    file = council.backup()
    _with_manifest(file, revision="9999")
    assert "made by a newer version" in council.restore(file).stderr


def test_another_kind_of_database_is_refused(council: Council) -> None:
    file = council.backup()
    _with_manifest(file, database="postgresql")
    assert "The backup is of PostgreSQL and DATABASE_URL names SQLite" in council.restore(file).stderr


def _with_manifest(file: Path, **facts: object) -> None:
    def change(parts: dict[str, bytes]) -> None:
        old = read_sealed(parts["manifest.json"].decode(), KEY)
        known = {name: getattr(old, name) for name in Manifest.__slots__} | facts
        parts["manifest.json"] = sealed_text(Manifest(**known), KEY).encode()

    rewrite(file, change)


def _in_the_database(file: Path, folder: Path, *statements: str, guarded: bool = True) -> None:
    """Change the database inside a backup and seal it anew, as somebody with the key could."""

    def change(parts: dict[str, bytes]) -> None:
        inside = folder / "inside.db"
        inside.write_bytes(parts["database"])
        connection = sqlite3.connect(inside)
        connection.execute("PRAGMA foreign_keys=OFF")
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        if guarded:
            for _name, sql in triggers:
                connection.execute(sql)
        connection.commit()
        connection.close()
        parts["database"] = inside.read_bytes()

    reseal(file, change)


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE log_entry SET act = 'insort' WHERE number = 2", "Entry 2 of the change log was altered"),
        ("DELETE FROM {log} WHERE {number} > 5", "The end of the change log was cut off"),
        ("UPDATE progress_update SET action_id = 4711", "refers to one that is not there"),
        ("UPDATE evidence SET file_sha256 = 'f'", "lacks 1 file of evidence"),
    ],
)
def test_a_database_that_does_not_hold_is_refused_whoever_sealed_it(
    council: Council, tmp_path: Path, statement: str, sentence: str
) -> None:
    file = council.backup()
    tables = {"log_entry": "number", "log_payload": "entry_number"}
    written = [statement.format(log=log, number=number) for log, number in tables.items()]
    _in_the_database(file, tmp_path, *written)
    result = council.restore(file)
    assert (result.exit_code, sentence in result.stderr) == (1, True), result.stderr


def test_a_log_without_its_guard_is_refused(council: Council, tmp_path: Path) -> None:
    file = council.backup()
    _in_the_database(file, tmp_path, guarded=False)
    assert "does not guard its change log" in council.restore(file).stderr


def test_a_damaged_database_is_refused(council: Council) -> None:
    file = council.backup()

    def change(parts: dict[str, bytes]) -> None:
        pages = bytearray(parts["database"])
        pages[8192:40960] = os.urandom(32768)
        parts["database"] = bytes(pages)

    reseal(file, change)
    assert "The database is damaged" in council.restore(file).stderr


def test_a_database_that_waits_for_a_migration_is_backed_up_by_its_own_version(
    place: Installation, tmp_path: Path
) -> None:
    downgrade(place.app, revisions(place.app)[1])
    result = place.run("backup", tmp_path)
    assert (result.exit_code, "back it up with the version that it was made with" in result.stderr) == (1, True)


def test_a_damaged_database_is_replaced_and_kept(council: Council) -> None:
    file = council.backup()
    council.place.rest()
    (council.place.folder / "tracker.db").write_bytes(b"no database any more" * 1000)
    result = council.restore(file)
    assert result.exit_code == 0, result.output
    assert next(council.place.folder.glob("tracker.db.before-*")).read_bytes().startswith(b"no database any more")
    with council.session() as session:
        assert session.scalars(select(Plan.id)).one()


def test_a_backup_of_an_older_schema_needs_the_word_and_is_migrated_on_the_copy(
    council: Council, tmp_path: Path
) -> None:
    file, older = council.backup(), revisions(council.place.app)[1]
    other = installations.empty_beside(council.place, tmp_path / "older")
    assert other.run("restore", "--yes", file).exit_code == 0
    downgrade(other.app, older)
    other.rest()
    reseal(file, lambda parts: parts.update(database=_at_rest(tmp_path / "older" / "tracker.db")))
    _with_manifest(file, revision=older, checkpoint=other.run("checkpoint").stdout.strip())
    refused = council.restore(file, "--older")
    assert f"has the older revision {older}: add --migrate" in refused.stderr
    done = council.restore(file, "--older", "--migrate")
    assert done.exit_code == 0, done.output
    assert council.place.run("verify-log").exit_code == 0
    with council.session() as session:
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == revisions(council.place.app)[0]


def _at_rest(file: Path) -> bytes:
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    return file.read_bytes()


def test_a_full_disk_leaves_no_half_backup(council: Council, tmp_path: Path) -> None:
    folder = tmp_path / "full"
    folder.mkdir()

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    environment = {
        **os.environ,
        "DATABASE_URL": council.place.address,
        "TRACKER_INSTANCE": str(council.place.folder),
        "SECRET_KEY": "a key for tests only, long enough",
        "TRACKER_LOG_KEY": installations.KEY,
        "TRACKER_ENV": "local",
    }
    words = [sys.executable, "-c", "from tracker.cli import main; main()", "backup", str(folder)]
    run = subprocess.run(words, env=environment, preexec_fn=little_room, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.startswith("Error: The backup failed: ")
    assert run.stderr.count("\n") == 1
    assert list(folder.iterdir()) == []


def test_a_damaged_database_is_not_backed_up(place: Installation, tmp_path: Path) -> None:
    place.rest()
    file = place.folder / "tracker.db"
    data = bytearray(_at_rest(file))
    data[-20480:-12288] = os.urandom(8192)
    file.write_bytes(data)
    result = place.run("backup", tmp_path)
    assert result.exit_code == 1
    assert "damaged" in result.stderr or "malformed" in result.stderr
    assert not list(tmp_path.glob("*.backup"))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["backup", "{there}"], "There is a file"),
        (["backup", "{folder}/none/file"], "There is no folder"),
        (["backup", "{folder}/file", "--keep", "3"], "With --keep, give a folder"),
        (["restore", "--yes", "{folder}/none"], "The backup cannot be read: No such file"),
    ],
)
def test_a_place_that_cannot_be_used_is_refused(
    place: Installation, tmp_path: Path, words: list[str], sentence: str
) -> None:
    (tmp_path / "there").write_text("minutes")
    result = place.run(*(word.format(folder=tmp_path, there=tmp_path / "there") for word in words))
    assert (result.exit_code, sentence in result.stderr) == (1, True), result.output
    assert (tmp_path / "there").read_text() == "minutes"
