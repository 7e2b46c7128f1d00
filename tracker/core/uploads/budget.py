"""What the checking of one file may cost: bytes unpacked, parts and seconds; what is looked for is said elsewhere."""

import time
from dataclasses import dataclass, field

from tracker.core.uploads.refusals import TOO_LONG, TOO_MUCH, RefusedFileError

MEGABYTE = 1024 * 1024


@dataclass
class Budget:
    """What is left to spend on a file with everything that is packed in it, however deep."""

    bytes_left: int = 100 * MEGABYTE
    parts_left: int = 3000
    depth_left: int = 3
    ends_at: float = field(default_factory=lambda: time.monotonic() + 20)

    def spend(self, count: int) -> None:
        """Count unpacked bytes; raises `RefusedFileError` when there are too many or it takes too long."""
        self.bytes_left -= count
        if self.bytes_left < 0:
            raise RefusedFileError(TOO_MUCH)
        if time.monotonic() > self.ends_at:
            raise RefusedFileError(TOO_LONG)

    def begin_part(self) -> None:
        """Count one part of an archive or a letter."""
        self.parts_left -= 1
        if self.parts_left < 0:
            raise RefusedFileError(TOO_MUCH)

    def go_deeper(self) -> None:
        """Count one step into a file within a file."""
        self.depth_left -= 1
        if self.depth_left < 0:
            raise RefusedFileError(TOO_MUCH)

    def come_back(self) -> None:
        """Leave a file within a file."""
        self.depth_left += 1
