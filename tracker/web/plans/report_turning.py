"""What turns amber or red before a day that a reader chooses, on a page and as files."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.people.policy import Permission
from tracker.plans.exports.reports.files import turning_file
from tracker.plans.exports.reports.tables import ReportFile
from tracker.plans.models import Plan
from tracker.plans.queries.plan import plan_by_slug
from tracker.plans.queries.reports.reported import Reported
from tracker.plans.queries.reports.turning import TurningAction, turning
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

_RAGS = (Rag.RED, Rag.AMBER)


@bp.get("/plans/<slug>/reports/turning")
@requires(Permission.PLAN_READ, about=plan_by_slug)
def plan_turning(plan: Plan) -> ResponseReturnValue:
    """Show what turns, why, and what would stop it."""
    reading = _read(plan)
    found = _found(reading, reading.report) if reading else []
    page = reading.page("plans.plan_turning", len(found)) if reading else None
    return render_template(
        "plans/plan_turning.html",
        plan=plan,
        reading=reading,
        home=url_for("plans.plan_show", slug=plan.slug),
        may_export=allowed(Permission.PLAN_EXPORT),
        rows=found[page.rows] if page else [],
        page=page,
    )


@bp.get("/plans/<slug>/reports/turning.csv")
@requires(Permission.PLAN_READ, about=plan_by_slug)
def plan_turning_csv(plan: Plan) -> ResponseReturnValue:
    """Send the same rows as CSV, with the actions that the person may take away."""
    return csv_report(plan, _file(plan))


@bp.get("/plans/<slug>/reports/turning.xlsx")
@requires(Permission.PLAN_READ, about=plan_by_slug)
def plan_turning_xlsx(plan: Plan) -> ResponseReturnValue:
    """Send the same rows as an Excel file."""
    return excel_report(plan, _file(plan))


def _read(plan: Plan) -> ReportReading | None:
    return read_report(plan, rags=_RAGS, rag_label="Turns", looks_ahead=True)


def _file(plan: Plan) -> ReportFile:
    reading, report = exportable_report(plan, _read(plan))
    return turning_file(report, _found(reading, report), before=reading.ahead.day)


def _found(reading: ReportReading, report: Reported) -> list[TurningAction]:
    wanted = reading.filters.rag
    return [found for found in turning(report, before=reading.ahead.day) if wanted in {None, found.to}]
