"""Saves an update as a page does, and writes the same rows by hand, which shows what rules and change log cost."""

import secrets
import time
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, Table, func, insert, select, update

from bench.houses import House
from bench.sizes import Subject
from tracker.core.changelog import acting
from tracker.core.changelog.tables import log_entry, log_payload
from tracker.core.database import Base
from tracker.extensions import db, db_session
from tracker.people.models import Person
from tracker.people.queries import rights
from tracker.plans.commands.answers import Answer, Words
from tracker.plans.commands.updates import save_update
from tracker.plans.queries.action import action_at
from tracker.plans.rules.states import DeclaredRag

_SAID = "Two of the three teams work in the new way; the third begins when its vacant posts are filled. " * 3
_REF = "1.3"
_Row = dict[str, Any]


@dataclass(frozen=True)
class _Rows:
    """What one saved update left in the database."""

    action: _Row
    said: _Row
    entries: list[_Row]
    payloads: list[_Row]


def save(house: House, subject: Subject) -> float:
    """Save an update by the command, log and commit included; return the seconds from the loaded action on."""
    with house.app.app_context(), acting("command:bench"):
        session = db_session()
        person = session.scalars(select(Person).where(Person.email == subject.office).options(*rights())).one()
        action = action_at(session, subject.slug, _REF)
        assert action is not None
        began = time.perf_counter()
        save_update(session, action, answer=Answer(DeclaredRag.AMBER, Words(_SAID, "Posts", "Interviews")), by=person)
        session.commit()
        seconds = time.perf_counter() - began
        db.session.remove()
    return seconds


def write(house: House, subject: Subject) -> float:
    """Write the rows of an update once more by hand, without a rule or a seal; return the seconds, commit included."""
    with house.app.app_context():
        with db.engine.connect() as connection:
            before = _head(connection)
        save(house, subject)
        with db.engine.connect() as connection:
            rows = _copied(_written_since(connection, before), by=_head(connection) - before)
        began = time.perf_counter()
        with db.engine.begin() as connection:
            _insert(connection, rows)
        return time.perf_counter() - began


def _head(connection: Connection) -> int:
    return connection.scalar(select(func.max(log_entry.c.number))) or 0


def _written_since(connection: Connection, number: int) -> _Rows:
    updates, actions = _table("progress_update"), _table("action")
    (said,) = _read(connection, select(updates).order_by(updates.c.id.desc()).limit(1))
    (action,) = _read(connection, select(actions).where(actions.c.id == said["action_id"]))
    entries = _read(connection, select(log_entry).where(log_entry.c.number > number))
    payloads = _read(connection, select(log_payload).where(log_payload.c.entry_number > number))
    return _Rows(action, said, entries, payloads)


def _read(connection: Connection, query: Select[Any]) -> list[_Row]:
    return [dict(row) for row in connection.execute(query).mappings()]


def _copied(rows: _Rows, *, by: int) -> _Rows:
    """Return the rows with keys that are still free; the seals are only as long as real ones."""
    entries = [
        {
            **entry,
            "number": entry["number"] + by,
            "previous_hash": secrets.token_hex(32),
            "entry_hash": secrets.token_hex(32),
        }
        for entry in rows.entries
    ]
    payloads = [{**payload, "entry_number": payload["entry_number"] + by} for payload in rows.payloads]
    return _Rows(rows.action, {name: value for name, value in rows.said.items() if name != "id"}, entries, payloads)


def _insert(connection: Connection, rows: _Rows) -> None:
    connection.execute(insert(_table("progress_update")), rows.said)
    actions = _table("action")
    columns = {name: value for name, value in rows.action.items() if name != "id"}
    connection.execute(update(actions).where(actions.c.id == rows.action["id"]).values(columns))
    connection.execute(insert(log_entry), rows.entries)
    if rows.payloads:
        connection.execute(insert(log_payload), rows.payloads)


def _table(name: str) -> Table:
    return Base.metadata.tables[name]
