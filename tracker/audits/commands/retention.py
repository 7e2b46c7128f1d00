"""Retention: asking for a run, deciding on it, and taking the words of old audits away (domain A9, A13)."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from tracker.audits.models import Audit, RetentionRun
from tracker.audits.queries.gone_records import gone_records
from tracker.audits.queries.retention import cases_without_words, due_audits, due_counts, open_run
from tracker.audits.rules.retention import ERASED, OF_THE_CASE, day_before, reason_words
from tracker.core import clock
from tracker.core.database import Base
from tracker.core.erasures import Keeping
from tracker.core.mass_erasing import erase_all
from tracker.core.problems import Conflict, Forbidden
from tracker.core.text import joined
from tracker.people.models import Person

AT_A_TIME = 100
"""How many audits lose their words in one transaction: others wait to write until it ends."""


def ask_run(session: Session, *, as_at: date, years: int, by: Person) -> RetentionRun:
    """Ask that the words of audits go that were final so many years before a day; nothing goes before it is approved.

    Raises `Conflict` while another run is open, or when nothing is old enough.
    """
    if open_run(session) is not None:
        raise Conflict(None, "A run waits already, or has not ended yet")
    if not due_counts(session, as_at=as_at, years=years).due:
        raise Conflict(None, "No audit is old enough, so there is nothing to ask for")
    run = RetentionRun(
        number=(session.scalar(select(func.max(RetentionRun.number))) or 0) + 1,
        as_at=as_at,
        years=years,
        asked_by=by,
        created_by=by.id,
        changed_by=by.id,
    )
    session.add(run)
    session.flush()
    return run


def decide_run(session: Session, run: RetentionRun, *, is_approved: bool, version: int, by: Person) -> RetentionRun:
    """Approve a run, after which it may be carried out, or decline it, which ends it.

    Raises `Forbidden` to who asked for it, and `Conflict` when it was decided or changed since.
    """
    if run.asked_by_id == by.id:
        raise Forbidden(None, "Somebody else decides on a run that you asked for")
    if run.version != version or run.decided_at is not None:
        raise Conflict(None, "This run was decided or changed while you were reading. What is stored now is shown")
    run.is_approved, run.decided_by, run.decided_at, run.changed_by = is_approved, by, clock.now(), by.id
    if not is_approved:
        run.ended_at = clock.now()
    session.flush()
    return run


def carry_out(session: Session, keeping: Keeping, run: RetentionRun, *, most: int = AT_A_TIME, by: int) -> int:
    """Take the words of the oldest audits of an approved run; return of how many, fewer than `most` when it has ended.

    What was put on hold since keeps its words. The references of their cases go with the last audit of each. Raises
    `Conflict` for a run that nobody approved or that has ended. `by` is a person's id, 0 for a command.
    """
    if not run.is_approved or run.ended_at is not None:
        raise Conflict(None, "Nobody has approved this run, or it has ended")
    due = [one.id for one in due_audits(session, as_at=run.as_at, years=run.years, limit=most)]
    audits = session.scalars(select(Audit).where(Audit.id.in_(due))).all()
    for audit in audits:
        audit.erased_at, audit.changed_by = clock.now(), by
    session.flush()
    records = {kind: list(session.scalars(query)) for kind, query in _records(due).items()}
    cases = cases_without_words(session, due)
    records |= {"case_reference": cases, "sample_file": _files_of(session, cases)}
    lives = gone_records(session, last=day_before(run.as_at, run.years)) if len(due) < most else []
    erase_all(session, keeping, records, fields=ERASED, lives=lives, why=reason_words(run.years))
    session.expire_all()
    run.taken += len(due)
    run.changed_by = by
    if len(due) < most:
        run.ended_at = clock.now()
    session.flush()
    return len(due)


def _records(audits: Collection[int]) -> dict[str, Any]:
    """Return the queries for the keys of each table's rows that hang on audits, through whatever lies between."""
    held = _table("audit")
    ways: dict[str, Any] = {held.name: select(held.c.id).where(held.c.id.in_(audits))}
    for table in Base.metadata.sorted_tables:
        way = _through(table, ways)
        if way is not None:
            ways.setdefault(table.name, way)
    wanted = [name for name in sorted(ERASED) if name not in OF_THE_CASE]
    if lost := [name for name in wanted if name not in ways]:
        raise LookupError(f"No way leads from an audit to {joined(lost)}")
    return {name: ways[name] for name in wanted}


def _through(table: Table, ways: Mapping[str, Any]) -> Any:
    """Return the query of a table's rows that hang on what was reached, None where nothing of it was."""
    for key in sorted(table.foreign_keys, key=lambda one: one.parent.name):
        if key.column.table.name in ways and "id" in table.c:
            return select(table.c.id).where(key.parent.in_(ways[key.column.table.name]))
    return None


def _files_of(session: Session, cases: Collection[int]) -> list[int]:
    files = _table("sample_file")
    return list(session.scalars(select(files.c.id).where(files.c.case_id.in_(cases))))


def _table(name: str) -> Table:
    return Base.metadata.tables[name]
