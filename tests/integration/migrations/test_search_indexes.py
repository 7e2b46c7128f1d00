"""The indexes of words: those that pages ask are there, a table made anew keeps its triggers, and going down and up."""

import re

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from flask import Flask
from sqlalchemy import Connection, String, inspect, select, text
from sqlalchemy.orm import Session

from tests.support.builders.people import a_person
from tests.support.houses import engine_of
from tests.support.migrations import downgrade, upgrade
from tracker.audits.queries import search as audits
from tracker.core.search import Looking, create_index, drop_index, mend_indexes, read_words
from tracker.core.search.looking import Index
from tracker.people.models import Person
from tracker.people.queries import search as people
from tracker.people.queries.search import PERSON_WORDS
from tracker.plans.queries import search as plans

INDEXES = [one for part in (plans, audits, people) for one in vars(part).values() if isinstance(one, Index)]


def found(app: Flask, typed: str) -> list[str]:
    with Session(engine_of(app)) as session:
        looking = Looking.on(session, read_words(typed))
        return list(session.scalars(select(Person.name).where(looking.finds(PERSON_WORDS))))


def indexed(connection: Connection, table: str) -> list[str]:
    """Return the columns that a table's index holds, as the database itself tells."""
    if connection.dialect.name == "sqlite":
        return [column["name"] for column in inspect(connection).get_columns(f"{table}_fts")]
    made = "SELECT generation_expression FROM information_schema.columns WHERE column_name = 'search_words'"
    [words] = connection.scalars(text(f"{made} AND table_name = :table"), {"table": table})
    columns = {column["name"] for column in inspect(connection).get_columns(table)}
    return list(dict.fromkeys(word for word in re.findall(r"\w+", words) if word in columns))


def test_every_index_that_pages_ask_is_the_one_that_the_revisions_make(bare_app: Flask) -> None:
    upgrade(bare_app)
    assert len(INDEXES) == 14
    with engine_of(bare_app).connect() as connection:
        for index in INDEXES:
            assert indexed(connection, index.table) == list(index.columns), index.table


def test_a_table_that_is_made_anew_keeps_its_index(bare_app: Flask) -> None:
    upgrade(bare_app)
    with Session(engine_of(bare_app)) as session:
        a_person(session, name="Tom Osprey")
        session.commit()
    with engine_of(bare_app).connect() as connection:
        operations = Operations(MigrationContext.configure(connection))
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        with operations.batch_alter_table("person", recreate="auto") as batch:
            batch.alter_column("password_hash", type_=String(201))
        mend_indexes(connection)
        connection.commit()
    assert found(bare_app, "osprey") == ["Tom Osprey"]
    with Session(engine_of(bare_app)) as session:
        a_person(session, name="Ann Kestrel")
        session.commit()
    assert found(bare_app, "kestrel") == ["Ann Kestrel"]


def test_going_down_and_up_finds_what_is_stored(bare_app: Flask) -> None:
    upgrade(bare_app)
    with Session(engine_of(bare_app)) as session:
        a_person(session, name="Tom Osprey")
        session.commit()
    downgrade(bare_app, "0009")
    with engine_of(bare_app).connect() as connection:
        assert not [name for name in inspect(connection).get_table_names() if "_fts" in name]
    upgrade(bare_app)
    assert found(bare_app, "osprey") == ["Tom Osprey"]


@pytest.mark.parametrize("name", ["Tom Osprey", "Zoë Œuvre", "💣", "a\u202eb", "x" * 120])
def test_an_index_is_made_from_what_is_there(bare_app: Flask, name: str) -> None:
    upgrade(bare_app)
    with engine_of(bare_app).begin() as connection:
        drop_index(connection, "person")
    with Session(engine_of(bare_app)) as session:
        a_person(session, name=name, email="somebody@council.example")
        session.commit()
    with engine_of(bare_app).begin() as connection:
        create_index(connection, "person", ("name", "post", "email"))
    assert found(bare_app, "somebody") == [name]
