"""Erasing words of many records in one transaction, as `erasures` does of one; which they are is decided elsewhere."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from tracker.core import clock
from tracker.core.changelog import Subject, record_event
from tracker.core.changelog.chain import moment
from tracker.core.changelog.tables import log_entry
from tracker.core.erasures import (
    Erasure,
    Keeping,
    add_to_list,
    check_why,
    delete_securely,
    forget_life,
    forget_log,
    purge_indexes,
    table_of,
    write_over,
)

_AT_A_TIME = 400


def erase_all(
    session: Session,
    keeping: Keeping,
    records: Mapping[str, Iterable[int]],
    *,
    fields: Mapping[str, Sequence[str]],
    lives: Iterable[tuple[Subject, str]] = (),
    why: str,
) -> int:
    """Erase fields of records by their kind, and what the log kept of them; return how many records held words.

    `lives` are records that were taken away, each with the seal of its first entry: of them only the log keeps words.
    The list has all of it before the database does, on the disk at once. Raises as `erase` does of one.
    """
    check_why(why, is_needed=True)
    connection, at = session.connection(), moment(clock.now())
    wanted = {kind: [str(key) for key in keys] for kind, keys in records.items()}
    made = [
        Erasure(at, kind, key, tuple(sorted(fields[kind])), born, why)
        for kind, keys in wanted.items()
        for key, born in _births(connection, kind, keys)
    ]
    gone = [Erasure(at, one.kind, one.id, tuple(sorted(fields[one.kind])), born, why) for one, born in lives]
    add_to_list(keeping.ledger, keeping.key, [*made, *gone])
    delete_securely(connection)
    for erasure in gone:
        forget_life(session, erasure.born)
    return sum(_erase_kind(session, [one for one in made if one.kind == kind]) for kind in wanted)


def _births(connection: Connection, kind: str, keys: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Yield each key with the seal of its record's first entry, empty where the log does not know it."""
    for place in range(0, len(keys), _AT_A_TIME):
        some = keys[place : place + _AT_A_TIME]
        of_them = (log_entry.c.subject_kind == kind) & log_entry.c.subject_id.in_(some)
        inserts = select(func.max(log_entry.c.number)).where(of_them, log_entry.c.act == "insert")
        latest = inserts.group_by(log_entry.c.subject_id)
        found = select(log_entry.c.subject_id, log_entry.c.entry_hash).where(log_entry.c.number.in_(latest))
        born = {row.subject_id: row.entry_hash for row in connection.execute(found)}
        yield from ((key, born.get(key, "")) for key in some)


def _erase_kind(session: Session, erasures: Sequence[Erasure]) -> int:
    if not erasures:
        return 0
    connection, kind, names = session.connection(), erasures[0].kind, erasures[0].fields
    table, held = table_of(kind, names), 0
    by_key = {int(one.id): one for one in erasures}
    keys = sorted(by_key)
    for place in range(0, len(keys), _AT_A_TIME):
        some = keys[place : place + _AT_A_TIME]
        for stored in connection.execute(select(table).where(table.c.id.in_(some))).mappings().all():
            if any(stored[name] for name in names):
                write_over(connection, by_key[stored["id"]], stored)
                held += 1
        forget_log(connection, kind, [str(key) for key in some])
    purge_indexes(connection, {kind})
    for one in erasures:
        record_event(session, "erased", subject=Subject(kind, one.id), detail={"fields": list(names)})
    return held
