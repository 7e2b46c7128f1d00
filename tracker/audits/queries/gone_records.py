"""Records of audits that were taken away long ago, and of which only the change log still keeps words."""

import json
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.audits.models import AgencyPart, Audit, LegalHold, RemedialAction, WorkerResponse
from tracker.audits.rules.retention import ERASED
from tracker.core import clock
from tracker.core.changelog import Subject
from tracker.core.changelog.chain import moment
from tracker.core.changelog.tables import log_entry, log_payload


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
    query = (
        select(log_entry, log_payload.c.before)
        .join(log_payload, log_payload.c.entry_number == log_entry.c.number)
        .where(kinds, log_entry.c.act == "delete")
        .order_by(log_entry.c.number)
    )
    rows = session.execute(query).all()
    erased, parents = (_erased(session), _parents(session)) if rows else ({}, {})
    return [
        (Subject(row.subject_kind, row.subject_id), born)
        for row in rows
        if erased.get(_audit_of(row, parents), row.at < after) and (born := _born(session, row))
    ]


def _erased(session: Session) -> dict[int, bool]:
    """Return of each audit whether its words have gone."""
    found = session.execute(select(Audit.id, Audit.erased_at.is_not(None).label("is_erased")))
    return {row.id: bool(row.is_erased) for row in found}


def _parents(session: Session) -> dict[tuple[str, int], int]:
    """Return the audit of each record through which another hangs on one, by the column that names it and its key."""
    asked = (("part_id", AgencyPart), ("response_id", WorkerResponse), ("remedial_id", RemedialAction))
    return {
        (column, row.id): row.audit_id
        for column, kind in asked
        for row in session.execute(select(kind.id, kind.audit_id))
    }


def _audit_of(row: Any, parents: dict[tuple[str, int], int]) -> int:
    """Return the audit that a record which was taken away belonged to, 0 for what belongs to a case."""
    said: dict[str, Any] = json.loads(row.before or "{}")
    through = (
        parents.get((column, said[column]), 0) for column in ("part_id", "response_id", "remedial_id") if column in said
    )
    return int(said.get("audit_id") or next(through, 0))


def _born(session: Session, row: Any) -> str | None:
    of_it = (log_entry.c.subject_kind == row.subject_kind) & (log_entry.c.subject_id == row.subject_id)
    first = select(log_entry.c.entry_hash).where(of_it, log_entry.c.act == "insert", log_entry.c.number < row.number)
    return session.scalar(first.order_by(log_entry.c.number.desc()).limit(1))
