"""Erasing words and files for good, and doing it again after a restore; what must be erased is decided elsewhere.

The list of erasures is a file outside the database, a line each: which record and which fields, never what stood there.
A column that names a kept file says in its `info` under `TOLD_IN` which column then tells that the file was erased. One
whose values must never come again names under `SPENT_IN` the table that keeps a keyed digest of each, and one whose
values say what belongs together has `TELLS_TOGETHER`: the same value leaves the same mark.
"""

import json
import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, RowMapping, String, Table, Text, delete, func, insert, select, update
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.changelog import Subject, digest_of, record_event
from tracker.core.changelog.chain import keyed, moment, same
from tracker.core.changelog.tables import log_entry, log_payload
from tracker.core.database import Base
from tracker.core.files import FileStore
from tracker.core.problems import Invalid
from tracker.core.sqlite import purge_words

ERASED = "[erased]"
"""What stands where words were erased, so that nobody takes the gap for a fault; with a reason it says when and why."""

ERASED_LIKE = "[erased%]"
"""The pattern of a query that finds it, with a reason or without."""

TOLD_IN = "erasing_is_told_in"
SPENT_IN = "erasing_leaves_a_digest_in"
TELLS_TOGETHER = "erasing_leaves_a_mark"
_MARK_LENGTH = 11
LONGEST_WHY = 80

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
    why: str = ""

    @property
    def words(self) -> str:
        """What stands in the place of what was erased."""
        return f"[erased on {datetime.fromisoformat(self.at):%-d %b %Y}: {self.why}]" if self.why else ERASED

    def line(self, key: bytes) -> str:
        """Return the line of the list, sealed."""
        facts = {"at": self.at, "kind": self.kind, "id": self.id, "fields": list(self.fields), "born": self.born}
        facts |= {"why": self.why} if self.why else {}
        return json.dumps({**facts, "seal": _seal(key, facts)})


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where erasing reaches beside the database: the list of erasures with the key of its seals, and the files."""

    ledger: Path
    key: bytes
    files: FileStore


def is_erased(text: str) -> bool:
    """Say whether words are what stands in the place of erased ones."""
    return text.startswith(ERASED[:-1]) and text.endswith("]")


def erase(session: Session, keeping: Keeping, subject: Subject, fields: Sequence[str], *, why: str = "") -> Erasure:
    """Erase text fields or the kept file of a record, and what the log kept beside its chain on that record.

    The list has it before the database does: stopped in between, a restore erases it all the same. Raises `Invalid`
    for a table or field that does not exist or holds no free text, for a record that is not there, and for a file
    without a reason: its record tells when and why.
    """
    table = table_of(subject.kind, fields)
    check_why(why, is_needed=any(TOLD_IN in table.c[name].info for name in fields))
    connection = session.connection()
    if not _is_there(connection, table, subject.id):
        raise Invalid(None, f"There is no {subject.kind} {subject.id}.")
    born = _first_entry(connection, subject)
    erasure = Erasure(moment(clock.now()), subject.kind, subject.id, tuple(sorted(fields)), born, why)
    add_to_list(keeping.ledger, keeping.key, [erasure])
    erase_again(session, erasure, keeping.files)
    return erasure


def erase_again(session: Session, erasure: Erasure, files: FileStore, *, purges: bool = True) -> bool:
    """Do an erasure of the list; False when it was done already, or another record bears the id now.

    A file goes before its record says so: stopped in between, the same command does the rest. Of a record that was
    taken away, the words that the log kept go. Whoever does many of these purges the indexes once, after them all.
    """
    table = table_of(erasure.kind, erasure.fields)
    subject = Subject(erasure.kind, erasure.id)
    connection = session.connection()
    if not _is_there(connection, table, erasure.id) or _first_entry(connection, subject) != erasure.born:
        return bool(erasure.born) and forget_life(session, erasure.born)
    key, told = int(erasure.id), _told_fields(table, erasure.fields)
    stored = connection.execute(select(table).where(table.c.id == key)).mappings().one()
    delete_securely(connection)
    is_left = any(stored[name] and not is_erased(stored[name]) for name in told)
    if is_left:
        for name in erasure.fields:
            if TOLD_IN in table.c[name].info and stored[name]:
                files.remove(stored[name])
        write_over(connection, erasure, stored)
    if is_left and purges:
        purge_indexes(connection, {table.name})
    if not forget_log(connection, erasure.kind, [erasure.id]) and not is_left:
        return False
    record_event(session, "erased", subject=subject, detail={"fields": list(erasure.fields)})
    return True


def write_over(connection: Connection, erasure: Erasure, stored: RowMapping) -> None:
    """Put what tells of an erasure in the place of a record's words; what was empty stays so."""
    table = table_of(erasure.kind, erasure.fields)
    told = [
        name
        for name in _told_fields(table, erasure.fields)
        if name not in erasure.fields or (stored[name] and not is_erased(stored[name]))
    ]
    values: dict[str, Any] = {name: words_for(connection, erasure, table.c[name], stored[name]) for name in told}
    if "version" in table.c:
        values["version"] = table.c.version + 1  # a form opened before must not bring the words back
    connection.execute(update(table).where(table.c.id == stored["id"]).values(values))


