"""Tables whose rows the database itself refuses to change or take away once written; which they are, models say.

A model marks its table with `info={UNCHANGING: key}`, where the key names the columns that no second row may repeat.
Making a table anew in a migration drops its triggers silently on SQLite; `unguarded` notices.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, inspect, text

from tracker.core.database import Base

UNCHANGING = "unchanging"
_FUNCTION = """CREATE OR REPLACE FUNCTION refuse_any_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is never changed: ' || TG_OP || ' refused'; END $$"""


# INSERT OR REPLACE deletes the older row without firing its delete trigger.
_SQLITE = {
    "update": """CREATE TRIGGER {table}_unchanging_update BEFORE UPDATE ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END""",
    "delete": """CREATE TRIGGER {table}_unchanging_delete BEFORE DELETE ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END""",
    "replace": """CREATE TRIGGER {table}_unchanging_replace BEFORE INSERT ON {table}
        WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id OR ({same}))
        BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END""",
}


def marked_tables() -> dict[str, tuple[str, ...]]:
    """Return the tables that models mark as unchanging, each with the columns of its key."""
    tables = Base.metadata.tables.values()
    return {table.name: tuple(table.info[UNCHANGING]) for table in tables if UNCHANGING in table.info}


def guard(connection: Connection, table: str, key: tuple[str, ...]) -> None:
    """Let the database refuse any change to the rows of a table; safe to call again."""
    unguard(connection, table)
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_FUNCTION)
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table}_unchanging BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_any_change()"
        )
        return
    same = " AND ".join(f"{column} = NEW.{column}" for column in key)
    for statement in _SQLITE.values():
        connection.exec_driver_sql(statement.format(table=table, same=same))


def unguard(connection: Connection, table: str) -> None:
    """Take the refusal away: for a migration that drops the table, and for emptying a demonstration whole."""
    on_postgresql = connection.dialect.name == "postgresql"
    for name in _names(connection, table):
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if on_postgresql else ""))


@contextmanager
def giving_way(connection: Connection, tables: Collection[str]) -> Iterator[None]:
    """Let rows of tables, those marked among them, be taken away in a block: for what is taken back whole.

    The refusal comes back with the same transaction, when that is committed or, as it must be after an error, undone.
    """
    marked = {name: key for name, key in marked_tables().items() if name in tables}
    for name in marked:
        unguard(connection, name)
    yield
    for name, key in marked.items():
        guard(connection, name, key)


def unguarded(connection: Connection) -> list[str]:
    """Name the triggers that should stand on marked tables and do not, or are switched off; empty when all is well."""
    found = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.dialect.name == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    there = set(connection.execute(text(found)).scalars())
    tables = set(inspect(connection).get_table_names()) & marked_tables().keys()
    return sorted({name for table in tables for name in _names(connection, table)} - there)


def _names(connection: Connection, table: str) -> tuple[str, ...]:
    if connection.dialect.name == "postgresql":
        return (f"{table}_unchanging",)
    return tuple(f"{table}_unchanging_{act}" for act in _SQLITE)
