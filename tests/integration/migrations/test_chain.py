"""The chain of migrations: one head, the schema of the models, up and down with data, and nothing lost on the way."""

import pytest
from flask import Flask
from sqlalchemy import Engine, func, inspect, select, table, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.support.houses import engine_of
from tests.support.migrations import assert_models_match, downgrade, heads, revisions, upgrade
from tracker.core.changelog.triggers import missing_triggers
from tracker.core.unchanging import unguarded
from tracker.people.models import Organisation

NEWEST = 3


def counts(engine: Engine) -> dict[str, int]:
    """Return the number of rows of each table."""
    with engine.connect() as connection:
        names = {name for name in inspect(connection).get_table_names() if "_fts" not in name} - {"alembic_version"}
        return {name: connection.scalars(select(func.count()).select_from(table(name))).one() for name in names}


def assert_whole(engine: Engine) -> None:
    """Fail when a reference leads nowhere or the log stands unguarded."""
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert missing_triggers(connection) == []
        assert unguarded(connection) == []


def shared(first: dict[str, int], second: dict[str, int]) -> dict[str, int]:
    return {name: first[name] for name in first.keys() & second.keys()}


def test_the_chain_has_one_head(bare_app: Flask) -> None:
    assert len(heads(bare_app)) == 1


def test_the_models_match_the_newest_revision(bare_app: Flask) -> None:
    upgrade(bare_app)
    assert_models_match(bare_app)


def test_a_column_that_a_revision_forgot_is_noticed(bare_app: Flask) -> None:
    upgrade(bare_app)
    with engine_of(bare_app).begin() as connection:
        connection.execute(text("ALTER TABLE organisation DROP COLUMN urgent_contact"))
    with pytest.raises(AssertionError, match="urgent_contact"):
        assert_models_match(bare_app)


def test_going_down_and_up_with_data_loses_no_row_of_a_table_that_stays(full_app: Flask) -> None:
    engine = engine_of(full_app)
    before = counts(engine)
    assert before["person"] > 1
    kept = before
    for revision in revisions(full_app)[1 : NEWEST + 1]:
        downgrade(full_app, revision)
        kept = counts(engine)
        assert shared(kept, before) == shared(before, kept)
        assert_whole(engine)
    upgrade(full_app)
    assert shared(counts(engine), kept) == kept
    assert_whole(engine)

    downgrade(full_app, "base")
    assert counts(engine) == {}
    upgrade(full_app)
    assert counts(engine).keys() == before.keys()
    assert_whole(engine)
    assert_models_match(full_app)


def test_the_log_refuses_change_after_going_down_and_up(bare_app: Flask) -> None:
    upgrade(bare_app)
    downgrade(bare_app, "base")
    upgrade(bare_app)
    with Session(engine_of(bare_app)) as session:
        session.add(Organisation(name="Alderbrook"))
        session.commit()
    for statement in ("UPDATE log_entry SET actor = 'nobody'", "DELETE FROM log_entry"):
        with pytest.raises(DBAPIError, match="append-only"), engine_of(bare_app).begin() as connection:
            connection.execute(text(statement))
