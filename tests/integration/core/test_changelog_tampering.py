"""Every way of falsifying the change log is refused by the database, and found and named when done all the same."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, LargeBinary, Text, cast, delete, insert, literal, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.integration.core.shelves import KEY, Book, add_books, lines, tampering, verdict_on
from tracker.core.changelog import (
    Checkpoint,
    CheckpointError,
    LogUnavailableError,
    checkpoint,
    create_triggers,
    drop_triggers,
    missing_triggers,
)
from tracker.core.changelog.chain import Entry, seal
from tracker.core.changelog.tables import log_entry, log_payload

TITLES = ("One", "Two", "Three", "Four", "Five")


def seen_by(engine: Engine) -> Checkpoint:
    with Session(engine) as session:
        return checkpoint(session, KEY)


def test_a_log_left_alone_is_whole(library: Engine) -> None:
    add_books(library, *TITLES)
    verdict = verdict_on(library, seen_by(library))
    assert (verdict.whole, verdict.entries, verdict.erased_payloads, verdict.problem) == (True, 5, 0, "")


def test_an_empty_log_is_whole(library: Engine) -> None:
    assert verdict_on(library, seen_by(library)).whole


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log_entry SET actor = 'nobody' WHERE number = 1",
        "DELETE FROM log_entry WHERE number = 1",
        "UPDATE log_payload SET after = '{}' WHERE entry_number = 1",
    ],
)
def test_the_database_refuses_to_change_the_log(library: Engine, statement: str) -> None:
    add_books(library, "One")
    with library.begin() as connection, pytest.raises(DBAPIError, match=r"append-only|only be erased"):
        connection.execute(text(statement))
    assert verdict_on(library).whole


@pytest.mark.parametrize(
    "statements",
    [
        {
            "sqlite": "INSERT OR REPLACE INTO log_entry SELECT * FROM log_entry",
            "postgresql": "TRUNCATE log_entry CASCADE",
        },
        {
            "sqlite": "INSERT OR REPLACE INTO log_payload SELECT * FROM log_payload",
            "postgresql": "TRUNCATE log_payload",
        },
    ],
)
def test_the_database_refuses_to_replace_or_empty_the_log(library: Engine, statements: dict[str, str]) -> None:
    add_books(library, "One")
    with library.begin() as connection, pytest.raises(DBAPIError, match=r"append-only|next entry|only be erased"):
        connection.execute(text(statements[library.dialect.name]))


def test_sqlite_takes_only_the_next_entry(sqlite_library: Engine) -> None:
    add_books(sqlite_library, "One", "Two")
    gap = text(
        "INSERT INTO log_entry SELECT 9, at, actor, act, subject_kind, subject_id, fields, '', 'p', 'e' FROM log_entry"
    )
    with sqlite_library.begin() as connection, pytest.raises(DBAPIError, match="only its next entry"):
        connection.execute(gap)


def test_triggers_lost_in_a_rebuild_are_missed_and_can_be_made_again(library: Engine) -> None:
    with library.begin() as connection:
        assert missing_triggers(connection) == []
        drop_triggers(connection)
        assert "log_entry" in " ".join(missing_triggers(connection))
        create_triggers(connection)
        create_triggers(connection)
        assert missing_triggers(connection) == []


def falsify(connection: Connection) -> None:
    connection.execute(update(log_entry).where(log_entry.c.number == 3).values(actor="person:13"))


def remove(connection: Connection) -> None:
    connection.execute(delete(log_payload).where(log_payload.c.entry_number == 3))
    connection.execute(delete(log_entry).where(log_entry.c.number == 3))


def swap(connection: Connection) -> None:
    for old, new in ((3, 99), (4, 3), (99, 4)):
        connection.execute(update(log_entry).where(log_entry.c.number == old).values(number=new))


def forge_payload(connection: Connection) -> None:
    forged = {"after": '{"title":"Forged"}'}
    connection.execute(update(log_payload).where(log_payload.c.entry_number == 3).values(**forged))


def chain_anew(connection: Connection) -> None:
    """Alter an entry and seal it and all after it with another key, links included."""
    previous = ""
    for row in connection.execute(select(log_entry).order_by(log_entry.c.number)).all():
        parts = {name: getattr(row, name) for name in Entry.__slots__}
        entry = Entry(**parts | ({"actor": "person:13"} if row.number == 3 else {}))
        if row.number >= 3:
            entry = replace(entry, previous_hash=previous)
        sealed = row.entry_hash if row.number < 3 else seal(b"another key" * 4, entry)
        values = {"actor": entry.actor, "previous_hash": entry.previous_hash, "entry_hash": sealed}
        connection.execute(update(log_entry).where(log_entry.c.number == row.number).values(**values))
        previous = sealed


def add_payload_to_an_erased_one(connection: Connection) -> None:
    connection.execute(delete(log_payload).where(log_payload.c.entry_number == 3))
    connection.execute(insert(log_payload).values(entry_number=3, salt="0" * 32, before=None, after='{"title":"New"}'))


@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        (falsify, "Entry 3 of the change log was altered, moved or made without the key"),
        (remove, "Entry 3 of the change log is missing; the next one found is 4"),
        (swap, "Entry 3 of the change log was altered, moved"),
        (forge_payload, "The payload of entry 3 of the change log"),
        (chain_anew, "Entry 3 of the change log was altered, moved or made without the key"),
        (add_payload_to_an_erased_one, "The payload of entry 3 of the change log"),
    ],
)
def test_each_kind_of_tampering_is_found_and_named(
    library: Engine, tamper: Callable[[Connection], None], words: str
) -> None:
    add_books(library, *TITLES)
    with tampering(library) as connection:
        tamper(connection)
    verdict = verdict_on(library)
    assert (verdict.whole, verdict.entries, verdict.first_broken) == (False, 2, 3)
    assert words in verdict.problem


def test_an_entry_of_another_chain_of_the_same_key_does_not_fit(library: Engine) -> None:
    add_books(library, *TITLES)
    with tampering(library) as connection:
        row = connection.execute(select(log_entry).where(log_entry.c.number == 3)).one()
        alien = Entry(**{name: getattr(row, name) for name in Entry.__slots__} | {"previous_hash": "f" * 64})
        values = {"previous_hash": alien.previous_hash, "entry_hash": seal(KEY, alien)}
        connection.execute(update(log_entry).where(log_entry.c.number == 3).values(**values))
    assert "Entry 3 of the change log does not follow entry 2" in verdict_on(library).problem


def test_a_payload_without_its_entry_is_named(library: Engine) -> None:
    add_books(library, "One", "Two")
    with tampering(library) as connection:
        connection.execute(delete(log_payload).where(log_payload.c.entry_number == 2))
        connection.execute(delete(log_entry).where(log_entry.c.number == 2))
        connection.execute(insert(log_payload).values(entry_number=7, salt="0" * 32))
    assert verdict_on(library).problem == "There is a payload for entry 7 of the change log, and no such entry."


def test_a_wrong_key_says_that_it_may_be_the_key(library: Engine) -> None:
    add_books(library, "One")
    verdict = verdict_on(library, key=b"another key" * 4)
    assert verdict.first_broken == 1
    assert "the key is not the one" in verdict.problem


def cut_after(engine: Engine, number: int) -> None:
    with tampering(engine) as connection:
        connection.execute(delete(log_payload).where(log_payload.c.entry_number > number))
        connection.execute(delete(log_entry).where(log_entry.c.number > number))


def test_a_tail_cut_off_is_found_against_a_checkpoint_only(library: Engine) -> None:
    add_books(library, *TITLES)
    seen = seen_by(library)
    cut_after(library, 3)
    assert verdict_on(library).whole
    verdict = verdict_on(library, seen)
    assert verdict.first_broken == 4
    assert "it stops at entry 3" in verdict.problem
    assert "saw entry 5" in verdict.problem


def test_a_tail_cut_off_and_grown_again_is_found_against_a_checkpoint(library: Engine) -> None:
    add_books(library, *TITLES)
    seen = seen_by(library)
    cut_after(library, 3)
    add_books(library, "Six", "Seven", "Eight")
    assert verdict_on(library).whole
    verdict = verdict_on(library, seen)
    assert (verdict.first_broken, "is not the one that the checkpoint" in verdict.problem) == (5, True)


def test_a_checkpoint_altered_by_hand_is_refused(library: Engine) -> None:
    add_books(library, "One", "Two")
    with pytest.raises(CheckpointError, match="altered"):
        verdict_on(library, replace(seen_by(library), number=1))


def test_payloads_that_retention_erased_are_counted_and_break_nothing(library: Engine) -> None:
    add_books(library, *TITLES)
    with Session(library) as session:
        erase = delete(log_payload).where(log_payload.c.entry_number.in_((1, 4)))
        session.execute(erase, execution_options={"unlogged": "retention"})
        session.commit()
    verdict = verdict_on(library, seen_by(library))
    assert (verdict.whole, verdict.entries, verdict.erased_payloads) == (True, 5, 2)


def test_a_log_that_cannot_be_written_saves_nothing(library: Engine) -> None:
    add_books(library, "One")
    with library.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE log_payload RENAME TO hidden")
    with Session(library) as session:
        session.add(Book(title="Two"))
        with pytest.raises(LogUnavailableError, match="nothing was saved"):
            session.commit()
        session.rollback()
        assert session.scalars(select(Book.title)).all() == ["One"]
    with library.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE hidden RENAME TO log_payload")
    assert len(lines(library)) == 1


SEALED = [column for column in (*log_entry.c, *log_payload.c) if column.type.python_type is str]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_single_byte_changed_in_any_column_of_any_entry_is_found(
    sqlite_library: Engine, data: st.DataObject
) -> None:
    if len(lines(sqlite_library)) < 3:
        with sqlite_library.begin() as connection:
            drop_triggers(connection)
        add_books(sqlite_library, "One", "Zwölf", "Three")
        with Session(sqlite_library) as session:
            session.scalars(select(Book)).all()[0].title = "Eins"
            session.commit()
    column = data.draw(st.sampled_from(SEALED), label="column")
    key = next(iter(column.table.primary_key))
    number = data.draw(st.sampled_from([line.number for line in lines(sqlite_library)]), label="entry")
    here = key == number
    with sqlite_library.connect() as connection:
        was = connection.scalar(select(cast(column, LargeBinary)).where(here))
        if not was:
            return
        place = data.draw(st.integers(0, len(was) - 1), label="place")
        byte = data.draw(st.integers(0, 255).filter(lambda value: value != was[place]), label="byte")
        for altered in (True, False):
            put = was[:place] + bytes([byte]) + was[place + 1 :] if altered else was
            connection.execute(update(column.table).where(here).values({column: cast(literal(put), Text)}))
            connection.commit()
            verdict = verdict_on(sqlite_library)
            assert (verdict.whole, verdict.first_broken) == ((False, number) if altered else (True, None))


def test_two_entries_can_never_follow_the_same_one(library: Engine) -> None:
    add_books(library, "One")
    with library.connect() as connection:
        row = connection.execute(select(log_entry)).one()
        fork = row._asdict() | {"number": 2, "entry_hash": "e" * 64}
        with pytest.raises(DBAPIError, match=r"next entry|uq_log_entry_previous_hash"):
            connection.execute(insert(log_entry).values(**fork))