def forget_log(connection: Connection, kind: str, keys: Collection[str]) -> int:
    """Erase what the log kept beside its chain on records, but for their being erased; return of how many entries."""
    of_it = (log_entry.c.subject_kind == kind) & log_entry.c.subject_id.in_(keys) & (log_entry.c.act != "erased")
    entries = select(log_entry.c.number).where(of_it)
    return connection.execute(delete(log_payload).where(log_payload.c.entry_number.in_(entries))).rowcount


def forget_life(session: Session, born: str) -> bool:
    """Erase what the log kept of a record that was taken away, known by the seal of its first entry; False for nothing.

    Its number may be another record's by now, whose words stay.
    """
    connection = session.connection()
    first = connection.execute(select(log_entry).where(log_entry.c.entry_hash == born)).mappings().one_or_none()
    if first is None:
        return False
    of_it = (log_entry.c.subject_kind == first["subject_kind"]) & (log_entry.c.subject_id == first["subject_id"])
    since = of_it & (log_entry.c.number >= first["number"])
    end = connection.scalar(select(func.min(log_entry.c.number)).where(since, log_entry.c.act == "delete"))
    if end is None:
        return False
    life = select(log_entry.c.number).where(since, log_entry.c.number <= end)
    delete_securely(connection)
    gone = connection.execute(delete(log_payload).where(log_payload.c.entry_number.in_(life))).rowcount
    if gone:
        record_event(session, "erased", subject=Subject(first["subject_kind"], first["subject_id"]), detail={"gone": 1})
    return bool(gone)


def delete_securely(connection: Connection) -> None:
    """Have what is erased from here on overwritten: else the words stay readable in free pages of SQLite's file."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")


def purge_indexes(connection: Connection, tables: Iterable[str]) -> None:
    """Take words that were erased out of the indexes of tables; PostgreSQL does that by itself."""
    if connection.dialect.name == "sqlite":
        for table in sorted(tables):
            purge_words(connection, table)


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
        facts = {name: whole[name] for name in _FIELDS} | ({"why": whole["why"]} if "why" in whole else {})
        holds = same(str(whole["seal"]), _seal(key, facts))
    except (ValueError, KeyError, TypeError, RecursionError):
        holds = False
    if not holds:
        raise BrokenListError(f"Line {number} of the list of erasures was altered, or made with another key.")
    return Erasure(facts["at"], facts["kind"], facts["id"], tuple(facts["fields"]), facts["born"], facts.get("why", ""))


def _seal(key: bytes, facts: dict[str, Any]) -> str:
    return keyed(key, ["tracker-erasure v1", *(json.dumps(fact) for fact in facts.values())])


def table_of(kind: str, fields: Sequence[str]) -> Table:
    """Return the table of a kind; raises `Invalid` for one, or a field, that does not exist or holds no words."""
    table = Base.metadata.tables.get(kind)
    if table is None or "id" not in table.c:
        raise Invalid(None, f"There is no table {kind}.")
    for name in fields:
        if name not in table.c or not (_is_free_text(table, name) or {TOLD_IN, SPENT_IN} & table.c[name].info.keys()):
            raise Invalid(None, f"{kind} has no field {name} that holds words.")
    for column in table.c:
        if column.info.get(TOLD_IN) in fields and column.name not in fields:
            raise Invalid(None, f"The name of a file is erased with the file: name the field {column.name}.")
    return table


def _told_fields(table: Table, fields: Sequence[str]) -> list[str]:
    """Return the fields in which it then stands that something was erased."""
    return sorted({table.c[name].info.get(TOLD_IN, name) for name in fields})


def words_for(connection: Connection, erasure: Erasure, column: Column[Any], stored: str | None) -> str:
    """Return what stands in a column from now on, having kept the digest of what must never come again."""
    if SPENT_IN in column.info:
        _spend(connection, column, stored or "")
        return f"[erased {erasure.id}]"
    if TELLS_TOGETHER in column.info:
        return f"[erased {digest_of(column.name, stored or '')[:_MARK_LENGTH]}]"
    longest = getattr(column.type, "length", None)
    return erasure.words if longest is None or len(erasure.words) <= longest else ERASED


def _spend(connection: Connection, column: Column[Any], stored: str) -> None:
    table, digest = Base.metadata.tables[column.info[SPENT_IN]], digest_of(column.name, stored)
    if connection.scalar(select(table.c.id).where(table.c.digest == digest)) is None:
        connection.execute(insert(table).values(digest=digest, why="erased", spent_at=clock.now()))


def check_why(why: str, *, is_needed: bool) -> None:
    """Raise `Invalid` for a reason that is no line of its own, or for none where the record keeps it."""
    if is_needed and not why:
        raise Invalid(None, "Say why the file is erased, with --why: its record keeps the reason.")
    if len(why) > LONGEST_WHY or not why.isprintable():
        raise Invalid(None, f"The reason must be one line of at most {LONGEST_WHY} characters.")


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
