"""How far a work on a file is, noted beside it so that any process of the service can tell; the work is others'."""

import re
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

# Older than so many seconds it was left behind by a process that died.
_OLDEST = 60
_NOTED = re.compile(r"([0-9]{1,7}) of ([0-9]{1,7})")


@dataclass(frozen=True)
class Note:
    """How much of a work is done, as long as it goes on."""

    path: Path

    def write(self, done: int, of: int) -> None:
        """Note how much is done, whole or not at all; what cannot be noted holds no work up."""
        fresh = self.path.with_name(f"{self.path.name}.new")
        with suppress(OSError):
            fresh.write_text(f"{done} of {of}", encoding="ascii")
            fresh.replace(self.path)

    def read(self) -> tuple[int, int] | None:
        """Return how much is done and of how much, or None when nothing goes on."""
        try:
            is_old = time.time() - self.path.stat().st_mtime > _OLDEST
            noted = None if is_old else _NOTED.fullmatch(self.path.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return None
        return (int(noted[1]), int(noted[2])) if noted else None

    def remove(self) -> None:
        """Say that nothing goes on any more."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)
