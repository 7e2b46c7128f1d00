"""Feedback as CSV, and feedback, events and learning together as an Excel file; each is noted in the log."""

from flask.typing import ResponseReturnValue

from tracker.audits.exports.other_evidence import (
    feedback_sheet,
    findings_sheet,
    messages_sheet,
    said_sheet,
    wins_sheet,
    workbook_bytes,
)
from tracker.audits.models import AssuranceEvent
from tracker.audits.queries import events, feedback, learning
from tracker.core import clock
from tracker.core.csv_files import csv_bytes
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.sending import file_answer


@bp.get("/feedback.csv")
@requires(Permission.OTHER_EVIDENCE_EXPORT, about=events.other_evidence_to_be)
def feedback_csv(_: AssuranceEvent) -> ResponseReturnValue:
    """Send all feedback."""
    sheet = feedback_sheet(feedback.feedback_sets(db_session(), reader=current_person(), limit=None))
    data, rows = csv_bytes(sheet.header, sheet.rows), len(sheet.rows)
    return file_answer(None, data, name="feedback", end="csv", rows=rows, listed="feedback")


@bp.get("/other-evidence.xlsx")
@requires(Permission.OTHER_EVIDENCE_EXPORT, about=events.other_evidence_to_be)
def other_evidence_xlsx(_: AssuranceEvent) -> ResponseReturnValue:
    """Send feedback, events, quick wins and learning, a sheet each."""
    session, reader = db_session(), current_person()
    sheets = [
        feedback_sheet(feedback.feedback_sets(session, reader=reader, limit=None)),
        findings_sheet(events.headlines(session, reader=reader)),
        wins_sheet(events.quick_wins(session, reader=reader), today=clock.today()),
        messages_sheet(learning.messages(session, reader=reader, limit=None)),
        said_sheet(learning.said_and_done(session, reader=reader, limit=None)),
    ]
    rows = sum(len(sheet.rows) for sheet in sheets)
    data = workbook_bytes(sheets)
    return file_answer(None, data, name="other-evidence", end="xlsx", rows=rows, listed="other_evidence")
