"""A reader that runs apart may die, hang, grow or babble: the person gets a sentence, the service goes on."""

import pytest

from tracker.core.uploads.apart import read_apart
from tracker.core.uploads.refusals import NOT_NOW, NOT_READ, TOO_LONG, TOO_MUCH, RefusedFileError

MEGABYTE = 1024 * 1024


@pytest.mark.parametrize(
    ("reader", "seconds", "sentence"),
    [("dies", 20, NOT_READ), ("babbles", 20, NOT_READ), ("gone", 20, NOT_READ), ("hangs", 0.5, TOO_LONG)],
)
def test_a_reader_that_fails_is_a_sentence(reader: str, seconds: float, sentence: str) -> None:
    with pytest.raises(RefusedFileError) as refused:
        read_apart(f"tests.support.apart.{reader}", b"x", seconds=seconds)
    assert refused.value.sentence == sentence


def test_a_reader_cannot_take_the_memory_of_the_machine() -> None:
    with pytest.raises(RefusedFileError) as refused:
        read_apart("tests.support.apart.grows", bytes(MEGABYTE))
    assert refused.value.sentence == TOO_MUCH


def test_a_reader_gets_the_file_no_keys_and_no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "a key that no reader may see")
    told = read_apart("tests.support.apart.tells", bytes(MEGABYTE))
    assert told["size"] == MEGABYTE
    assert set(told["surroundings"]) <= {"LC_CTYPE"}
    assert not told["writes"]


def test_a_machine_that_can_start_nothing_asks_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with pytest.raises(RefusedFileError) as refused:
        read_apart("tests.support.apart.tells", b"x")
    assert refused.value.sentence == NOT_NOW
