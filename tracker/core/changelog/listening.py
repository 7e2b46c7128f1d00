"""Switches the change log on for this process: which events lead to which of its parts."""

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Mapper, Session

from tracker.core.changelog import guard, mapper_events
from tracker.core.changelog.chain import checked_key, keyed
from tracker.core.changelog.pending import pending_on, take_pending
from tracker.core.changelog.writer import append
from tracker.core.database import begin_writing

_keys: list[bytes] = []


def configure(key: bytes) -> None:
    """Log every change of every mapped class from now on, sealed with this key (32 bytes or more, not in the database).

    Calling it again only changes the key. Raises `ValueError` when the key is too short.
    """
    first = not _keys
    _keys[:] = [checked_key(key)]
    if first:
        _listen()


def digest_of(what: str, value: str) -> str:
    """Return a digest by which a value is known again and cannot be guessed: it needs the key of the log."""
    return keyed(_keys[0], ["tracker-digest v1", what, value])


def _listen() -> None:
    event.listen(Mapper, "after_insert", mapper_events.after_insert)
    event.listen(Mapper, "before_update", mapper_events.before_update)
    event.listen(Mapper, "after_update", mapper_events.after_update)
    event.listen(Mapper, "before_delete", mapper_events.before_delete)
    event.listen(Mapper, "mapper_configured", guard.refuse_blind_spots)
    event.listen(Session, "do_orm_execute", guard.refuse_bulk)
    event.listen(Engine, "commit", _write)
    event.listen(Engine, "rollback", take_pending)
    event.listen(Engine, "savepoint", _mark)
    event.listen(Engine, "release_savepoint", _keep_since_mark)
    event.listen(Engine, "rollback_savepoint", _undo_to_mark)


def _write(connection: Connection) -> None:
    """Write what was noted, as the last thing before the commit: no way of committing can leave the log behind."""
    if changes := take_pending(connection):
        append(connection, _keys[0], changes)


def write_noted(session: Session) -> None:
    """Write what a long transaction noted so far, so that it need not be held in memory; outside savepoints only.

    It stands or falls with the transaction as everything else does. Whoever else writes waits until this one has ended.
    """
    session.flush()
    connection = session.connection()
    if pending_on(connection).marks:
        raise RuntimeError("The log of a savepoint is written when it is known whether it stays.")
    _write(connection)


def _mark(connection: Connection, name: str | None) -> None:
    """Remember where a savepoint begins; it has no name yet, so the innermost is known by being the last."""
    del name
    # On SQLite a savepoint outside a transaction commits when released: before the log is written.
    begin_writing(connection)
    pending = pending_on(connection)
    pending.marks.append(len(pending.changes))


def _keep_since_mark(connection: Connection, name: str, context: None) -> None:
    del name, context
    pending_on(connection).marks.pop()


def _undo_to_mark(connection: Connection, name: str, context: None) -> None:
    del name, context
    pending = pending_on(connection)
    del pending.changes[pending.marks.pop() :]
