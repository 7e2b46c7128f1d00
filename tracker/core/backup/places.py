"""Where backups lie: private work folders, names that sort by time, keeping only the newest; no contents here."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tracker.core.disk import settle

_NAME = re.compile(r"tracker-\d{8}T\d{6}Z(-\d+)?\.backup")


def stamp(at: datetime) -> str:
    """Spell a moment in UTC for the name of a file, so that the order of names is that of time."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def free_name(folder: Path, at: datetime) -> Path:
    """Return the name of a backup made at a moment: after every other of that second, whichever of them are left."""
    second = stamp(at)
    numbers = [_age(path)[1] for path in _named(folder) if _age(path)[0] == second]
    end = f"-{max(numbers) + 1}" if numbers else ""
    return folder / f"tracker-{second}{end}.backup"


@contextmanager
def work_folder(beside: Path, purpose: str) -> Iterator[Path]:
    """Give an empty folder for its owner alone, on the same disk as what it is for; it is gone after the block."""
    folder = Path(tempfile.mkdtemp(prefix=f".tracker-{purpose}-", dir=beside))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def put_in_place(finished: Path, target: Path) -> None:
    """Give a finished file its name, and wait until the disk knows of it."""
    finished.replace(target)
    settle(target.parent)


def remove_older(made: Path, keep: int) -> list[Path]:
    """Remove the oldest backups beside one just made until so many are left; files of other names stay.

    Age is what the name says; the one just made stays even if a clock went wrong. Returns what went.
    """
    others = sorted((path for path in _named(made.parent) if path != made), key=_age)
    gone = others[: max(len(others) - keep + 1, 0)]
    for path in gone:
        path.unlink()
    return gone


def _named(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if _NAME.fullmatch(path.name) and path.is_file()]


def _age(path: Path) -> tuple[str, int]:
    moment, _dash, number = path.stem.removeprefix("tracker-").partition("-")
    return moment, int(number or 1)
