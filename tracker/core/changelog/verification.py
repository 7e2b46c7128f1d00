"""Walks the chain from its first entry and finds the first that does not hold; changes nothing."""

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, LargeBinary, Row, cast, select
from sqlalchemy.orm import Session

from tracker.core.changelog.chain import GENESIS, NO_PAYLOAD, Entry, checked_key, payload_hash, same, seal
from tracker.core.changelog.checkpoints import Checkpoint
from tracker.core.changelog.tables import log_entry, log_payload

_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Verdict:
    """What walking the chain found; `entries` counts those that hold, `problem` is one sentence, empty when all do."""

    whole: bool
    entries: int
    erased_payloads: int
    first_broken: int | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Stored:
    entry: Entry
    entry_hash: str
    salt: str | None
    before: str | None
    after: str | None

    @property
    def erased(self) -> bool:
        return self.salt is None and self.entry.payload_hash != NO_PAYLOAD


def verify(
    session: Session,
    key: bytes,
    against: Checkpoint | None = None,
    *,
    after_each: Callable[[int], object] | None = None,
) -> Verdict:
    """Prove the log whole, or name the first broken entry and what is wrong with it; memory stays flat at any length.

    Against a checkpoint it also notices a tail that was cut off, grown again or not; a checkpoint that was altered
    raises `CheckpointError`. Payloads that retention erased are counted and break nothing. `after_each` hears the
    number of each good entry.
    """
    checked_key(key)
    if against is not None:
        against.check(key)
    connection = session.connection()
    entries, erased, previous = 0, 0, GENESIS
    with closing(_walk(connection)) as walk:
        for stored in walk:
            broken = _first_wrong(stored, entries + 1, previous, key, against)
            if broken:
                return Verdict(False, entries, erased, entries + 1, broken)
            entries, erased, previous = entries + 1, erased + stored.erased, stored.entry_hash
            if after_each is not None:
                after_each(entries)
    return _at_the_end(connection, against, entries, erased)


def _first_wrong(stored: _Stored, number: int, previous: str, key: bytes, against: Checkpoint | None) -> str:
    """Say what is wrong with the entry that should bear this number and follow this seal; nothing when it holds."""
    entry = stored.entry
    if entry.number != number:
        return f"Entry {number} of the change log is missing; the next one found is {entry.number}."
    if not same(stored.entry_hash, seal(key, entry)):
        other_key = " (or the whole log was, and the key is not the one it was written with)" if number == 1 else ""
        return f"Entry {number} of the change log was altered, moved or made without the key{other_key}."
    if not same(entry.previous_hash, previous):
        return f"Entry {number} of the change log does not follow entry {number - 1}: it belongs to another chain."
    if against is not None and number == against.number and not same(against.entry_hash, stored.entry_hash):
        return f"Entry {number} of the change log is not the one that the checkpoint of {against.at} saw."
    return _payload_wrong(stored)


def _payload_wrong(stored: _Stored) -> str:
    if stored.salt is None:
        return ""
    if same(stored.entry.payload_hash, payload_hash(stored.salt, stored.before, stored.after)):
        return ""
    return f"The payload of entry {stored.entry.number} of the change log (what stood before and after) was altered."


def _at_the_end(connection: Connection, against: Checkpoint | None, entries: int, erased: int) -> Verdict:
    if against is not None and against.number > entries:
        cut = (
            f"The end of the change log was cut off: it stops at entry {entries}, "
            f"and the checkpoint of {against.at} saw entry {against.number}."
        )
        return Verdict(False, entries, erased, entries + 1, cut)
    stray = select(log_payload.c.entry_number).outerjoin(log_entry).where(log_entry.c.number.is_(None))
    number = connection.scalar(stray.order_by(log_payload.c.entry_number).limit(1))
    if number is not None:
        lone = f"There is a payload for entry {number} of the change log, and no such entry."
        return Verdict(False, entries, erased, number, lone)
    return Verdict(True, entries, erased)


def _walk(connection: Connection) -> Generator[_Stored]:
    """Yield the entries in order with their payloads, fetched a few hundred at a time."""
    on_sqlite = connection.dialect.name == "sqlite"
    columns = [_readable(column, on_sqlite=on_sqlite) for column in (*log_entry.c, *log_payload.c)]
    rows = select(*columns).select_from(log_entry.outerjoin(log_payload)).order_by(log_entry.c.number)
    with connection.execute(rows.execution_options(yield_per=_AT_A_TIME)) as result:
        for row in result:
            yield _from_row(row)


def _readable(column: ColumnElement[Any], *, on_sqlite: bool) -> ColumnElement[Any]:
    """Ask SQLite for the bytes: a text altered into something unreadable must break its entry, not the reading."""
    if on_sqlite and column.type.python_type is str:
        return cast(column, LargeBinary)
    return column


def _from_row(row: Row[Any]) -> _Stored:
    parts: list[Any] = [_text_of(value) for value in row]
    *sealed, entry_hash, _payload_number, salt, before, after = parts
    return _Stored(Entry(*sealed), entry_hash, salt, before, after)


def _text_of(value: Any) -> Any:
    return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else value
