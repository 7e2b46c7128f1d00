"""The exception report of a plan, on a page and as files."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core.text import counted, joined
from tracker.extensions import db_session
from tracker.people.policy import Permission
from tracker.plans.exports.reports.files import exceptions_file
from tracker.plans.exports.reports.tables import ReportFile
from tracker.plans.models import Plan
from tracker.plans.queries.plan import plan_by_slug
from tracker.plans.queries.reports.exceptions import exception_rows, exceptions
from tracker.plans.queries.reports.reported import Reported
from tracker.plans.queries.standing import Standing
from tracker.plans.rules.rag import Rag
from tracker.web.access import allowed, requires
from tracker.web.plans.blueprint import bp
from tracker.web.plans.report_reading import (
    ReportReading,
    csv_report,
    excel_report,
    exportable_report,
    read_report,
)

_RAGS = (Rag.RED, Rag.AMBER, Rag.NOT_SCHEDULED)


@bp.get("/plans/<slug>/reports/exceptions")
@requires(Permission.PLAN_READ, about=plan_by_slug)
def plan_exceptions(plan: Plan) -> ResponseReturnValue:
    """Show what is off track or at risk."""
    reading = read_report(plan, rags=_RAGS)
    found = _found(reading, reading.report) if reading else []
    page = reading.page("plans.plan_exceptions", len(found)) if reading else None
    return render_template(
        "plans/plan_exceptions.html",
        plan=plan,
        reading=reading,
        home=url_for("plans.plan_show", slug=plan.slug),
        may_export=allowed(Permission.PLAN_EXPORT),
        sentence=_sentence(found),
        rows=exception_rows(db_session(), reading.report, found[page.rows]) if reading and page else [],
        page=page,
    )


@bp.get("/plans/<slug>/reports/exceptions.csv")
@requires(Permission.PLAN_READ, about=plan_by_slug)
def plan_exceptions_csv(plan: Plan) -> ResponseReturnValue:
    """Send the same rows as CSV, with the actions that the person may take away."""
    return csv_report(plan, _file(plan))


@bp.get("/plans/<slug>/reports/exceptions.xlsx")
@requires(Permission.PLAN_READ, about=plan_by_slug)
def plan_exceptions_xlsx(plan: Plan) -> ResponseReturnValue:
    """Send the same rows as an Excel file."""
    return excel_report(plan, _file(plan))


def _file(plan: Plan) -> ReportFile:
    reading, report = exportable_report(plan, read_report(plan, rags=_RAGS))
    return exceptions_file(report, exception_rows(db_session(), report, _found(reading, report)))


def _found(reading: ReportReading, report: Reported) -> list[Standing]:
    wanted = reading.filters.rag
    return [action for action in exceptions(report) if wanted in {None, action.rag}]


def _sentence(found: list[Standing]) -> str:
    counts = [(rag, sum(action.rag is rag for action in found)) for rag in _RAGS]
    told = joined([f"{number} {rag.word.lower()}" for rag, number in counts if number])
    return f"{counted(len(found), 'action')}: {told}." if told else ""
