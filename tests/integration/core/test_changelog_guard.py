"""What would change records past the change log is refused, and many writers keep one chain."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Engine, ForeignKey, Integer, Table, delete, insert, select, text, update
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, relationship
from sqlalchemy.sql import Executable

import tracker
from tests.integration.core.shelves import Book, Shelf, Ticket, add_books, count, lines, verdict_on
from tracker.core.changelog import UnloggedWriteError, acting, configure, unloggable
from tracker.core.changelog.tables import log_entry
from tracker.core.database import Base

BULK: list[Executable] = [
    insert(Book).values(title="Two"),
    update(Book).values(title="Two"),
    delete(Book),
    select(Book).from_statement(insert(Book).values(title="Two").returning(Book)),
    insert(Book.__table__).values(title="Two"),  # type: ignore[arg-type]  # a bare table, on purpose
    update(log_entry).values(actor="nobody"),
    text("  update book SET title = 'Two'"),
    text("DELETE FROM book"),
]


@pytest.mark.parametrize("statement", BULK, ids=str)
def test_a_bulk_statement_is_refused(library: Engine, statement: Executable) -> None:
    add_books(library, "One")
    with Session(library) as session, pytest.raises(UnloggedWriteError, match="one by one"):
        session.execute(statement)


def test_a_bulk_statement_with_a_reason_runs_without_entries(library: Engine) -> None:
    with Session(library) as session:
        session.execute(insert(Book), [{"title": "One", "version": 1}], execution_options={"unlogged": "bench"})
        session.commit()
    assert count(library) == 0


def test_a_bulk_statement_on_a_class_that_is_not_logged_needs_no_reason(library: Engine) -> None:
    with Session(library) as session:
        session.execute(insert(Ticket).values(text="one"))
        session.execute(delete(Ticket))
        session.execute(text("SELECT 1"))
        session.commit()
    assert count(library) == 0


def test_many_writers_at_once_keep_one_chain(library: Engine) -> None:
    def write(writer: int) -> None:
        for turn in range(10):
            with Session(library) as session, acting(f"person:{writer}"):
                session.add(Book(title=f"{writer}.{turn}"))
                session.add(Shelf(name=f"{writer}.{turn}"))
                session.commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(1, 5)))
    assert verdict_on(library).entries == 80
    told = [(line.actor, line.kind) for line in lines(library)]
    assert {told.count((f"person:{writer}", "shelf")) for writer in range(1, 5)} == {10}


@pytest.fixture
def careless(sqlite_library: Engine) -> Iterator[type[DeclarativeBase]]:
    """A base for classes that must not come up, forgotten afterwards; the log is on."""

    class Careless(DeclarativeBase):
        pass

    yield Careless
    Careless.registry.dispose()


def make(base: type[DeclarativeBase], name: str, **parts: Any) -> type[Any]:
    return type(name, (base,), {"__tablename__": name.lower(), "id": mapped_column(Integer, primary_key=True), **parts})


def test_a_many_to_many_table_without_a_class_stops_the_start(careless: type[DeclarativeBase]) -> None:
    links = Table("link", careless.metadata, Column("a", ForeignKey("left.id")), Column("b", ForeignKey("right.id")))
    right = make(careless, "Right")
    left = make(careless, "Left", rights=relationship(right, secondary=links))
    with pytest.raises(UnloggedWriteError, match=r"Left\.rights writes a table without a class"):
        left()


@pytest.mark.parametrize(
    "rights",
    [lambda: relationship("Right", passive_deletes=True), lambda: relationship("Right", post_update=True)],
    ids=["passive_deletes", "post_update"],
)
def test_a_relationship_that_writes_unseen_stops_the_start(
    careless: type[DeclarativeBase], rights: Callable[[], object]
) -> None:
    left = make(careless, "Left", rights=rights())
    right = make(careless, "Right", left_id=mapped_column(ForeignKey("left.id")))
    with pytest.raises(UnloggedWriteError, match=r"Left\.rights changes rows outside the log"):
        right(left_id=left)


def test_a_foreign_key_by_which_the_database_deletes_stops_the_start(careless: type[DeclarativeBase]) -> None:
    left = make(careless, "Left")
    right = make(careless, "Right", left_id=mapped_column(ForeignKey("left.id", ondelete="CASCADE")))
    with pytest.raises(UnloggedWriteError, match="Right has a foreign key with ON DELETE CASCADE"):
        right(left_id=left)


HOUSE = Path(tracker.__file__).parent


def test_no_record_of_the_service_changes_where_the_log_cannot_see_it() -> None:
    for file in [*HOUSE.glob("*/models.py"), *HOUSE.glob("*/models/*.py")]:
        import_module(".".join(file.relative_to(HOUSE.parent).with_suffix("").parts).removesuffix(".__init__"))
    assert len(list(Base.registry.mappers)) > 5
    assert [sentence for mapper in Base.registry.mappers for sentence in unloggable(mapper)] == []


@pytest.mark.parametrize("way", ["bulk_save_objects", "bulk_insert_mappings", "bulk_update_mappings"])
def test_the_old_bulk_methods_that_no_event_sees_are_not_used(way: str) -> None:
    assert [file for file in HOUSE.rglob("*.py") if way in file.read_text(encoding="utf-8")] == []


def test_a_key_too_short_to_seal_with_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 32 bytes"):
        configure(b"short")
