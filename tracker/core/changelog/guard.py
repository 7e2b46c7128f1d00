"""Refuses what would change records past the log: bulk statements and relationships that no listener sees."""

import re
from typing import Any

from sqlalchemy import TextClause
from sqlalchemy.orm import Mapper, ORMExecuteState

from tracker.core.changelog.watched import unloggable

_WRITING_TEXT = re.compile(r"\s*(insert|update|delete|replace|merge|truncate)\b", re.IGNORECASE)


class UnloggedWriteError(RuntimeError):
    """A write that the change log would not see."""


def refuse_bulk(state: ORMExecuteState) -> None:
    """Stop a bulk insert, update or delete through a session, unless it says why it need not be logged.

    The reason is the execution option `unlogged`: for retention, bench loading and tables that hold no record, such as
    a search index. A class with `__logged__ = False` needs none.
    """
    if not _writes(state) or state.execution_options.get("unlogged"):
        return
    mapper = state.bind_mapper
    if mapper is not None and not getattr(mapper.class_, "__logged__", True):
        return
    raise UnloggedWriteError(
        "A bulk statement would pass the change log by: change the objects one by one, "
        'or give the execution option unlogged="the reason" where no record is changed.'
    )


def refuse_blind_spots(mapper: Mapper[Any], class_: type[Any]) -> None:
    """Stop the start with a sentence when a class is mapped so that the log cannot see all its changes."""
    del class_
    if sentences := unloggable(mapper):
        raise UnloggedWriteError(" ".join(sentences))


def _writes(state: ORMExecuteState) -> bool:
    if isinstance(state.statement, TextClause):
        return _WRITING_TEXT.match(state.statement.text) is not None
    return state.is_insert or state.is_update or state.is_delete
