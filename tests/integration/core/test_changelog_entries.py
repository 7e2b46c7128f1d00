"""What the change log notes of inserts, updates, deletes and events, and what it must not."""

import json
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Date, Engine, func, select
from sqlalchemy.orm import Session

from tests.integration.core.shelves import Book, Line, Shelf, Ticket, add_books, count, lines
from tracker.core import clock
from tracker.core.changelog import Subject, acting, record_event
from tracker.core.changelog.tables import log_entry


def last(engine: Engine) -> Line:
    return lines(engine)[-1]


def read(words: str | None) -> object:
    assert words is not None
    return json.loads(words)


def test_an_insert_is_logged_whole_with_what_the_database_filled_in(library: Engine) -> None:
    with Session(library) as session, acting("person:12"):
        session.add(Book(title="Sunrise", due=date(2026, 3, 31)))
        session.commit()
    line = last(library)
    assert (line.number, line.actor, line.act, line.kind, line.subject_id) == (1, "person:12", "insert", "book", "1")
    assert line.fields == "copies,due,edition,id,pin,shelf_id,title"
    assert line.before is None
    assert read(line.after) == {
        "copies": 1,
        "due": "2026-03-31",
        "edition": 1,
        "id": 1,
        "shelf_id": None,
        "title": "Sunrise",
    }


def test_an_update_is_logged_with_the_changed_fields_only(library: Engine) -> None:
    add_books(library, "Sunrise")
    with Session(library) as session:
        book = session.scalars(select(Book)).one()
        book.title = "Sunset"
        session.commit()
    line = last(library)
    assert (line.actor, line.act, line.fields) == ("nobody", "update", "edition,title")
    assert read(line.before) == {"edition": 1, "title": "Sunrise"}
    assert read(line.after) == {"edition": 2, "title": "Sunset"}


def test_a_value_that_was_never_loaded_is_logged_as_it_stood(library: Engine) -> None:
    add_books(library, "Sunrise")
    with Session(library) as session:
        book = session.scalars(select(Book)).one()
        session.commit()
        book.title = "Sunset"
        session.commit()
    assert read(last(library).before) == {"edition": 1, "title": "Sunrise"}


def test_a_value_reckoned_by_the_database_is_logged_as_it_came_out(library: Engine) -> None:
    add_books(library, "Sunrise")
    with Session(library) as session:
        book = session.scalars(select(Book)).one()
        book.copies = Book.copies + 4
        session.commit()
    line = last(library)
    assert (read(line.before), read(line.after)) == ({"copies": 1, "edition": 1}, {"copies": 5, "edition": 2})


def test_a_new_value_reckoned_by_the_database_is_logged_as_it_came_out(library: Engine) -> None:
    with Session(library) as session:
        session.add(Book(title="Sunrise", last_seen=1, pin=None, due=func.date("2026-03-31", type_=Date)))
        session.commit()
    assert '"due":"2026-03-31"' in str(last(library).after)


def test_a_delete_is_logged_whole(library: Engine) -> None:
    add_books(library, "Sunrise")
    with Session(library) as session:
        book = session.scalars(select(Book)).one()
        session.expire(book)
        session.delete(book)
        session.commit()
    line = last(library)
    assert (line.act, line.after) == ("delete", None)
    assert '"title":"Sunrise"' in str(line.before)


def test_children_deleted_with_or_taken_from_their_parent_are_logged_each(library: Engine) -> None:
    with Session(library) as session:
        shelf = Shelf(name="North", books=[Book(title="One"), Book(title="Two"), Book(title="Three")])
        session.add(shelf)
        session.commit()
        del shelf.books[0]
        session.commit()
        session.delete(shelf)
        session.commit()
    acts = [(line.act, line.kind) for line in lines(library)]
    assert acts[:4] == [("insert", "shelf"), ("insert", "book"), ("insert", "book"), ("insert", "book")]
    assert acts[4:] == [("delete", "book"), ("delete", "book"), ("delete", "book"), ("delete", "shelf")]


def test_a_foreign_key_that_a_relationship_sets_is_logged(library: Engine) -> None:
    add_books(library, "Sunrise")
    with Session(library) as session:
        book = session.scalars(select(Book)).one()
        book.shelf = Shelf(name="North")
        session.commit()
    shelved = last(library)
    assert read(shelved.before) == {"edition": 1, "shelf_id": None}
    assert read(shelved.after) == {"edition": 2, "shelf_id": 1}


