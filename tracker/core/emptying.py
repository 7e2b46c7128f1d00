"""Empties a database whole and begins its change log anew; whether that may be done is the command's to know."""

from sqlalchemy import Connection, delete

from tracker.core import sqlite
from tracker.core.changelog.triggers import create_triggers, drop_triggers
from tracker.core.database import Base
from tracker.core.unchanging import guard, marked_tables, unguard


def empty(connection: Connection) -> None:
    """Take every row out of every table, the change log included, in the transaction that goes on.

    The indexes of words follow by themselves; on SQLite they are written anew, for words that left stay in them. On
    PostgreSQL it fails after half a minute when somebody goes on reading the log, instead of waiting for ever.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL lock_timeout = '30s'")
    drop_triggers(connection)
    for name in marked_tables():
        unguard(connection, name)
    for table in reversed(Base.metadata.sorted_tables):
        connection.execute(delete(table))
    create_triggers(connection)
    for name, key in marked_tables().items():
        guard(connection, name, key)
    if connection.dialect.name == "sqlite":
        for name in sqlite.indexed_columns(connection):
            sqlite.purge_words(connection, name)
