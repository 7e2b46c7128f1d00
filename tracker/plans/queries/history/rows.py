"""One fact of a history and the columns that all parts of it share; which facts there are is beside."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Integer, Select, String, cast, literal, null

from tracker.people.models import Person

Part = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class HistoryRow:
    """One fact: which, on which day, recorded when and by whom, and its words.

    `source` is update, sign_off, evidence, step, asked, decided, brought (with its file as `place`), link, ended,
    number or wording, or override, override_decided, override_ended or override_lapsed; `person` is nothing for a
    command of the operator, and for what lapsed. An override has its last day as `turn`, the code that it betters as
    `place`, what it rests on as the second of its words, and "body" as its `way` when the programme office alone may
    not approve it.
    Evidence has its address as `place`, or the code of its file unless that was erased, its result as `state`, and who
    may open it as `way`; a link has the number and the title of the other action there.
    """

    source: str
    id: int
    update_id: int | None
    milestone_id: int | None
    day: date
    at: datetime
    person_id: int
    person: str | None
    code: str
    state: str
    turn: date | None
    words: tuple[str, str, str, str]
    place: str
    way: str
    version: int
    is_no_change: bool
    is_after_close: bool


def row_of(row: Any) -> HistoryRow:
    """Return a row of the database as a fact."""
    return HistoryRow(
        source=row.source,
        id=row.id,
        update_id=row.update_id,
        milestone_id=row.milestone_id,
        day=row.day,
        at=row.at,
        person_id=row.person_id,
        person=row.person,
        code=row.code or "",
        state=row.state or "",
        turn=row.turn,
        words=(row.first or "", row.second or "", row.third or "", row.fourth or ""),
        place=row.place or "",
        way=row.way or "",
        version=row.version,
        is_no_change=bool(row.is_no_change),
        is_after_close=bool(row.is_after_close),
    )


def columns(source: str, table: Any, by: Any, **given: Any) -> list[Any]:
    """Return the columns of one part of the history, in the order that all parts share; the rest is empty."""
    nothing = literal("")
    return [
        literal(source).label("source"),
        table.id.label("id"),
        given.get("update_id", cast(null(), Integer)).label("update_id"),
        given.get("milestone_id", cast(null(), Integer)).label("milestone_id"),
        given["day"].label("day"),
        given.get("at", table.created_at).label("at"),
        by.label("person_id"),
        Person.name.label("person"),
        cast(given["code"], String).label("code"),
        cast(given.get("state", nothing), String).label("state"),
        given.get("turn", cast(null(), Date)).label("turn"),
        given.get("first", nothing).label("first"),
        given.get("second", nothing).label("second"),
        given.get("third", nothing).label("third"),
        given.get("fourth", nothing).label("fourth"),
        given.get("place", nothing).label("place"),
        given.get("way", nothing).label("way"),
        given.get("version", literal(0)).label("version"),
        cast(given.get("is_no_change", literal(0)), Integer).label("is_no_change"),
        cast(given.get("is_after_close", literal(0)), Integer).label("is_after_close"),
    ]
