"""What was erased stays erased: in the database, its log, its free pages, and after an older backup is restored."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, text

from tests.integration.backup.conftest import Council
from tests.support import installations
from tests.support.installations import Installation
from tracker.audits.models import Finding
from tracker.core.changelog import verify
from tracker.core.changelog.tables import log_entry
from tracker.core.erasures import ERASED, erase_again, read_list
from tracker.core.files import open_store
from tracker.plans.models import Evidence

KEY = installations.KEY.encode()
WHY = "kept longer than agreed"
WORDS = "Supervision was missed in May and June"


def erase(council: Council) -> None:
    result = council.place.run("erase", "finding", council.finding, "text", "--yes")
    assert result.exit_code == 0, result.output


def everything(council: Council) -> str:
    """Return all that the database says of findings, the log's payloads included."""
    with council.session() as session:
        findings = session.scalars(select(Finding.text)).all()
        payloads = session.execute(text("SELECT before, after FROM log_payload")).all()
    return repr((findings, payloads))


@pytest.mark.both_databases
def test_words_are_erased_with_what_the_log_kept_of_them(council: Council) -> None:
    assert WORDS in everything(council)
    erase(council)
    assert WORDS not in everything(council)
    with council.session() as session:
        assert session.get_one(Finding, council.finding).text == ERASED
        assert verify(session, KEY).whole


@pytest.mark.both_databases
def test_an_older_backup_does_not_bring_erased_words_back(council: Council) -> None:
    file = council.backup()
    erase(council)
    result = council.restore(file, "--older")
    assert result.exit_code == 0, result.output
    assert "Erased again: 1 record." in result.stderr
    assert WORDS not in everything(council)
    assert council.place.run("verify-log").exit_code == 0


def test_neither_file_holds_the_words_after_a_restore(council: Council) -> None:
    file = council.backup()
    erase(council)
    assert council.restore(file, "--older").exit_code == 0
    council.place.rest()
    assert WORDS.encode() not in (council.place.folder / "tracker.db").read_bytes()
    assert WORDS not in (council.place.folder / "erasures.jsonl").read_text()


def test_no_word_stays_in_the_index_for_searching(council: Council) -> None:
    with council.session() as session:
        session.get_one(Finding, council.finding).text = "Grandmother said quorblatt"
        session.commit()
    erase(council)
    council.place.rest()
    assert b"quorblatt" not in (council.place.folder / "tracker.db").read_bytes().lower()


def test_a_later_backup_takes_the_list_elsewhere(council: Council, tmp_path: Path) -> None:
    older = council.backup("older")
    erase(council)
    newer = council.backup("newer")
    other = installations.empty_beside(council.place, tmp_path / "elsewhere")
    assert other.run("restore", "--yes", newer).exit_code == 0
    other.rest()
    assert other.run("restore", "--yes", "--older", older).exit_code == 0
    assert WORDS.encode() not in (other.folder / "tracker.db").read_bytes()
    other.rest()


def test_another_record_that_got_the_same_number_is_left_alone(council: Council) -> None:
    erase(council)
    erasure = read_list((council.place.folder / "erasures.jsonl").read_text(), KEY)[0]
    files = open_store("", council.place.folder / "files")
    with council.session() as session:
        session.execute(text("UPDATE finding SET text = 'of another child'"), execution_options={"unlogged": "a test"})
        assert erase_again(session, replace(erasure, born="f" * 64), files) is False
        assert session.get_one(Finding, council.finding).text == "of another child"
        assert erase_again(session, erasure, files) is True


def test_an_altered_list_stops_the_restore(council: Council) -> None:
    file = council.backup()
    erase(council)
    ledger = council.place.folder / "erasures.jsonl"
    ledger.write_text(ledger.read_text().replace(f'"id": "{council.finding}"', '"id": "4711"'))
    result = council.restore(file, "--older")
    assert (result.exit_code, "Line 1 of the list of erasures was altered" in result.stderr) == (1, True)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["finding", "4711", "text"], "There is no finding 4711"),
        (["findings", "1", "text"], "There is no table findings"),
        (["finding", "1", "kind"], "has no field kind that holds words"),
        (["finding", "1", "nothing"], "has no field nothing that holds words"),
        (["person", "1", "email"], "has no field email that holds words"),
        (["evidence", "1", "stored_as"], "Say why the file is erased"),
        (["evidence", "1", "file_name"], "erased with the file: name the field stored_as"),
        (["evidence", "1", "stored_as", "--why", "w" * 81], "one line of at most 80 characters"),
    ],
)
def test_what_cannot_be_erased_is_refused(council: Council, words: list[str], sentence: str) -> None:
    result = council.place.run("erase", *words, "--yes")
    assert (result.exit_code, sentence in result.stderr) == (1, True), result.output
    assert not (council.place.folder / "erasures.jsonl").exists()
    assert WORDS in everything(council)


def evidence_of(council: Council) -> Evidence:
    with council.session() as session:
        return session.scalars(select(Evidence).where(Evidence.stored_as == council.stored_as)).one()


def erase_file(council: Council) -> None:
    result = council.place.run("erase", "evidence", evidence_of(council).id, "stored_as", "--why", WHY, "--yes")
    assert result.exit_code == 0, result.output


def kept(place: Installation) -> list[Path]:
    return [path for path in (place.folder / "files").rglob("*") if path.is_file()]


@pytest.mark.both_databases
def test_an_erased_file_is_gone_and_its_record_tells_when_and_why(council: Council) -> None:
    before = evidence_of(council)
    erase_file(council)
    after = evidence_of(council)
    assert kept(council.place) == []
    assert (after.file_sha256, after.stored_as, after.text) == (before.file_sha256, before.stored_as, before.text)
    assert after.file_name.startswith("[erased on ")
    assert after.file_name.endswith(f": {WHY}]")
    assert "0 missing, 0 altered, 0 surplus" in council.place.run("check-files").stdout
    assert council.place.run("verify-log").exit_code == 0
    with council.session() as session:
        acts = session.scalars(select(log_entry.c.act).where(log_entry.c.subject_kind == "evidence")).all()
    assert acts[-1] == "erased"


@pytest.mark.both_databases
def test_an_older_backup_does_not_bring_an_erased_file_back(council: Council) -> None:
    older = council.backup("older")
    erase_file(council)
    result = council.restore(older, "--older")
    assert result.exit_code == 0, result.output
    assert (kept(council.place), evidence_of(council).file_name.startswith("[erased on ")) == ([], True)
    assert council.place.run("check-files").exit_code == 0
    newer = council.backup("newer")
    assert council.place.run("restore", "--check", newer).exit_code == 0


def test_erasing_a_file_twice_is_no_fault(council: Council) -> None:
    erase_file(council)
    first = evidence_of(council).file_name
    erase_file(council)
    assert evidence_of(council).file_name == first