def test_a_secret_is_logged_as_changed_without_its_value(library: Engine) -> None:
    with Session(library) as session:
        book = Book(title="Sunrise", pin="open sesame")
        session.add(book)
        session.commit()
        book.pin = "open barley"
        session.commit()
        session.delete(book)
        session.commit()
    told = lines(library)
    assert all("pin" in line.fields.split(",") for line in told)
    assert not any("open " in f"{line.before}{line.after}" for line in told)


@pytest.mark.parametrize("change", [{"last_seen": 7}, {"title": "Sunrise"}, {}])
def test_what_changes_nothing_worth_logging_leaves_no_entry(library: Engine, change: dict[str, object]) -> None:
    add_books(library, "Sunrise")
    with Session(library) as session:
        book = session.scalars(select(Book)).one()
        for field, value in change.items():
            setattr(book, field, value)
        session.commit()
    assert count(library) == 1


def test_a_class_marked_as_not_logged_leaves_no_entry(library: Engine) -> None:
    with Session(library) as session:
        ticket = Ticket(text="one")
        session.add(ticket)
        session.commit()
        ticket.text = "two"
        session.commit()
        session.delete(ticket)
        session.commit()
    assert count(library) == 0


def test_a_rollback_leaves_neither_row_nor_entry(library: Engine) -> None:
    with Session(library) as session:
        session.add(Book(title="Sunrise"))
        session.flush()
        session.rollback()
        session.add(Ticket(text="afterwards"))
        session.commit()
    assert count(library) == 0


def test_a_session_closed_without_commit_leaves_nothing_to_the_next(library: Engine) -> None:
    with Session(library) as session:
        session.add(Book(title="Sunrise"))
        session.flush()
    add_books(library, "Sunset")
    assert ['"title":"Sunset"' in str(line.after) for line in lines(library)] == [True]


def test_a_savepoint_that_is_undone_takes_only_its_own_changes(library: Engine) -> None:
    with Session(library) as session:
        with session.begin_nested():
            session.add(Shelf(name="kept, although first"))
        undone = session.begin_nested()
        session.add(Shelf(name="undone"))
        with session.begin_nested():
            session.add(Shelf(name="undone with the one around it"))
        undone.rollback()
        session.add(Shelf(name="kept"))
        session.commit()
    names = [json.loads(str(line.after))["name"] for line in lines(library)]
    assert names == ["kept, although first", "kept"]


def test_a_savepoint_left_open_at_the_commit_is_logged(library: Engine) -> None:
    with Session(library) as session, session.begin():
        session.begin_nested()
        session.add(Shelf(name="North"))
    assert count(library) == 1


def test_a_commit_past_the_session_is_logged_too(library: Engine) -> None:
    with Session(library) as session:
        session.add(Shelf(name="North"))
        session.flush()
        session.connection().commit()
    assert count(library) == 1


def test_an_event_is_logged_with_who_what_and_detail(library: Engine) -> None:
    add_books(library, "Sunrise")
    with Session(library) as session, acting("person:3"):
        book = session.scalars(select(Book)).one()
        record_event(session, "opened", subject=book, detail={"page": "book", "on": date(2026, 3, 31)})
        record_event(session, "signed_in", actor="person:9")
        record_event(session, "refused", subject=Subject("plan", "7"))
        session.commit()
    told = lines(library)[1:]
    assert [(line.actor, line.act, line.kind, line.subject_id) for line in told] == [
        ("person:3", "opened", "book", "1"),
        ("person:9", "signed_in", "", ""),
        ("person:3", "refused", "plan", "7"),
    ]
    assert [line.after for line in told] == ['{"on":"2026-03-31","page":"book"}', None, None]


@pytest.mark.parametrize("act", ["insert", "Signed in", "x" * 41, ""])
def test_an_event_of_no_known_shape_is_refused(sqlite_library: Engine, act: str) -> None:
    with Session(sqlite_library) as session, pytest.raises(ValueError, match="An event is named"):
        record_event(session, act)


def test_the_moment_of_an_entry_is_kept_in_utc(library: Engine) -> None:
    with clock.at(datetime(2026, 7, 1, 9, 30, tzinfo=UTC)):
        add_books(library, "Sunrise")
    with library.connect() as connection:
        assert connection.scalar(select(log_entry.c.at)) == "2026-07-01T09:30:00.000000Z"
