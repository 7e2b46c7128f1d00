"""The one door to sqlite-utils for the schema: full-text indexes beside tables of SQLite, kept by its own triggers."""

import sqlite3
from collections.abc import Sequence

from sqlalchemy import Connection
from sqlite_utils import Database

_TOKENIZE = "porter unicode61 remove_diacritics 2"
_SUFFIX = "_fts"


def index_words(connection: Connection, table: str, columns: Sequence[str]) -> None:
    """Make the full-text index of a table with its triggers, or anew where it is not exactly this one."""
    _database(connection).table(table).enable_fts(columns, create_triggers=True, tokenize=_TOKENIZE, replace=True)


def forget_words(connection: Connection, table: str) -> None:
    """Take the full-text index of a table away with its triggers."""
    _database(connection).table(table).disable_fts()


def purge_words(connection: Connection, table: str) -> None:
    """Write the full-text index of a table anew, if it has one: words that left the table stay in it until then."""
    _database(connection).table(table).optimize()


def indexed_columns(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Return the columns of every full-text index by the table that it is about."""
    database = _database(connection)
    return {
        name.removesuffix(_SUFFIX): tuple(column.name for column in database.table(name).columns)
        for name in database.table_names(fts5=True)
    }


def _database(connection: Connection) -> Database:
    """Wrap the very connection of a transaction that goes on, and change nothing about it."""
    raw = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    return Database(raw, recursive_triggers=False, execute_plugins=False)
