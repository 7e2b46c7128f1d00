"""Answers with what it finds around itself: its surroundings, and whether it may fill the disk."""

import os
import tempfile
from collections.abc import Callable

from tracker.core.uploads.apart import answer_apart

MEGABYTE = 1024 * 1024


def told(data: bytes) -> dict[str, object]:
    return {
        "size": len(data),
        "surroundings": sorted(os.environ),
        "writes": _works(write),
    }


def _works(act: Callable[[], None]) -> bool:
    try:
        act()
    except OSError:
        return False
    return True


def write() -> None:
    with tempfile.TemporaryFile() as kept:
        kept.write(bytes(40 * MEGABYTE))


if __name__ == "__main__":
    answer_apart(told)
