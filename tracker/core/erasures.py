"""Erasing the words of a record for good, and doing it again after a restore; what must be erased is decided elsewhere.

The list of erasures is a file outside the database, a line each: which record and which fields, never what stood there.
"""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, String, Table, Text, delete, select, update
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.changelog import Subject, record_event
from tracker.core.changelog.chain import keyed, moment, same
from tracker.core.changelog.tables import log_entry, log_payload
from tracker.core.database import Base
from tracker.core.problems import Invalid
from tracker.core.sqlite import purge_words

ERASED = "[erased]"
"""What stands where words were erased, so that nobody takes the gap for a fault."""

_FIELDS = ("at", "kind", "id", "fields", "born")


class BrokenListError(ValueError):
    """A line of the list of erasures was altered, cut, or written with another key."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """One erasure. `born` is the seal of the record's first log entry.

    Ids are given anew after a restore, and the record that bears this one may then be another; `born` tells them apart.
    """

    at: str
    kind: str
    id: str
    fields: tuple[str, ...]
    born: str

    def line(self, key: bytes) -> str:
        """Return the line of the list, sealed."""
        facts = {"at": self.at, "kind": self.kind, "id": self.id, "fields": list(self.fields), "born": self.born}
        return json.dumps({**facts, "seal": _seal(key, facts)})


def erase(session: Session, ledger: Path, key: bytes, subject: Subject, fields: Sequence[str]) -> Erasure:
    """Erase text fields of a record, and what the log kept beside its chain on that record.

    The list has it before the database does: stopped in between, a restore erases it all the same. Raises `Invalid`
    for a table or field that does not exist or holds no free text, and for a record that is not there.
    """
    table = _table(subject.kind, fields)
    connection = session.connection()
    if not _is_there(connection, table, subject.id):
        raise Invalid(None, f"There is no {subject.kind} {subject.id}.")
    erasure = Erasure(
        moment(clock.now()), subject.kind, subject.id, tuple(sorted(fields)), _first_entry(connection, subject)
    )
    add_to_list(ledger, key, [erasure])
    erase_again(session, erasure)
    return erasure


def erase_again(session: Session, erasure: Erasure) -> bool:
    """Do an erasure of the list; False when it was done already, or another record bears the id now."""
    table = _table(erasure.kind, erasure.fields)
    subject = Subject(erasure.kind, erasure.id)
    connection = session.connection()
    if not _is_there(connection, table, erasure.id) or _first_entry(connection, subject) != erasure.born:
        return False
    key = int(erasure.id)
    stored = connection.execute(select(*(table.c[name] for name in erasure.fields)).where(table.c.id == key)).one()
    if all(value in {None, "", ERASED} for value in stored):
        return False
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")  # or the words stay readable in the file's free pages
    values: dict[str, Any] = dict.fromkeys(erasure.fields, ERASED)
    if "version" in table.c:
        values["version"] = table.c.version + 1  # a form opened before must not bring the words back
    connection.execute(update(table).where(table.c.id == key).values(values))
    if connection.dialect.name == "sqlite":
        purge_words(connection, table.name)
    of_it = select(log_entry.c.number).where(
        log_entry.c.subject_kind == erasure.kind, log_entry.c.subject_id == erasure.id
    )
    connection.execute(delete(log_payload).where(log_payload.c.entry_number.in_(of_it)))
    record_event(session, "erased", subject=subject, detail={"fields": list(erasure.fields)})
    return True


def add_to_list(ledger: Path, key: bytes, erasures: Iterable[Erasure]) -> None:
    """Append lines and wait until they are on the disk; the file is its owner's alone."""
    descriptor = os.open(ledger, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.writelines(erasure.line(key) + "\n" for erasure in erasures)
        opened.flush()
        os.fsync(descriptor)


def read_list(text: str, key: bytes) -> list[Erasure]:
    """Read a list of erasures, in order; raises `BrokenListError` with the number of a line that does not hold."""
    return [_read_line(line, number, key) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]


def _read_line(line: str, number: int, key: bytes) -> Erasure:
    try:
        whole = json.loads(line)
        facts = {name: whole[name] for name in _FIELDS}
        holds = same(str(whole["seal"]), _seal(key, facts))
    except (ValueError, KeyError, TypeError, RecursionError):
        holds = False
    if not holds:
        raise BrokenListError(f"Line {number} of the list of erasures was altered, or made with another key.")
    return Erasure(facts["at"], facts["kind"], facts["id"], tuple(facts["fields"]), facts["born"])


def _seal(key: bytes, facts: dict[str, Any]) -> str:
    return keyed(key, ["tracker-erasure v1", *(json.dumps(facts[name]) for name in _FIELDS)])


def _table(kind: str, fields: Sequence[str]) -> Table:
    table = Base.metadata.tables.get(kind)
    if table is None or "id" not in table.c:
        raise Invalid(None, f"There is no table {kind}.")
    for name in fields:
        if name not in table.c or not _is_free_text(table, name):
            raise Invalid(None, f"{kind} has no field {name} that holds words.")
    return table


def _is_free_text(table: Table, name: str) -> bool:
    """Say whether words stand in a column: not a choice, not a code that must be unlike all others."""
    column = table.c[name]
    return type(column.type) in {String, Text} and not column.unique and not column.foreign_keys


def _is_there(connection: Connection, table: Table, key: str) -> bool:
    return key.isdecimal() and connection.scalar(select(table.c.id).where(table.c.id == int(key))) is not None


def _first_entry(connection: Connection, subject: Subject) -> str:
    of_it = (log_entry.c.subject_kind == subject.kind) & (log_entry.c.subject_id == subject.id)
    inserts = select(log_entry.c.entry_hash).where(of_it, log_entry.c.act == "insert")
    return connection.scalar(inserts.order_by(log_entry.c.number.desc()).limit(1)) or ""
