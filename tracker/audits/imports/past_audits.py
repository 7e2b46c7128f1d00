"""From a file of past audits and its mapping to what was read of it, and on to what came in of it."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.audits.commands.past_audits import StoredPast, store_past
from tracker.audits.imports.table_file import TableFile, read_table
from tracker.audits.models import Theme
from tracker.audits.rules.past import Doubt, PastReading, Refused, mapping_from, read_rows
from tracker.audits.rules.past.mapping import heading
from tracker.core import clock


@dataclass(frozen=True)
class PastFile:
    """A file with its mapping as JSON; `scanner` is the path of the council's virus scanner."""

    raw: bytes
    name: str
    mapping: str
    scanner: str | None = None


@dataclass(frozen=True)
class PastReport:
    """What came in of a file, or would."""

    rows: int
    refused: tuple[Refused, ...]
    doubts: tuple[Doubt, ...]

    @property
    def accepted(self) -> int:
        """How many audits came in."""
        return self.rows - len(self.refused)

    def document(self) -> dict[str, Any]:
        """Return the report as files and other programs take it."""
        return {
            "counts": {"rows": self.rows, "accepted": self.accepted, "rejected": len(self.refused)},
            "rejected": [{"row": one.row, "ref": one.ref, "reason": one.reason} for one in self.refused],
            "warnings": [{"code": one.code, "row": one.row, "message": one.message} for one in self.doubts],
        }


def file_table(file: PastFile, known: Collection[str] = ()) -> TableFile:
    """Return the headings and rows of a file; raises `Invalid` beside `file` with a sentence."""
    return read_table(file.raw, file.name, known=known, scanner=file.scanner)


def read_past_file(session: Session, file: PastFile) -> PastReading:
    """Return what a file says of past audits; nothing is stored.

    Raises `Invalid` beside `file` or `mapping` with a sentence.
    """
    mapping = mapping_from(file.mapping, themes=set(session.scalars(select(Theme.code))))
    table = file_table(file, mapping.headings)
    headings = [heading(one) for one in table.headings]
    return read_rows(mapping, headings, table.rows, today=clock.today())


def bring_in(session: Session, file: PastFile, *, by: int) -> PastReport:
    """Read a file and store what can come in of it, for the caller to commit; `by` is a person's id, 0 a command's.

    Raises as `read_past_file`.
    """
    return report_of(stored_past(session, file, read_past_file(session, file), by=by))


def stored_past(session: Session, file: PastFile, reading: PastReading, *, by: int) -> StoredPast:
    """Store what was read of a file."""
    sha256 = hashlib.sha256(file.raw).hexdigest()
    return store_past(session, reading, file_name=file.name, sha256=sha256, mapping=file.mapping, by=by)


def report_of(stored: StoredPast) -> PastReport:
    """Return what is told of a file that came in."""
    return PastReport(stored.record.rows, stored.refused, stored.doubts)
