"""The reports of audits for a period: activity, grades, remedial actions and concerns, re-audits."""

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.audits.exports.reports import Chapter, report_csv, report_rows, report_workbook
from tracker.audits.models import AuditRound
from tracker.audits.queries import reports
from tracker.core import clock
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import allowed, current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.reports.making import MAKES, chapter_of
from tracker.web.audits.reports.reading import Reading, read_report
from tracker.web.sending import file_answer
from tracker.web.templating import day


def report_named(session: Session, name: str) -> AuditRound | None:
    """Return about what the policy is asked for the report of a name, nothing where there is no such report."""
    return reports.report_to_be(session) if name in MAKES else None


@bp.get("/audits/reports/<name>")
@requires(Permission.AUDIT_REPORT_READ, about=report_named)
def report_show(about: AuditRound) -> ResponseReturnValue:
    """Show a report of a period."""
    reading, chapter = _read()
    return render_template(
        "audits/report_show.html",
        heading=chapter.title,
        reading=reading,
        chapter=chapter,
        as_at=day(clock.today()),
        files=_files(reading) if allowed(Permission.AUDIT_REPORT_EXPORT, about) else [],
    )


@bp.get("/audits/reports/<name>.csv")
@requires(Permission.AUDIT_REPORT_EXPORT, about=report_named)
def report_csv_file(_: AuditRound) -> Response:
    """Send a report as CSV, as its reader sees it."""
    reading, chapter = _read()
    facts = _facts(reading, chapter)
    rows = len(report_rows(facts, [chapter]))
    data = report_csv(facts, [chapter])
    return file_answer(None, data, name=f"audits-{reading.name}", end="csv", rows=rows, listed=reading.name)


@bp.get("/audits/reports/<name>.xlsx")
@requires(Permission.AUDIT_REPORT_EXPORT, about=report_named)
def report_xlsx_file(_: AuditRound) -> Response:
    """Send a report as an Excel file, as its reader sees it."""
    reading, chapter = _read()
    facts = _facts(reading, chapter)
    data = report_workbook(facts, [chapter])
    rows = sum(len(table.rows) for table in chapter.tables)
    return file_answer(None, data, name=f"audits-{reading.name}", end="xlsx", rows=rows, listed=reading.name)


def _read() -> tuple[Reading, Chapter]:
    name = (request.view_args or {}).get("name", "")
    make = MAKES.get(name) or abort(404)
    reading = read_report(name)
    return reading, chapter_of(make(db_session(), reading.wanted, current_person()), whole=reading.whole)


def _files(reading: Reading) -> list[tuple[str, str]]:
    ends = (("Download as Excel", "audits.report_xlsx_file"), ("Download as CSV", "audits.report_csv_file"))
    return [(label, reading.here(endpoint)) for label, endpoint in ends]


def _facts(reading: Reading, chapter: Chapter) -> list[tuple[str, str]]:
    return [
        ("Report", chapter.title),
        ("Period", reading.words),
        ("From", day(reading.period.since)),
        ("To", day(reading.period.until)),
        *(("Only", one.label) for one in reading.chosen),
        ("As at", day(clock.today())),
    ]
