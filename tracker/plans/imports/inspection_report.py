"""Bringing an inspection report in: from a file or pasted text to records; what the report says is a rule's."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.core.documents import text_of
from tracker.core.problems import Invalid
from tracker.core.uploads import LARGEST, Kind, checked_upload, safe_name
from tracker.core.uploads.checking import Stream
from tracker.core.uploads.kinds import OLDER_OFFICE, WITH_MACROS, end_of, kind_by_name
from tracker.core.uploads.refusals import OTHER_CONTENT, TOO_LARGE
from tracker.plans.commands.inspection_items import add_read_items
from tracker.plans.commands.inspections import (
    InspectionFacts,
    ReportSource,
    answer_inspection,
    record_inspection,
    with_title,
)
from tracker.plans.models import Inspection, Plan
from tracker.plans.rules.inspecting import InspectionReading, read_report
from tracker.plans.rules.reading import ReadingProblem, decode_document
from tracker.plans.rules.states import InspectionKind

LONGEST_REPORT = 400_000
_KINDS = frozenset({Kind.WORD, Kind.PDF})
_MARKS = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")
_EMPTY = "The file is empty. Choose another one"
_NO_TEXT = "This file is no Word, PDF or plain text file that can be read. Save it as one of these, or paste its text"
_TOO_LONG = f"The text has more than {LONGEST_REPORT:,} characters. Bring only the part with what needs to improve"
_NOTHING = (
    "We could not find anything that inspectors ask for. Their points need a heading such as "
    "“What needs to improve” or “Areas for improvement” above them"
)


@dataclass(frozen=True)
class ReportText:
    """The text of a report, with the name of the document that it came from."""

    name: str
    text: str

    @property
    def sha256(self) -> str:
        """The hash by which the same report is known again, in whatever file it comes."""
        return hashlib.sha256(" ".join(self.text.split()).encode("utf-8", errors="replace")).hexdigest()


def report_text(stream: Stream, filename: str, *, scanner: str | None = None) -> ReportText:
    """Return the text of a file that arrived; raises `Invalid` beside `file` with a sentence."""
    name = safe_name(filename)
    if kind_by_name(name) is not None or end_of(name) in OLDER_OFFICE | WITH_MACROS:
        upload = checked_upload(stream, name, _KINDS, scanner=scanner)
        return _short_enough(ReportText(upload.name, text_of(upload)))
    raw = _read(stream)
    if not raw.strip():
        raise Invalid("file", _EMPTY)
    if raw.startswith(_MARKS):
        raise Invalid("file", OTHER_CONTENT)
    try:
        return _short_enough(ReportText(name, decode_document(raw)))
    except ReadingProblem as problem:
        raise Invalid("file", _NO_TEXT) from problem


def read_inspection(source: ReportText) -> InspectionReading:
    """Return what a report says; raises `Invalid` for a text that is no report.

    A visit's letter may ask for nothing: that is said in a warning.
    """
    reading = read_report(source.text)
    if not reading.items and reading.facts.kind is InspectionKind.INSPECTION:
        raise Invalid("file", _NOTHING)
    return reading


def facts_of(reading: InspectionReading, *, title: str = "") -> InspectionFacts:
    """Return the facts that a report says of itself, with a title made of them unless one is given."""
    said = reading.facts
    return with_title(
        InspectionFacts(
            title=title,
            kind=said.kind,
            authority=said.authority,
            held=said.held,
            published_on=said.published_on,
        )
    )


def import_inspection(
    session: Session,
    *,
    source: ReportText,
    reading: InspectionReading,
    facts: InspectionFacts,
    plan: Plan | None = None,
    left_out: Collection[int] = (),
    by: int = 0,
) -> Inspection:
    """Record a report with its items, all but those `left_out` by their place from 0, and the plan that answers it.

    Raises `Conflict` when this very report is here already or the plan answers another one.
    """
    kept = [item for place, item in enumerate(reading.items) if place not in left_out]
    inspection = record_inspection(session, facts, by=by, source=ReportSource(source.name, source.sha256))
    add_read_items(session, inspection, kept, by=by)
    if plan is not None:
        answer_inspection(session, plan, inspection, by=by)
    return inspection


def _short_enough(source: ReportText) -> ReportText:
    if len(source.text) > LONGEST_REPORT:
        raise Invalid("file", _TOO_LONG)
    return source


def _read(stream: Stream) -> bytes:
    """Read no more than may be taken."""
    found = bytearray()
    while piece := stream.read(64 * 1024):
        found += piece
        if len(found) >= LARGEST:
            raise Invalid("file", TOO_LARGE)
    return bytes(found)
