"""Each test finds the database as new, on SQLite and on PostgreSQL, and no test sees what was not committed."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.houses import House
from tracker.people.models import Organisation

pytestmark = pytest.mark.both_databases


def organisations(house: House) -> int:
    with Session(house.engine) as session:
        return session.scalars(select(func.count(Organisation.id))).one()


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_one_test_writes_the_next_does_not_find(database: House, session: Session, time: str) -> None:
    assert organisations(database) == 0, time
    session.add(Organisation(name="Alderbrook"))
    session.commit()
    assert organisations(database) == 1


def test_restoring_takes_back_what_was_committed(database: House, session: Session) -> None:
    session.add(Organisation(name="Alderbrook"))
    session.commit()
    session.close()
    database.restore()
    assert organisations(database) == 0


def test_nobody_sees_what_is_not_committed(database: House, session: Session) -> None:
    session.add(Organisation(name="Alderbrook"))
    session.flush()
    assert organisations(database) == 0
    session.rollback()
