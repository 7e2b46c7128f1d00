"""How far a work is, noted beside a file: written whole, read by anybody, and never in the way of the work."""

import os
import time
from pathlib import Path

import pytest

from tracker.core.uploads.notes import Note


def test_a_note_says_how_far_a_work_is_until_it_is_over(tmp_path: Path) -> None:
    note = Note(tmp_path / "storing")
    assert note.read() is None
    note.write(100, 800)
    note.write(200, 800)
    assert Note(tmp_path / "storing").read() == (200, 800)
    assert [one.name for one in tmp_path.iterdir()] == ["storing"]
    note.remove()
    note.remove()
    assert note.read() is None


@pytest.mark.parametrize("written", [b"", b"100 of", b"100 of 800 ", b"-1 of 800", "１ of 2".encode(), b"9" * 9])
def test_what_is_no_note_says_nothing(tmp_path: Path, written: bytes) -> None:
    (tmp_path / "storing").write_bytes(written)
    assert Note(tmp_path / "storing").read() is None


def test_what_a_process_left_behind_that_died_says_nothing_after_a_minute(tmp_path: Path) -> None:
    note = Note(tmp_path / "storing")
    note.write(100, 800)
    os.utime(note.path, (time.time() - 61,) * 2)
    assert note.read() is None


def test_a_work_goes_on_where_nothing_can_be_noted(tmp_path: Path) -> None:
    note = Note(tmp_path / "gone" / "storing")
    note.write(100, 800)
    note.remove()
    assert note.read() is None
