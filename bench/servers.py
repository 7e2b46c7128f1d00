"""A server process of our own over a house, started as an operator starts it; who calls it stands elsewhere."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

from bench.browsers import GONE, Browser
from bench.houses import House
from bench.sizes import PASSWORD

START_SECONDS = 120.0
_SERVE = "from tracker.cli import main; main()"


class Server:
    """One `tracker serve`, which may be killed and started again on the same port."""

    def __init__(self, house: House) -> None:
        self.port = _free_port()
        self._house = house
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start it and wait until it answers; return how many seconds that took.

        The signing-in page needs the database and the templates: whoever can read it can use the service.
        """
        began = time.perf_counter()
        log = self._house.folder / "server.log"
        with log.open("wb") as said:
            process = subprocess.Popen(
                [sys.executable, "-c", _SERVE, "serve", "--port", str(self.port)],
                env=self._house.as_environment(),
                stdout=said,
                stderr=said,
            )
        self._process = process
        while time.perf_counter() - began < START_SECONDS and process.poll() is None:
            with suppress(*GONE):
                if Browser(self.port).get("/sign-in")[0] == 200:
                    return time.perf_counter() - began
            time.sleep(0.02)
        self.kill()
        raise SystemExit(f"The server did not start: {log.read_text()[-300:]}")

    def kill(self) -> None:
        """Kill it at once, without letting it end anything (SIGKILL)."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def signed_in(self, email: str) -> Browser:
        """Return a browser in which somebody has signed in through the page."""
        browser = Browser(self.port)
        form = browser.form("/sign-in", "password")
        if browser.post("/sign-in", form | {"email": email, "password": PASSWORD}) not in {302, 303}:
            raise SystemExit(f"{email} cannot sign in.")
        return browser

    @property
    def process(self) -> int:
        """The id of its process, 0 while it is down."""
        return self._process.pid if self._process is not None else 0

    def cpu_seconds(self) -> float | None:
        """Return how long the process has kept processors busy so far; nothing where the system does not say."""
        fields = self._from_system("stat").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") if fields else None

    def peak_memory(self) -> float | None:
        """Return the most memory that the process has held so far, in MiB; nothing where the system does not say."""
        for line in self._from_system("status").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
        return None

    def _from_system(self, name: str) -> str:
        """Return what Linux says of the process under a name; other systems say nothing."""
        if self._process is None:
            return ""
        with suppress(OSError):
            return Path("/proc", str(self._process.pid), name).read_text(encoding="utf-8")
        return ""


@contextmanager
def serving(house: House) -> Iterator[Server]:
    """Give a server that answers; it is gone after the block."""
    server = Server(house)
    try:
        server.start()
        yield server
    finally:
        server.kill()


def _free_port() -> int:
    """Return a port below those that the system gives to callers.

    With one of those, a call to a server that is down may by chance come from its very port and keep it from starting.
    """
    for port in Random().sample(range(20_000, 30_000), 100):
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise SystemExit("There is no free port.")
