"""Until when words of an audit are kept, and that no column of words that hangs on an audit is forgotten."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import JSON, Column, Enum, String, Table, Text

from tracker.audits.models import Audit, CaseReference
from tracker.audits.rules.retention import ERASED, KEPT, OF_THE_CASE, day_before
from tracker.core.database import Base


@pytest.mark.parametrize(
    ("as_at", "years", "last"),
    [
        (date(2026, 11, 26), 3, date(2023, 11, 26)),
        (date(2027, 3, 1), 3, date(2024, 3, 1)),
        (date(2027, 2, 28), 3, date(2024, 2, 28)),
        (date(2028, 2, 29), 3, date(2025, 2, 28)),
        (date(2028, 2, 29), 4, date(2024, 2, 29)),
    ],
)
def test_words_go_so_many_years_after_the_audit_is_final(as_at: date, years: int, last: date) -> None:
    assert day_before(as_at, years) == last


def hanging(*names: str) -> set[str]:
    """Return the tables whose rows hang on a row of these, through any number of others."""
    reached = set(names)
    while True:
        more = {
            table.name
            for table in Base.metadata.sorted_tables
            if any(key.column.table.name in reached for key in table.foreign_keys)
        }
        if more <= reached:
            return reached
        reached |= more


def words_in(table: Table) -> Iterator[Column[object]]:
    for column in table.c:
        if isinstance(column.type, (String, Text, JSON)) and not isinstance(column.type, Enum):
            yield column


def test_every_column_of_words_that_hangs_on_an_audit_or_a_case_goes_or_says_why_it_stays() -> None:
    tables = hanging(Audit.__tablename__, CaseReference.__tablename__)
    found = {(name, column.name) for name in tables for column in words_in(Base.metadata.tables[name])}
    settled = {(name, field) for name, fields in ERASED.items() for field in fields} | set(KEPT)
    assert sorted(found - settled) == [], "name each of these in ERASED, or in KEPT with a reason"
    assert sorted(settled - found) == []


def test_what_goes_is_named_once_and_what_the_case_decides_is_among_it() -> None:
    assert not {(name, field) for name, fields in ERASED.items() for field in fields} & set(KEPT)
    assert set(ERASED) >= OF_THE_CASE
