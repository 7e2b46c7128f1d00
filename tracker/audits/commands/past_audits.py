"""Storing past audits that were read from a file: all that can come in at once, in the order of their days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.audits.commands.past_places import PastPlaces
from tracker.audits.commands.past_tools import PastTool, past_tools, values_of
from tracker.audits.commands.spent_references import SPENT, erased_among
from tracker.audits.models import Answer, Audit, AuditImport, ImportedAudit
from tracker.audits.rules.past import Doubt, PastAudit, PastReading, Refused
from tracker.audits.rules.past.mapping import heading
from tracker.audits.rules.past.reading import TWICE
from tracker.audits.rules.vocabulary import AuditState, Selection
from tracker.core import clock
from tracker.core.changelog import write_noted
from tracker.core.database import begin_writing
from tracker.core.text import random_code, shortened

_ADDRESS_LENGTH = 16
_LONGEST_NAME = 200
_NOON = time(12)
_AT_A_TIME = 250
_NO_FIRST = "It is a re-audit, but there is no earlier audit of this case"


@dataclass(frozen=True)
class StoredPast:
    """What became of a file: its record, and what is told of its rows, each list in their order."""

    record: AuditImport
    refused: tuple[Refused, ...]
    doubts: tuple[Doubt, ...]


def store_past(
    session: Session, reading: PastReading, *, file_name: str, sha256: str, mapping: str, by: int
) -> StoredPast:
    """Store the audits of a file that are not here yet, with what they need; the rest of its rows are told of.

    `by` is the id of a person, 0 for a command. Memory stays bounded however many there are, and nothing counts before
    the caller commits.
    """
    begin_writing(session.connection())
    began = clock.now()
    audits, again = _new_ones(session, reading.audits)
    tools, doubts = past_tools(session, replace(reading, audits=audits), by=by)
    places = PastPlaces(session, audits, by=by)
    record = AuditImport(
        file_name=shortened(file_name, _LONGEST_NAME),
        sha256=sha256,
        mapping=mapping,
        rows=reading.rows,
        accepted=len(audits),
        doubts=0,
        began_at=began,
        imported_at=began,
        created_by=by,
        changed_by=by,
    )
    session.add(record)
    session.flush()
    storing = _Storing(session, record, places, tools, moderated_only=reading.mapping.moderated_only)
    in_order = sorted(audits, key=lambda one: (one.day, one.row))
    for place in range(0, len(in_order), _AT_A_TIME):
        storing.store(in_order[place : place + _AT_A_TIME])
    refused = sorted((*reading.refused, *again), key=lambda one: one.row)
    outside = {one.row for one in again}
    kept = [one for one in reading.doubts if one.row not in outside]
    told = sorted((*kept, *doubts, *places.doubts, *storing.doubts), key=lambda one: one.row or 0)
    # What is younger than this was done to the audits since.
    record.doubts, record.imported_at = len(told), clock.now()
    session.flush()
    return StoredPast(record, tuple(refused), tuple(told))


class _Storing:
    """Stores audits one after another, the earlier ones first."""

    def __init__(
        self,
        session: Session,
        record: AuditImport,
        places: PastPlaces,
        tools: dict[str, PastTool],
        *,
        moderated_only: bool,
    ) -> None:
        self._session, self._import, self._places, self._tools = session, record.id, places, tools
        self._moderated_only = moderated_only
        self._author: dict[str, Any] = {"created_by": record.created_by, "changed_by": record.created_by}
        self.doubts: list[Doubt] = []

    def store(self, audits: Sequence[PastAudit]) -> None:
        """Store some audits with what their file said of them, and let go of them."""
        made = [self._audit(one) for one in audits]
        self._session.flush()
        for past, audit in zip(audits, made, strict=True):
            self._session.add_all(self._beside(past, audit))
        write_noted(self._session)

    def _audit(self, past: PastAudit) -> Audit:
        case_id = self._places.case_id(past)
        made = Audit(
            public_id=random_code(_ADDRESS_LENGTH),
            round_id=self._places.round_id(past),
            case_id=case_id,
            auditor_id=self._places.auditor_id(past),
            tool_id=self._tools[heading(past.tool)].id,
            mode=past.mode,
            re_audit_of_id=self._first_of(past, case_id) if past.selection is Selection.RE_AUDIT else None,
            state=self._state(past),
            due_on=past.day,
            audited_on=past.day,
            grade=past.grade,
            sent_at=_noon(past.day),
            is_imported=True,
            **self._author,
        )
        self._session.add(made)
        return made

    def _state(self, past: PastAudit) -> AuditState:
        is_waiting = self._moderated_only and past.moderated_grade is None
        return AuditState.SUBMITTED if is_waiting else AuditState.FINAL

    def _first_of(self, past: PastAudit, case_id: int) -> int | None:
        """Return the latest audit of the case before a re-audit, of this file or of those that are here."""
        self._session.flush()
        found = self._session.scalar(
            select(Audit.id)
            .where(Audit.case_id == case_id, Audit.audited_on <= past.day, Audit.state != AuditState.VOID)
            .order_by(Audit.audited_on.desc(), Audit.id.desc())
            .limit(1)
        )
        if found is None:
            self.doubts.append(Doubt("no_first_audit", past.row, _NO_FIRST))
        return found

    def _beside(self, past: PastAudit, audit: Audit) -> Iterator[Any]:
        yield ImportedAudit(
            import_id=self._import,
            audit_id=audit.id,
            row=past.row,
            round_name=past.round,
            ref=past.ref,
            own_grade=past.own_grade,
            moderated_grade=past.moderated_grade,
            is_concern=past.is_concern,
            **self._author,
        )
        for question, value in values_of(past, self._tools[heading(past.tool)]).items():
            yield Answer(audit_id=audit.id, question_id=question, value=value, **self._author)


def _new_ones(session: Session, audits: Sequence[PastAudit]) -> tuple[tuple[PastAudit, ...], tuple[Refused, ...]]:
    """Part the audits of a file from those that came in before, and from cases whose reference is spent."""
    known, spent = _known(session, audits), erased_among(session, {one.case for one in audits})
    why = {one.row: TWICE if one.identity in known else SPENT if one.case in spent else "" for one in audits}
    new = tuple(one for one in audits if not why[one.row])
    return new, tuple(Refused(one.row, one.ref, why[one.row]) for one in audits if why[one.row])


def _known(session: Session, audits: Sequence[PastAudit]) -> set[tuple[str, str, date]]:
    if not audits:
        return set()
    days = [one.day for one in audits]
    query = select(ImportedAudit.round_name, ImportedAudit.ref, Audit.audited_on).join(ImportedAudit.audit)
    rows = session.execute(query.where(Audit.audited_on.between(min(days), max(days))))
    return {(row.round_name.casefold(), row.ref.casefold(), row.audited_on) for row in rows}


def _noon(day: date) -> datetime:
    """Return the moment at which an audit is said to have been sent: its own day, not that of the import."""
    return clock.moment_in_england(day, _NOON)
