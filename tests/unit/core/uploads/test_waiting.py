"""A file that is read apart while its sender waits: its answer, how far it is, and every way in which it can fail."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tracker.core.uploads.refusals import NOT_READ, TOO_LONG, RefusedFileError
from tracker.core.uploads.waiting import Reached, WaitingFile, remove_forgotten

PATIENCE = 30
READERS = "tests.support.apart"


def begin_soon(waiting: WaitingFile) -> None:
    """Begin a reading that hangs, as soon as a reader before it that has answered has ended, too."""
    ends = time.monotonic() + PATIENCE
    while True:
        try:
            return waiting.begin(f"{READERS}.hangs", b"")
        except RefusedFileError:
            assert time.monotonic() < ends
            time.sleep(0.05)


@pytest.fixture
def waiting(tmp_path: Path) -> Iterator[WaitingFile]:
    made = WaitingFile(tmp_path / "one")
    made.keep(b"what somebody sent")
    yield made
    made.remove()


def test_a_reader_gets_one_line_and_then_the_file_and_tells_how_far_it_is(waiting: WaitingFile) -> None:
    waiting.begin(f"{READERS}.counts", b"as a test asked")
    assert waiting.wait(PATIENCE) == ["as a test asked", "what somebody sent"]
    assert waiting.reached() == Reached("Reading the rows", 2, 3)
    assert waiting.answer() == ["as a test asked", "what somebody sent"]
    assert oct(waiting.folder.stat().st_mode)[-3:] == "700"


def test_another_process_of_the_service_finds_the_answer_too(waiting: WaitingFile) -> None:
    waiting.begin(f"{READERS}.counts", b"asked")
    waiting.wait(PATIENCE)
    assert WaitingFile(waiting.folder).answer() == ["asked", "what somebody sent"]


@pytest.mark.parametrize("reader", ["dies", "babbles"])
def test_a_reader_that_dies_or_babbles_is_a_file_that_cannot_be_read(waiting: WaitingFile, reader: str) -> None:
    waiting.begin(f"{READERS}.{reader}", b"")
    with pytest.raises(RefusedFileError, match=NOT_READ):
        waiting.wait(PATIENCE)


def test_a_reader_that_hangs_is_shown_as_reading_and_ended_in_the_end(waiting: WaitingFile) -> None:
    waiting.begin(f"{READERS}.hangs", b"")
    assert waiting.wait(0.2) is None
    assert waiting.reached() is None
    long_ago = time.time() - 61
    os.utime(waiting.folder / "told", (long_ago, long_ago))
    with pytest.raises(RefusedFileError, match=TOO_LONG):
        waiting.answer()


def test_only_so_many_are_read_at_once(tmp_path: Path) -> None:
    several = [WaitingFile(tmp_path / str(number)) for number in range(5)]
    try:
        for one in several:
            one.keep(b"x")
        for one in several[:4]:
            one.begin(f"{READERS}.hangs", b"")
        with pytest.raises(RefusedFileError, match="just now"):
            several[4].begin(f"{READERS}.hangs", b"")
    finally:
        for one in several:
            one.remove()


def test_what_cannot_be_begun_again_leaves_the_answer_that_is_there(tmp_path: Path, waiting: WaitingFile) -> None:
    waiting.begin(f"{READERS}.counts", b"asked")
    waiting.wait(PATIENCE)
    several = [WaitingFile(tmp_path / str(number)) for number in range(4)]
    try:
        for one in several:
            one.keep(b"x")
            begin_soon(one)
        with pytest.raises(RefusedFileError, match="just now"):
            waiting.begin(f"{READERS}.counts", b"asked anew")
        assert waiting.answer() == ["asked", "what somebody sent"]
        several[3].begin(f"{READERS}.counts", b"in its own place")
        assert several[3].wait(PATIENCE) == ["in its own place", "x"]
    finally:
        for one in several:
            one.remove()


def test_an_earlier_reader_that_still_writes_does_not_spoil_the_answer(waiting: WaitingFile) -> None:
    waiting.begin(f"{READERS}.counts", b"asked")
    waiting.wait(PATIENCE)
    with (waiting.folder / "answer").open("r+b") as earlier:
        waiting.begin(f"{READERS}.counts", b"asked anew")
        waiting.wait(PATIENCE)
        earlier.write(b'{"read": "as it was asked before"}' + b" " * 80)
    assert waiting.answer() == ["asked anew", "what somebody sent"]


def test_what_is_gone_is_to_be_brought_again(waiting: WaitingFile) -> None:
    waiting.begin(f"{READERS}.counts", b"asked")
    waiting.wait(PATIENCE)
    waiting.remove()
    for ask in (waiting.answer, waiting.content):
        with pytest.raises(RefusedFileError, match="Bring it again"):
            ask()


def test_files_that_nobody_knows_are_thrown_away_when_they_are_old(tmp_path: Path) -> None:
    for name in ("known", "old", "young"):
        WaitingFile(tmp_path / name).keep(b"x")
    long_ago = time.time() - 100
    for name in ("known", "old"):
        os.utime(tmp_path / name, (long_ago, long_ago))
    remove_forgotten(tmp_path, {"known"}, older_than=60)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["known", "young"]
    remove_forgotten(tmp_path / "nowhere", set(), older_than=0)
