"""Kills the server again and again while people write, and counts what of the acknowledged is lost, doubled or broken.

Run it with `python -m bench.kills`. Each round: four people post updates, the server gets SIGKILL in the middle, it
starts again, the database and the change log are proved, and each form without an answer is sent once more.
"""

import re
import secrets
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import click
from flask import Flask
from sqlalchemy.orm import Session

from bench.browsers import GONE, Browser, Fields
from bench.houses import house_in
from bench.loading import load_plans
from bench.servers import Server, serving
from tracker.core.changelog import verify
from tracker.extensions import db

WRITERS = 4
_ACTION = re.compile(r'href="(/plans/[a-z0-9-]+/[0-9]+[.][0-9]+)/update"')


@dataclass
class Outcome:
    """What a run found; times in seconds."""

    kills: int = 0
    acknowledged: int = 0
    resent: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)
    restarts: list[float] = field(default_factory=list)


@dataclass
class Writer:
    """One person who goes on writing until the server is gone, and knows what was acknowledged."""

    number: int
    browser: Browser
    address: str
    acknowledged: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unanswered: tuple[str, Fields] | None = None

    def write(self) -> None:
        """Post one update after the other until the connection breaks."""
        with suppress(*GONE):
            while not self.refused:
                form = self.browser.form(self.address, "happened")
                said = f"Writer {self.number} says {secrets.token_hex(8)}"
                words = {"declared": "R", "happened": said, "why": "Posts are vacant", "doing": "Interviews are held"}
                self.unanswered = (said, form | words)
                self._send()

    def send_again(self) -> bool:
        """Send the form that got no answer once more, as a person does; say whether there was one."""
        if self.unanswered is None:
            return False
        self._send()
        return True

    def _send(self) -> None:
        assert self.unanswered is not None
        said, fields = self.unanswered
        status = self.browser.post(self.address, fields)
        if status == 303:
            self.acknowledged.append(said)
            self.unanswered = None
        else:
            self.refused.append(f"{self.address} answered {status}")


def kill_again_and_again(kills: int, folder: Path, heard: Callable[[int], object], *, seed: int = 1) -> Outcome:
    """Do so many rounds in a folder and say what was found; the moments of the kills come from the seed."""
    outcome, random = Outcome(), Random(seed)
    with house_in(folder) as house:
        lead = load_plans(house.app, 1).lead
        with serving(house) as server:
            writers = _writers(server, lead)
            for _ in range(kills):
                _round(server, writers, random)
                outcome.restarts.append(server.start())
                outcome.resent += sum(writer.send_again() for writer in writers)
                outcome.kills += 1
                _prove(house.app, folder / "tracker.db", outcome)
                heard(1)
        _compare(folder / "tracker.db", writers, outcome)
    return outcome


def _round(server: Server, writers: list[Writer], random: Random) -> None:
    """Let everybody write, and kill the server at some moment after a few updates, however slow the machine is."""
    enough = sum(len(writer.acknowledged) for writer in writers) + random.randint(1, 2 * WRITERS)
    threads = [threading.Thread(target=writer.write) for writer in writers]
    for thread in threads:
        thread.start()
    while sum(len(writer.acknowledged) for writer in writers) < enough and any(thread.is_alive() for thread in threads):
        time.sleep(0.01)
    time.sleep(random.uniform(0.0, 0.3))
    server.kill()
    for thread in threads:
        thread.join()


def _writers(server: Server, email: str) -> list[Writer]:
    """Sign the lead in as often as there are writers, each for an action of their own."""
    browsers = [server.signed_in(email) for _ in range(WRITERS)]
    links = _ACTION.findall(browsers[0].get("/my/actions?show=all")[1])
    actions = list(dict.fromkeys(links))[:WRITERS]
    if len(actions) < WRITERS:
        raise SystemExit(f"The lead has {len(actions)} actions to update, and there are {WRITERS} writers.")
    pairs = zip(browsers, actions, strict=True)
    return [Writer(number, browser, f"{address}/update") for number, (browser, address) in enumerate(pairs, start=1)]


def _prove(app: Flask, file: Path, outcome: Outcome) -> None:
    """Prove the database sound and the change log whole."""
    with closing(sqlite3.connect(file, timeout=30)) as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if sound != "ok":
        outcome.unsound.append(f"kill {outcome.kills}: {sound}")
    with app.app_context(), Session(db.engine) as session:
        verdict = verify(session, app.config["SETTINGS"].log_key)
    if not verdict.whole:
        outcome.unsound.append(f"kill {outcome.kills}: {verdict.problem}")


def _compare(file: Path, writers: list[Writer], outcome: Outcome) -> None:
    """Look for each acknowledged update: it must be there once."""
    with closing(sqlite3.connect(file)) as connection:
        stored = Counter(said for (said,) in connection.execute("SELECT happened FROM progress_update"))
    said = [one for writer in writers for one in writer.acknowledged]
    outcome.acknowledged = len(said)
    outcome.unsound += [refusal for writer in writers for refusal in writer.refused]
    outcome.lost += [one for one in said if stored[one] == 0]
    outcome.doubled += [one for one in said if stored[one] > 1]


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--kills", default=100, show_default=True, type=click.IntRange(1, 10_000), help="How often to kill.")
@click.option("--seed", default=1, show_default=True, help="From which the moments of the kills come.")
def main(kills: int, seed: int) -> None:
    """Kill a server of our own while four people write to it, and say what became of what it had acknowledged."""
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        click.progressbar(length=kills, label="Killing", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar,
    ):
        found = kill_again_and_again(kills, Path(folder), bar.update, seed=seed)
    click.echo(f"kills                        {found.kills}")
    click.echo(f"acknowledged updates         {found.acknowledged}, of them sent again after a kill: {found.resent}")
    click.echo(f"lost                         {len(found.lost)}")
    click.echo(f"doubled                      {len(found.doubled)}")
    click.echo(f"database or log unsound      {len(found.unsound)}")
    click.echo(f"restart, median and longest  {statistics.median(found.restarts):.1f} s, {max(found.restarts):.1f} s")
    if found.lost or found.doubled or found.unsound:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
