"""Waiting until the disk knows of a change to a folder; what is written there is its writer's."""

import os
from pathlib import Path


def settle(folder: Path) -> None:
    """Wait until the disk holds what was named in a folder."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
