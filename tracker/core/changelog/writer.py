"""Appends noted changes to the chain, one writer at a time; the only code that inserts into the log."""

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, insert, select, text
from sqlalchemy.exc import DBAPIError

from tracker.core.changelog.chain import GENESIS, NO_PAYLOAD, Entry, moment, payload_hash, seal
from tracker.core.changelog.pending import Change
from tracker.core.changelog.tables import log_entry, log_payload
from tracker.core.changelog.values import canonical

_LOCK = 7_265_083_141
"""The number by which writers on PostgreSQL wait for one another; any number nobody else uses would do."""


class LogUnavailableError(RuntimeError):
    """The change log could not be written; what it was about must not be saved or shown."""


def append(connection: Connection, key: bytes, changes: Sequence[Change]) -> None:
    """Seal the changes and write them behind the head of the chain, in the transaction that made them.

    Other writers wait from here to the commit; called as the last thing before it, that is a moment. Should the lock
    ever fail, the unique columns of the table refuse a fork. Raises `LogUnavailableError` when the database does not
    take the entries, whatever its reason: then nothing of the transaction may be kept.
    """
    try:
        _append(connection, key, changes)
    except DBAPIError as error:
        raise LogUnavailableError("The change log cannot be written, so nothing was saved.") from error


def _append(connection: Connection, key: bytes, changes: Sequence[Change]) -> None:
    _wait_for_turn(connection)
    number, previous = head(connection)
    entries: list[dict[str, Any]] = []
    payloads: list[dict[str, Any]] = []
    for change in changes:
        number += 1
        payload = _payload(number, change)
        sealed = _sealed(key, number, change, _hash_of(payload), previous)
        entries.append(sealed)
        if payload:
            payloads.append(payload)
        previous = sealed["entry_hash"]
    connection.execute(insert(log_entry), entries)
    if payloads:
        connection.execute(insert(log_payload), payloads)


def head(connection: Connection) -> tuple[int, str]:
    """Return the number and the seal of the last entry, or 0 and the seal that stands before the first."""
    newest = select(log_entry.c.number, log_entry.c.entry_hash).order_by(log_entry.c.number.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    return (0, GENESIS) if row is None else (row.number, row.entry_hash)


def _wait_for_turn(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
    else:
        # It changes no row, but takes SQLite's only write lock before the head is read.
        connection.execute(text("UPDATE log_entry SET number = number WHERE number < 0"))


def _payload(number: int, change: Change) -> dict[str, Any] | None:
    if change.before is None and change.after is None:
        return None
    before = None if change.before is None else canonical(change.before)
    after = None if change.after is None else canonical(change.after)
    return {"entry_number": number, "salt": secrets.token_hex(16), "before": before, "after": after}


def _hash_of(payload: dict[str, Any] | None) -> str:
    return payload_hash(payload["salt"], payload["before"], payload["after"]) if payload else NO_PAYLOAD


def _sealed(key: bytes, number: int, change: Change, hashed: str, previous: str) -> dict[str, Any]:
    entry = Entry(
        number=number,
        at=moment(change.at),
        actor=change.actor,
        act=change.act,
        subject_kind=change.subject.kind,
        subject_id=change.subject.id,
        fields=",".join(change.fields),
        payload_hash=hashed,
        previous_hash=previous,
    )
    return {name: getattr(entry, name) for name in Entry.__slots__} | {"entry_hash": seal(key, entry)}
