"""The triggers by which the database itself refuses to change the log, for migrations to make and to make again.

Alembic's batch mode makes a table anew on SQLite and drops its triggers silently; `missing_triggers` notices.
"""

from sqlalchemy import Connection, text

_SQLITE = {
    "log_entry_no_update": """CREATE TRIGGER log_entry_no_update BEFORE UPDATE ON log_entry
        BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END""",
    "log_entry_no_delete": """CREATE TRIGGER log_entry_no_delete BEFORE DELETE ON log_entry
        BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END""",
    # INSERT OR REPLACE deletes the older row without firing its delete trigger.
    "log_entry_next_only": """CREATE TRIGGER log_entry_next_only BEFORE INSERT ON log_entry
        WHEN NEW.number IS NOT (SELECT COALESCE(MAX(number), 0) + 1 FROM log_entry)
          OR EXISTS (SELECT 1 FROM log_entry WHERE previous_hash = NEW.previous_hash)
          OR EXISTS (SELECT 1 FROM log_entry WHERE entry_hash = NEW.entry_hash)
        BEGIN SELECT RAISE(ABORT, 'the change log takes only its next entry'); END""",
    "log_payload_no_update": """CREATE TRIGGER log_payload_no_update BEFORE UPDATE ON log_payload
        BEGIN SELECT RAISE(ABORT, 'payloads of the change log can only be erased'); END""",
    "log_payload_no_replace": """CREATE TRIGGER log_payload_no_replace BEFORE INSERT ON log_payload
        WHEN EXISTS (SELECT 1 FROM log_payload WHERE entry_number = NEW.entry_number)
        BEGIN SELECT RAISE(ABORT, 'payloads of the change log can only be erased'); END""",
}

_FUNCTION = """CREATE OR REPLACE FUNCTION log_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION USING MESSAGE = 'the change log is append-only: ' || TG_OP || ' refused'; END $$"""

_POSTGRESQL = {
    "log_entry_append_only": """CREATE TRIGGER log_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_entry
        FOR EACH STATEMENT EXECUTE FUNCTION log_refuse_change()""",
    "log_payload_erase_only": """CREATE TRIGGER log_payload_erase_only BEFORE UPDATE OR TRUNCATE ON log_payload
        FOR EACH STATEMENT EXECUTE FUNCTION log_refuse_change()""",
}


def create_triggers(connection: Connection) -> None:
    """Make the log's triggers, anew where they stand already; safe to call at any time after the tables are there."""
    drop_triggers(connection)
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_FUNCTION)
    for statement in _statements(connection).values():
        connection.exec_driver_sql(statement)


def drop_triggers(connection: Connection) -> None:
    """Take the log's triggers away: for a migration that drops its tables, and for emptying a demonstration whole."""
    on_postgresql = connection.dialect.name == "postgresql"
    for name in _statements(connection):
        table = "log_payload" if name.startswith("log_payload") else "log_entry"
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if on_postgresql else ""))
    if on_postgresql:
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS log_refuse_change()")


def missing_triggers(connection: Connection) -> list[str]:
    """Name the triggers that should guard the log and do not, or are switched off; empty when all is well."""
    found = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.dialect.name == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    there = set(connection.execute(text(found)).scalars())
    return sorted(set(_statements(connection)) - there)


def _statements(connection: Connection) -> dict[str, str]:
    return _POSTGRESQL if connection.dialect.name == "postgresql" else _SQLITE
