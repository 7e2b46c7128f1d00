"""Counts what a block asks of the database, for the budgets of pages; it judges nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event


@contextmanager
def queries_of(engine: Engine) -> Iterator[list[str]]:
    """Give a list that fills with the statements run within the block; its length is what a budget limits."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)
