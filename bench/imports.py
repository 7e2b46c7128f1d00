"""Times a large workbook from its file to the plan that is there, through the pages and by the command.

Run it with `python -m bench.imports`. A server of our own is started over a temporary database; memory counts the
server, or the command, together with the process that it has the file read in.
"""

import html
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import click

from bench.browsers import Browser
from bench.houses import House, house_in
from bench.loading import load_plans
from bench.memory import watched
from bench.servers import serving
from bench.workbook_plan import KEY, plan_workbook

MOST_SECONDS, MOST_MEMORY = 20.0, 300.0
_PATIENCE = 120.0
_WORD = re.compile(r'<label[^>]* for="(word_[0-9]+)"[^>]*>\s*What “([^”]+)” means')
_APPROVED = "2026-01-13"
_COMMAND = "from tracker.cli import main; main()"


@dataclass
class Taken:
    """How long a way took, step by step in seconds, and the most memory it held, in MiB."""

    way: str
    steps: list[tuple[str, float]] = field(default_factory=list)
    peak: float = 0.0

    @property
    def seconds(self) -> float:
        """All steps together."""
        return sum(seconds for _, seconds in self.steps)

    @property
    def is_good(self) -> bool:
        """Whether it stayed within both limits."""
        return self.seconds <= MOST_SECONDS and self.peak <= MOST_MEMORY


class Clock:
    """Notes how long each step took since the one before."""

    def __init__(self, taken: Taken) -> None:
        self._taken, self._last = taken, time.perf_counter()

    def note(self, step: str) -> None:
        """Note that a step is over."""
        now = time.perf_counter()
        self._taken.steps.append((step, now - self._last))
        self._last = now


def through_pages(house: House, email: str, rows: int) -> Taken:
    """Bring a workbook in as a person does who leaves every suggestion as it is."""
    taken = Taken("pages")
    raw = plan_workbook(rows, number=1)
    with serving(house) as server:
        browser = server.signed_in(email)
        asked = browser.form("/plans/new", "title")
        with watched(server.process) as watch:
            clock = Clock(taken)
            fields = asked | {"title": "Large plan", "approved_on": _APPROVED}
            status, here = browser.send_file("/plans/new", fields, ("plan.xlsx", raw))
            _expect(status, 303, "the file")
            clock.note("file sent")
            page = _as_soon_as_read(browser, here)
            clock.note("file read")
            _expect(browser.post(here, browser.form(here, "title") | _colours(page)), 303, "the key to colours")
            _as_soon_as_read(browser, here)
            clock.note("key answered, read again")
            for step in ("checks", "preview", "leads"):
                _expect(browser.get(f"{here}/{step}")[0], 200, step)
            clock.note("three steps looked at")
            last = f"{here}/confirm"
            _expect(browser.post(last, browser.form(last, "version")), 303, "the import")
            clock.note("imported")
        taken.peak = watch.peak
    return taken


def by_command(house: House, folder: Path, rows: int) -> Taken:
    """Bring another workbook in as an operator does."""
    taken = Taken("command")
    file = folder / "plan.xlsx"
    file.write_bytes(plan_workbook(rows, number=2))
    key = ", ".join(f"{word} = {code}" for word, code in KEY.items())
    words = ["import-plan", str(file), "--title", "Large plan", "--approved-on", _APPROVED, "--rag-key", key]
    clock = Clock(taken)
    taken.peak = run_command(house, folder, words)
    clock.note("imported")
    return taken


def run_command(house: House, folder: Path, words: list[str]) -> float:
    """Run `tracker` with these words, keep in the folder what it says, and return the most memory that it held."""
    with (folder / "command.log").open("wb") as said:
        command = [sys.executable, "-c", _COMMAND, *words]
        process = subprocess.Popen(command, env=house.as_environment(), stdout=said, stderr=said)
        with watched(process.pid) as watch:
            _expect(process.wait(), 0, "the command")
    return watch.peak


def _as_soon_as_read(browser: Browser, here: str) -> str:
    """Return the page of what was found, asked for as often as the waiting page asks for itself, or quicker."""
    ends = time.perf_counter() + _PATIENCE
    while time.perf_counter() < ends:
        page = browser.get(here)[1]
        if 'name="title"' in page:
            return page
        time.sleep(0.2)
    raise SystemExit("The file was not read in time.")


def _colours(page: str) -> dict[str, str]:
    return {name: KEY[html.unescape(word)] for name, word in _WORD.findall(page)}


def _expect(status: int, wanted: int, what: str) -> None:
    if status != wanted:
        raise SystemExit(f"{what[0].upper()}{what[1:]}: the answer was {status}, not {wanted}.")


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--rows", default=2000, show_default=True, type=click.IntRange(1, 9_000), help="Rows of the workbook.")
def main(rows: int) -> None:
    """Time the import of a large workbook; it fails when a way takes more than 20 seconds or 300 MiB."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name, house_in(Path(name)) as house:
        office = load_plans(house.app, 1).office
        found = [through_pages(house, office, rows), by_command(house, Path(name), rows)]
    for taken in found:
        click.echo(f"{taken.way}: {rows:,} rows in {taken.seconds:.1f} s, at most {taken.peak:.0f} MiB")
        for step, seconds in taken.steps:
            click.echo(f"  {step:<26}{seconds:6.1f} s")
    if not all(taken.is_good for taken in found):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
