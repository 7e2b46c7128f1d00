"""The report of one round, a page of about four sheets to print, and as files; for quality assurance alone."""

from dataclasses import replace
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.audits import queries
from tracker.audits.exports.reports import Chapter, named, report_csv, report_rows, report_workbook
from tracker.audits.models import AuditRound
from tracker.audits.rules.reporting.tables import Report, Wanted
from tracker.audits.rules.reporting.themes import themes_report
from tracker.audits.rules.vocabulary import Selection
from tracker.audits.rules.votes import count_votes
from tracker.core import clock
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.web.access import current_person, requires
from tracker.web.audits.blueprint import bp
from tracker.web.audits.reports.making import MAKES, chapter_of
from tracker.web.audits.reports.reading import AS_OTHERS
from tracker.web.audits.round_facts import round_facts
from tracker.web.chips import Chip
from tracker.web.sending import file_answer
from tracker.web.templating import day

_AT_RANDOM = (Selection.RANDOM, Selection.STRATIFIED)


@bp.get("/audits/rounds/<slug>/report")
@requires(Permission.AUDIT_REPORT_WHOLE, about=queries.round_by_slug)
def round_report(subject: AuditRound) -> ResponseReturnValue:
    """Show what came of a round, whole or as it may be passed on."""
    chapters = _chapters(subject)
    seen: dict[str, Any] = {} if _is_whole() else {"seen": AS_OTHERS}
    ends = (("Download as Excel", "audits.round_report_xlsx"), ("Download as CSV", "audits.round_report_csv"))
    return render_template(
        "audits/round_report.html",
        heading=f"Report: {subject.name}",
        name=subject.name,
        slug=subject.slug,
        words=_words(subject),
        warning=_warning(subject),
        chapters=[(chapter, list(named(chapters, chapter))) for chapter in chapters],
        chips=[
            Chip("Whole", url_for("audits.round_report", slug=subject.slug), current=_is_whole()),
            Chip(
                "To pass on", url_for("audits.round_report", slug=subject.slug, seen=AS_OTHERS), current=not _is_whole()
            ),
        ],
        files=[(label, url_for(endpoint, slug=subject.slug, **seen)) for label, endpoint in ends],
        facts=round_facts(subject),
    )


@bp.get("/audits/rounds/<slug>/report.csv")
@requires(Permission.AUDIT_REPORT_WHOLE, about=queries.round_by_slug)
def round_report_csv(subject: AuditRound) -> Response:
    """Send the report as CSV."""
    facts, chapters = _facts(subject), _chapters(subject)
    rows = len(report_rows(facts, chapters))
    data = report_csv(facts, chapters)
    return file_answer(subject, data, name=f"round-{subject.slug}", end="csv", rows=rows, listed="report")


@bp.get("/audits/rounds/<slug>/report.xlsx")
@requires(Permission.AUDIT_REPORT_WHOLE, about=queries.round_by_slug)
def round_report_xlsx(subject: AuditRound) -> Response:
    """Send the report as an Excel file, a sheet for each table."""
    chapters = _chapters(subject)
    data = report_workbook(_facts(subject), chapters)
    rows = sum(len(table.rows) for chapter in chapters for table in chapter.tables)
    return file_answer(subject, data, name=f"round-{subject.slug}", end="xlsx", rows=rows, listed="report")


def _is_whole() -> bool:
    return request.args.get("seen") != AS_OTHERS


def _chapters(subject: AuditRound) -> list[Chapter]:
    session, reader = db_session(), current_person()
    wanted = Wanted(subject.starts_on, subject.due_on, round_id=subject.id, counts_too=_counts_too(subject))
    made = [make(session, wanted, reader) for make in MAKES.values()]
    made.insert(2, _themes(session, subject))
    return [chapter_of(report, whole=_is_whole()) for report in made]


def _counts_too(subject: AuditRound) -> Selection | None:
    return None if subject.selection in _AT_RANDOM else subject.selection


def _themes(session: Session, subject: AuditRound) -> Report:
    """Return the votes of the round's own audits, which count among themselves however the files were chosen."""
    own = _counts_too(subject)
    found = queries.facts_of_round(session, subject)
    counted = [replace(one, selection=Selection.RANDOM) if one.selection is own else one for one in found]
    named_themes = [(theme.name, count_votes(counted, theme.code)) for theme in queries.themes(session)]
    return themes_report(named_themes)


def _words(subject: AuditRound) -> str:
    days = f"{day(subject.starts_on)} to {day(subject.due_on)} · files chosen: {subject.selection.words.lower()}"
    return f"{days} · as at {day(clock.today())}"


def _facts(subject: AuditRound) -> list[tuple[str, str]]:
    for_whom = "Whole, for quality assurance" if _is_whole() else "To pass on, without small numbers"
    return [("Round", subject.name), ("When", _words(subject)), ("For", for_whom), ("Note", _warning(subject))]


def _warning(subject: AuditRound) -> str:
    """Say what the grades of a round are no measure of, nothing where its files were chosen at random."""
    if subject.selection in _AT_RANDOM:
        return ""
    return "The files of this round were not chosen at random. Its figures tell of these files, and not of practice."
