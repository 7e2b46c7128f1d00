"""How much memory a process holds together with those that it starts, looked at again and again while it works."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_EVERY_SECONDS = 0.02


class Watch:
    """The most memory that a process and all it started held at one moment, in MiB; 0 where the system does not say."""

    def __init__(self, process: int) -> None:
        self.peak = 0.0
        self._process = process
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def begin(self) -> None:
        """Begin to look."""
        self._thread.start()

    def end(self) -> None:
        """Look no more."""
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.is_set():
            self.peak = max(self.peak, sum(_held(one) for one in _family(self._process)))
            time.sleep(_EVERY_SECONDS)


@contextmanager
def watched(process: int) -> Iterator[Watch]:
    """Watch a process for as long as the block runs."""
    watch = Watch(process)
    watch.begin()
    try:
        yield watch
    finally:
        watch.end()


def _family(process: int) -> Iterator[int]:
    """Yield a process and those that it started, and they again; of other systems than Linux the process alone."""
    yield process
    for file in Path("/proc", str(process), "task").glob("*/children"):
        with suppress(OSError):
            for child in file.read_text(encoding="ascii").split():
                yield from _family(int(child))


def _held(process: int) -> float:
    with suppress(OSError):
        for line in Path("/proc", str(process), "status").read_text(encoding="utf-8").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    return 0.0
