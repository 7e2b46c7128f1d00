"""How migrations run: in one transaction, on SQLite with foreign keys off and checked after."""

from importlib import import_module
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import Connection
from sqlalchemy.types import TypeDecorator

from tracker.core.search import mend_indexes

# The tables to compare with are those of every feature, whatever pages happen to have loaded.
for feature in ("people", "plans", "audits", "impact", "notices"):
    import_module(f"tracker.{feature}.models")
import_module("tracker.core.changelog")

target = current_app.extensions["migrate"].db


def _render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write our own column types as the plain ones they stand for: a revision must not need the application."""
    del autogen
    if kind == "type" and isinstance(item, TypeDecorator):
        return "sa.DateTime(timezone=True)"
    return False


def _include(item: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:
    """Leave the tables, columns and indexes of the full-text search alone; they are made from others."""
    del item, reflected, other
    is_of_search = name is not None and ("_fts" in name if kind == "table" else name.endswith("search_words"))
    return not is_of_search


def _run(connection: Connection) -> None:
    options = dict(current_app.extensions["migrate"].configure_args)
    context.configure(
        connection=connection,
        target_metadata=target.metadata,
        render_item=_render_item,
        include_object=_include,
        transactional_ddl=True,
        **options,
    )
    with context.begin_transaction():
        context.run_migrations()
        mend_indexes(connection)


def _run_on_sqlite(connection: Connection) -> None:
    """Re-creating a parent table with foreign keys on would delete its children, so they are off while migrating."""
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.commit()
    try:
        with connection.begin():
            # The driver begins by itself only before a change of data; a migration killed half way must leave nothing.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            _run(connection)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"The migration broke {len(broken)} references; nothing was changed.")
    finally:
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")


def migrate() -> None:
    """Run the migrations that the command asked for on the application's database."""
    with target.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            _run_on_sqlite(connection)
        else:
            _run(connection)
            connection.commit()


migrate()
