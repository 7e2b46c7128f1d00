"""Records of audits that were taken away long ago, and of which only the change log still keeps words."""

import json
import sys
from collections import defaultdict
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from tracker.audits.models import AgencyPart, Audit, LegalHold, RemedialAction, WorkerResponse
from tracker.audits.rules.retention import ERASED
from tracker.core import clock
from tracker.core.changelog import Subject
from tracker.core.changelog.chain import moment
from tracker.core.changelog.tables import log_entry, log_payload

_BETWEEN: dict[str, type[AgencyPart | WorkerResponse | RemedialAction]] = {
    "part_id": AgencyPart,
    "response_id": WorkerResponse,
    "remedial_id": RemedialAction,
}
_STILL_THERE = sys.maxsize
# Of a record between, by the column that names it and its key: until which entry of the log it was of which audit.
Parents = dict[tuple[str, int], list[tuple[int, int]]]


def gone_records(session: Session, *, last: date) -> list[tuple[Subject, str]]:
    """Return the records taken away whose audit has lost its words, or went until `last`, each with its first seal.

    An area for development that was written anew in a draft is one: its words left their row, and not the log. While
    everything is held there are none.
    """
    everything = LegalHold.audit_id.is_(None), LegalHold.case_id.is_(None), LegalHold.lifted_at.is_(None)
    if session.scalar(select(LegalHold.id).where(*everything)) is not None:
        return []
    after = moment(clock.moment_in_england(last + timedelta(days=1), time.min))
    kinds = log_entry.c.subject_kind.in_(sorted(ERASED))
    rows = session.execute(_taken_away(kinds)).all()
    erased, parents = (_erased(session), _parents(session)) if rows else ({}, {})
    return [
        (Subject(row.subject_kind, row.subject_id), row.born)
        for row in rows
        if row.born and erased.get(_audit_of(row, parents), row.at < after)
    ]


def _taken_away(kinds: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Return the entries by which records of some kinds were taken away, each with the seal of how it came to be."""
    first = log_entry.alias("first")
    of_it = (first.c.subject_kind == log_entry.c.subject_kind) & (first.c.subject_id == log_entry.c.subject_id)
    born = (
        select(first.c.entry_hash)
        .where(of_it, first.c.act == "insert", first.c.number < log_entry.c.number)
        .order_by(first.c.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(log_entry, log_payload.c.before, born.label("born"))
        .join(log_payload, log_payload.c.entry_number == log_entry.c.number)
        .where(kinds, log_entry.c.act == "delete")
        .order_by(log_entry.c.number)
    )


def _erased(session: Session) -> dict[int, bool]:
    """Return of each audit whether its words have gone."""
    found = session.execute(select(Audit.id, Audit.erased_at.is_not(None).label("is_erased")))
    return {row.id: bool(row.is_erased) for row in found}


def _parents(session: Session) -> Parents:
    """Return the audits of the records through which others hang on one, by the column that names them and their key.

    Of those that were taken away the log says which audit they were of, and a database may have given their key again:
    each audit comes with the entry until which it is the one, those that still are with the last.
    """
    found: Parents = defaultdict(list)
    columns = {kind.__tablename__: column for column, kind in _BETWEEN.items()}
    for row in session.execute(_taken_away(log_entry.c.subject_kind.in_(sorted(columns)))):
        audit = json.loads(row.before or "{}").get("audit_id") or 0
        found[columns[row.subject_kind], int(row.subject_id)].append((row.number, audit))
    for column, kind in _BETWEEN.items():
        for here in session.execute(select(kind.id, kind.audit_id)):
            found[column, here.id].append((_STILL_THERE, here.audit_id))
    return found


def _audit_of(row: Any, parents: Parents) -> int:
    """Return the audit that a record which was taken away belonged to, 0 for what belongs to a case."""
    said: dict[str, Any] = json.loads(row.before or "{}")
    through = (
        audit
        for column in _BETWEEN
        for until, audit in parents.get((column, said.get(column, 0)), ())
        if until > row.number
    )
    return int(said.get("audit_id") or next(through, 0))
