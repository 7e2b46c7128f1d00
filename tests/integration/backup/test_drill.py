"""The drill: a backup while twenty people write, restored elsewhere, is the whole of one committed moment."""

import threading
from collections import defaultdict
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from typing import Any, Self

import pytest
from click.testing import Result
from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.browsers import form_with
from tests.conftest import A_THURSDAY
from tests.integration.attacks.visitor import Visitor
from tests.support import installations
from tests.support.builders.people import a_person
from tests.support.builders.plans import a_plan, an_action
from tests.support.checked_client import PASSWORD
from tests.support.installations import Installation
from tracker.core import clock
from tracker.core.changelog.tables import log_entry
from tracker.people.rules import Role
from tracker.plans.models import Update

WRITERS = 20
PAUSE = 0.5
MOST_BACKUPS = 40
RED = {"declared": "R", "why": "Posts are vacant", "doing": "Interviews are held"}


@pytest.fixture
def actions(place: Installation) -> list[str]:
    """The addresses of twenty actions, all led by one person."""
    with Session(place.engine) as session:
        lead = a_person(session, Role.LEAD, "Priya Nair", email="priya@council.example")
        plan = a_plan(session, slug="plan")
        refs = [an_action(session, plan, title=f"Action {number}", lead=lead).ref for number in range(WRITERS)]
        session.commit()
    return [f"/plans/plan/{ref}/update" for ref in refs]


def _signed_in(place: Installation) -> Visitor:
    visitor = Visitor(place.app)
    visitor.is_broken = True
    assert visitor.sign_in("priya@council.example", PASSWORD).status_code == 303
    return visitor


class Writing:
    """Twenty people who write through the pages of two web servers until they are told to stop."""

    def __init__(self, servers: Sequence[Installation], addresses: list[str]) -> None:
        self.saved: dict[int, int] = defaultdict(int)
        self.faults: list[str] = []
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._write, args=(_signed_in(server), number, address))
            for number, (address, server) in enumerate(zip(addresses, cycle(servers), strict=False))
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _write(self, visitor: Visitor, number: int, address: str) -> None:
        with clock.at(A_THURSDAY):
            while not self._stop.wait(PAUSE):
                self._save(visitor, number, address)

    def _save(self, visitor: Visitor, number: int, address: str) -> None:
        form = form_with(visitor.get(address).text, "happened")
        assert form is not None
        said = f"Writer {number} update {self.saved[number]}"
        answer = visitor.post(address, data={**form, **RED, "happened": said})
        if answer.status_code == 303:
            self.saved[number] += 1
        elif answer.status_code != 503:  # too many at once: not saved, and said so
            self.faults.append(f"{said}: {answer.status_code}")


def _while_somebody_saves(place: Installation, kept: Path, writing: Writing) -> tuple[Result, int]:
    """Back up until all were writing and one was answered meanwhile; return that backup and how many came before it."""
    for _ in range(MOST_BACKUPS):
        before = sum(writing.saved.values())
        made = place.run("backup", kept)
        all_write = all(writing.saved[number] for number in range(WRITERS))
        if made.exit_code or writing.faults or (all_write and sum(writing.saved.values()) > before):
            return made, before
    raise AssertionError(f"not everybody could write: {dict(writing.saved)}")


def updates_in(place: Installation) -> dict[int, tuple[Any, ...]]:
    with Session(place.engine) as session:
        rows = session.execute(select(Update.id, Update.action_id, Update.happened, Update.why, Update.author_id))
        return {row.id: tuple(row) for row in rows}


def entries_in(place: Installation) -> dict[int, tuple[str, str, str, str]]:
    columns = (log_entry.c.entry_hash, log_entry.c.act, log_entry.c.subject_kind, log_entry.c.subject_id)
    with Session(place.engine) as session:
        rows = session.execute(select(log_entry.c.number, *columns)).all()
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in rows}


@pytest.mark.both_databases
def test_a_backup_while_twenty_write_is_one_committed_moment(
    place: Installation, actions: list[str], tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    second = installations.installation(place.address, place.folder)
    with Writing([place, second], actions) as writing:
        made, before = _while_somebody_saves(place, kept, writing)
    second.rest()
    assert (made.exit_code, writing.faults) == (0, []), made.output

    elsewhere = installations.empty_beside(place, tmp_path / "elsewhere")
    restored = elsewhere.run("restore", "--yes", made.stdout.strip())
    assert restored.exit_code == 0, restored.output
    assert elsewhere.run("verify-log").exit_code == 0

    ours, theirs = entries_in(place), entries_in(elsewhere)
    ours_then = {number: entry for number, entry in ours.items() if number < max(theirs)}
    assert ours_then.items() == {item for item in theirs.items() if item[1][1] != "restored"}
    stored, now = updates_in(elsewhere), updates_in(place)
    logged = {int(key) for _, act, kind, key in ours_then.values() if (act, kind) == ("insert", "progress_update")}
    assert set(stored) == logged
    assert stored.items() <= now.items()
    assert before <= len(stored) <= len(now)
    for number in range(WRITERS):
        said = {row[2] for row in stored.values() if row[2].startswith(f"Writer {number} ")}
        assert said == {f"Writer {number} update {turn}" for turn in range(len(said))}
    elsewhere.rest()
