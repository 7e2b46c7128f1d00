"""Changes noted in a transaction and not yet written to the log; what becomes of them follows the connection exactly.

A savepoint that is undone takes its changes with it, and so does the transaction: what did not happen is not logged.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection
from sqlalchemy.engine import RootTransaction

_KEY = "tracker-change-log"


class Subject(NamedTuple):
    """The record that an entry is about: its table and its key as text, never a reference that means a person."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Change:
    """One act, as noted when it reached the database; `before` and `after` hold plain values by field."""

    at: datetime
    actor: str
    act: str
    subject: Subject
    fields: tuple[str, ...] = ()
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


@dataclass(slots=True)
class Pending:
    """The changes of one database transaction, in order, with where each open savepoint began, innermost last."""

    transaction: RootTransaction | None
    changes: list[Change] = field(default_factory=list)
    befores: dict[object, dict[str, Any]] = field(default_factory=dict)
    marks: list[int] = field(default_factory=list)


def pending_on(connection: Connection) -> Pending:
    """Return what is noted in the connection's present transaction; whatever an earlier one left behind is dropped."""
    transaction = connection.get_transaction()
    found = connection.info.get(_KEY)
    if isinstance(found, Pending) and found.transaction is transaction:
        return found
    fresh = Pending(transaction)
    connection.info[_KEY] = fresh
    return fresh


def take_pending(connection: Connection) -> list[Change]:
    """Return the noted changes and forget them."""
    found = connection.info.pop(_KEY, None)
    if isinstance(found, Pending) and found.transaction is connection.get_transaction():
        return found.changes
    return []
