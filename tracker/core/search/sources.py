"""Many sources asked together: how many rows of each kind hold the words, and which; what a source is, features say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Label,
    Select,
    SQLColumnExpression,
    String,
    Subquery,
    Text,
    UnaryExpression,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from tracker.core.search.looking import Looking

# Nobody reads so many rows; whoever finds more of a kind is told so, and adds a word.
MOST = 1000


@dataclass(frozen=True)
class Rows:
    """The rows of a source that one reader may see and that hold the words, with what they are ordered by."""

    query: Select[Any]
    order: tuple[SQLColumnExpression[Any], ...]


@dataclass(frozen=True)
class Source:
    """One kind of thing that can be found: its word in addresses, its heading, and the rows for a reader.

    `is_sensitive` marks rows that are shown only where their opening has been written down.
    """

    kind: str
    label: str
    rows: Callable[[Any, Looking], Rows]
    is_sensitive: bool = False


@dataclass(frozen=True)
class Hit:
    """Something found: what it is called, its words, and what its address is made from."""

    kind: str
    title: str
    words: str
    context: str
    within: str
    key: str
    number: int
    day: date | None


def columns(
    *, title: Any, words: Any = "", context: Any = "", within: Any = "", key: Any = "", number: Any = 0, day: Any = None
) -> list[ColumnElement[Any]]:
    """Return the columns of a source's query: the same of every source, so that all can be asked at once."""
    texts = {"title": title, "words": words, "context": context, "within": within, "key": key}
    asked: list[ColumnElement[Any]] = [_typed(value, Text()).label(name) for name, value in texts.items()]
    asked.append(_typed(number, Integer()).label("number"))
    asked.append((cast(null(), Date()) if day is None else day).label("day"))
    return asked


def counts(session: Session, sources: Sequence[Source], reader: Any, looking: Looking) -> dict[str, int]:
    """Return how many rows of each kind were found that the reader may see, in one query.

    It stops counting at one more than `MOST`: a word that stands in every update would have all of them read.
    """
    arms = []
    for source in sources:
        found = source.rows(reader, looking).query.limit(MOST + 1).subquery()
        arms.append(select(literal(source.kind, String).label("kind"), func.count().label("number")).select_from(found))
    return {row.kind: row.number for row in session.execute(union_all(*arms))} if arms else {}


def hits(
    session: Session, sources: Sequence[Source], reader: Any, looking: Looking, *, limit: int, offset: int = 0
) -> list[Hit]:
    """Return the best rows of each source, at most so many of one kind, in the order of the sources: one query."""
    arms = []
    for place, source in enumerate(sources):
        rows = source.rows(reader, looking)
        kind = literal(source.kind, String).label("kind"), literal(place, Integer).label("source")
        best, order = _best(rows, limit=limit, offset=offset)
        number = func.row_number().over(order_by=order).label("place")
        arms.append(select(*(best.c[one.name] for one in columns(title="")), *kind, number))
    if not arms:
        return []
    found = union_all(*arms).subquery()
    asked = session.execute(select(found).order_by(found.c.source, found.c.place))
    return [Hit(row.kind, row.title, row.words, row.context, row.within, row.key, row.number, row.day) for row in asked]


def _best(rows: Rows, *, limit: int, offset: int) -> tuple[Subquery, list[ColumnElement[Any]]]:
    """Return the best rows, and their order once more in terms of what was picked.

    They are picked before they are numbered, for a number over all rows would have every one of them kept and sorted.
    """
    carried: list[Label[Any]] = [_bare(term).label(f"order_{place}") for place, term in enumerate(rows.order)]
    picked = rows.query.add_columns(*carried).order_by(*rows.order).limit(limit).offset(offset).subquery()
    order = [_directed(term, picked.c[one.name]) for term, one in zip(rows.order, carried, strict=True)]
    return picked, order


def _bare(term: SQLColumnExpression[Any]) -> SQLColumnExpression[Any]:
    """Return what is ordered by, without its direction."""
    return _bare(term.element) if isinstance(term, UnaryExpression) and term.modifier else term


def _directed(term: SQLColumnExpression[Any], column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a column in the direction of a term."""
    if not isinstance(term, UnaryExpression) or term.modifier is None:
        return column
    return UnaryExpression(_directed(term.element, column), modifier=term.modifier)


def _typed(value: Any, kind: Text | Integer) -> ColumnElement[Any]:
    return cast(literal(value, kind) if isinstance(value, str | int) else value, kind)
