"""Backing up and restoring one installation: what comes back, what is kept beside it, and what the log says."""

import stat
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from tests.integration.backup.conftest import DOCUMENT, Council
from tests.support import installations
from tests.support.installations import Installation
from tracker.core.changelog import verify
from tracker.core.changelog.tables import log_entry
from tracker.people.models import Person, PersonSession
from tracker.plans.models import Plan, Update

BOTH = pytest.mark.both_databases
KEY = installations.KEY.encode()


def titles(council: Council) -> list[str]:
    with council.session() as session:
        return list(session.scalars(select(Plan.title)))


def rename_the_plan(council: Council) -> None:
    with council.session() as session:
        session.scalars(select(Plan)).one().title = "Renamed since"
        session.commit()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_backup_is_its_owners_alone_and_leaves_nothing_else(council: Council) -> None:
    file = council.backup()
    assert mode(file) == 0o600
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert not [path for path in council.place.folder.iterdir() if path.name.startswith(".tracker")]


def test_a_backup_holds_no_key(council: Council) -> None:
    content = council.backup().read_bytes()
    assert installations.KEY.encode() not in content
    assert b"a key for tests only, long enough" not in content


@BOTH
def test_everything_comes_back_and_what_was_there_is_kept_beside(council: Council) -> None:
    before, file = titles(council), council.backup()
    rename_the_plan(council)
    (council.place.store / council.stored_as).unlink()
    result = council.restore(file, "--older")
    assert result.exit_code == 0, result.output
    assert titles(council) == before
    assert (council.place.store / council.stored_as).read_bytes() == DOCUMENT
    assert "What was stored before is kept: " in result.stderr
    with council.session() as session:
        assert session.scalars(select(Update.happened)).all() == ["Nine offers were made"]
        assert verify(session, KEY).whole


@BOTH
def test_the_log_says_who_restored_what_and_when(council: Council) -> None:
    file = council.backup()
    rename_the_plan(council)
    assert council.restore(file, "--older").exit_code == 0
    with council.session() as session:
        last = session.execute(select(log_entry).order_by(log_entry.c.number.desc()).limit(1)).one()
        assert (last.act, last.actor, last.at[:16]) == ("restored", "command:restore", "2026-11-26T10:44")
        detail = session.scalar(text("SELECT after FROM log_payload WHERE entry_number = :n"), {"n": last.number})
        assert detail is not None
        assert '"account":' in detail
        assert f'"entry":{last.number - 1}' in detail


def test_everybody_is_signed_out(council: Council) -> None:
    with council.session() as session:
        priya = session.scalars(select(Person).where(Person.email == "priya@council.example")).one()
        moment = priya.created_at
        session.add(
            PersonSession(
                person_id=priya.id, key_hash="0" * 64, epoch=0, began_at=moment, seen_at=moment, browser="", network=""
            )
        )
        session.commit()
    assert council.restore(council.backup()).exit_code == 0
    with council.session() as session:
        open_ones = select(func.count(PersonSession.id)).where(PersonSession.ended_at.is_(None))
        assert session.scalar(open_ones) == 0


def test_a_backup_with_all_that_is_stored_needs_no_further_word(council: Council) -> None:
    file = council.backup()
    assert council.restore(file).exit_code == 0
    # Now the place has one entry more: that it was restored.
    again = council.restore(file)
    assert again.exit_code == 1
    assert "1 entry of its change log came after" in again.stderr


@BOTH
def test_it_is_restored_where_nothing_is_yet(council: Council, tmp_path: Path) -> None:
    elsewhere = installations.empty_beside(council.place, tmp_path / "elsewhere")
    result = elsewhere.run("restore", "--yes", council.backup())
    assert result.exit_code == 0, result.output
    assert (elsewhere.store / council.stored_as).read_bytes() == DOCUMENT
    assert elsewhere.run("verify-log").exit_code == 0
    assert elsewhere.run("check-files").exit_code == 0
    elsewhere.rest()


@BOTH
def test_checking_proves_and_touches_nothing(council: Council) -> None:
    file = council.backup()
    with council.session() as session:
        before = session.scalar(select(func.count()).select_from(log_entry))
    result = council.place.run("restore", "--check", file)
    assert (result.exit_code, result.stdout[:20]) == (0, "The backup is whole:")
    with council.session() as session:
        assert session.scalar(select(func.count()).select_from(log_entry)) == before
    assert not [path for path in council.place.folder.iterdir() if "before" in path.name or path.name.startswith(".")]


def test_it_asks_first_and_no_means_no(council: Council) -> None:
    file = council.backup()
    council.place.rest()
    result = council.place.run("restore", file, typed="n\n")
    assert result.exit_code == 1
    assert "in the place of what is stored?" in result.output
    rename_the_plan(council)
    assert titles(council) == ["Renamed since"]


def test_files_that_came_after_the_backup_are_put_aside_not_lost(council: Council) -> None:
    file = council.backup()
    later = council.place.keep(b"%PDF-1.7 added since")
    assert council.restore(file).exit_code == 0
    assert not (council.place.store / later.stored_as).exists()
    aside = next(council.place.folder.glob("files.before-*"))
    assert (aside / later.stored_as).read_bytes() == b"%PDF-1.7 added since"


def test_a_file_of_evidence_that_is_gone_is_told_and_the_backup_is_made(council: Council, tmp_path: Path) -> None:
    (council.place.store / council.stored_as).write_bytes(b"altered")
    result = council.place.run("backup", tmp_path)
    assert result.exit_code == 1
    assert f"1 file of evidence were gone or altered before: {council.stored_as}" in result.stderr
    assert council.restore(result.stdout.splitlines()[0]).exit_code == 0


def test_only_the_newest_are_kept_and_other_files_stay(place: Installation, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    (folder / "tracker-notes.backup").write_text("not ours")
    made = [place.run("backup", folder, "--keep", 2).stdout.strip() for _ in range(4)]
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["tracker-notes.backup", *(Path(name).name for name in made[-2:])]
    )
