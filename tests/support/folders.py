"""Where the tests keep what they throw away: in memory where the system offers it, so that no disk slows them down."""

import os
import tempfile
from pathlib import Path

_IN_MEMORY = Path("/dev", "shm")


def quick_folder(prefix: str) -> Path:
    """Make a private folder; whoever asks for it removes it."""
    return Path(tempfile.mkdtemp(prefix=prefix, dir=_IN_MEMORY if os.access(_IN_MEMORY, os.W_OK) else None))
