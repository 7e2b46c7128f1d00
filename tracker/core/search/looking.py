"""Typed words as conditions of a query, in the language of each database; making the indexes stands beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, case, column, func, literal, literal_column, select, table
from sqlalchemy.orm import Session

from tracker.core.search.indexes import COLUMN, LETTERS
from tracker.core.search.typed import Sought


@dataclass(frozen=True)
class Index:
    """The index of a mapped class: its columns, the heading first."""

    model: Any
    columns: tuple[str, ...]

    @property
    def table(self) -> str:
        """The name of the table that is indexed."""
        name: str = self.model.__tablename__
        return name


@dataclass(frozen=True)
class Looking:
    """Words that are looked for in a database of one kind."""

    sought: Sought
    on_postgresql: bool

    @classmethod
    def on(cls, session: Session, sought: Sought) -> "Looking":
        """Return the words as they are looked for in the database of a session."""
        return cls(sought, session.get_bind().dialect.name == "postgresql")

    def finds(self, index: Index, *columns: str) -> ColumnElement[bool]:
        """Return the condition that a row holds all the words, in the index's columns or in some of them alone."""
        return self._asked(index, columns, is_phrase=False)

    def rank(self, index: Index) -> ColumnElement[int]:
        """Return 0 for a row with the words side by side in its heading, 1 with all of them there, 2 for others."""
        heading = index.columns[:1]
        ranks = (self._asked(index, heading, is_phrase=True), 0), (self._asked(index, heading, is_phrase=False), 1)
        return case(*ranks, else_=literal(2, Integer))

    def _asked(self, index: Index, columns: Sequence[str], *, is_phrase: bool) -> ColumnElement[bool]:
        if self.on_postgresql:
            letters = "".join(LETTERS[index.columns.index(name)] for name in columns)
            words: ColumnElement[Any] = literal_column(f'"{index.table}".{COLUMN}')
            asked = func.to_tsquery(literal_column("'tracker_words'::regconfig"), self._tsquery(letters, is_phrase))
            return words.op("@@", is_comparison=True)(asked)
        within = table(f"{index.table}_fts", column("rowid"), column(f"{index.table}_fts"))
        is_in = within.c[f"{index.table}_fts"].op("MATCH", is_comparison=True)(self._match(columns, is_phrase))
        found: ColumnElement[bool] = index.model.id.in_(select(within.c.rowid).where(is_in))
        return found

    def _match(self, columns: Sequence[str], is_phrase: bool) -> str:
        """Return the words as SQLite's full-text language takes them, each in quotation marks of its own."""
        words = self.sought.words
        asked = f'"{" ".join(words)}"*' if is_phrase else " ".join(f'"{word}"' for word in words) + "*"
        return f"{{{' '.join(columns)}}} : ({asked})" if columns else asked

    def _tsquery(self, letters: str, is_phrase: bool) -> str:
        """Return the words as PostgreSQL's query language takes them; a letter stands for a column."""
        *others, last = self.sought.words
        marks = f":{letters}" if letters else ""
        asked = [*(f"'{word}'{marks}" for word in others), f"'{last}':*{letters}"]
        return (" <-> " if is_phrase else " & ").join(asked)
